//! What callers can pass that cannot be sent, or only just.

use std::collections::BTreeMap;

use clientsmith_runtime::runtime::parameter::{Place, Spec, Style, lines};
use clientsmith_runtime::runtime::{ClientBuilder, Method, Number, Request};
use serde_json::json;

use super::{Rgb, color, error, wire};
use crate::server::{DEFAULTS, operation, refused, sent};

#[tokio::test]
async fn numbers_that_json_cannot_express_are_refused_wherever_they_are() {
    for place in [Place::Path, Place::Query, Place::Header, Place::Cookie, Place::WholeQuery] {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for style in [Style::Form, Style::Json] {
                let spec = color(place, style, true);
                for reason in [
                    error(&spec, &number).await,
                    error(&spec, &[1.0, number]).await,
                    error(&spec, &BTreeMap::from([("n", number)])).await,
                    error(&spec, &Number::from(number)).await,
                ] {
                    assert!(reason.ends_with("cannot be sent: it is not a finite number"), "{reason}");
                }
            }
        }
    }
    assert_eq!(
        wire(&color(Place::Path, Style::Simple, false), &[2.0, 0.5, 1e21]).await,
        "2,0.5,1000000000000000000000"
    );
}

#[tokio::test]
async fn what_a_header_or_a_cookie_cannot_hold_is_refused() {
    for value in ["a\r\nX: y", "a\0", "é"] {
        let reason = error(&color(Place::Header, Style::Simple, false), value).await;
        assert!(reason.starts_with("header \"color\" cannot be sent: its value"), "{reason}");
        let reason = error(&color(Place::Header, Style::Simple, true), &[value]).await;
        assert!(reason.starts_with("header \"color\" cannot be sent: its value"), "{reason}");
        for style in [Style::Cookie, Style::Text] {
            let reason = error(&color(Place::Cookie, style, true), value).await;
            assert!(
                reason.ends_with("a character that a cookie cannot hold unless it is escaped"),
                "{reason}"
            );
        }
    }
    for value in ["a;b", "a; admin=1"] {
        for style in [Style::Cookie, Style::Text] {
            assert!(error(&color(Place::Cookie, style, true), value).await.contains("unless it is escaped"));
        }
    }
    let names = json!({ "a=b; c": "1" });
    let reason = error(&color(Place::Cookie, Style::Cookie, true), &names).await;
    assert_eq!(reason, "parameter \"color\" cannot be sent: its name is no name of a cookie");
    assert_eq!(wire(&color(Place::Cookie, Style::Form, true), &names).await, "a%3Db%3B%20c=1");
}

#[tokio::test]
async fn what_a_header_or_a_cookie_would_lose_or_divide_is_refused() {
    let [joined, exploded] = [false, true].map(|explode| color(Place::Header, Style::Simple, explode));
    for spec in [&joined, &exploded] {
        for value in [
            json!(["a", "b,c"]),
            json!(["a "]),
            json!([["a", "b"]]),
            json!({ "a": "b,c" }),
            json!({ "a,b": 1 }),
            json!({ "a": "\tb" }),
        ] {
            let reason = error(spec, &value).await;
            assert!(reason.starts_with("header \"color\" cannot be sent: an item or a member"), "{reason}");
        }
        for value in [json!(" a"), json!("a\t")] {
            assert!(error(spec, &value).await.contains("its value begins or ends with a space"));
        }
        assert_eq!(wire(spec, "a, b").await, "a, b");
        assert_eq!(wire(spec, &json!(["a b", "", null])).await, "a b,");
    }
    let assigned = json!({ "a=b": 1 });
    assert!(
        error(&exploded, &assigned).await.ends_with("the name of a member of it has a `=`, which ends it")
    );
    assert_eq!(wire(&joined, &assigned).await, "a=b,1");
    assert_eq!(wire(&exploded, &json!({ "a": "b=c" })).await, "a=b=c");
    let spec = color(Place::Header, Style::Written(lines), false);
    assert!(error(&spec, &[1, 2]).await.contains("a line break or another control character"));
    assert!(error(&color(Place::Header, Style::Text, false), " a").await.contains("begins or ends"));
    assert!(error(&color(Place::Cookie, Style::Text, false), "a ").await.contains("begins or ends"));
}

