//! Parameters in every place, as they stand on the wire.

use http_body_util::Full;

use crate::apis::call;
use crate::program::{Ended, Seen, Server};

async fn called(arguments: &[&str]) -> (Ended, Vec<Seen>) {
    let server =
        Server::start(|_| hyper::Response::builder().status(204).body(Full::default()).unwrap()).await;
    let path = ["search", "search", "--point", r#"{"x":1,"y":2}"#, "--names", "a/b", "--names", "c"];
    let ended = call("parameters", &server, &[&path, arguments].concat()).await;
    (ended, server.seen())
}

async fn sent(arguments: &[&str]) -> Seen {
    let (ended, seen) = called(arguments).await;
    assert_eq!((ended.code, seen.len()), (0, 1), "{arguments:?}: {ended:?}");
    seen.into_iter().next().unwrap()
}

/// The query, but for the constant that is always there.
async fn query(arguments: &[&str]) -> String {
    let line = sent(arguments).await.line;
    let pairs = line.split_once('?').unwrap().1.split('&');
    pairs.filter(|pair| *pair != "kind=all").collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn paths_have_objects_and_lists_and_constants_need_not_be_given() {
    let line = sent(&[]).await.line;
    assert_eq!(line, "GET /search/;x=1;y=2/a%2Fb,c?kind=all");
    assert_eq!(sent(&["--kind", "all"]).await.line, line);
    let (ended, seen) = called(&["--kind", "some"]).await;
    assert_eq!((ended.code, seen.len()), (2, 0), "{ended:?}");
}

#[tokio::test]
async fn queries_have_every_style() {
    for (options, expected) in [
        (&["--box", r#"{"x":1,"y":2}"#][..], "box%5Bx%5D=1&box%5By%5D=2"),
        (&["--near", r#"{"x":1}"#], "near=%7B%22x%22%3A1%7D"),
        (&["--ids", "1", "--ids", "2"], "ids=1%7C2"),
        (&["--color", "blue", "--color", "green"], "color=blue&color=green"),
        (&["--any", "5"], "any=5"),
        (&["--any", "a/b"], "any=a/b"),
    ] {
        assert_eq!(query(options).await, expected);
    }
}

#[tokio::test]
async fn members_that_the_client_does_not_know_are_named_and_not_dropped() {
    for (option, value, reason) in [
        ("--box", r#"{"x":1,"z":1}"#, "the value of '--box' has what the API's description does not: `/z`"),
        ("--near", r#" {"x":1,"y":null}"#, "`/y`, which cannot be null"),
        ("--x-point", r#"{"x":1,"w":{}}"#, "`/w`"),
        (
            "--boxes",
            r#"{"x":1,"z":1}"#,
            "the value of '--boxes' has what the API's description does not: `/0/z`",
        ),
    ] {
        let (ended, seen) = called(&[option, value]).await;
        assert_eq!((ended.code, seen.len()), (2, 0), "{ended:?}");
        assert!(ended.err.contains(reason), "{ended:?}");
    }
    assert_eq!(
        query(&["--boxes", r#"{"y":2,"x":1}"#, "--free", r#"{"a":{"b":null}}"#]).await,
        "boxes=%5B%7B%22x%22%3A1%2C%22y%22%3A2%7D%5D&free=%7B%22a%22%3A%7B%22b%22%3Anull%7D%7D"
    );
}

#[tokio::test]
async fn instants_bytes_and_numbers_are_sent_as_they_were_given() {
    for at in ["2022-08-26T18:38:00Z", "2022-08-26T18:38:00.000Z", "2022-08-26T18:38:00+02:00"] {
        let expected = format!("since={}", at.replace(':', "%3A").replace('+', "%2B"));
        assert_eq!(query(&["--since", at]).await, expected);
    }
    for hash in ["_-8", "_-8=", "/+8=", "dGVzdA==", "dGVzdA"] {
        let expected = format!("hash={}", hash.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D"));
        assert_eq!(query(&["--hash", hash]).await, expected);
    }
    for ratio in ["1.0", "1e3", "007", "0.30", "123456789012345678901234567890"] {
        assert_eq!(query(&["--ratio", ratio]).await, format!("ratio={ratio}"));
    }
    let (ended, seen) = called(&["--since", "yesterday"]).await;
    assert_eq!((ended.code, seen.len()), (2, 0), "{ended:?}");
}

#[tokio::test]
async fn headers_and_cookies_have_objects_and_lists() {
    let options = ["--x-point", r#"{"x":1,"y":2}"#, "--x-ids", "1", "--x-ids", "2"];
    let seen = sent(&[&options[..], &["--session", "YQ==", "--seen", "3", "--seen", "4"]].concat()).await;
    assert_eq!(seen.header("x-point"), Some("x,1,y,2"));
    assert_eq!(seen.header("x-ids"), Some("1,2"));
    assert_eq!(seen.header("cookie"), Some("session=YQ%3D%3D; seen=3,4"));
}
