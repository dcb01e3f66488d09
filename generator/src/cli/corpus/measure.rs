//! Compiling each document in a process of its own, and what that costs.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clientsmith::{Failure, Generator, Report, diag};
use serde_json::{Value, json};

use super::super::args::{Corpus, CorpusDocument};
use super::super::terminal::Terminal;
use super::documents::Document;
use super::row::Row;

/// The clock ticks in a second of `/proc`, on every Linux there is (`proc(5)`).
const TICKS: f64 = 100.0;

/// A row for each document, in their order; several are compiled at once.
///
/// # Errors
///
/// If no process can be started.
pub(super) fn all(corpus: &Corpus, documents: &[Document], terminal: &Terminal) -> Result<Vec<Row>, Failure> {
    let program = env::current_exe().map_err(|error| Failure::Io { path: "clientsmith".into(), error })?;
    let jobs = corpus.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, Into::into));
    let progress = terminal.counting("compiling", documents.len());
    let (next, rows) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, documents.len()) {
            scope.spawn(|| {
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = Row::of(document, measured(&program, corpus, document).as_ref());
                    if let Ok(mut rows) = rows.lock() {
                        rows.push(row);
                    }
                    progress.step();
                }
            });
        }
    });
    let mut rows = rows.into_inner().unwrap_or_default();
    rows.sort_by(|one, other| one.document.cmp(&other.document));
    Ok(rows)
}

fn measured(program: &Path, corpus: &Corpus, document: &Document) -> Option<Value> {
    let output = Command::new(program)
        .arg("corpus-document")
        .arg(&document.path)
        .arg("--out")
        .arg(corpus.out.join(&document.package))
        .args(["--name", &document.package])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    serde_json::from_slice(&output.ok()?.stdout).ok()
}

/// Compiles one document; what there is to know about it, in JSON.
pub(super) fn one(document: &CorpusDocument) -> String {
    let generator = Generator::new().spec(&document.spec).out_dir(&document.out).package_name(&document.name);
    let made = generator.prepare().and_then(|prepared| {
        prepared.write()?;
        Ok(prepared)
    });
    // Of the compiler, and not of what is told about it.
    let (cpu_seconds, peak_bytes) = (cpu_seconds(), peak_bytes());
    let bytes = fs::metadata(&document.spec).map_or(0, |data| data.len());
    let described = |report: &Report, list: &[diag::Diagnostic], sources: &clientsmith::source::Sources| {
        let text = report.to_json(&diag::report(list, &sources.all()));
        serde_json::from_str::<Value>(&text).unwrap_or_default()
    };
    let (report, lines, refused) = match &made {
        Ok(prepared) => {
            let generation = &prepared.generation;
            let files = generation
                .files
                .iter()
                .flatten()
                .filter(|file| Path::new(&file.path).extension().is_some_and(|known| known == "rs"));
            let lines: usize = files.map(|file| file.contents.lines().count()).sum();
            (described(&generation.report, &generation.diagnostics, &prepared.sources), lines, None)
        }
        Err(Failure::Document { diagnostics, sources, report }) => {
            let first = diagnostics.iter().find(|found| found.severity == diag::Severity::Error);
            let why = first.map(|found| format!("{}: {}", found.code, found.message));
            (described(report, diagnostics, sources), 0, Some(why.unwrap_or_else(|| "refused".to_owned())))
        }
        Err(other) => (Value::Null, 0, Some(other.to_string())),
    };
    let value = json!({
        "bytes": bytes,
        "report": report,
        "lines": lines,
        "refused": refused,
        "cpu_seconds": cpu_seconds,
        "peak_bytes": peak_bytes,
    });
    format!("{value}\n")
}

/// The processor time that this process has used so far, where Linux tells (`proc(5)`).
fn cpu_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is a name in parentheses, which may hold blanks; the fourteenth and fifteenth are user and system time.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut seconds = || fields.next().and_then(|ticks| ticks.parse::<f64>().ok()).map(|ticks| ticks / TICKS);
    Some(seconds()? + seconds()?)
}

/// The most memory that this process has had at once, where Linux tells.
fn peak_bytes() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
