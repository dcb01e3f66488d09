//! What comes of a document.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use clientsmith::name::Pins;
use clientsmith::source::Source;
use clientsmith::write::OutputFile;
use clientsmith::{Config, generate};
use serde_json::Value;

/// What comes of a document: code, documentation, and what is said about it.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    /// None, if there is no client.
    pub(crate) code: Option<String>,
    pub(crate) docs: String,
    pub(crate) diagnostics: Vec<String>,
}

/// Outcomes by document.
#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<String, Arc<Outcome>>>);

impl Cache {
    pub(crate) fn outcome(&self, document: &Value) -> Arc<Outcome> {
        let text = document.to_string();
        let known = self.0.lock().unwrap().get(&text).cloned();
        known.unwrap_or_else(|| {
            let outcome = Arc::new(made(&text));
            self.0.lock().unwrap().insert(text, outcome.clone());
            outcome
        })
    }
}

fn made(text: &str) -> Outcome {
    let source = Source::from_text("api.json", text);
    let generation = generate(&source, &Config::default(), &Pins::default()).unwrap();
    let files = generation.files.map(|mut files| {
        files.retain(|file| !file.path.contains("runtime/"));
        files
    });
    let lines = |files: &[OutputFile], wanted: fn(&str, &str) -> bool| -> String {
        let line = |file: &OutputFile| {
            let lines = file.contents.lines().filter(|line| wanted(&file.path, line));
            format!("{}\n{}\n", file.path, lines.collect::<Vec<_>>().join("\n"))
        };
        files.iter().map(line).collect()
    };
    let said = |found: &clientsmith::diag::Diagnostic| {
        format!("{} {} {} {:?}", found.code, found.pointer, found.message, found.help)
    };
    Outcome {
        code: files.as_deref().map(|files| lines(files, |path, line| !is_doc(path, line))),
        docs: files.as_deref().map(|files| lines(files, is_doc)).unwrap_or_default(),
        diagnostics: generation.diagnostics.iter().map(said).collect(),
    }
}

/// Whether a line of a file is for readers; what the command line says is.
fn is_doc(path: &str, line: &str) -> bool {
    let is_text = path.contains(".md") || path.contains("/cli/");
    is_text || line.trim_start().starts_with("//") || line.trim_start().starts_with("#[doc")
}
