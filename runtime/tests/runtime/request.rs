//! What a request looks like on the wire.

use std::collections::BTreeMap;

use clientsmith_runtime::runtime::{Method, Operation, Patch, Request};
use serde_json::json;

use crate::server::{Server, operation, refused, sent};

#[tokio::test]
async fn plain_requests_carry_accept_and_user_agent_and_nothing_of_a_body() {
    let seen = sent(Method::GET, "/v1/version", |_| ()).await;
    assert_eq!(seen.line, "GET /v1/version");
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("user-agent"), Some("test/1.0"));
    for absent in ["content-type", "transfer-encoding", "authorization", "cookie", "referer"] {
        assert_eq!(seen.header(absent), None, "{absent}");
    }
    let compressed = cfg!(any(feature = "gzip", feature = "brotli", feature = "zstd"));
    assert_eq!(seen.header("accept-encoding").is_some(), compressed);
}

#[tokio::test]
async fn json_bodies_carry_their_media_type() {
    let seen = sent(Method::PATCH, "/c/{id}", |request| {
        request.path("id", "7");
        request.json("application/vnd.api+json", &json!({ "data": null }));
    })
    .await;
    assert_eq!(seen.line, "PATCH /c/7");
    assert_eq!(seen.header("content-type"), Some("application/vnd.api+json"));
    assert_eq!(seen.body, r#"{"data":null}"#);
}

#[tokio::test]
async fn json_bodies_can_be_made_member_by_member() {
    let seen = sent(Method::POST, "/c", |request| {
        request.json_start("application/vnd.api+json");
        request.json_set(&["data", "type"], "contacts");
        request.json_set(&["data", "attributes", "name"], "Ada");
        request.json_set(&["data", "attributes", "name"], "Grace");
        request.json_patch(&["data", "attributes", "email"], &Patch::<String>::Null);
        request.json_patch(&["data", "attributes", "phone"], &Patch::<String>::Absent);
        request.json_patch(&["data", "attributes", "age"], &Patch::Set(3));
    })
    .await;
    assert_eq!(seen.header("content-type"), Some("application/vnd.api+json"));
    let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    let attributes = json!({ "name": "Grace", "email": null, "age": 3 });
    assert_eq!(body, json!({ "data": { "type": "contacts", "attributes": attributes } }));
}

#[tokio::test]
async fn a_json_body_that_was_only_started_is_an_empty_object() {
    let seen = sent(Method::POST, "/c", |request| request.json_start("application/json")).await;
    assert_eq!((seen.header("content-type"), seen.body.as_str()), (Some("application/json"), "{}"));
}

#[tokio::test]
async fn members_can_be_added_to_a_whole_json_body() {
    let seen = sent(Method::POST, "/c", |request| {
        request.json("application/json", &json!({ "a": 1, "b": [] }));
        request.json_set(&["b", "c"], &2);
    })
    .await;
    assert_eq!(seen.body, r#"{"a":1,"b":{"c":2}}"#);
}

#[tokio::test]
async fn members_are_set_in_any_order_and_the_last_value_wins() {
    let seen = sent(Method::POST, "/c", |request| {
        request.json_set(&["a", "b"], &1);
        request.json_set(&["c"], &[1, 2]);
        request.json_object(&["a", "d"]);
        request.json_set(&["a", "d", "e"], &true);
        request.json_set(&["a", "b", "f"], "an object in place of a number");
        request.json_set(&["c", "g"], "and of a list");
        request.json_set(&["a", "d"], &json!({ "h": 1.5 }));
        request.json_set(&["a", "d", "h"], &None::<u8>);
        request.json_set(&["a", "d", "i"], &2);
        request.json_set(&["quoted \"name\"", "\n"], &3);
        request.json_set(&["quoted \"name\"", "\n"], &4);
        request.json_set(&["quoted \"name\""; 2], &5);
    })
    .await;
    assert_eq!(seen.header("content-type"), Some("application/json"));
    let a = r#""a":{"b":{"f":"an object in place of a number"},"d":{"h":null,"i":2}}"#;
    let rest = r#""c":{"g":"and of a list"},"quoted \"name\"":{"\n":4,"quoted \"name\"":5}"#;
    assert_eq!(seen.body, format!("{{{a},{rest}}}"));
}

#[tokio::test]
async fn a_replaced_query_parameter_stays_where_the_first_was() {
    let seen = sent(Method::GET, "/c", |request| {
        for (name, value) in [("page[number]", "1"), ("b", "2"), ("page[number]", "3")] {
            request.query(name, value);
        }
        request.query_replace("page[number]", "4 5");
        request.query_replace("new", "6");
    })
    .await;
    assert_eq!(seen.line, "GET /c?page%5Bnumber%5D=4%205&b=2&new=6");
}

#[tokio::test]
async fn a_clone_of_a_request_is_sent_for_itself() {
    let server = Server::giving(200, "application/json", "{}").await;
    let client = server.client();
    let mut first = Request::new(&client, operation(Method::POST, "/c"));
    first.json("application/json", &1);
    let mut second = first.clone();
    second.query("page", "2");
    first.send_raw().await.unwrap();
    second.send_raw().await.unwrap();
    let seen: Vec<_> = server.seen().into_iter().map(|seen| (seen.line, seen.body)).collect();
    assert_eq!(seen, [("POST /c".into(), "1".into()), ("POST /c?page=2".into(), "1".to_owned())]);
}

#[tokio::test]
async fn deletions_can_have_a_body() {
    let seen = sent(Method::DELETE, "/tags", |request| request.json("application/json", &[1])).await;
    assert_eq!((seen.line.as_str(), seen.body.as_str()), ("DELETE /tags", "[1]"));
}

#[tokio::test]
async fn byte_bodies_are_sent_as_they_are() {
    let seen = sent(Method::PUT, "/file", |request| request.body("text/csv", "a;b\r\n")).await;
    assert_eq!((seen.header("content-type"), seen.body.as_str()), (Some("text/csv"), "a;b\r\n"));
}

#[tokio::test]
async fn bodies_that_cannot_be_written_are_refused() {
    let not_text_keys = BTreeMap::from([(vec![1], 2)]);
    let error = refused("/", |request| request.json("application/json", &not_text_keys)).await;
    assert_eq!(error, "the body cannot be written: key must be a string");
}

#[tokio::test]
async fn headers_replace_those_set_before() {
    let seen = sent(Method::GET, "/", |request| {
        request.header("X-One", "1");
        request.header("x-one", "2");
        request.header("User-Agent", "mine");
    })
    .await;
    assert_eq!(seen.headers.get_all("x-one").iter().count(), 1);
    assert_eq!(seen.header("x-one"), Some("2"));
    assert_eq!(seen.header("user-agent"), Some("mine"));
}

#[tokio::test]
async fn headers_that_would_split_or_reframe_the_request_are_refused() {
    for (name, value) in [
        ("X-One", "a\r\nX-Two: b"),
        ("X-One", "a\nb"),
        ("X-One", "a\0b"),
        ("X-One", "é"),
        ("X-One", " a"),
        ("X-One", "a\t"),
        ("X-One", " "),
        ("X One", "a"),
        ("X-One:", "a"),
        ("", "a"),
        ("X\r\nY", "a"),
        ("Host", "example.com"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
    ] {
        let error = refused("/", |request| request.header(name, value)).await;
        assert!(error.starts_with(&format!("header {name:?} cannot be sent: ")), "{error}");
        assert!(!error.contains(['\r', '\n']), "{error}");
    }
}

#[tokio::test]
async fn items_of_a_header_that_would_be_read_as_others_are_refused() {
    for (item, reason) in [
        ("a,b", "an item or a member of it has a comma, which divides them"),
        (" a", "an item or a member of it begins or ends with a space or a tab, which HTTP takes off"),
    ] {
        let items = ["c".to_owned(), item.to_owned()];
        let error = refused("/", |request| request.header_list("X-One", &items)).await;
        assert_eq!(error, format!("header \"X-One\" cannot be sent: {reason}"));
    }
    for (items, value) in [(&["a b", "", "c"][..], "a b,,c"), (&[], ""), (&[""], "")] {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        let seen = sent(Method::GET, "/", |request| request.header_list("X-One", &items)).await;
        assert_eq!(seen.header("x-one"), Some(value));
    }
}

#[tokio::test]
async fn the_first_error_is_the_one_that_comes_back() {
    let error = refused("/{a}", |request| {
        request.header("bad name", "x");
        request.path("a", "..");
    });
    assert_eq!(error.await, "header \"bad name\" cannot be sent: its name is not a valid header name");
}

#[tokio::test]
async fn cookies_stand_in_one_header_percent_encoded() {
    let seen = sent(Method::GET, "/", |request| {
        request.cookie("a", "1; b=2");
        request.cookie("c", "é");
    })
    .await;
    assert_eq!(seen.header("cookie"), Some("a=1%3B%20b%3D2; c=%C3%A9"));
}

#[tokio::test]
async fn without_accept_no_particular_type_is_asked_for() {
    static OPERATION: Operation = Operation {
        name: "version.get",
        method: "GET",
        path: "/",
        accept: "",
        security: &[],
        servers: &[],
        success: 204,
        repeatable: None,
    };
    let server = Server::giving(204, "text/plain", "").await;
    Request::new(&server.client(), &OPERATION).send_raw().await.unwrap();
    assert!(matches!(server.only().header("accept"), None | Some("*/*")));
}

#[tokio::test]
async fn paths_are_below_the_path_of_the_base_url() {
    let server = Server::giving(200, "application/json", "{}").await;
    for base in ["/x/kajabi/", "/x/kajabi"] {
        let client = server.builder().base_url(format!("{}{base}", server.url)).build().unwrap();
        assert_eq!(client.base_url(), format!("{}/x/kajabi", server.url));
        Request::new(&client, operation(Method::GET, "/v1/a")).send_raw().await.unwrap();
    }
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(lines, ["GET /x/kajabi/v1/a", "GET /x/kajabi/v1/a"]);
}

#[tokio::test]
async fn paths_cannot_leave_the_path_of_the_base_url() {
    let server = Server::giving(200, "application/json", "{}").await;
    let client = server.builder().base_url(format!("{}/x", server.url)).build().unwrap();
    let request = Request::new(&client, operation(Method::GET, "/../y"));
    assert!(request.send_raw().await.is_err());
    assert!(server.seen().is_empty());
}

#[test]
fn calls_can_move_between_threads() {
    fn check_send_sync<T: Send + Sync>() {}
    fn check_send<T: Send>(_: &T) {}
    check_send_sync::<clientsmith_runtime::runtime::Client>();
    check_send_sync::<clientsmith_runtime::runtime::Error<std::fmt::Error>>();
    let client = clientsmith_runtime::runtime::ClientBuilder::new(crate::server::DEFAULTS)
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    check_send(&Request::new(&client, operation(Method::GET, "/")).send_raw());
}
