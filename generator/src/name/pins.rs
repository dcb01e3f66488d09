//! Names given before, kept in a lock file so that no later change of the document renames them.

use std::collections::BTreeMap;

use super::Names;
use crate::analyze::Facts;
use crate::model::{Api, Operation, OperationId, Origin, TypeId};

/// The names a lock file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins {
    /// Names of inline types, by the pointer of their schema.
    pub types: BTreeMap<String, String>,
    /// Method names with their groups, `contacts.list`, by `METHOD /path`.
    pub operations: BTreeMap<String, String>,
}

impl Pins {
    pub(super) fn of(names: &Names, api: &Api, facts: &Facts) -> Self {
        let mut pins = Self::default();
        for (index, definition) in api.types.iter().enumerate() {
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            if let Origin::Inline { .. } = definition.origin {
                let name = names.read_type(facts.canonical(id));
                pins.types.insert(definition.pointer.to_string(), name.to_string());
            }
        }
        for (index, operation) in api.operations.iter().enumerate() {
            let found = names.operation(OperationId(u32::try_from(index).unwrap_or(u32::MAX)));
            let group = &names.groups[found.group].module;
            pins.operations.insert(key(operation), format!("{group}.{}", found.method));
        }
        pins
    }
}

/// What an operation is called where names are chosen and kept: `GET /v1/contacts`.
pub(super) fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
