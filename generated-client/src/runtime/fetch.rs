//! The transport in a browser: `reqwest`, which is `fetch` there. Bodies are in memory in both directions, and redirects and
//! connections are the browser's.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream as _;
use reqwest::Url;

use super::build_error::BuildError;
use super::http_settings::HttpSettings;
use super::request_body::RequestBody;
use super::transport::{Attempt, HttpRequest, HttpResponse, TimeLimit, Transport};
use super::transport_error::{Stage, TransportError};
use super::{BoxFuture, Bytes};

/// Sends requests by the browser.
pub(super) struct HttpClient(pub(super) reqwest::Client);

impl HttpClient {
    pub(super) fn new(settings: &HttpSettings) -> Result<Self, BuildError> {
        if settings.proxy.is_some() {
            return Err(BuildError::Proxy { reason: "the browser has its own" });
        }
        if settings.identity.is_some() {
            return Err(BuildError::Identity { reason: "the browser has its own" });
        }
        Ok(Self(reqwest::Client::new()))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (head, body) = request.into_parts();
        let url = Url::parse(&head.uri.to_string());
        let url = url.map_err(|error| TransportError::new(Stage::Answer, error))?;
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        if !body.is_empty() {
            *request.body_mut() = Some(gathered(body).await?.into());
        }
        *request.timeout_mut() =
            head.extensions.get::<Attempt>().and_then(Attempt::time_limit).map(|limit| match limit {
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

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.answer(request))
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
