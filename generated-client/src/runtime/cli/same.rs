//! Whether a typed value holds all that was given for it: a member that a type does not know would not be sent.

use super::super::Json;
use super::Usage;

/// Compares what was given at this `place` of a body with what is going to be sent. Members named in `read_only` may be missing.
pub(super) fn check(given: &[u8], sent: &[u8], read_only: &[&str], place: &str) -> Result<(), Usage> {
    check_value("the body", given, sent, read_only, place)
}

/// The same for a value of an option.
pub(super) fn check_option(option: &str, given: &[u8], sent: &[u8]) -> Result<(), Usage> {
    check_value(&format!("the value of '--{option}'"), given, sent, &[], "")
}

fn check_value(what: &str, given: &[u8], sent: &[u8], read_only: &[&str], place: &str) -> Result<(), Usage> {
    let read = |bytes: &[u8]| serde_json::from_slice::<Json>(bytes).unwrap_or_default();
    let mut lost = Vec::new();
    compare(&read(given), &read(sent), read_only, place, &mut lost);
    if lost.is_empty() {
        return Ok(());
    }
    Err(Usage(format!("{what} has what the API's description does not: {}", lost.join(", "))))
}

fn compare(given: &Json, sent: &Json, read_only: &[&str], place: &str, lost: &mut Vec<String>) {
    match (given, sent) {
        (Json::Object(given), Json::Object(sent)) => {
            for (name, value) in given.iter().filter(|(name, _)| !read_only.contains(&name.as_str())) {
                let place = format!("{place}/{name}");
                match sent.get(name) {
                    Some(sent) => compare(value, sent, read_only, &place, lost),
                    None if value.is_null() => lost.push(format!("`{place}`, which cannot be null")),
                    None => lost.push(format!("`{place}`")),
                }
            }
        }
        (Json::Array(given), Json::Array(sent)) => {
            for (at, (given, sent)) in given.iter().zip(sent).enumerate() {
                compare(given, sent, read_only, &format!("{place}/{at}"), lost);
            }
        }
        (
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) | Json::Array(_),
            _,
        ) => {}
    }
}
