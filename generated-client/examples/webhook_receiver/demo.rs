//! A stand-in for Kajabi: a site, a list of webhooks, and the sender of events.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use kajabi::mock::{self, Received, Response, Server};
use kajabi::{HookEvent, SiteId, webhooks};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The samples of Kajabi's documentation, one of an event that there is not yet, and one that is no event.
const DELIVERIES: [&str; 5] = [
    include_str!("samples/tag_added.json"),
    include_str!("samples/form_submission.json"),
    include_str!("samples/purchase.json"),
    r#"{"id": "hash_id", "event": "course_completed", "payload": [{"id": "7", "type": "certificates"}]}"#,
    r#"{"event": "tag_added"}"#,
];

/// Starts the server, which answers the requests of a registration. To see orders is not permitted.
pub(crate) async fn start() -> super::Result<Server> {
    let server = Server::start().await?;
    let kajabi = server.client().build()?;
    let site = || json!({ "type": "sites", "id": "1", "attributes": {} });
    server.on(kajabi.sites().list()).respond_json(200, json!({ "data": [site()] }));
    server.on(kajabi.webhooks().list()).respond_json(200, json!({ "data": [] }));
    let (any_site, any_event) = (SiteId::from(mock::ANY), HookEvent::from(mock::ANY));
    let count = AtomicUsize::new(0);
    server.on(kajabi.webhooks().create(&any_site, any_event, mock::ANY)).respond_with(move |request| {
        let id = 1 + count.fetch_add(1, Ordering::Relaxed);
        created(request, id)
    });
    server
        .on(kajabi.webhooks().create(&any_site, HookEvent::OrderCreated, mock::ANY))
        .fail(webhooks::CreateError::Forbidden(kajabi::ErrorDocument::default()));
    Ok(server)
}

/// What was sent, with an id.
fn created(request: &Received, id: usize) -> Response {
    let mut hook = request.json().unwrap_or_default();
    hook["data"]["id"] = json!(id.to_string());
    Response::json(201, hook)
}

/// Sends events to the receiver at `address`, one after the other.
pub(crate) async fn deliver(address: SocketAddr, path: String) {
    for body in DELIVERIES {
        match send(address, &path, body).await {
            Ok(status) => eprintln!("the receiver answers: {status}"),
            Err(error) => eprintln!("the receiver does not answer: {error}"),
        }
    }
}

/// Posts JSON, as small as HTTP/1.1 can be (RFC 9112); the status line of the answer.
async fn send(address: SocketAddr, path: &str, body: &str) -> io::Result<String> {
    let mut connection = TcpStream::connect(address).await?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(body.as_bytes()).await?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}
