//! Values keep what they are on their way to the server and back.

use http_body_util::Full;
use serde_json::Value;

use crate::apis::call;
use crate::program::{Ended, Server};

/// A server that gives back what it is sent.
async fn echo() -> Server {
    Server::start(|seen| {
        let answer = hyper::Response::builder().header("content-type", "application/json");
        answer.body(Full::new(seen.body.clone().into())).unwrap()
    })
    .await
}

/// Sends a thing with these members and reads it again; `1` and `1.0` differ here.
async fn check(members: &str) {
    let thing = format!("{{{members}}}");
    let server = echo().await;
    let ended = call("values", &server, &["things", "put", "--body", &thing]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(json(&server.only().body), json(&thing), "was sent");
    assert_eq!(json(&ended.out), json(&thing), "was read");
}

#[tokio::test]
async fn null_is_null_and_absent_is_absent() {
    check(r#""text": null"#).await;
    check(r#""parts": [{"text": null}, {}, {"text": "a"}], "by": {"a": null, "b": 1}"#).await;
}

#[tokio::test]
async fn an_instant_keeps_its_offset_and_its_digits() {
    for at in ["2022-08-26T18:38:00.000Z", "2022-08-26T18:38:00+02:00", "2022-08-26T18:38:00.120-07:00"] {
        check(&format!(r#""at": "{at}", "parts": [{{"at": "{at}"}}]"#)).await;
    }
    check(r#""sent": "Fri, 26 Aug 2022 14:38:00 GMT", "day": "2022-08-26""#).await;
}

#[tokio::test]
async fn a_number_keeps_its_value() {
    check(r#""number": 1, "count": 9007199254740993, "decimal": 0.33333"#).await;
    check(r#""number": 43.125, "single": 0.123456789, "parts": [{"number": 1.0}]"#).await;
    check(r#""number": 8.41, "single": 1e-7"#).await;
}

/// Digits that a quick reader of numbers would round.
#[tokio::test]
async fn a_number_keeps_its_last_digit() {
    let server = echo().await;
    let thing = r#"{"number":2.225073858507201e-308}"#;
    let ended = call("values", &server, &["things", "put", "--body", thing]).await;
    assert_eq!((ended.out.trim_end(), &*server.only().body), (thing, thing));
}

/// What would be sent in its place is another number.
#[tokio::test]
async fn a_number_with_more_digits_than_a_client_holds_is_refused() {
    let server = echo().await;
    for (number, reason) in [
        ("123456789012345678901234567890", "would be sent as 1.2345678901234568e+29"),
        ("3.14159265358979323846", "would be sent as 3.141592653589793"),
        ("1e400", "number out of range"),
    ] {
        let thing =
            format!(r#"{{"text": "\"0.12345678901234567890", "number": 1.500e2, "single": {number}}}"#);
        let ended = call("values", &server, &["things", "put", "--body", &thing]).await;
        assert!(ended.code == 2 && ended.err.contains(reason), "{number}: {ended:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn bytes_keep_their_alphabet() {
    check(r#""bytes": "_-8""#).await;
}

#[tokio::test]
async fn a_tag_that_the_alternative_does_not_declare_is_kept() {
    check(r#""either": {"kind": "siamese", "lives": 9, "of": null}"#).await;
    check(r#""either": {"kind": "hound", "tricks": 1}"#).await;
    check(r#""either": {"kind": "carp", "any": [1]}"#).await;
}

async fn read(body: &'static str) -> Ended {
    let answer = move || hyper::Response::builder().header("content-type", "application/json");
    let server = Server::start(move |_| answer().body(Full::new(body.into())).unwrap()).await;
    call("values", &server, &["things", "plain"]).await
}

#[tokio::test]
async fn a_value_that_is_the_whole_answer_is_one_like_others() {
    assert_eq!(read(r#""2022-08-26T18:38:00.000Z""#).await.out, "\"2022-08-26T18:38:00.000Z\"\n");
    assert_eq!(read(r#""yesterday""#).await.code, 4);
}

#[tokio::test]
async fn members_that_the_document_does_not_name_are_shown_and_not_sent() {
    let body = r#"{"text":"a","more":{"b":[null,1.0]},"either":{"kind":"hound","of":2}}"#;
    let server = Server::start(move |_| {
        let answer = hyper::Response::builder().header("content-type", "application/json");
        answer.body(Full::new(body.into())).unwrap()
    })
    .await;
    let ended = call("values", &server, &["things", "put", "--body", "{}"]).await;
    assert_eq!(ended.json(), serde_json::from_str::<Value>(body).unwrap());
    let ended = call("values", &server, &["things", "put", "--body", r#"{"more": 1}"#]).await;
    assert_eq!(ended.code, 2, "{ended:?}");
}
