//! Real documents of all kinds: each gives a client, or says where and why not.
//!
//! `CLIENTSMITH_CORPUS=<directory> cargo test --test corpus -- --nocapture` reads every document in the directory; without
//! the variable there is nothing to do. What is said about those of `../shared/corpus` is under review as a snapshot.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "corpus/growth.rs"]
mod growth;

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clientsmith::diag::{Severity, report, summary};
use clientsmith::name::Pins;
use clientsmith::source::{Source, Sources};
use clientsmith::{Config, Generation, References, gather, generate};

#[test]
fn every_real_document_gives_a_client_or_a_place() {
    let Some(corpus) = std::env::var_os("CLIENTSMITH_CORPUS") else {
        println!("skipped: CLIENTSMITH_CORPUS names no directory");
        return;
    };
    let mut paths = Vec::new();
    collect(Path::new(&corpus), &mut paths);
    assert!(!paths.is_empty(), "there are no documents in {}", corpus.display());
    let mut broken = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&corpus).unwrap().display().to_string();
        let started = Instant::now();
        let outcome = panic::catch_unwind(|| outcome(path)).unwrap_or_else(|_| Err("panicked".to_owned()));
        let (text, is_broken) = match outcome {
            Ok(text) => (text, false),
            Err(text) => (text, true),
        };
        println!("{name:60} {:>6} ms  {text}", started.elapsed().as_millis());
        if is_broken {
            broken.push(name);
        }
    }
    assert!(broken.is_empty(), "{} of {} documents broke something: {broken:#?}", broken.len(), paths.len());
}

/// One line about what became of a document; an error is the generator's fault.
fn outcome(path: &Path) -> Result<String, String> {
    let source = match Source::read_file(path) {
        Ok(source) => source,
        Err(error) => return Ok(format!("not read: {error}")),
    };
    let (parts, _) = gather(&source, path, &References::default());
    let sources = Sources { parts, ..source.into() };
    let generation =
        generate(&sources, &Config::default(), &Pins::default()).map_err(|error| error.to_string())?;
    let Generation { files, diagnostics, report: counts, .. } = &generation;
    let unlocated = report(diagnostics, &sources.all()).iter().filter(|row| row.position.is_none()).count();
    if unlocated > 0 {
        return Err(format!("{unlocated} diagnostics have no place"));
    }
    let first = diagnostics.iter().find(|found| found.severity == Severity::Error);
    match (files, first) {
        (Some(files), None) => Ok(format!(
            "{} files, {} of {} operations, {} types; {}",
            files.len(),
            counts.emitted,
            counts.operations,
            counts.types,
            summary(diagnostics)
        )),
        (None, Some(first)) => {
            let message: String = first.message.chars().take(90).collect();
            Ok(format!("refused: {}: {}: {message}", summary(diagnostics), first.code))
        }
        (Some(_), Some(_)) => Err("it has errors and a client".to_owned()),
        (None, None) => Err("it has neither errors nor a client".to_owned()),
    }
}

/// The documents below a folder: what is called so, and is no fragment.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, paths);
        } else if path
            .extension()
            .is_some_and(|extension| ["json", "yaml", "yml"].iter().any(|known| extension == *known))
        {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            if ["openapi", "swagger"]
                .iter()
                .any(|word| text.contains(&format!("{word}:")) || text.contains(&format!("\"{word}\"")))
            {
                paths.push(path);
            }
        }
    }
}

/// Documents whose diagnostics are under review, by their paths below the corpus.
const KNOWN: [&str; 33] = [
    "adyen-checkout-v72.json",
    "airflow-v2.yaml",
    "algolia-search.yaml",
    "clerk-fapi.yaml",
    "discord.json",
    "ethereum-beacon-bundled.yaml",
    "ethereum-beacon-multi/beacon-node-oapi.yaml",
    "figma.yaml",
    "firecracker.json",
    "hetzner-cloud.json",
    "httpbin.yaml",
    "iceberg-rest-catalog.yaml",
    "k8s-apps-v1.json",
    "lakefs.yaml",
    "lithic.yaml",
    "mastodon.json",
    "meilisearch.json",
    "notion.json",
    "openai.yaml",
    "oxide.json",
    "qdrant.json",
    "redocly-cafe-3.2.yaml",
    "redocly-museum.yaml",
    "resend.yaml",
    "sendgrid-mail-v3.json",
    "stripe-spec3.json",
    "superset.json",
    "swagger2-alertmanager.yaml",
    "swagger2-docker-engine.yaml",
    "telegram-bot.json",
    "twilio-api-v2010.json",
    "xero-accounting.yaml",
    "xero-files.yaml",
];

/// How many operations there are of how many, and how many diagnostics of each code.
#[test]
fn what_is_said_about_real_documents_is_under_review() {
    let Some(corpus) = corpus() else { return };
    let (one, other) = KNOWN.split_at(KNOWN.len() / 2);
    let counts = |names: &[&str]| names.iter().map(|name| counts(&corpus, name)).collect::<String>();
    let text = std::thread::scope(|scope| {
        let first = scope.spawn(|| counts(one));
        let second = counts(other);
        first.join().unwrap() + &second
    });
    insta::assert_snapshot!("counts", text);
}

/// The folder with the documents that are known.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let named = std::env::var_os("CLIENTSMITH_CORPUS").map(PathBuf::from);
    let corpus = named.or(Some(beside)).filter(|corpus| corpus.join(KNOWN[0]).exists());
    if corpus.is_none() {
        println!("skipped: there is no corpus");
    }
    corpus
}

fn counts(corpus: &Path, name: &str) -> String {
    let path = corpus.join(name);
    let source = Source::read_file(&path).unwrap();
    let (parts, _) = gather(&source, &path, &References::default());
    let sources = Sources { parts, ..source.into() };
    let mut diags = clientsmith::diag::Diagnostics::default();
    let stages = clientsmith::stages(&sources, &Config::default(), &Pins::default(), &mut diags);
    let api = stages.unwrap().api;
    let mut counts = std::collections::BTreeMap::new();
    for found in diags.into_list() {
        *counts.entry(found.code.name()).or_insert(0) += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{count} {code}")).collect();
    let all = api.operations.len() + api.left_out.len();
    format!("{name}: {} of {all}\n    {}\n", api.operations.len(), counts.join(", "))
}
