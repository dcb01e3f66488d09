//! Choosing a type by looking at the value, and enums that keep what they do not know.

use clientsmith_runtime::runtime::{
    Json, Kind, best_match, from_json, json_kind, open_enum, open_int_enum, tag,
};
use serde::Deserialize;
use serde::de::value::Error as PlainError;
use serde_json::json;

#[test]
fn tags_are_text_members_of_objects() {
    assert_eq!(tag(&json!({ "type": "contacts" }), "type"), Some("contacts"));
    assert_eq!(tag(&json!({ "type": 1 }), "type"), None);
    assert_eq!(tag(&json!({}), "type"), None);
    assert_eq!(tag(&json!("type"), "type"), None);
}

#[test]
fn the_candidate_with_most_members_present_matches_best() {
    let candidates: &[&[&str]] = &[&["id", "name"], &["id", "title", "body"], &["id", "body", "title"]];
    for (value, expected) in [
        (json!({ "id": 1, "name": 2 }), Some(0)),
        (json!({ "id": 1, "title": 2, "body": 3 }), Some(1)),
        (json!({ "id": 1 }), Some(0)),
        (json!({ "other": 1 }), None),
        (json!({}), Some(0)),
        (json!([]), None),
        (Json::Null, None),
    ] {
        assert_eq!(best_match(&value, candidates), expected, "{value}");
    }
    assert_eq!(best_match(&json!({}), &[]), None);
}

#[test]
fn kinds_tell_whole_numbers_from_others() {
    for (value, kind) in [
        (json!(null), Kind::Null),
        (json!(true), Kind::Boolean),
        (json!(-2), Kind::Integer),
        (json!(u64::MAX), Kind::Integer),
        (json!(2.0), Kind::Integer),
        (json!(2.5), Kind::Number),
        (json!("2"), Kind::String),
        (json!([]), Kind::Array),
        (json!({}), Kind::Object),
    ] {
        assert_eq!(json_kind(&value), kind, "{value}");
    }
}

#[test]
fn values_read_later_keep_the_place_of_an_error() {
    let read: Result<Vec<Vec<u8>>, PlainError> = from_json(json!([[1], [2, "x"]]));
    assert_eq!(read.unwrap_err().to_string(), "at [1][1]: invalid type: string \"x\", expected u8");
    let read: Result<Vec<u8>, PlainError> = from_json(json!([1]));
    assert_eq!(read.unwrap(), [1]);
    let read: Result<u8, PlainError> = from_json(json!("x"));
    assert_eq!(read.unwrap_err().to_string(), "invalid type: string \"x\", expected u8");
}

#[derive(Debug, PartialEq)]
struct Text(String);

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        open_enum(deserializer)
    }
}

#[derive(Debug, PartialEq)]
struct Code(i64);

impl From<i64> for Code {
    fn from(code: i64) -> Self {
        Self(code)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        open_int_enum(deserializer)
    }
}

#[test]
fn open_enums_read_any_text() {
    assert_eq!(serde_json::from_str::<Text>(r#""a\nb""#).unwrap(), Text("a\nb".into()));
    assert!(serde_json::from_str::<Text>("1").is_err());
}

#[test]
fn open_integer_enums_read_any_whole_number_in_range() {
    for (text, code) in [("-3", -3), ("2.0", 2), ("9223372036854775807", i64::MAX)] {
        assert_eq!(serde_json::from_str::<Code>(text).unwrap(), Code(code));
    }
    for text in ["2.5", "9223372036854775808", "1e30", "\"2\"", "null"] {
        assert!(serde_json::from_str::<Code>(text).is_err(), "{text}");
    }
}
