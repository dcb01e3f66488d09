//! Servers that give one prepared kind of answer, and clients that talk to them.

use clientsmith_runtime::runtime::{
    Client, ClientBuilder, ClientDefaults, Method, Operation, RawResponse, Request, Retry, SchemeKind,
    SecurityScheme,
};
use http_body_util::Full;

pub(crate) use crate::recorder::{Answer, Seen, Server};

impl Server {
    /// A server that gives every request the same status and body.
    pub(crate) async fn giving(status: u16, content_type: &'static str, body: &'static str) -> Self {
        Self::start(move |_| answer(status, &[("content-type", content_type)], body)).await
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(DEFAULTS).base_url(&self.url)
    }
}

pub(crate) const DEFAULTS: ClientDefaults = ClientDefaults {
    servers: &[],
    scattered: None,
    user_agent: "test/1.0",
    schemes: &[
        scheme("Bearer", SchemeKind::Bearer),
        scheme("Basic", SchemeKind::Basic),
        scheme("Header", SchemeKind::ApiKeyHeader("X-Api-Key")),
        scheme("Query", SchemeKind::ApiKeyQuery("api_key")),
        scheme("Cookie", SchemeKind::ApiKeyCookie("session")),
        scheme("Hoba", SchemeKind::Http("HOBA")),
        scheme("Certificate", SchemeKind::MutualTls),
    ],
    retry: Retry::off(),
    idempotency_header: "Idempotency-Key",
    check: None,
};

pub(crate) const fn scheme(name: &'static str, kind: SchemeKind) -> SecurityScheme {
    SecurityScheme { name, kind, description: "", scopes: &[] }
}

pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &'static str) -> Answer {
    let mut answer = hyper::Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    answer.body(Full::from(body)).unwrap()
}

/// An operation without security that accepts JSON.
pub(crate) fn operation(method: Method, path: &'static str) -> &'static Operation {
    secured(method, path, &[])
}

#[allow(clippy::needless_pass_by_value, reason = "a method is written where it is passed")]
pub(crate) fn secured(
    method: Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
) -> &'static Operation {
    let operation = Operation {
        name: "tests.call",
        method: Box::leak(method.to_string().into_boxed_str()),
        path,
        accept: "application/json",
        security,
        servers: &[],
        success: 200,
        repeatable: None,
    };
    Box::leak(Box::new(operation))
}

/// Sends one request that `fill` has filled in and gives what the server saw.
pub(crate) async fn sent(method: Method, path: &'static str, fill: impl FnOnce(&mut Request<'_>)) -> Seen {
    let server = Server::giving(200, "application/json", "{}").await;
    let client = server.client();
    let mut request = Request::new(&client, operation(method, path));
    fill(&mut request);
    request.send_raw().await.unwrap();
    server.only()
}

/// The error a request ends with; nothing must reach the server.
pub(crate) async fn refused(path: &'static str, fill: impl FnOnce(&mut Request<'_>)) -> String {
    let server = Server::giving(200, "application/json", "{}").await;
    let client = server.client();
    let mut request = Request::new(&client, operation(Method::GET, path));
    fill(&mut request);
    let error = request.send_raw().await.unwrap_err();
    assert!(server.seen().is_empty());
    error.to_string()
}

/// The answer to a plain request.
pub(crate) async fn got(status: u16, content_type: &'static str, body: &'static str) -> RawResponse {
    let server = Server::giving(status, content_type, body).await;
    let client = server.client();
    Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap()
}

/// An HTTP client without time limits: with the paused clock, a limit would be over whenever everyone waits for the network.
#[cfg(feature = "rustls")]
pub(crate) fn own_http_client() -> reqwest::Client {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).build().unwrap()
}

#[cfg(not(feature = "rustls"))]
pub(crate) fn own_http_client() -> reqwest::Client {
    reqwest::Client::new()
}
