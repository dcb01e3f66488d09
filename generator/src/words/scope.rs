//! What words can refer to by name.

use std::collections::BTreeSet;

use super::value::{Value, listed};
use crate::diag::Diagnostics;
use crate::model::HttpMethod;
use crate::source::{Pointer, Tree};

/// The methods by the names that path items have for them.
pub(super) const METHODS: [(&str, HttpMethod); 9] = [
    ("get", HttpMethod::Get),
    ("put", HttpMethod::Put),
    ("post", HttpMethod::Post),
    ("delete", HttpMethod::Delete),
    ("options", HttpMethod::Options),
    ("head", HttpMethod::Head),
    ("patch", HttpMethod::Patch),
    ("trace", HttpMethod::Trace),
    ("query", HttpMethod::Query),
];

/// How many `$ref`s may lead to a parameter or a body; a circle has no end.
const MOST_REFERENCES: usize = 16;

/// The document as far as words refer to it.
pub(super) struct Scope<'t> {
    /// The whole document.
    pub(super) tree: &'t Tree,
    /// The values of `x-resource-type`.
    pub(super) resource_types: BTreeSet<&'t str>,
}

impl<'t> Scope<'t> {
    /// What `value` stands for: itself or, if it is a `$ref` within the document, what that leads to, with its place.
    pub(super) fn followed(&self, value: Value<'t>) -> Option<Value<'t>> {
        let mut found = value;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = found.tree.get("$ref") else { return Some(found) };
            let place = Pointer::from_reference(reference.as_str()?)?;
            found = Value { tree: self.tree.at(&place)?, place };
        }
        None
    }

    /// Whether the document has this operation.
    pub(super) fn has_operation(&self, method: &HttpMethod, path: &str) -> bool {
        let item = self.tree.get("paths").and_then(|paths| paths.get(path));
        let key = METHODS.iter().find(|(_, known)| known == method).map(|(key, _)| *key);
        item.zip(key).is_some_and(|(item, key)| item.get(key).is_some())
    }

    /// The name of a component schema.
    pub(super) fn component(&self, value: &Value, diags: &mut Diagnostics) -> Option<String> {
        let name = value.name(diags)?;
        let known = self.has_component(name);
        if !known {
            value.dangling("component schema", name, "nothing is generated; correct the name", diags);
        }
        known.then(|| name.to_owned())
    }

    /// Whether there is a component schema of this name.
    pub(super) fn has_component(&self, name: &str) -> bool {
        let schemas = self.tree.get("components").and_then(|components| components.get("schemas"));
        schemas.and_then(|schemas| schemas.get(name)).is_some()
    }

    /// Resource types, at least one, none twice.
    pub(super) fn resource_types(&self, value: &Value, diags: &mut Diagnostics) -> Vec<String> {
        value.nonempty(diags);
        value.distinct(diags, |item, diags| self.resource_type(item, diags))
    }

    /// A resource type.
    pub(super) fn resource_type(&self, value: &Value, diags: &mut Diagnostics) -> Option<String> {
        let name = value.name(diags)?;
        self.check_resource_type(value, name, diags);
        Some(name.to_owned())
    }

    /// Reports a resource type that no schema is of. Nothing can be said as long as no schema is of any.
    pub(super) fn check_resource_type(&self, value: &Value, name: &str, diags: &mut Diagnostics) {
        let known = &self.resource_types;
        if !(name.is_empty() || known.is_empty() || known.contains(name)) {
            let help = format!("`x-resource-type` has {}", listed(known.iter().copied()));
            value.dangling("resource type", name, help, diags);
        }
    }
}
