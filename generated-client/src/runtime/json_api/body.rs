//! Linkage in the bodies of requests.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::super::{Json, JsonObject, Patch, Request};

/// A resource identifier object: `{"type": …, "id": …}`.
pub fn identifier(type_: &str, id: &str) -> Json {
    let members = [("type", type_), ("id", id)];
    Json::Object(JsonObject::from_iter(members.map(|(name, text)| (name.to_owned(), text.into()))))
}

/// A list of resource identifier objects of one type.
pub fn identifiers(type_: &str, ids: impl IntoIterator<Item = impl AsRef<str>>) -> Json {
    ids.into_iter().map(|id| identifier(type_, id.as_ref())).collect()
}

impl Request<'_> {
    /// Sets the member at `path` of the JSON body, such as `data.relationships.site.data`, to one resource identifier.
    pub fn link_one(&mut self, path: &[&str], type_: &str, id: &str) {
        self.json_set(path, &Linked { type_, id });
    }

    /// The same, or to `null`, or leaves it alone.
    pub fn link_patch(&mut self, path: &[&str], type_: &str, id: &Patch<impl AsRef<str>>) {
        match id {
            Patch::Absent => {}
            Patch::Null => self.json_set(path, &()),
            Patch::Set(id) => self.link_one(path, type_, id.as_ref()),
        }
    }

    /// Sets the member at `path` of the JSON body, such as `data`, to a list of resource identifiers of one type.
    pub fn linkage(&mut self, path: &[&str], type_: &str, ids: impl IntoIterator<Item = impl AsRef<str>>) {
        let ids: Vec<_> = ids.into_iter().collect();
        let linked: Vec<_> = ids.iter().map(|id| Linked { type_, id: id.as_ref() }).collect();
        self.json_set(path, &linked);
    }
}

/// A resource identifier object that is written at once.
struct Linked<'r> {
    type_: &'r str,
    id: &'r str,
}

impl Serialize for Linked<'_> {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let mut members = sink.serialize_map(Some(2))?;
        members.serialize_entry("type", self.type_)?;
        members.serialize_entry("id", self.id)?;
        members.end()
    }
}
