//! Answers that come piece by piece.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

use http_body_util::Full;
use serde_json::{Value, json};

use crate::apis::{call, command};
use crate::program::{Ended, Server};

async fn giving(media_type: &'static str, body: &'static str) -> Server {
    let answer = move || hyper::Response::builder().header("content-type", media_type);
    Server::start(move |_| answer().body(Full::new(body.into())).unwrap()).await
}

/// What the operation prints of this answer, line by line.
async fn printed(operation: &str, media_type: &'static str, body: &'static str) -> (Ended, Vec<Value>) {
    let ended = call("streams", &giving(media_type, body).await, &["call", operation]).await;
    let lines = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (ended, lines)
}

const EVENTS: &str = "text/event-stream";

#[tokio::test]
async fn an_event_is_an_object_without_what_was_not_sent() {
    let (ended, lines) = printed(
        "news",
        EVENTS,
        "event: a\nid: 7\nretry: 10\ndata: one\ndata: two\n\n: nothing\n\ndata: 3\n\n",
    )
    .await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let expected = [json!({"event": "a", "data": "one\ntwo", "id": "7", "retry": 10}), json!({"data": "3"})];
    assert_eq!(lines, expected);
    let (_, lines) = printed("changes", EVENTS, "data: {\"id\": 1, \"of\": null, \"new\": 1.50}\n\n").await;
    assert_eq!(lines, [json!({"data": {"id": 1, "of": null, "new": 1.5}})]);
}

#[tokio::test]
async fn an_event_that_ends_a_stream_is_the_last() {
    let body = "data: {\"id\": 1}\n\ndata: [DONE]\n\ndata: {\"id\": 2}\n\n";
    let (ended, lines) = printed("changes", EVENTS, body).await;
    assert_eq!((ended.code, lines), (0, vec![json!({"data": {"id": 1}}), json!({"data": "[DONE]"})]));
}

#[tokio::test]
async fn an_answer_that_is_no_stream_is_printed_as_others_are() {
    let (ended, lines) = printed("changes", "application/json", r#"[{"id": 1, "of": null}]"#).await;
    assert_eq!((ended.code, lines), (0, vec![json!([{"id": 1, "of": null}])]));
}

#[tokio::test]
async fn a_record_is_the_value_itself() {
    let body = "{\"id\": 1}\n\n{\"id\": 2, \"of\": null}";
    let (ended, lines) = printed("lines", "application/jsonl", body).await;
    assert_eq!((ended.code, lines), (0, vec![json!({"id": 1}), json!({"id": 2, "of": null})]));
    let body = "\u{1e}{\"id\":\n1}\n\u{1e}{\"id\": 2}\n";
    let (ended, lines) = printed("sequence", "application/json-seq", body).await;
    assert_eq!((ended.code, lines), (0, vec![json!({"id": 1}), json!({"id": 2})]));
}

#[tokio::test]
async fn with_include_the_pieces_are_a_list_in_the_envelope() {
    let server = giving("application/jsonl", "{\"id\": 1}\n{\"id\": 2}\n").await;
    let printed = call("streams", &server, &["--include", "call", "lines"]).await.json();
    assert_eq!((&printed["status"], &printed["events"]), (&json!(200), &json!([{"id": 1}, {"id": 2}])));
    assert_eq!(printed["headers"]["content-type"], "application/jsonl");
    assert!(printed.get("body").is_none());
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pieces.jsonl").display().to_string();
    let arguments = ["--include", "--output", &file, "call", "lines"];
    let printed = call("streams", &server, &arguments).await.json();
    assert_eq!((&printed["status"], printed.get("events")), (&json!(200), None));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "{\"id\":1}\n{\"id\":2}\n");
    let table = call("streams", &server, &["--output", "table", "call", "lines"]).await;
    assert_eq!(table.out, "id\n1\n2\n");
}

#[tokio::test]
async fn a_piece_that_does_not_fit_ends_with_4_and_leaves_what_was_printed() {
    let (ended, lines) =
        printed("lines", "application/jsonl", "{\"id\": 1}\n{\"id\": \"x\"}\n{\"id\": 3}\n").await;
    assert_eq!((ended.code, lines), (4, vec![json!({"id": 1})]));
    let error: Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["kind"], "decode");
    assert_eq!(error["error"]["body"], json!("{\"id\": \"x\"}"));
}

/// A program that reads events which a test sends by hand.
fn by_hand() -> (Child, TcpStream) {
    by_hand_with(&[])
}

fn by_hand_with(options: &[&str]) -> (Child, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut program = command("streams");
    program.args(["--base-url", &url]).args(options).args(["call", "news"]);
    program.stdout(Stdio::piped()).stderr(Stdio::piped());
    let program = program.spawn().unwrap();
    let (mut connection, _) = listener.accept().unwrap();
    let mut request = [0; 4096];
    assert!(connection.read(&mut request).unwrap() > 0);
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    connection.write_all(head.as_bytes()).unwrap();
    (program, connection)
}

fn send(connection: &mut TcpStream, piece: &str) {
    write!(connection, "{:x}\r\n{piece}\r\n", piece.len()).unwrap();
}

#[test]
fn a_piece_is_printed_when_it_arrives() {
    let (mut program, mut connection) = by_hand();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    for number in ["1", "2", "3"] {
        // The next is not sent before this one is read.
        send(&mut connection, &format!("data: {number}\n\n"));
        assert_eq!(lines.next().unwrap().unwrap(), format!("{{\"data\":\"{number}\"}}"));
    }
    send(&mut connection, "");
    assert!(lines.next().is_none());
    assert!(program.wait().unwrap().success());
}

#[test]
fn an_answer_that_breaks_off_ends_with_3() {
    let (program, mut connection) = by_hand();
    send(&mut connection, "data: 1\n\n");
    drop(connection);
    let ended = crate::program::ended(&program.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.out.as_str()), (3, "{\"data\":\"1\"}\n"));
    let error: Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
    let error = &error["error"];
    assert_eq!(
        (&error["kind"], &error["status"], error.get("body")),
        (&json!("transport"), &json!(200), None)
    );
    assert_eq!(error["headers"]["content-type"], "text/event-stream");
}

#[test]
fn pieces_that_were_to_be_printed_together_are_in_the_error() {
    let (program, mut connection) = by_hand_with(&["--include"]);
    send(&mut connection, "data: 1\n\n");
    drop(connection);
    let ended = crate::program::ended(&program.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.out.as_str()), (3, ""));
    let error: Value = serde_json::from_str(ended.err.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["body"], r#"[{"data":"1"}]"#, "{error}");
}
