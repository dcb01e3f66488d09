//! The transport that clients have unless they are given another: `reqwest`.

use std::pin::pin;

use reqwest::Url;
use reqwest::redirect::{Attempt as Redirect, Policy};

use super::BoxFuture;
use super::build_error::BuildError;
use super::byte_stream::ByteStream;
use super::http_body::{Incoming, Outgoing};
use super::http_settings::HttpSettings;
use super::time::{self, Busy};
use super::tls;
use super::transport::{Attempt, HttpRequest, HttpResponse, TimeLimit, Transport};
use super::transport_error::{Stage, TransportError};

pub(super) const MAX_REDIRECTS: usize = 10;

/// Sends requests by an HTTP client of `reqwest`'s.
pub(super) struct HttpClient(pub(super) reqwest::Client);

impl HttpClient {
    /// Follows redirects within the origin of the request, uses no proxy but the one that is set, and reads no environment.
    pub(super) fn new(settings: &HttpSettings) -> Result<Self, BuildError> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::custom(|redirect| {
                if stays_at_origin(&redirect) { redirect.follow() } else { redirect.stop() }
            }))
            .referer(false)
            .no_proxy()
            .connect_timeout(settings.connect_timeout);
        let builder = match &settings.proxy {
            Some(proxy) => builder.proxy(proxy.for_client()?),
            None => builder,
        };
        let client = tls::configure(builder, settings)?.build();
        client.map(Self).map_err(|error| BuildError::HttpClient(std::sync::Arc::new(error)))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::no_runtime());
        }
        let Prepared { request, busy } = Prepared::of(request)?;
        let sending = pin!(self.0.execute(request));
        let mut response = match &busy {
            Some(busy) => {
                let answered = time::while_busy(busy, sending).await;
                answered.ok_or(TransportError::timed_out(Stage::Request))??
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
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.answer(request))
    }
}

/// A request as `reqwest` has it.
struct Prepared {
    request: reqwest::Request,
    /// Where the time without progress is limited.
    busy: Option<Busy>,
}

impl Prepared {
    fn of(request: HttpRequest) -> Result<Self, TransportError> {
        let (mut head, body) = request.into_parts();
        let attempt = head.extensions.remove::<Attempt>();
        let limit = attempt.as_ref().and_then(Attempt::time_limit);
        let url = match attempt.and_then(|attempt| attempt.url) {
            Some(url) => url,
            None => Url::parse(&head.uri.to_string())
                .map_err(|error| TransportError::new(Stage::Request, error))?,
        };
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        let busy = match limit {
            Some(TimeLimit::Whole(limit)) => {
                *request.timeout_mut() = Some(limit);
                None
            }
            Some(TimeLimit::Idle(limit)) => Some(Busy::new(limit)),
            None => None,
        };
        *request.body_mut() = Outgoing::body(body, busy.as_ref());
        Ok(Self { request, busy })
    }
}

fn stays_at_origin(redirect: &Redirect<'_>) -> bool {
    let visited = redirect.previous();
    visited.len() <= MAX_REDIRECTS
        && visited.last().is_some_and(|from| from.origin() == redirect.url().origin())
}
