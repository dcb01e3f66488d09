//! Linkage in the bodies of requests.

use super::super::{Patch, Request};
use super::linkage::Typed;

impl Request<'_> {
    /// Sets the member at `path` of the JSON body, such as `data.relationships.site.data`, to one resource identifier.
    pub fn link_one(&mut self, path: &[&str], type_: &str, id: &str) {
        self.json_set(path, &Typed(type_, id));
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
        let linked: Vec<_> = ids.iter().map(|id| Typed(type_, id.as_ref())).collect();
        self.json_set(path, &linked);
    }
}
