//! Documents that are wrong in all ways: what is said about them. That their clients compile is a test of its own.

use clientsmith::diag::{Colour, Repeats, listing};

use crate::support::Fixture;

#[test]
fn what_is_wrong_is_shown_and_mended_or_refused() {
    for fixture in Fixture::all("hostile") {
        let generation = fixture.generation();
        let sources = fixture.sources();
        let text = listing(&generation.diagnostics, &sources.all(), Colour::Never, Repeats::Grouped);
        let lines: Vec<&str> = text.lines().filter(|line| is_said(line)).collect();
        crate::check_snapshot("hostile", &fixture.name, &lines.join("\n"));
    }
}

/// Whether it is no part of an excerpt, which a test of the listing shows.
fn is_said(line: &str) -> bool {
    let line = line.trim_start();
    ["error", "warning", "note", "-->", "= "].iter().any(|start| line.starts_with(start))
}
