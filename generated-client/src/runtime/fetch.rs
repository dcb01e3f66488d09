//! The transport in a browser: `reqwest`, which is `fetch` there. Bodies are in memory in both directions, and redirects and
//! connections are the browser's.

use std::future::{poll_fn, ready};
use std::pin::Pin;

use super::build_error::BuildError;
use super::http_settings::HttpSettings;
use super::request_body::RequestBody;
use super::transport::{Direct, HttpRequest, HttpResponse, Parcel, TimeLimit, Transport};
use super::transport_error::{Stage, TransportError};
use super::{BoxFuture, Bytes};
use futures_core::Stream as _;

/// Sends requests by the browser.
pub(super) struct HttpClient(reqwest::Client);

impl HttpClient {
    /// One that was made elsewhere.
    pub(super) fn given(client: reqwest::Client) -> Self {
        Self(client)
    }

    pub(super) fn new(settings: &HttpSettings) -> Result<Self, BuildError> {
        if settings.proxy.is_some() {
            return Err(BuildError::Proxy { reason: "the browser has its own" });
        }
        if settings.identity.is_some() {
            return Err(BuildError::Identity { reason: "the browser has its own" });
        }
        Ok(Self(reqwest::Client::new()))
    }

    async fn answer(&self, parcel: Parcel) -> Result<HttpResponse, TransportError> {
        let mut request = reqwest::Request::new(parcel.method, parcel.url);
        *request.headers_mut() = parcel.headers;
        if !parcel.body.is_empty() {
            *request.body_mut() = Some(gathered(parcel.body).await?.into());
        }
        *request.timeout_mut() = parcel.time_limit.map(|limit| match limit {
            TimeLimit::Whole(limit) | TimeLimit::Idle(limit) => limit,
        });
        let response = self.0.execute(request).await?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = response.headers().clone();
        let body = response.bytes().await?;
        Ok(head.map(|()| body.into()))
    }
}

impl Direct for HttpClient {
    fn take(&self, parcel: Parcel) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.answer(parcel))
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

async fn gathered(mut body: RequestBody) -> Result<Bytes, TransportError> {
    let mut bytes = Vec::new();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        let piece = piece.map_err(|error| TransportError::new(Stage::Request, error))?;
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}
