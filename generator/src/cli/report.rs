//! `--report`: what a run found, for machines.

use std::error::Error as _;
use std::path::Path;

use clientsmith::diag::{self, Code, Diagnostic, Row, Severity};
use clientsmith::source::{ReadError, Sources};
use clientsmith::{Failure, Report, write};

/// Writes the report of a run that got as far as the document, whatever is wrong with that.
///
/// # Errors
///
/// If the file cannot be written.
pub(super) fn write(
    path: Option<&Path>,
    report: &Report,
    list: &[Diagnostic],
    sources: &Sources,
) -> Result<(), Failure> {
    path.map_or(Ok(()), |path| write_rows(path, report, &diag::report(list, &sources.all())))
}

/// Writes the report of a run that failed, if that is for the document's sake.
///
/// # Errors
///
/// If the file cannot be written.
pub(super) fn write_failure(path: Option<&Path>, failure: &Failure) -> Result<(), Failure> {
    match (failure, path) {
        (Failure::Document { diagnostics, sources, report }, _) => write(path, report, diagnostics, sources),
        (Failure::Read(error), Some(path)) => write_unreadable(path, error),
        _ => Ok(()),
    }
}

/// The report about a file that is no text. There is nothing to tell if the file could not be opened.
fn write_unreadable(path: &Path, error: &ReadError) -> Result<(), Failure> {
    if error.source().is_some() {
        return Ok(());
    }
    let message = error.to_string();
    let row = Row {
        code: Code::Syntax,
        severity: Severity::Error,
        message: &message,
        help: None,
        file: Some(error.name()),
        pointer: "",
        position: None,
    };
    write_rows(path, &Report::default(), &[row])
}

fn write_rows(path: &Path, report: &Report, rows: &[Row<'_>]) -> Result<(), Failure> {
    write::write_file(path, &report.to_json(rows))
        .map(|_| ())
        .map_err(|error| Failure::Io { path: path.to_owned(), error })
}
