//! Tests of ids, which only modules beside the runtime can define.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a failed test panics; ids are public where an API has them"
)]

use std::collections::HashSet;

use crate::runtime;

/// The id of a contact.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContactId(String);

runtime::id_impls!(ContactId);

fn read(json: &str) -> Result<ContactId, serde_json::Error> {
    serde_json::from_str(json)
}

#[test]
fn ids_come_from_text_and_numbers() {
    assert_eq!(ContactId::from("7"), ContactId::from(7));
    assert_eq!(ContactId::from("7".to_owned()), "7");
    assert_eq!(ContactId::from("7").into_string(), "7");
    assert_eq!(ContactId::from(&"7".to_owned()), ContactId::from(7_u64));
    assert_eq!(ContactId::from(-7_i64), "-7");
    assert_eq!("7".parse::<ContactId>().unwrap(), "7");
    assert_eq!(String::from(ContactId::from(7)), "7");
    let set: fn(&str) -> ContactId = |id| id.into();
    assert_eq!(set("a").as_str(), "a");
}

#[test]
fn ids_are_read_from_strings_and_integers_and_written_as_strings() {
    assert_eq!(read("\"456\"").unwrap(), "456");
    assert_eq!(read("456").unwrap(), "456");
    assert_eq!(read("-1").unwrap(), "-1");
    assert_eq!(read("\"\\u0061\"").unwrap(), "a");
    assert_eq!(serde_json::to_string(&ContactId::from(456)).unwrap(), "\"456\"");
    assert_eq!(
        serde_json::from_str::<std::collections::BTreeMap<ContactId, u8>>("{\"1\":2}").unwrap().len(),
        1
    );
}

#[test]
fn other_json_is_no_id() {
    for json in ["null", "1.5", "true", "{}", "[1]"] {
        let error = read(json).unwrap_err().to_string();
        assert!(error.contains("expected a string or an integer"), "{error}");
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
