//! Tests of ids, which only modules beside the runtime can define.
#![allow(unreachable_pub, reason = "ids are public where an API has them")]

use std::collections::{BTreeMap, HashSet};

use crate::runtime;

/// The id of a contact.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContactId(String);

runtime::id_impls!(ContactId);

fn read(json: &str) -> Result<ContactId, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn check_read(json: &str, id: &str) {
    assert_eq!(read(json), Ok(ContactId::from(id)), "{json}");
}

#[test]
fn ids_come_from_text_and_numbers() {
    assert_eq!(ContactId::from("7"), ContactId::from(7));
    assert_eq!(ContactId::from("7".to_owned()), "7");
    assert_eq!(ContactId::from("7").into_string(), "7");
    assert_eq!(ContactId::from(&"7".to_owned()), ContactId::from(7_u64));
    assert_eq!(ContactId::from(-7_i64), "-7");
    assert_eq!("7".parse(), Ok(ContactId::from("7")));
    assert_eq!(String::from(ContactId::from(7)), "7");
    let set: fn(&str) -> ContactId = |id| id.into();
    assert_eq!(set("a").as_str(), "a");
}

#[test]
fn ids_are_read_from_strings_and_integers_and_written_as_strings() {
    check_read("\"456\"", "456");
    check_read("456", "456");
    check_read("-1", "-1");
    check_read("\"\\u0061\"", "a");
    assert_eq!(serde_json::to_value(ContactId::from(456)).ok(), Some("456".into()));
    let by_id = serde_json::from_str::<BTreeMap<ContactId, u8>>("{\"1\":2}").ok();
    assert_eq!(by_id, Some(BTreeMap::from([(ContactId::from(1), 2)])));
}

#[test]
fn other_json_is_no_id() {
    for json in ["null", "1.5", "true", "{}", "[1]"] {
        let read = read(json);
        let is_told = |error: &String| error.contains("expected a string or an integer");
        assert!(read.as_ref().is_err_and(is_told), "{json}: {read:?}");
    }
}

#[test]
fn ids_are_shown_with_their_type_and_displayed_without() {
    let id = ContactId::from("1\"");
    assert_eq!(format!("{id:?}"), "ContactId(\"1\\\"\")");
    assert_eq!(format!("{:>3}", ContactId::from(1)), "  1");
    assert_eq!(id.as_ref(), "1\"");
}

#[test]
fn ids_are_keys() {
    let ids = HashSet::from([ContactId::from(1), ContactId::from("1"), ContactId::from(2)]);
    assert_eq!(ids.len(), 2);
    let [a, b] = ["a", "b"].map(ContactId::from);
    assert!(a < b);
}
