//! `clientsmith inspect`: what a document holds and what becomes of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter;

use clientsmith::analyze::{Direction, Facts};
use clientsmith::diag::{Code, Diagnostic, Diagnostics, Severity};
use clientsmith::model::{Api, LeftOut, Origin};
use clientsmith::name::{Group, Names};
use clientsmith::{Failure, Opaque, Report, Stages, stages};

use super::args::Inspect;
use super::printable::{cell, count};
use super::terminal::Terminal;
use super::{Exit, diagnostics, input, report};

pub(super) fn run(inspect: &Inspect, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let path = inspect.report.as_deref();
    let inputs = input::generator(&inspect.input)?.inputs_read();
    if let Err(failure) = &inputs {
        report::write_failure(path, failure)?;
    }
    let (sources, config, pins, _) = inputs?;
    let progress = terminal.progress(format!("reading {}", input::name(&inspect.input)));
    let mut diags = Diagnostics::default();
    let stages = stages(&sources, &config, &pins, &mut diags);
    drop(progress);
    let mut list = diags.into_list();
    let report = stages.as_ref().map(|stages| Report::new(stages, &list)).unwrap_or_default();
    list.retain(|found| config.shows(found));
    report::write(path, &report, &list, &sources)?;
    let Some(stages) = stages else {
        return Err(Failure::Document { diagnostics: list, sources: Box::new(sources), report });
    };
    if terminal.least() == Severity::Note {
        diagnostics::show(terminal, &list, &sources);
    }
    if !terminal.is_quiet() {
        show(terminal, &stages, &report, &list);
    }
    Ok(Exit::Good)
}

fn show(terminal: &mut Terminal, stages: &Stages, report: &Report, list: &[Diagnostic]) {
    let Stages { api, facts, names, .. } = stages;
    terminal.heading(&format!("{} {}", cell(&api.info.title), cell(&api.info.version)));
    for server in &api.servers {
        let description = server.description.as_deref().unwrap_or_default();
        terminal.print(&line(&[&server.default_url(), description], &[0]));
    }
    let operations = count(report.emitted, "operation");
    terminal.print(&format!("\n{operations} in {}\n", count(report.groups, "group")));
    for group in names.groups() {
        show_group(terminal, api, names, group);
    }
    show_left_out(terminal, &report.left_out, list);
    terminal.print(&format!("\n{}\n", types(api, facts, report)));
    show_opaque(terminal, &report.opaque);
    show_codes(terminal, list);
}

fn show_group(terminal: &mut Terminal, api: &Api, names: &Names, group: &Group) {
    terminal.heading(&format!("\n{}", group.module));
    let rows: Vec<[String; 4]> = group
        .operations
        .iter()
        .map(|id| {
            let operation = api.operation(*id);
            let deprecated = if operation.docs.deprecated { "deprecated" } else { "" };
            let method = names.operation(*id).method.to_string();
            let http = operation.method.as_str().to_owned();
            [method, http, cell(&operation.path), deprecated.to_owned()]
        })
        .collect();
    show_table(terminal, &rows);
}

fn show_left_out(terminal: &mut Terminal, left_out: &[LeftOut], list: &[Diagnostic]) {
    if left_out.is_empty() {
        return;
    }
    terminal.heading(&format!("\n{} left out", count(left_out.len(), "operation")));
    let why = |left: &LeftOut| {
        let inside = |found: &&Diagnostic| {
            found.code == left.code && found.pointer.as_str().starts_with(left.pointer.as_str())
        };
        list.iter().find(inside).map(|found| cell(&found.message)).unwrap_or_default()
    };
    let rows: Vec<[String; 3]> =
        left_out.iter().map(|left| [cell(&left.operation), left.code.to_string(), why(left)]).collect();
    show_table(terminal, &rows);
}

/// `190 types: 150 components, 40 inline; 20 more are equal to one of these`
fn types(api: &Api, facts: &Facts, report: &Report) -> String {
    let own = |component: bool| {
        let is = |origin: &Origin| matches!(origin, Origin::Component(_)) == component;
        let counted = api.type_ids().filter(|id| facts.canonical(*id) == *id);
        counted.filter(|id| is(&api.type_def(*id).origin)).count()
    };
    let merged = api.type_ids().filter(|id| facts.canonical(*id) != *id).count();
    let has_two_forms = |id: &_| {
        facts.canonical(*id) == *id && facts.is_split(*id) && facts.direction(*id) == Direction::Both
    };
    let split = api.type_ids().filter(has_two_forms).count();
    let components = count(own(true), "component");
    let all = format!("{}: {components}, {} inline", count(report.types, "type"), own(false));
    let merged = (merged > 0).then(|| format!("{merged} more are equal to one of these"));
    let split = (split > 0).then(|| format!("{split} have a form to send beside the one to read"));
    iter::once(all).chain(merged).chain(split).collect::<Vec<_>>().join("; ")
}

fn show_opaque(terminal: &mut Terminal, opaque: &[Opaque]) {
    if opaque.is_empty() {
        return;
    }
    terminal.heading(&format!("\n{} without a type in the client", count(opaque.len(), "place")));
    let mut reasons: Vec<&str> = Vec::new();
    for place in opaque {
        if !reasons.contains(&place.reason.as_str()) {
            reasons.push(&place.reason);
        }
    }
    for reason in reasons {
        terminal.print(&format!("  {}\n", cell(reason)));
        for place in opaque.iter().filter(|place| place.reason == reason) {
            terminal.print(&format!("    {}\n", cell(&place.pointer)));
        }
    }
}

fn show_codes(terminal: &mut Terminal, list: &[Diagnostic]) {
    if list.is_empty() {
        return;
    }
    let mut counts: BTreeMap<(Reverse<Severity>, Code), usize> = BTreeMap::new();
    for found in list {
        *counts.entry((Reverse(found.severity), found.code)).or_default() += 1;
    }
    terminal.heading("\nDiagnostics");
    let rows: Vec<[String; 3]> = counts
        .iter()
        .map(|((severity, code), count)| [severity.0.name().to_owned(), code.to_string(), count.to_string()])
        .collect();
    show_table(terminal, &rows);
    terminal.print("\n`--notes` shows where they are, `clientsmith explain CODE` what they mean\n");
}

fn show_table<const COLUMNS: usize>(terminal: &mut Terminal, rows: &[[String; COLUMNS]]) {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    for row in rows {
        terminal.print(&line(row, &widths));
    }
}

/// The cells of a table's row, indented, without blanks at the end.
fn line(cells: &[impl AsRef<str>], widths: &[usize]) -> String {
    let padded = |(index, content): (usize, &_)| {
        let width = widths.get(index).copied().unwrap_or_default();
        format!("{:width$}", cell(AsRef::as_ref(content)))
    };
    let padded: Vec<String> = cells.iter().enumerate().map(padded).collect();
    format!("  {}\n", padded.join("  ").trim_end())
}
