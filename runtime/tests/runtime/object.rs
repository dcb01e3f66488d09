//! Reading and writing objects as emitted code does it.

use std::collections::BTreeMap;

use clientsmith_runtime::runtime::{self, Json, ObjectWriter, Patch};
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

#[derive(Debug, PartialEq)]
struct Contact {
    id: String,
    phone: Option<String>,
    /// Required and nullable.
    email: Option<String>,
    extra: BTreeMap<String, Json>,
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        runtime::object(deserializer)
    }
}

impl<'de> runtime::Object<'de> for Contact {
    const NAME: &'static str = "Contact";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let mut id: Option<String> = None;
        let mut phone: Option<String> = None;
        let mut email: Option<Option<String>> = None;
        let mut extra = BTreeMap::new();
        while let Some(key) = runtime::next_key(&mut members)? {
            match &*key {
                "id" => runtime::member(&mut members, &mut id),
                "phone_number" => runtime::member(&mut members, &mut phone),
                "email" => runtime::member_or_null(&mut members, &mut email),
                "ignored" => runtime::skip(&mut members),
                _ => runtime::keep(&mut members, key, &mut extra),
            }?;
        }
        Ok(Self { id: runtime::required(id, "id")?, phone, email: runtime::required(email, "email")?, extra })
    }
}

struct ContactInput {
    id: String,
    note: Option<String>,
    email: Option<String>,
    phone: Patch<String>,
    extra: BTreeMap<String, Json>,
}

impl Serialize for ContactInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer);
        object.constant("type", "contacts");
        object.required("id", &self.id);
        object.required("note", &self.note);
        object.optional("email", &self.email);
        object.patch("phone_number", &self.phone);
        object.extra(&self.extra);
        object.end()
    }
}

fn contact() -> Contact {
    Contact { id: "7".into(), phone: None, email: Some("a@b".into()), extra: BTreeMap::new() }
}

fn input() -> ContactInput {
    ContactInput {
        id: "7".into(),
        note: None,
        email: None,
        phone: Patch::Absent,
        extra: BTreeMap::from([("custom_1".to_owned(), json!(1))]),
    }
}

fn check_error(text: &str, expected: &str) {
    assert_eq!(serde_json::from_str::<Contact>(text).unwrap_err().to_string(), expected);
}

#[test]
fn objects_are_read_from_text_values_and_readers() {
    let text = r#"{"id":"7","phone_number":null,"em\u0061il":"a@b","ignored":[{}]}"#;
    assert_eq!(serde_json::from_str::<Contact>(text).unwrap(), contact());
    assert_eq!(serde_json::from_reader::<_, Contact>(text.as_bytes()).unwrap(), contact());
    let value: Json = serde_json::from_str(text).unwrap();
    assert_eq!(Contact::deserialize(&value).unwrap(), contact());
    assert_eq!(serde_json::from_value::<Contact>(value).unwrap(), contact());
}

#[test]
fn the_last_of_repeated_members_wins() {
    let read: Contact = serde_json::from_str(r#"{"id":"1","email":"x","id":"7","email":"a@b"}"#).unwrap();
    assert_eq!(read, contact());
}

#[test]
fn unknown_members_can_be_kept() {
    let read: Contact = serde_json::from_str(r#"{"id":"7","email":"a@b","custom_1":[1]}"#).unwrap();
    assert_eq!(read.extra, BTreeMap::from([("custom_1".to_owned(), json!([1]))]));
}

#[test]
fn members_that_are_required_and_nullable_can_be_null_and_not_missing() {
    let read: Contact = serde_json::from_str(r#"{"id":"7","email":null}"#).unwrap();
    assert_eq!(read.email, None);
    check_error(r#"{"id":"7"}"#, "missing field `email` at line 1 column 10");
}

#[test]
fn anything_but_an_object_is_an_error() {
    check_error(
        r#"["7","a@b"]"#,
        "invalid type: sequence, expected an object (`Contact`) at line 1 column 0",
    );
    check_error("null", "invalid type: null, expected an object (`Contact`) at line 1 column 4");
}

#[test]
fn objects_are_written_member_by_member() {
    let written = serde_json::to_string(&input()).unwrap();
    assert_eq!(written, r#"{"type":"contacts","id":"7","note":null,"custom_1":1}"#);
}

#[test]
fn optional_and_patched_members_are_written_when_set() {
    let input = ContactInput { email: Some("e".into()), phone: Patch::Null, ..input() };
    let written = serde_json::to_string(&input).unwrap();
    assert_eq!(
        written,
        r#"{"type":"contacts","id":"7","note":null,"email":"e","phone_number":null,"custom_1":1}"#
    );
    let input = ContactInput { phone: "1".into(), ..input };
    assert!(serde_json::to_string(&input).unwrap().contains(r#""phone_number":"1""#));
}

#[test]
fn extra_members_can_be_a_json_object() {
    struct Only(runtime::JsonObject);
    impl Serialize for Only {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = ObjectWriter::new(serializer);
            object.extra(&self.0);
            object.end()
        }
    }
    let members = json!({ "a": 1 }).as_object().unwrap().clone();
    assert_eq!(serde_json::to_string(&Only(members)).unwrap(), r#"{"a":1}"#);
}
