//! What is known of one document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::documents::Document;

/// A document, its client, and what both cost.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) document: String,
    pub(super) package: String,
    pub(super) bytes: u64,
    /// Why there is no client.
    pub(super) refused: Option<String>,
    pub(super) operations: usize,
    pub(super) emitted: usize,
    pub(super) types: usize,
    /// How many schemas the document has.
    pub(super) schemas: usize,
    /// Places where the client has an untyped value, by the reason.
    pub(super) opaque: BTreeMap<String, usize>,
    /// How many diagnostics there are, by code.
    pub(super) codes: BTreeMap<String, usize>,
    /// User and system time; none where the system does not tell.
    pub(super) cpu_seconds: Option<f64>,
    /// The most memory that was in use at once.
    pub(super) peak_bytes: Option<u64>,
    pub(super) lines: usize,
    /// What came of each check, in the order they were made.
    pub(super) checks: Vec<(&'static str, Found)>,
}

/// What a tool of Cargo said.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The first of them.
    pub(super) first: Option<String>,
}

impl Row {
    /// Of what the process for `document` printed; `measured` is none if that cannot be read.
    pub(super) fn of(document: &Document, measured: Option<&Value>) -> Self {
        let named =
            Self { document: document.shown.clone(), package: document.package.clone(), ..Self::default() };
        let Some(measured) = measured else {
            return Self { refused: Some("the compiler crashed".to_owned()), ..named };
        };
        let report = &measured["report"];
        let number = |value: &Value| {
            value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
        };
        let tally = |list: &Value, member: &str| {
            let mut counts = BTreeMap::new();
            for text in list.as_array().into_iter().flatten().filter_map(|item| item[member].as_str()) {
                *counts.entry(text.to_owned()).or_default() += 1;
            }
            counts
        };
        Self {
            bytes: measured["bytes"].as_u64().unwrap_or_default(),
            refused: measured["refused"].as_str().map(str::to_owned),
            operations: number(&report["operations"]),
            emitted: number(&report["emitted"]),
            types: number(&report["types"]),
            schemas: number(&report["schemas"]),
            opaque: tally(&report["opaque"], "reason"),
            codes: tally(&report["diagnostics"], "code"),
            cpu_seconds: measured["cpu_seconds"].as_f64(),
            peak_bytes: measured["peak_bytes"].as_u64(),
            lines: number(&measured["lines"]),
            ..named
        }
    }

    /// Whether there is a client, and no check found anything.
    pub(super) fn is_good(&self) -> bool {
        self.refused.is_none() && self.checks.iter().all(|(_, found)| found.is_nothing())
    }

    /// What is wrong, in a line.
    pub(super) fn fault(&self) -> String {
        let check = self.checks.iter().find(|(_, found)| !found.is_nothing());
        match (&self.refused, check) {
            (Some(refused), _) => refused.clone(),
            (None, Some((name, found))) => {
                let first = found.first.as_deref().unwrap_or_default();
                format!("{name}: {found}: {first}")
            }
            (None, None) => String::new(),
        }
    }

    /// How many places are untyped.
    pub(super) fn opaque_places(&self) -> usize {
        self.opaque.values().sum()
    }
}

impl Found {
    pub(super) fn is_nothing(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_nothing() {
            return f.write_str("clean");
        }
        write!(f, "{} errors, {} warnings", self.errors, self.warnings)
    }
}
