//! What becomes of the keywords that `read` does not turn into a field; the catalogue says which there are.

use crate::catalogue::{Edition, Fate, Object};

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// It has a field in [`Schema`](super::Schema), or the catalogue says that it is passed over.
    Read,
    /// It restricts values and is left to the server.
    Restriction,
    /// It is an extension.
    Extension,
    /// No specification has it.
    Unknown,
}

/// What becomes of `keyword` (JSON Schema 2020-12 Core and Validation; OAS 3.0.4, Schema Object).
pub(super) fn classify(keyword: &str) -> Keyword {
    match Object::Schema.row(keyword, Edition::Three).map(|row| row.fate) {
        _ if keyword.starts_with("x-") => Keyword::Extension,
        Some(Fate::Reported) => Keyword::Restriction,
        Some(Fate::Used | Fate::Documented | Fate::PassedOver) => Keyword::Read,
        None => Keyword::Unknown,
    }
}
