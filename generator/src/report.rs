//! The report for machines: what the document holds, and what became of it.

use serde_json::{Value, json};

use crate::Stages;
use crate::diag::{Code, Diagnostic, Row};
use crate::model::LeftOut;

/// Counts and lists about one generation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Operations in the document.
    pub operations: usize,
    /// Operations in the client.
    pub emitted: usize,
    /// Operations in the document and not in the client.
    pub left_out: Vec<LeftOut>,
    /// Groups of operations in the client.
    pub groups: usize,
    /// Types in the client.
    pub types: usize,
    /// Schemas in the document, however deep they stand.
    pub schemas: usize,
    /// Places where the document declares something and the client has an untyped value.
    pub opaque: Vec<Opaque>,
}

/// A place where the client has an untyped value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opaque {
    /// Where it stands in the document.
    pub pointer: String,
    /// Why it has no type.
    pub reason: String,
}

impl Report {
    /// Counts what is in `stages`; `diagnostics` are all that the stages have found.
    pub fn new(stages: &Stages, diagnostics: &[Diagnostic]) -> Self {
        let Stages { schemas, api, facts, names, .. } = stages;
        let is_opaque = |diagnostic: &&Diagnostic| {
            matches!(
                diagnostic.code,
                Code::UntypedValue | Code::UnsupportedSchema | Code::ResponseWithoutContent
            )
        };
        Self {
            operations: api.operations.len() + api.left_out.len(),
            emitted: api.operations.len(),
            left_out: api.left_out.clone(),
            groups: names.groups().len(),
            types: api.type_ids().filter(|id| facts.canonical(*id) == *id).count(),
            schemas: *schemas,
            opaque: diagnostics
                .iter()
                .filter(is_opaque)
                .map(|diagnostic| Opaque {
                    pointer: diagnostic.pointer.to_string(),
                    reason: diagnostic.message.clone(),
                })
                .collect(),
        }
    }

    /// The report as JSON, with the diagnostics and their places.
    pub fn to_json(&self, rows: &[Row<'_>]) -> String {
        let left_out = |left: &LeftOut| json!({"operation": left.operation, "pointer": left.pointer.to_string(), "code": left.code.name()});
        let opaque = |opaque: &Opaque| json!({"pointer": opaque.pointer, "reason": opaque.reason});
        let row = |row: &Row<'_>| {
            json!({
                "code": row.code.name(),
                "severity": row.severity.name(),
                "pointer": format!("#{}", row.pointer),
                "file": row.file,
                "line": row.position.map(|position| position.line),
                "column": row.position.map(|position| position.column),
                "message": row.message,
                "help": row.help,
            })
        };
        let value = json!({
            "operations": self.operations,
            "emitted": self.emitted,
            "left_out": self.left_out.iter().map(left_out).collect::<Vec<Value>>(),
            "groups": self.groups,
            "types": self.types,
            "schemas": self.schemas,
            "opaque": self.opaque.iter().map(opaque).collect::<Vec<Value>>(),
            "diagnostics": rows.iter().map(row).collect::<Vec<Value>>(),
        });
        format!("{value:#}\n")
    }
}
