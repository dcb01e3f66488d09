//! The transport that clients have unless they are given another: `reqwest`.

use std::future::ready;
use std::pin::pin;
use std::time::Duration;

use reqwest::redirect::{Attempt as Redirect, Policy};

use super::BoxFuture;
use super::build_error::BuildError;
use super::byte_stream::ByteStream;
use super::http_body::{Incoming, Outgoing};
use super::http_settings::HttpSettings;
use super::time::{self, A_YEAR, Busy};
use super::tls;
use super::transport::{Direct, HttpRequest, HttpResponse, Parcel, TimeLimit, Transport};
use super::transport_error::{Stage, TransportError};

pub(super) const MAX_REDIRECTS: usize = 10;

/// Sends requests by an HTTP client of `reqwest`'s.
pub(super) struct HttpClient {
    client: reqwest::Client,
    /// The time limit that it has by itself, which need not be set for each request.
    timeout: Option<Duration>,
}

impl HttpClient {
    /// One that was made elsewhere.
    pub(super) fn given(client: reqwest::Client) -> Self {
        Self { client, timeout: None }
    }

    /// Follows redirects within the origin of the request, uses no proxy but the one that is set, and reads no environment.
    pub(super) fn new(settings: &HttpSettings) -> Result<Self, BuildError> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::custom(|redirect| {
                if stays_at_origin(&redirect) { redirect.follow() } else { redirect.stop() }
            }))
            .referer(false)
            .no_proxy()
            .timeout(settings.timeout)
            .connect_timeout(settings.connect_timeout);
        let builder = match &settings.proxy {
            Some(proxy) => builder.proxy(proxy.for_client()?),
            None => builder,
        };
        let client = tls::configure(builder, settings)?.build();
        let client = client.map_err(|error| BuildError::HttpClient(std::sync::Arc::new(error)))?;
        Ok(Self { client, timeout: Some(settings.timeout) })
    }

    async fn answer(&self, prepared: Prepared) -> Result<HttpResponse, TransportError> {
        if !time::has_runtime() {
            return Err(TransportError::no_runtime());
        }
        let Prepared { request, busy } = prepared;
        let sending = pin!(self.client.execute(request));
        let mut response = match &busy {
            Some(busy) => {
                time::while_busy(busy, || TransportError::timed_out(Stage::Request), sending).await??
            }
            None => sending.await?,
        };
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        let length = response.content_length();
        let idle = busy.map(|busy| busy.limit);
        let body = ByteStream::new(Box::pin(Incoming::new(response, idle)), length);
        Ok(head.map(|()| body))
    }

    fn prepare(&self, parcel: Parcel) -> Prepared {
        let mut request = reqwest::Request::new(parcel.method, parcel.url);
        *request.headers_mut() = parcel.headers;
        // `reqwest` knows no request without a limit where the client has one.
        let (timeout, busy) = match parcel.time_limit {
            Some(TimeLimit::Whole(limit)) => (Some(limit), None),
            Some(TimeLimit::Idle(limit)) => (self.timeout.and(Some(A_YEAR)), Some(Busy::new(limit))),
            None => (self.timeout.and(Some(A_YEAR)), None),
        };
        if timeout != self.timeout {
            *request.timeout_mut() = timeout;
        }
        *request.body_mut() = Outgoing::body(parcel.body, busy.as_ref());
        Prepared { request, busy }
    }
}

impl Direct for HttpClient {
    fn take(&self, parcel: Parcel) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let prepared = self.prepare(parcel);
        Box::pin(self.answer(prepared))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        match Parcel::of(request) {
            Ok(parcel) => self.take(parcel),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

/// A request as `reqwest` has it.
struct Prepared {
    request: reqwest::Request,
    /// Where the time without progress is limited.
    busy: Option<Busy>,
}

fn stays_at_origin(redirect: &Redirect<'_>) -> bool {
    let visited = redirect.previous();
    visited.len() <= MAX_REDIRECTS
        && visited.last().is_some_and(|from| from.origin() == redirect.url().origin())
}
