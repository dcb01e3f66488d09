//! Diagnostics on standard error.

use clientsmith::diag::{Diagnostic, Repeats, Severity, listing, summary};
use clientsmith::source::Sources;

use super::printable;
use super::terminal::Terminal;

/// Shows what is to be shown of `list` and counts the rest.
pub(super) fn show(terminal: &mut Terminal, list: &[Diagnostic], sources: &Sources) {
    show_from(terminal, terminal.least(), list, sources);
    if !list.is_empty() && !terminal.is_quiet() {
        terminal.complain(&format!("{}\n", counts(terminal, list)));
    }
}

/// Shows what is to be shown of `list`, with everything that is a reason to stop.
pub(super) fn show_fatal(terminal: &mut Terminal, list: &[Diagnostic], sources: &Sources) {
    let has_errors = list.iter().any(|found| found.severity == Severity::Error);
    let reason = if has_errors { Severity::Error } else { Severity::Warning };
    show_from(terminal, terminal.least().min(reason), list, sources);
    let name = printable::cell(sources.document.name());
    let counts = counts(terminal, list);
    if has_errors {
        terminal.error(&format!("`{name}` cannot be compiled: {counts}"));
    } else {
        terminal.error(&format!("`{name}` has warnings, which are denied: {counts}"));
    }
}

fn show_from(terminal: &mut Terminal, least: Severity, list: &[Diagnostic], sources: &Sources) {
    let shown: Vec<Diagnostic> = list.iter().filter(|found| found.severity >= least).cloned().collect();
    terminal.listing(&listing(&shown, &sources.all(), terminal.err_colour(), Repeats::Grouped));
}

fn counts(terminal: &Terminal, list: &[Diagnostic]) -> String {
    let notes = list.iter().any(|found| found.severity == Severity::Note);
    let hidden = notes && terminal.least() > Severity::Note;
    let hint = if hidden { " (`--notes` shows the notes)" } else { "" };
    format!("{}{hint}", summary(list))
}
