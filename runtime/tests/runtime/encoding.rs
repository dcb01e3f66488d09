//! How values are written into addresses and forms.

use std::collections::BTreeMap;

use clientsmith_runtime::runtime::{Json, ListStyle, Method, Number, Request};
use serde::Serialize;
use serde_json::json;

use crate::server::{refused, sent};

async fn check_path(template: &'static str, values: &[(&'static str, &str)], expected: &str) {
    let seen = sent(Method::GET, template, |request| {
        for (name, value) in values {
            request.path(name, value);
        }
    });
    assert_eq!(seen.await.line, format!("GET {expected}"), "{template} {values:?}");
}

async fn check_query(fill: impl FnOnce(&mut Request<'_>), expected: &str) {
    assert_eq!(sent(Method::GET, "/", fill).await.line, format!("GET /{expected}"));
}

async fn check_form(body: &(impl Serialize + ?Sized), expected: &str) {
    let seen = sent(Method::POST, "/", |request| request.form(body)).await;
    assert_eq!(seen.body, expected);
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn path_values_are_one_segment_whatever_they_hold() {
    for (value, expected) in [
        ("123", "/c/123"),
        ("a/b?c", "/c/a%2Fb%3Fc"),
        ("a b", "/c/a%20b"),
        ("é☃", "/c/%C3%A9%E2%98%83"),
        ("%2F", "/c/%252F"),
        ("%2e%2e", "/c/%252e%252e"),
        ("..a", "/c/..a"),
        ("-._~", "/c/-._~"),
        ("#x", "/c/%23x"),
        ("a\\b", "/c/a%5Cb"),
        ("a;b=c,d:e@f", "/c/a%3Bb%3Dc%2Cd%3Ae%40f"),
        ("\r\nX: y", "/c/%0D%0AX%3A%20y"),
        ("\0", "/c/%00"),
    ] {
        check_path("/c/{id}", &[("id", value)], expected).await;
    }
}

#[tokio::test]
async fn path_values_that_name_another_resource_are_refused() {
    for (value, reason) in [("", "empty"), (".", "dot segment"), ("..", "dot segment")] {
        let error = refused("/c/{id}/notes", |request| request.path("id", value)).await;
        assert!(error.starts_with("path parameter \"id\" cannot be sent: it is"), "{error}");
        assert!(error.contains(reason), "{error}");
    }
}

#[tokio::test]
async fn dot_segments_made_of_two_values_are_refused() {
    let error = refused("/c/{a}{b}/notes", |request| {
        request.path("a", ".");
        request.path("b", ".");
    });
    assert!(error.await.contains("dot segment"));
    let error = refused("/c/{a}./notes", |request| request.path("a", "."));
    assert!(error.await.contains("dot segment"));
}

#[tokio::test]
async fn dot_segments_of_the_template_are_refused() {
    for template in ["/c/../d", "/c/%2e%2E/d", "/c/./d"] {
        let error = refused(template, |_| ()).await;
        assert!(error.contains("would name another resource"), "{error}");
    }
}

#[tokio::test]
async fn slots_without_value_are_refused() {
    let error = refused("/c/{id}", |request| request.path("other", "1")).await;
    assert_eq!(error, "path parameter \"id\" cannot be sent: it has no value");
}

#[tokio::test]
async fn templates_are_expanded_once() {
    check_path("/{a}/{b}.{c}", &[("a", "{b}"), ("b", "{c}"), ("c", "{a}")], "/%7Bb%7D/%7Bc%7D.%7Ba%7D").await;
}

#[tokio::test]
async fn literal_parts_of_the_template_are_encoded_where_needed() {
    for (template, expected) in [
        ("/a b/é", "/a%20b/%C3%A9"),
        ("/a?b#c", "/a%3Fb%23c"),
        ("/a%2Fb", "/a%2Fb"),
        ("/100%/%zz/%4", "/100%25/%25zz/%254"),
        ("/a\"'{x", "/a%22'%7Bx"),
        ("/a:b@c;d=e,f!$&()*+", "/a:b@c;d=e,f!$&()*+"),
        ("a//b/", "/a//b/"),
    ] {
        check_path(template, &[], expected).await;
    }
}

#[tokio::test]
async fn query_pairs_are_percent_encoded_and_keep_their_order() {
    check_query(
        |request| {
            request.query("page[number]", "2");
            request.query("q", "a b+c&d=e");
            request.query("q", "é#/?");
            request.query("empty", "");
        },
        "?page%5Bnumber%5D=2&q=a%20b%2Bc%26d%3De&q=%C3%A9%23%2F%3F&empty=",
    )
    .await;
}

#[tokio::test]
async fn requests_without_query_have_no_question_mark() {
    check_query(|_| (), "").await;
}

#[tokio::test]
async fn query_lists_follow_their_style() {
    for (style, expected) in [
        (ListStyle::Exploded, "?x%5B%5D=a%2Cb&x%5B%5D=c%20d"),
        (ListStyle::Comma, "?x%5B%5D=a%2Cb,c%20d"),
        (ListStyle::Space, "?x%5B%5D=a%2Cb%20c%20d"),
        (ListStyle::Pipe, "?x%5B%5D=a%2Cb%7Cc%20d"),
    ] {
        let values = vec!["a,b".to_owned(), "c d".to_owned()];
        check_query(|request| request.query_list("x[]", style, values), expected).await;
    }
}

#[tokio::test]
async fn an_empty_list_is_sent_as_such() {
    for style in [ListStyle::Exploded, ListStyle::Comma, ListStyle::Space, ListStyle::Pipe] {
        check_query(|request| request.query_list("x[]", style, Vec::new()), "?x%5B%5D=").await;
    }
}

#[tokio::test]
async fn what_is_set_again_replaces_what_was_set() {
    check_query(
        |request| {
            for (number, text) in [(1, "a"), (2, "b")] {
                request.query_replace("t", text);
                request.query_number("n", Number::from(number));
                request.query_list("x", ListStyle::Exploded, vec![text.to_owned(), text.to_owned()]);
            }
            request.query("t", "c");
        },
        "?t=b&n=2&x=b&x=b&t=c",
    )
    .await;
}

#[tokio::test]
async fn query_numbers_are_plain_decimals_and_finite() {
    check_query(|request| request.query_number("n", Number::from(2.0)), "?n=2").await;
    for value in [f64::NAN, f64::INFINITY] {
        let error = refused("/", |request| request.query_number("n", Number::from(value))).await;
        assert_eq!(error, "parameter \"n\" cannot be sent: it is not a finite number");
    }
}

#[tokio::test]
async fn forms_hold_scalars_lists_and_objects_as_json() {
    check_form(&json!({ "b": true }), "b=true").await;
    check_form(&json!({ "n": 2.0, "o": -1.5, "p": 7 }), "n=2&o=-1.5&p=7").await;
    check_form(&json!({ "absent": null, "list": ["a", null, 2] }), "list=a&list=2").await;
    check_form(&json!({ "a": { "b": { "c": "d" } } }), "a=%7B%22b%22%3A%7B%22c%22%3A%22d%22%7D%7D").await;
    check_form(&BTreeMap::from([("k", "a b+c&é*-._~%")]), "k=a+b%2Bc%26%C3%A9*-._%7E%25").await;
    check_form(&json!({}), "").await;
}

#[tokio::test]
async fn forms_are_written_from_objects_only() {
    let error = refused("/", |request| request.form(&Json::from(vec![1]))).await;
    assert_eq!(error, "the body cannot be written: a form is written from an object");
}
