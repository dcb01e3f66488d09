//! Linkage in the bodies of requests.

use serde_json::json;

use super::super::{Json, Request};

/// A resource identifier object: `{"type": …, "id": …}`.
pub fn identifier(type_: &str, id: &str) -> Json {
    json!({ "type": type_, "id": id })
}

/// A list of resource identifier objects of one type.
pub fn identifiers(type_: &str, ids: impl IntoIterator<Item = impl AsRef<str>>) -> Json {
    ids.into_iter().map(|id| identifier(type_, id.as_ref())).collect()
}

impl Request<'_> {
    /// Sets the member at `path` of the JSON body, such as `data.relationships.site.data`, to one resource identifier.
    pub fn link_one(&mut self, path: &[&str], type_: &str, id: &str) {
        self.json_set(path, &identifier(type_, id));
    }

    /// Sets the member at `path` of the JSON body, such as `data`, to a list of resource identifiers of one type.
    pub fn linkage(&mut self, path: &[&str], type_: &str, ids: impl IntoIterator<Item = impl AsRef<str>>) {
        self.json_set(path, &identifiers(type_, ids));
    }
}
