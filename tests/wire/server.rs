//! Servers that answer as the Kajabi API does, and clients that talk to them.

use http_body_util::Full;
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
}

impl Server {
    /// A server that gives every request the same status and body, as JSON:API.
    pub(crate) async fn giving(status: u16, body: &'static str) -> Self {
        Self::start(move |_| answer(status, JSON_API, body)).await
    }

    /// A client with the bearer token `secret`.
    pub(crate) fn client(&self) -> Client {
        self.builder().bearer_token("secret").build().unwrap()
    }

    /// A client in the making, without credentials, that makes every call once.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.url).max_retries(0)
    }
}

/// What a call that is answered with `{}` looked like.
pub(crate) async fn sent(call: impl AsyncFnOnce(&Client)) -> Seen {
    let server = Server::giving(200, "{}").await;
    call(&server.client()).await;
    server.only()
}

pub(crate) fn answer(status: u16, content_type: &str, body: &'static str) -> Answer {
    let mut answer = hyper::Response::builder().status(status);
    if !content_type.is_empty() {
        answer = answer.header("content-type", content_type);
    }
    answer.body(Full::from(body)).unwrap()
}
