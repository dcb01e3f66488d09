//! Settings of the client.

use std::time::Duration;

use clientsmith_runtime::runtime::{
    Client, ClientBuilder, ClientDefaults, Error, Method, Request, ServerTemplate, StatusCode,
};
use tokio::net::TcpListener;

use crate::server::{DEFAULTS, Server, operation, own_http_client};

fn check_base_url(url: &str, reason: &str) {
    let error = ClientBuilder::new(DEFAULTS).base_url(url).build().unwrap_err().to_string();
    assert_eq!(error, format!("the base URL cannot be used: {reason}"), "{url}");
}

async fn call(
    client: &Client,
) -> Result<String, clientsmith_runtime::runtime::Error<std::convert::Infallible>> {
    let answer = Request::new(client, operation(Method::GET, "/")).send_raw().await?;
    Ok(answer.text().into_owned())
}

#[test]
fn base_urls_are_absolute_http_addresses_without_secrets_and_query() {
    check_base_url("", "none is set and the API's description names none");
    check_base_url("/v1", "it is not an absolute URL");
    check_base_url("api.example.com", "it is not an absolute URL");
    check_base_url("ftp://api.example.com", "its scheme is neither `http` nor `https`");
    check_base_url("data:text/plain,x", "its scheme is neither `http` nor `https`");
    check_base_url("https://me:pw@x.test", "it holds a user name or a password; set a credential instead");
    check_base_url("https://x.test/?a=b", "it has a query or a fragment");
    check_base_url("https://x.test/#a", "it has a query or a fragment");
}

#[test]
fn the_description_gives_the_base_url_unless_another_is_set() {
    static SERVERS: [ServerTemplate; 1] =
        [ServerTemplate { name: "x", url: "http://x.test/a/", description: "", variables: &[] }];
    let defaults = ClientDefaults { servers: &SERVERS, ..DEFAULTS };
    assert_eq!(ClientBuilder::new(defaults).build().unwrap().base_url(), "http://x.test/a");
    let other = ClientBuilder::new(defaults).base_url("HTTP://Y.test:80").build().unwrap();
    assert_eq!(other.base_url(), "http://y.test");
}

#[cfg(feature = "rustls")]
#[test]
fn https_needs_no_provider_installed_by_the_program() {
    // On a machine without certificates this is an error and not a panic.
    if let Err(error) = ClientBuilder::new(DEFAULTS).base_url("https://x.test").build() {
        assert_eq!(error.to_string(), "the HTTP client cannot be set up");
    }
}

#[test]
fn invalid_default_headers_are_reported_by_build() {
    let builder = ClientBuilder::new(DEFAULTS).base_url("http://x.test");
    let error = builder.default_header("X-One", "a\r\nb").user_agent("ü").build().unwrap_err().to_string();
    assert_eq!(
        error,
        "header \"X-One\" cannot be sent: its value holds a line break or another control character"
    );
}

#[tokio::test]
async fn default_headers_are_sent_unless_the_request_sets_them() {
    let server = Server::giving(200, "text/plain", "").await;
    let builder =
        server.builder().default_header("X-One", "1").default_header("X-Two", "2").user_agent("mine");
    let client = builder.build().unwrap();
    let mut request = Request::new(&client, operation(Method::GET, "/"));
    request.header("x-two", "3");
    request.send_raw().await.unwrap();
    let seen = server.only();
    assert_eq!(
        [seen.header("x-one"), seen.header("x-two"), seen.header("user-agent")],
        [Some("1"), Some("3"), Some("mine")]
    );
}

#[tokio::test]
async fn bodies_up_to_the_limit_are_read() {
    let server = Server::giving(200, "text/plain", "12345").await;
    let client = server.builder().max_body_size(5).build().unwrap();
    assert_eq!(call(&client).await.unwrap(), "12345");
}

#[tokio::test]
async fn larger_bodies_are_errors_of_transport() {
    let server = Server::giving(200, "text/plain", "123456").await;
    let client = server.builder().max_body_size(5).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "the answer's body is larger than the limit of 5 bytes");
    assert!(error.status() == Some(StatusCode::OK) && !error.is_timeout());
}

#[tokio::test]
async fn larger_bodies_of_unknown_length_are_errors_of_transport() {
    let (url, task) =
        raw_server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n4\r\n5678\r\n").await;
    let client = ClientBuilder::new(DEFAULTS).base_url(url).max_body_size(5).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.to_string().contains("limit of 5 bytes"), "{error}");
    task.abort();
}

#[tokio::test]
async fn answers_that_end_early_are_errors_of_transport() {
    let (url, task) = raw_server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234").await;
    let client = ClientBuilder::new(DEFAULTS).base_url(url).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)) && !error.is_timeout() && !error.is_connect(), "{error:?}");
    task.abort();
}

#[tokio::test]
async fn a_silent_server_runs_into_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client =
        ClientBuilder::new(DEFAULTS).base_url(url).timeout(Duration::from_millis(50)).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn a_request_can_have_a_timeout_of_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = ClientBuilder::new(DEFAULTS).base_url(url).timeout(Duration::MAX).build().unwrap();
    let mut request = Request::new(&client, operation(Method::POST, "/"));
    request.timeout(Duration::from_millis(20));
    assert!(request.send_raw().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_closed_port_is_an_error_of_connecting() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = ClientBuilder::new(DEFAULTS).base_url(url).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn an_http_client_of_ones_own_gets_the_same_headers() {
    let server = Server::giving(200, "text/plain", "").await;
    let client =
        server.builder().http_client(own_http_client()).default_header("X-One", "1").build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(server.only().header("x-one"), Some("1"));
}

#[tokio::test]
async fn the_longest_timeout_is_none() {
    let server = Server::giving(200, "text/plain", "late").await;
    let builder = server.builder().timeout(Duration::MAX).connect_timeout(Duration::MAX);
    assert_eq!(call(&builder.build().unwrap()).await.unwrap(), "late");
}

/// A server that sends `answer` to one connection and closes it.
async fn raw_server(answer: &'static str) -> (String, tokio::task::JoinHandle<()>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        _ = stream.read(&mut [0; 4096]).await;
        _ = stream.write_all(answer.as_bytes()).await;
        _ = stream.shutdown().await;
    });
    (url, task)
}
