//! A server that notes what it is asked and gives one prepared kind of answer.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use clientsmith_runtime::runtime::{
    Client, ClientBuilder, ClientDefaults, Method, Operation, RawResponse, Request, SchemeKind,
};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) type Answer = hyper::Response<Full<Bytes>>;

/// A request as it stood on the wire.
#[derive(Clone)]
pub(crate) struct Seen {
    /// Method and target, such as `GET /v1/contacts?page=2`.
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// Stops when dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(serve(listener, Arc::clone(&seen), Arc::new(answer)));
        Self { url, seen, task }
    }

    /// A server that gives every request the same status and body.
    pub(crate) async fn giving(status: u16, content_type: &'static str, body: &'static str) -> Self {
        Self::start(move |_| answer(status, &[("content-type", content_type)], body)).await
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request there was.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1);
        seen.into_iter().next().unwrap()
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(DEFAULTS).base_url(&self.url)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) const DEFAULTS: ClientDefaults = ClientDefaults {
    base_url: "",
    user_agent: "test/1.0",
    schemes: &[
        ("Bearer", SchemeKind::Bearer),
        ("Basic", SchemeKind::Basic),
        ("Header", SchemeKind::ApiKeyHeader("X-Api-Key")),
        ("Query", SchemeKind::ApiKeyQuery("api_key")),
        ("Cookie", SchemeKind::ApiKeyCookie("session")),
        ("Hoba", SchemeKind::Http("HOBA")),
    ],
};

async fn serve(
    listener: TcpListener,
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<impl Fn(&Seen) -> Answer + Send + Sync + 'static>,
) {
    // Connections live in the set and end with this task.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
            async move {
                let request = note(request).await;
                seen.lock().unwrap().push(request.clone());
                Ok::<_, Infallible>(answer(&request))
            }
        });
        connections.spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new();
            _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn note(request: hyper::Request<Incoming>) -> Seen {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Seen {
        line: format!("{} {}", head.method, head.uri),
        headers: head.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
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

pub(crate) fn secured(
    method: Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
) -> &'static Operation {
    let operation = Operation { name: "tests.call", method, path, accept: "application/json", security };
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
