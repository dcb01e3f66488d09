//! What a Rust value does not hold of the JSON it was read from, and which is shown nevertheless.
//!
//! A typed value knows what is in an answer, and forgets how it was said: that an optional member was null and not absent, which
//! members there were beyond those that the API's description names, with which offset and how many digits an instant was
//! written. It is the value that is shown, and these are put back into it.

use super::super::{Base64, Json, Timestamp};

/// Puts back into `shown`, which was written from a typed value, what that value does not hold of what `came`.
pub(super) fn keep(came: &Json, shown: &mut Json) {
    match (came, shown) {
        (Json::Object(came), Json::Object(shown)) => {
            for (name, value) in came {
                match shown.get_mut(name) {
                    Some(shown) => keep(value, shown),
                    None => _ = shown.insert(name.clone(), value.clone()),
                }
            }
        }
        (Json::Array(came), Json::Array(shown)) if came.len() == shown.len() => {
            for (came, shown) in came.iter().zip(shown) {
                keep(came, shown);
            }
        }
        (Json::Number(came), Json::Number(shown)) => {
            if came
                .as_f64()
                .is_some_and(|came| shown.as_f64().is_some_and(|shown| is_same_number(came, shown)))
            {
                *shown = came.clone();
            }
        }
        (Json::String(came), Json::String(shown)) => {
            if came != shown && is_same_text(came, shown) {
                shown.clone_from(came);
            }
        }
        (
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) | Json::Array(_),
            _,
        ) => {}
    }
}

/// Whether two numbers are one, as far as a number of single precision can tell.
#[allow(clippy::cast_possible_truncation, clippy::float_cmp, reason = "that is the question")]
fn is_same_number(came: f64, shown: f64) -> bool {
    came == shown || came as f32 == shown as f32
}

/// Whether two texts are the same instant, or the same bytes as base64.
fn is_same_text(came: &str, shown: &str) -> bool {
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    let bytes = |text: &str| serde_json::from_value::<Base64>(text.into()).ok();
    match instant(shown) {
        Some(shown) => instant(came) == Some(shown),
        None => bytes(shown).is_some_and(|shown| bytes(came) == Some(shown)),
    }
}
