//! Looking into JSON values before choosing a type, for emitted unions.

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

use super::Json;

/// An object with arbitrary member names and values of one kind, ordered by name.
pub type Map<T> = std::collections::BTreeMap<String, T>;

/// A JSON object of any shape.
pub type JsonObject = serde_json::Map<String, Json>;

/// The kinds of JSON value that a schema can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction: `2`, and also `2.0` (JSON Schema 2020-12, section 4.2.3).
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// The kind of `value`.
pub fn json_kind(value: &Json) -> Kind {
    match value {
        Json::Null => Kind::Null,
        Json::Bool(_) => Kind::Boolean,
        Json::Number(number) if !number.is_f64() => Kind::Integer,
        Json::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => Kind::Integer,
        Json::Number(_) => Kind::Number,
        Json::String(_) => Kind::String,
        Json::Array(_) => Kind::Array,
        Json::Object(_) => Kind::Object,
    }
}

/// What a text says: JSON of one of these kinds, else the text itself.
#[allow(dead_code, reason = "a client may read neither headers nor forms")]
pub(super) fn text_or(text: &str, kinds: &[Kind]) -> Json {
    // A number with a fraction or an exponent is text where only whole ones are described.
    let kind = |read: &Json| if read.is_f64() { Kind::Number } else { json_kind(read) };
    let read: Option<Json> = serde_json::from_str(text).ok();
    read.filter(|read| kinds.contains(&kind(read))).unwrap_or_else(|| Json::from(text))
}

/// The text of member `name`; `None` if `value` is not an object or the member is not a string.
pub fn tag<'v>(value: &'v Json, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

/// Writes a value of an alternative that does not declare the member which tells it apart: with that member.
pub fn tagged<T: Serialize, S: Serializer>(
    value: &T,
    member: &str,
    tag: &str,
    sink: S,
) -> Result<S::Ok, S::Error> {
    with_tag(super::tree::text(value), member, tag).map_err(serde::ser::Error::custom)?.serialize(sink)
}

fn with_tag(text: serde_json::Result<Vec<u8>>, member: &str, tag: &str) -> serde_json::Result<Json> {
    // By way of text: a float of single precision keeps its digits.
    let mut value = serde_json::from_slice(&text?)?;
    if let Json::Object(members) = &mut value {
        let mut all = JsonObject::new();
        all.insert(member.to_owned(), tag.into());
        all.extend(std::mem::take(members));
        *members = all;
    }
    Ok(value)
}

/// `value` without the member that tells which alternative it is, for one that does not declare it.
pub fn untagged(mut value: Json, member: &str) -> Json {
    if let Json::Object(members) = &mut value {
        members.remove(member);
    }
    value
}

/// The candidate that declares most of the members that `value` has, the first of several.
///
/// `candidates` are the member names of each. `None` if `value` is not an object or no candidate declares any of its members;
/// an empty object is the first candidate.
pub fn best_match(value: &Json, candidates: &[&[&str]]) -> Option<usize> {
    let members = value.as_object()?;
    if members.is_empty() {
        return (!candidates.is_empty()).then_some(0);
    }
    let mut best = None;
    let mut most = 0;
    for (index, names) in candidates.iter().enumerate() {
        let present = names.iter().filter(|name| members.contains_key(**name)).count();
        if present > most {
            (best, most) = (Some(index), present);
        }
    }
    best
}

/// Reads `T` from a value that was read before; the error says where in `value` it failed.
pub fn from_json<T: DeserializeOwned, E: serde::de::Error>(value: Json) -> Result<T, E> {
    serde_path_to_error::deserialize(value).map_err(|error| E::custom(located(&error)))
}

/// Reads `T` from a value for a variant that holds one; a value that does not fit is kept as it is.
pub fn offered<T: DeserializeOwned, U>(value: Json, variant: fn(T) -> U, unknown: fn(Json) -> U) -> U {
    match T::deserialize(&value) {
        Ok(read) => variant(read),
        Err(_) => unknown(value),
    }
}

fn located(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    match error.path().to_string().as_str() {
        "." => error.inner().to_string(),
        path => format!("at {path}: {}", error.inner()),
    }
}
