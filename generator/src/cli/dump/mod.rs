//! `clientsmith dump`: what a stage gives, as text that is short enough to be read and compared.
//!
//! Everything a later stage can see is in it; the same value always gives the same text.

mod api;
mod body;
mod dialect;
mod facts;
mod names;
mod words;

use clientsmith::diag::{Diagnostics, Severity};
use clientsmith::source::Sources;
use clientsmith::{Failure, Report, dialect as dialect_stage, read, stages};

use super::args::{Dump, Stage};
use super::terminal::Terminal;
use super::{Exit, diagnostics, input};

pub(super) fn run(dump: &Dump, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let (sources, config, pins, _) = input::generator(&dump.input)?.inputs_read()?;
    let mut diags = Diagnostics::default();
    let text = match dump.stage {
        Stage::Dialect => dialect_text(&sources, &mut diags),
        Stage::Api => stages(&sources, &config, &pins, &mut diags).map(|all| api::text(&all.api)),
        Stage::Facts => {
            stages(&sources, &config, &pins, &mut diags).map(|all| facts::text(&all.api, &all.facts))
        }
        Stage::Names => stages(&sources, &config, &pins, &mut diags)
            .map(|all| names::text(&all.api, &all.facts, &all.names)),
    };
    if let Some(text) = text {
        terminal.print(&text);
    }
    let failed = diags.has_errors();
    let mut list = diags.into_list();
    list.retain(|found| config.shows(found));
    if failed {
        let report = Report::default();
        return Err(Failure::Document { diagnostics: list, sources: Box::new(sources), report });
    }
    if terminal.least() == Severity::Note {
        diagnostics::show(terminal, &list, &sources);
    }
    Ok(Exit::Good)
}

fn dialect_text(sources: &Sources, diags: &mut Diagnostics) -> Option<String> {
    let tree = read(sources, diags)?;
    dialect_stage::dialect(&tree, diags).map(|document| dialect::text(&document))
}

/// Indented lines.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a line; what is empty among `words` is left out.
    fn add(&mut self, depth: usize, words: &[&str]) {
        let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
        self.0.push_str(&"  ".repeat(depth));
        self.0.push_str(&words.join(" "));
        self.gap();
    }

    /// Ends the line, or leaves one empty.
    fn gap(&mut self) {
        self.0.push('\n');
    }
}
