//! Linkage in the bodies of requests.

use serde_json::json;

use super::super::Json;

/// A resource identifier object: `{"type": …, "id": …}`.
pub fn identifier(type_: &str, id: &str) -> Json {
    json!({ "type": type_, "id": id })
}

/// A list of resource identifier objects of one type.
pub fn identifiers(type_: &str, ids: impl IntoIterator<Item = impl AsRef<str>>) -> Json {
    ids.into_iter().map(|id| identifier(type_, id.as_ref())).collect()
}
