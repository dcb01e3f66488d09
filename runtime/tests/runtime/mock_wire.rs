//! The stand-in server as a server: threads, connections, and input that no client of ours sends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use clientsmith_runtime::runtime::mock::Server;
use serde_json::json;
use tokio::task::JoinSet;

use crate::mock_calls::{builder, create, list, start};

/// Sends `text` to the server and gives what comes back until the connection is closed.
fn exchange(mock: &Server, text: &[u8]) -> String {
    let mut stream = TcpStream::connect(mock.base_url().trim_start_matches("http://")).unwrap();
    // The server may close before it has read everything.
    _ = stream.write_all(text);
    _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn blocking_tests_are_served() {
    let mock = Server::start_blocking().unwrap();
    let client = builder(&mock).build().unwrap();
    mock.on(list(&client)).respond(json!("met"));
    let answer = exchange(&mock, b"GET /v1/contacts HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n\"met\""), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_requests_are_served_at_once() {
    let (mock, client) = start().await;
    mock.on(list(&client)).times(50).respond(json!(1));
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        calls.spawn(async move { list(&client).send().await.unwrap() });
    }
    assert_eq!(calls.join_all().await.len(), 50);
    mock.verify().unwrap();
}

#[test]
fn a_connection_carries_several_requests() {
    let mock = Server::start_blocking().unwrap();
    let answers = exchange(
        &mock,
        b"GET /a HTTP/1.1\r\nhost: x\r\n\r\nPOST /b HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi",
    );
    assert_eq!(answers.matches("HTTP/1.1 501 Not Implemented").count(), 2, "{answers}");
    let paths: Vec<String> = mock.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(paths, ["/a", "/b"]);
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let (mock, client) = start().await;
    mock.on(create(&client)).respond(json!(1));
    create(&client).send().await.unwrap();
    let afresh = builder(&mock).build().unwrap();
    drop(mock);
    assert!(create(&client).send().await.is_err());
    assert!(create(&afresh).send().await.unwrap_err().is_connect());
}

#[test]
fn it_can_be_dropped_by_its_own_closure() {
    use clientsmith_runtime::runtime::mock::Response;
    use std::sync::Mutex;
    let mock = Server::start_blocking().unwrap();
    let client = builder(&mock).build().unwrap();
    let address = mock.base_url().trim_start_matches("http://").to_owned();
    let held: &'static Mutex<Option<Server>> = Box::leak(Box::new(Mutex::new(None)));
    mock.on(list(&client)).respond_with(move |_| {
        drop(held.lock().unwrap().take());
        Response::new(200)
    });
    *held.lock().unwrap() = Some(mock);
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /v1/contacts HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    // Whether the answer still goes out is left open; the connection ends.
    _ = stream.read_to_end(&mut Vec::new());
    assert!(held.lock().unwrap().is_none());
}

#[tokio::test]
async fn input_that_is_no_request_does_not_stop_it() {
    let (mock, client) = start().await;
    mock.on(list(&client)).respond(json!("met"));
    let mut garbage: Vec<Vec<u8>> = [
        "",
        "\r\n\r\n",
        "\0\u{7F}",
        "GET",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nx:",
        "GET http://[ HTTP/1.1\r\n\r\n",
        "GET /%zz%?%=&&=%ff;+ HTTP/1.1\r\nhost: x\r\ncookie: ;;=;a\r\n\r\n",
        "CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n1",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into();
    garbage.push(format!("GET / HTTP/1.1\r\nx: {}", "a".repeat(1 << 20)).into_bytes());
    for text in garbage {
        exchange(&mock, &text);
    }
    assert_eq!(list(&client).send().await.unwrap(), json!("met"));
}

#[test]
fn bodies_beyond_the_limit_are_refused() {
    let mock = Server::start_blocking().unwrap();
    let head = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 67108865\r\n\r\n";
    let answer = exchange(&mock, head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(mock.verify().unwrap_err().to_string().contains("more than 67108864 bytes"));
}
