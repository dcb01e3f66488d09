//! XML, which people give and get as JSON in the document's own names, and errors of every media type.

use http_body_util::Full;
use serde_json::{Value, json};

use crate::apis::call;
use crate::program::Server;

/// Puts a book, which the server answers with this.
async fn put(status: u16, media_type: &'static str, body: &'static str) -> (crate::program::Ended, String) {
    let server = Server::start(move |_| {
        let answer = hyper::Response::builder().status(status).header("content-type", media_type);
        answer.body(Full::new(body.into())).unwrap()
    })
    .await;
    let book = r#"{"id": 1, "title": "A & B", "tags": ["x", "y"]}"#;
    let ended = call("xml", &server, &["books", "put", "--body", book]).await;
    (ended, server.only().body)
}

#[tokio::test]
async fn a_body_is_written_as_xml_and_an_answer_is_shown_as_json() {
    let book =
        r#"<book id="2"><Title>C</Title><at>2022-08-26T18:38:00Z</at><tags><tag>z</tag></tags></book>"#;
    let (ended, sent) = put(200, "application/xml", book).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(
        sent.ends_with(
            r#"<book id="1"><Title>A &amp; B</Title><tags><tag>x</tag><tag>y</tag></tags></book>"#
        ),
        "{sent}"
    );
    assert_eq!(ended.json(), json!({"id": 2, "title": "C", "at": "2022-08-26T18:38:00Z", "tags": ["z"]}));
    assert_eq!(put(200, "application/xml", "<book/>").await.0.code, 4);
}

#[tokio::test]
async fn an_error_is_read_by_the_response_for_its_status() {
    let (ended, _) = put(404, "application/problem+xml", "<Problem><title>None</title></Problem>").await;
    assert_eq!((ended.code, &ended.error()["body"]), (1, &json!({"title": "None"})));
    let problem = r#"{"title":"no","at":"2022-08-26T18:38:00.000+02:00","of":null,"more":1.0}"#;
    let (ended, _) = put(500, "application/json", problem).await;
    assert_eq!((ended.code, &ended.error()["body"]), (1, &serde_json::from_str::<Value>(problem).unwrap()));
}

#[tokio::test]
async fn an_instant_in_xml_is_spelled_as_it_was_given() {
    let server =
        Server::start(|_| hyper::Response::builder().body(Full::new("<book id='1'/>".into())).unwrap()).await;
    let book = r#"{"id": 1, "at": "2022-08-26T18:38:00.000+02:00"}"#;
    call("xml", &server, &["books", "put", "--body", book]).await;
    let sent = server.only().body;
    assert!(sent.contains("<at>2022-08-26T18:38:00.000+02:00</at>"), "{sent}");
    let (shown, _) =
        put(200, "application/xml", "<book id='1'><at>2022-08-26T18:38:00.000+02:00</at></book>").await;
    assert_eq!(shown.json(), json!({"id": 1, "at": "2022-08-26T18:38:00.000+02:00"}));
}
