//! Diagnostics for machines: one row each, everything as a plain value.

use super::places::Places;
use super::{Code, Diagnostic, Severity};
use crate::source::{Position, Source};

/// A diagnostic, its place looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The kind.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is the matter, in the document's own characters.
    pub message: &'a str,
    /// What was done instead and what to do.
    pub help: Option<&'a str>,
    /// The name of the file, if its text was at hand.
    pub file: Option<&'a str>,
    /// The place in the tree of that file, as RFC 6901 writes it.
    pub pointer: &'a str,
    /// The place in the text, if it is known.
    pub position: Option<Position>,
}

/// One row for each diagnostic, in the same order. `sources` are the files by [`FileId`](super::FileId).
pub fn report<'a>(list: &'a [Diagnostic], sources: &[&'a Source]) -> Vec<Row<'a>> {
    let places = Places::new(sources);
    let row = |diagnostic: &'a Diagnostic| {
        let (file, pointer) = diagnostic.place();
        Row {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            file: sources.get(file.0).map(|source| source.name()),
            pointer: pointer.as_str(),
            position: places.spot(diagnostic).map(|spot| spot.position),
        }
    };
    list.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::diag::{Code, Diagnostics, FileId};
    use crate::source::{Pointer, Position, Source};

    #[test]
    fn rows_know_file_line_and_column() {
        let api = Source::from_text("api.yaml", "info:\n  title: x\n");
        let overlay = Source::from_text("overlay.yaml", "actions: []\n");
        let mut diags = Diagnostics::default();
        diags.note(Code::Syntax, &Pointer::root().child("info").child("title")).message("in the document");
        diags.enter(FileId(1));
        diags.error(Code::Syntax, &Pointer::root().child("actions")).message("in the overlay");
        diags.enter(FileId(2));
        diags.error(Code::Syntax, &Pointer::root()).message("somewhere else");
        let rows = report(diags.list(), &[&api, &overlay]);
        let places: Vec<_> = rows.iter().map(|row| (row.file, row.position)).collect();
        let at = |line, column| Some(Position { line, column });
        assert_eq!(places, [(Some("api.yaml"), at(2, 10)), (Some("overlay.yaml"), at(1, 1)), (None, None)]);
    }
}
