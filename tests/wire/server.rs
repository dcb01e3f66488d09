//! Servers that answer as the Kajabi API does, and clients that talk to them.

use http_body_util::Full;
use kajabi::runtime::Json;
use kajabi::{Client, ClientBuilder};

pub(crate) use crate::recorder::{Answer, Seen, Server};

/// The media type of nearly everything in the document.
pub(crate) const JSON_API: &str = "application/vnd.api+json";

impl Seen {
    /// The pairs of the query, percent-encoded as they came.
    pub(crate) fn query(&self) -> Vec<&str> {
        let (_, query) = self.line.split_once('?').unwrap_or_default();
        query.split('&').filter(|pair| !pair.is_empty()).collect()
    }

    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Server {
    /// A server that gives every request the same status and body, as JSON:API.
    pub(crate) async fn giving(status: u16, body: &'static str) -> Self {
        Self::start(move |_| answer(status, JSON_API, body)).await
    }

    /// A server that gives every request the [`least`] that it can be answered with.
    pub(crate) async fn giving_least() -> Self {
        Self::start(least).await
    }

    /// A client with the bearer token `secret`, which calls once.
    pub(crate) fn client(&self) -> Client {
        self.builder().bearer_token("secret").build().unwrap()
    }

    /// A client in the making, which calls once, without credentials.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.url).max_retries(0)
    }
}

/// What a call that is answered with the [`least`] looked like.
pub(crate) async fn sent(call: impl AsyncFnOnce(&Client)) -> Seen {
    let server = Server::giving_least().await;
    call(&server.client()).await;
    server.only()
}

/// The least that the document lets an operation answer: nothing, no resources, or one with nothing but an id.
pub(crate) fn least(seen: &Seen) -> Answer {
    let (method, target) = seen.line.split_once(' ').unwrap_or_default();
    let path = target.split_once("/v1/").unwrap_or_default().1;
    let path: Vec<&str> = path.split('?').next().unwrap_or_default().split('/').collect();
    match (method, &path[..]) {
        ("DELETE", ["hooks", _]) => answer(204, "", ""),
        ("GET", ["hooks", sample]) if sample.ends_with("_sample") => answer(200, JSON_API, "[]"),
        ("GET", ["me" | "version"]) | ("POST", ["oauth", _]) => answer(200, JSON_API, "{}"),
        ("GET", [_]) | (_, [.., "relationships", _]) => answer(200, JSON_API, r#"{"data":[]}"#),
        _ => answer(200, JSON_API, r#"{"data":{"id":"1"}}"#),
    }
}

pub(crate) fn answer(status: u16, content_type: &str, body: impl Into<hyper::body::Bytes>) -> Answer {
    let mut answer = hyper::Response::builder().status(status);
    if !content_type.is_empty() {
        answer = answer.header("content-type", content_type);
    }
    answer.body(Full::new(body.into())).unwrap()
}
