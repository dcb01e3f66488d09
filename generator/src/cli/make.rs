//! `clientsmith generate` and `clientsmith check`.

use std::ffi::OsStr;
use std::iter;
use std::path::Path;

use clientsmith::name::Pins;
use clientsmith::write::{DifferenceKind, WriteOutcome};
use clientsmith::{Failure, Generator, Prepared, Report};

use super::args::{LayoutName, Make};
use super::printable::{self, count};
use super::terminal::Terminal;
use super::{Exit, diagnostics, input, report};

/// Writes the client.
pub(super) fn generate(make: &Make, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let prepared = prepare(make, terminal)?;
    let out = printable::path(&prepared.out_dir);
    let progress = terminal.progress("writing the client".to_owned());
    let written = prepared.write()?;
    drop(progress);
    let report = &prepared.generation.report;
    terminal.say(&format!("{} → {out} ({})", contents(report), files(&written)));
    if !report.left_out.is_empty() {
        let operations = count(report.left_out.len(), "operation");
        terminal.say(&format!("{operations} left out: `clientsmith inspect` tells why"));
    }
    if let Some(lock) = &prepared.lock {
        let new = new_names(&prepared.pins, &prepared.generation.pins);
        if new > 0 {
            let lock = printable::path(Path::new(&lock.path));
            terminal.say(&format!("{} new in {lock}", count(new, "name")));
        }
    }
    Ok(Exit::Good)
}

/// Compares the client with what is on the disk.
pub(super) fn check(make: &Make, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let prepared = prepare(make, terminal)?;
    let out = printable::path(&prepared.out_dir);
    let progress = terminal.progress("comparing the client".to_owned());
    let differences = prepared.compare()?;
    drop(progress);
    if differences.is_empty() {
        terminal.say(&format!("{out} is up to date: {}", contents(&prepared.generation.report)));
        return Ok(Exit::Good);
    }
    let lock = prepared.lock.as_ref().map(|lock| lock.path.as_str());
    for difference in &differences {
        let kind = match difference.kind {
            DifferenceKind::Missing => "missing",
            DifferenceKind::Changed => "changed",
            DifferenceKind::Stale => "stale",
        };
        let path = Path::new(&difference.path);
        let below = prepared.out_dir.join(path);
        let path = if lock == Some(difference.path.as_str()) { path } else { &below };
        terminal.print(&format!("{kind:7}  {}\n", printable::path(path)));
    }
    let verb = if differences.len() == 1 { "is" } else { "are" };
    terminal.error(&format!(
        "{} of {out} {verb} not what the document gives; renew with `{}`",
        count(differences.len(), "file"),
        renewal(make)
    ));
    Ok(Exit::Wrong)
}

/// Compiles the document, writes the report, and shows the diagnostics unless they are the reason to stop.
fn prepare(make: &Make, terminal: &mut Terminal) -> Result<Prepared, Failure> {
    let generator = generator(make)?;
    let progress = terminal.progress(format!("compiling {}", input::name(&make.input)));
    let prepared = generator.prepare();
    drop(progress);
    let path = make.report.as_deref();
    match prepared {
        Err(failure) => {
            report::write_failure(path, &failure)?;
            Err(failure)
        }
        Ok(prepared) => {
            let generation = &prepared.generation;
            report::write(path, &generation.report, &generation.diagnostics, &prepared.sources)?;
            diagnostics::show(terminal, &generation.diagnostics, &prepared.sources);
            Ok(prepared)
        }
    }
}

fn generator(make: &Make) -> Result<Generator, Failure> {
    let mut generator = input::generator(&make.input)?.deny_warnings(make.deny_warnings);
    if make.input.config.is_none() && make.input.spec.is_some() && make.out.is_none() {
        return Err(Failure::Usage(
            "`--spec` without `--config` needs `--out DIR`, where the client goes".to_owned(),
        ));
    }
    if let Some(out) = &make.out {
        generator = generator.out_dir(out);
    }
    if let Some(name) = &make.name {
        generator = generator.package_name(name);
    }
    if let Some(layout) = make.layout {
        generator = generator.layout(layout.into());
    }
    Ok(generator)
}

/// `77 operations in 21 groups, 190 types`
fn contents(report: &Report) -> String {
    let operations = count(report.emitted, "operation");
    format!("{operations} in {}, {}", count(report.groups, "group"), count(report.types, "type"))
}

/// `3 files written, 80 unchanged`
fn files(outcome: &WriteOutcome) -> String {
    let written = format!("{} written", count(outcome.written.len(), "file"));
    let others = [(&outcome.unchanged, "unchanged"), (&outcome.removed, "removed")];
    let others = others.into_iter().filter(|(files, _)| !files.is_empty());
    let others = others.map(|(files, what)| format!("{} {what}", files.len()));
    iter::once(written).chain(others).collect::<Vec<_>>().join(", ")
}

/// How many names were not given before.
fn new_names(before: &Pins, now: &Pins) -> usize {
    let operations = now.operations.keys().filter(|key| !before.operations.contains_key(*key));
    let types = now.types.keys().filter(|key| !before.types.contains_key(*key));
    operations.count() + types.count()
}

/// The command that writes what `check` has compared with.
fn renewal(make: &Make) -> String {
    let layout = make.layout.map(|layout| match layout {
        LayoutName::Package => "package",
        LayoutName::Module => "module",
    });
    let said = [
        ("--config", make.input.config.as_deref().map(Path::as_os_str)),
        ("--spec", make.input.spec.as_deref().map(Path::as_os_str)),
        ("--root", make.input.root.as_deref().map(Path::as_os_str)),
    ];
    let overlays = make.input.overlays.iter().map(|path| ("--overlay", Some(path.as_os_str())));
    let output = [
        ("--out", make.out.as_deref().map(Path::as_os_str)),
        ("--name", make.name.as_deref().map(OsStr::new)),
        ("--layout", layout.map(OsStr::new)),
    ];
    let options = said.into_iter().chain(overlays).chain(output).filter_map(|(option, value)| {
        let value = quoted(&value?.to_string_lossy());
        Some(format!("{option} {value}"))
    });
    iter::once("clientsmith generate".to_owned()).chain(options).collect::<Vec<_>>().join(" ")
}

/// `word` as a shell takes it for one word.
fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_./:@%+=,".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_with_blanks_or_quotes_is_quoted() {
        assert_eq!(quoted("spec/a-b.toml"), "spec/a-b.toml");
        assert_eq!(quoted("my spec"), "'my spec'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
