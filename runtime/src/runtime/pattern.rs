//! Members whose names follow a pattern, among those that the API's description does not name.

use serde::de::DeserializeOwned;

use super::{Json, Map};

/// The text of the member whose name is `prefix` and `key`; none if it is not there or no text.
pub fn pattern_text<'m>(members: &'m Map<Json>, prefix: &str, key: &str) -> Option<&'m str> {
    members.get(&[prefix, key].concat())?.as_str()
}

/// The value of the member whose name is `prefix` and `key`; none if it is not there or does not fit `T`.
pub fn pattern_value<T: DeserializeOwned>(members: &Map<Json>, prefix: &str, key: &str) -> Option<T> {
    T::deserialize(members.get(&[prefix, key].concat())?).ok()
}