#[tokio::test]
async fn no_path_value_names_another_resource() {
    let simple = color(Place::Path, Style::Simple, false);
    for value in [vec![".."], vec!["."], vec![""], vec![]] {
        let reason = error(&simple, &value).await;
        assert!(reason.starts_with("path parameter \"color\" cannot be sent: it"), "{reason}");
    }
    assert_eq!(wire(&simple, &["..", ".."]).await, "..,..");
    for explode in [false, true] {
        let label = color(Place::Path, Style::Label, explode);
        for value in ["", "."] {
            let reason = error(&label, value).await;
            assert!(reason.contains("would name another resource"), "{reason}");
        }
        assert_eq!(wire(&label, "..").await, "...");
        assert_eq!(wire(&color(Place::Path, Style::Matrix, explode), "../x").await, ";color=..%2Fx");
    }
    let reserved = Spec { reserved: true, ..simple };
    for value in ["..", "%2e%2E", ".%2e"] {
        assert!(error(&reserved, value).await.contains("would name another resource"));
    }
    let reason = refused("/c/{color}/d", |request| request.parameter(&simple, &())).await;
    assert_eq!(reason, "path parameter \"color\" cannot be sent: it has no value");
}

#[tokio::test]
async fn a_label_may_be_empty_behind_other_text() {
    let label = color(Place::Path, Style::Label, false);
    let seen = sent(Method::GET, "/c/file{color}", |request| request.parameter(&label, "")).await;
    assert_eq!(seen.line, "GET /c/file.");
}

#[tokio::test]
async fn values_inside_of_others_are_json_or_brackets() {
    let value = json!({ "a": { "b": [1, "x]&"] }, "c": [], "d": { "e": null } });
    let form = wire(&color(Place::Query, Style::Form, true), &value).await;
    assert_eq!(form, "a=%7B%22b%22%3A%5B1%2C%22x%5D%26%22%5D%7D&c=%5B%5D&d=%7B%22e%22%3Anull%7D");
    let deep = wire(&color(Place::Query, Style::Deep, true), &value).await;
    assert_eq!(deep, "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=x%5D%26");
    let brackets = wire(&color(Place::Query, Style::Deep, true), &json!({ "k[]=&": "v" })).await;
    assert_eq!(brackets, "color%5Bk%5B%5D%3D%26%5D=v");
    assert_eq!(
        wire(&color(Place::Query, Style::Deep, true), &["a", "b"]).await,
        "color%5B0%5D=a&color%5B1%5D=b"
    );
    assert_eq!(wire(&color(Place::Query, Style::Deep, true), "a").await, "color=a");
    let header = wire(&color(Place::Header, Style::Simple, false), &json!([{ "é": "\u{7f}" }])).await;
    assert_eq!(header, "{\"\\u00e9\":\"\\u007f\"}");
}

#[tokio::test]
async fn null_is_not_sent() {
    for place in [Place::Query, Place::Cookie, Place::Header, Place::WholeQuery] {
        let text = wire(
            &color(place, if place == Place::WholeQuery { Style::Pairs(&[]) } else { Style::Form }, true),
            &(),
        )
        .await;
        assert!(text.is_empty() || text == "(none)", "{text}");
    }
    assert_eq!(wire(&color(Place::Query, Style::Json, true), &()).await, "color=null");
    assert_eq!(wire(&color(Place::Query, Style::Form, false), &[Some(1), None, Some(2)]).await, "color=1,2");
}

#[tokio::test]
async fn what_is_set_again_takes_the_place_of_what_was_set() {
    let deep = color(Place::Query, Style::Deep, true);
    let (form, cookie) = (color(Place::Query, Style::Form, true), color(Place::Cookie, Style::Form, true));
    let seen = sent(Method::GET, "/c", |request| {
        request.query("R", "0");
        request.query("kept", "1");
        for value in [1, 2] {
            request.parameter(&deep, &BTreeMap::from([(format!("m{value}"), value)]));
            request.parameter(&form, &Rgb(value, value, value));
            request.parameter(&cookie, &vec![value; 2]);
        }
    });
    let seen = seen.await;
    assert_eq!(seen.line, "GET /c?kept=1&color%5Bm2%5D=2&R=2&G=2&B=2");
    assert_eq!(seen.header("cookie"), Some("color=2; color=2"));
}

#[test]
fn a_million_items_are_written_in_good_time() {
    let items: Vec<u32> = (0..1_000_000).collect();
    let members: BTreeMap<String, u32> = items.iter().map(|item| (item.to_string(), *item)).collect();
    let client = ClientBuilder::new(DEFAULTS).base_url("http://x.test").build().unwrap();
    let mut request = Request::new(&client, operation(Method::GET, "/c/{color}"));
    request.parameter(&color(Place::Query, Style::Form, true), &items);
    request.parameter(&color(Place::Query, Style::Form, true), &members);
    request.parameter(&color(Place::Cookie, Style::Form, true), &items);
    request.parameter(&color(Place::Path, Style::Matrix, true), &items);
}
