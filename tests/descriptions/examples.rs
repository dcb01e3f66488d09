//! Every fenced block is an answer that the client reads, a body that it sends or an event that it parses.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kajabi::WebhookEvent;
use kajabi::runtime::Json;

use crate::document::{Example, examples};
use crate::server::{JSON_API, Server, answer};
use crate::typed::{Typed as _, lost};
use crate::{answers, bodies};

/// What cannot be read as it stands, and why: an example's operation and number, and the place in it.
const KNOWN: [(&str, usize, &str, &str); 2] = [
    ("GET /v1/courses/{id}", 0, "Course.included", "stands in the course, as no other `included` does"),
    ("GET /v1/forms/{id}", 1, "at data: ", "a list of forms as the answer for one form"),
];

/// What became of an example: what it is, and what of it the client has no type for.
struct Outcome {
    kind: &'static str,
    left: Vec<String>,
}

/// Blocks that are no JSON are read without the commas that stand before closing brackets; nothing else is wrong with any.
fn json(text: &str) -> (Json, bool) {
    if let Ok(json) = serde_json::from_str(text) {
        return (json, true);
    }
    let mut mended = String::new();
    for c in text.chars() {
        if matches!(c, '}' | ']') && mended.trim_end().ends_with(',') {
            mended.truncate(mended.trim_end().len() - 1);
        }
        mended.push(c);
    }
    (serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error}: {text}")), false)
}

async fn outcome(example: &Example) -> Outcome {
    let (mut json, is_json) = json(&example.text);
    if json.get("payload").is_some() {
        let event = WebhookEvent::parse(json.to_string().as_bytes()).unwrap();
        let mut left = lost(&json, &serde_json::to_value(&event).unwrap());
        left.extend(event.untyped());
        return Outcome { kind: if is_json { "event" } else { "event, no JSON" }, left };
    }
    // Some blocks show what stands beside the data of a page, and leave the data out.
    let is_part = json.get("links").is_some() && json.get("data").is_none();
    if is_part {
        json["data"] = Json::Array(Vec::new());
    }
    let body = json.to_string();
    let server = Server::start(move |_| answer(200, JSON_API, body.clone())).await;
    let client = server.client();
    if let Some(call) = bodies::call(&client, &example.operation, example.number) {
        call.await.unwrap();
        let seen = server.only();
        assert_eq!(seen.header("content-type"), Some(JSON_API));
        let sent = seen.json();
        let left = if sent == json { Vec::new() } else { vec![format!("sent instead: {sent}")] };
        return Outcome { kind: "body", left };
    }
    let kind = match (is_json, is_part) {
        (true, true) => "answer, but for its data",
        (true, false) => "answer",
        (false, _) => "answer, no JSON",
    };
    let left = match answers::call(&client, &example.operation) {
        None => vec!["no call of it".to_owned()],
        Some(call) => match call.await {
            Err(error) => vec![error],
            Ok(read) => [lost(&json, &read.json), read.untyped].concat(),
        },
    };
    Outcome { kind, left }
}

/// The reason why this is left over of an example, if it is known.
fn reason(example: &Example, left: &str) -> Option<&'static str> {
    let is_of =
        |known: &&(&str, usize, &str, &str)| known.0 == example.operation && known.1 == example.number;
    KNOWN.iter().filter(is_of).find(|known| left.contains(known.2)).map(|known| known.3)
}

#[tokio::test]
async fn every_example_is_read_or_sent_and_what_is_left_over_has_a_reason() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut known, mut unknown) = (String::new(), String::new());
    for example in examples() {
        let Outcome { kind, left } = outcome(&example).await;
        *counts.entry(kind).or_default() += 1;
        for left in left {
            let Example { operation, number, .. } = &example;
            match reason(&example, &left) {
                Some(reason) => _ = writeln!(known, "{operation} #{number}: {reason}"),
                None => _ = writeln!(unknown, "{operation} #{number}: {left}"),
            }
        }
    }
    assert_eq!(unknown, "", "of these examples something is lost, has no type or is sent otherwise");
    assert_eq!(known.lines().count(), KNOWN.len(), "{known}");
    let total: usize = counts.values().sum();
    insta::assert_snapshot!(format!("{total} examples: {counts:#?}\n{known}"));
}
