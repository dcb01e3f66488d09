//! Cargo's judgement of the clients, as members of one workspace.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use clientsmith::Failure;
use serde_json::Value;

use super::super::terminal::Terminal;
use super::row::{Found, Row};

/// What clients are asked to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Check {
    /// `cargo check`
    Rustc,
    /// `cargo clippy`
    Clippy,
    /// `cargo doc`
    Doc,
}

impl Check {
    fn name(self) -> &'static str {
        match self {
            Self::Rustc => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Rustc | Self::Clippy => &[],
            Self::Doc => &["--no-deps"],
        }
    }
}

/// Runs `wanted` over all clients below `out` and adds what it found to their rows.
///
/// # Errors
///
/// If Cargo cannot be run, or stops before it comes to the clients.
pub(super) fn all(wanted: Check, out: &Path, rows: &mut [Row], terminal: &Terminal) -> Result<(), Failure> {
    let members: Vec<&str> =
        rows.iter().filter(|row| row.refused.is_none()).map(|row| row.package.as_str()).collect();
    workspace(out, &members)?;
    let progress = terminal.counting(wanted.name(), members.len());
    let failed = |error| Failure::Io { path: "cargo".into(), error };
    let mut cargo = Command::new("cargo")
        .current_dir(out)
        .arg(wanted.name())
        .args(["--workspace", "--keep-going", "--message-format=json", "--quiet"])
        .args(wanted.arguments())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let stderr = cargo.stderr.take();
    let words = std::thread::spawn(move || stderr.map(std::io::read_to_string).and_then(Result::ok));
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut seen = 0;
    for line in cargo.stdout.take().map(BufReader::new).into_iter().flat_map(BufReader::lines) {
        let Ok(message) = serde_json::from_str::<Value>(&line.map_err(failed)?) else { continue };
        let package = message["package_id"].as_str().and_then(package).unwrap_or_default();
        if !members.contains(&package) {
            continue;
        }
        match message["reason"].as_str() {
            Some("compiler-message") => {
                note(found.entry(package.to_owned()).or_default(), &message["message"]);
            }
            Some("compiler-artifact") => {
                seen += 1;
                progress.step();
            }
            Some(_) | None => {}
        }
    }
    cargo.wait().map_err(failed)?;
    if seen == 0 && found.is_empty() && !members.is_empty() {
        let words = words.join().ok().flatten().unwrap_or_default();
        return Err(Failure::Usage(format!("`cargo {}` did nothing:\n{words}", wanted.name())));
    }
    for row in rows.iter_mut().filter(|row| row.refused.is_none()) {
        row.checks.push((wanted.name(), found.remove(&row.package).unwrap_or_default()));
    }
    Ok(())
}

/// `path+file:///…/client-pets#0.1.0` or `path+file:///…#client-pets@0.1.0`
fn package(id: &str) -> Option<&str> {
    let (path, rest) = id.rsplit_once('#')?;
    match rest.split_once('@') {
        Some((name, _)) => Some(name),
        None => path.rsplit('/').next(),
    }
}

fn note(found: &mut Found, message: &Value) {
    match message["level"].as_str() {
        Some("error") => found.errors += 1,
        Some("warning") => found.warnings += 1,
        Some(_) | None => return,
    }
    let text = message["rendered"].as_str().or(message["message"].as_str()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().take(2).map(str::trim).collect();
    found.first.get_or_insert_with(|| lines.join(" "));
}

/// A manifest for the folder, of which all clients are members.
fn workspace(out: &Path, members: &[&str]) -> Result<(), Failure> {
    let mut text = String::from("[workspace]\nresolver = \"3\"\nmembers = [\n");
    for member in members {
        _ = writeln!(text, "    {member:?},");
    }
    text.push_str("]\n\n[profile.dev]\ndebug = false\nincremental = false\n");
    let path = out.join("Cargo.toml");
    fs::write(&path, text).map_err(|error| Failure::Io { path, error })
}
