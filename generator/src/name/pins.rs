//! Names given before, kept in a lock file so that no later change of the document renames them.

use std::collections::BTreeMap;

use super::Names;
use crate::analyze::Facts;
use crate::model::{Api, Operation, OperationId, Origin};

/// The names a lock file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins {
    /// Names of types, by the pointer of their schema.
    pub types: BTreeMap<String, String>,
    /// Names of what is sent where that differs from what is read, by the pointer of the schema.
    pub inputs: BTreeMap<String, String>,
    /// Method names with their groups, `contacts.list`, by `METHOD /path`.
    pub operations: BTreeMap<String, String>,
}

impl Pins {
    pub(super) fn of(names: &Names, api: &Api, facts: &Facts) -> Self {
        let mut pins = Self::default();
        for id in api.type_ids() {
            let definition = api.type_def(id);
            let canonical = facts.canonical(id);
            let name = match definition.origin {
                Origin::Component(_) | Origin::Resource { .. } | Origin::Choice { .. } | Origin::Id(_) => {
                    names.read_type(id)
                }
                Origin::Inline { .. } => names.read_type(canonical),
            };
            pins.types.insert(definition.pointer.to_string(), name.to_string());
            if facts.is_split(id) && canonical == id {
                pins.inputs.insert(definition.pointer.to_string(), names.write_type(id).to_string());
            }
        }
        for (index, operation) in api.operations.iter().enumerate() {
            let found = names.operation(OperationId::at(index));
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
