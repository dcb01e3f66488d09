//! The descriptions of operations, and what stands in them: fenced blocks and request lines.

use std::path::Path;

use clientsmith::diag::Diagnostics;
use clientsmith::source::{Source, Tree, read};

/// A description, with the operation it describes: `GET /v1/contacts/{id}`.
pub(crate) struct Description {
    pub(crate) operation: String,
    pub(crate) text: String,
}

/// A fenced block of a description.
pub(crate) struct Example {
    pub(crate) operation: String,
    /// The how many-th of the description it is, from 0 on.
    pub(crate) number: usize,
    pub(crate) text: String,
}

/// The descriptions of the document as it was published, before any overlay, in its order.
pub(crate) fn descriptions() -> Vec<Description> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/openapi.yaml");
    let document = read(&Source::read_file(&file).unwrap(), &mut Diagnostics::default()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document.get("paths").and_then(Tree::as_map).unwrap() {
        for (method, operation) in item.as_map().unwrap() {
            if let Some(text) = operation.get("description").and_then(Tree::as_str) {
                let operation = format!("{} {path}", method.to_uppercase());
                found.push(Description { operation, text: text.to_owned() });
            }
        }
    }
    found
}

/// Every fenced block of every description.
pub(crate) fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    for Description { operation, text } in descriptions() {
        let mut lines = text.lines();
        let mut number = 0;
        while lines.by_ref().any(|line| line.trim_start().starts_with("```")) {
            let block = lines.by_ref().take_while(|line| !line.trim_start().starts_with("```"));
            let text = block.collect::<Vec<_>>().join("\n");
            found.push(Example { operation: operation.clone(), number, text });
            number += 1;
        }
    }
    found
}

/// Every request line of every description, such as `GET /v1/contacts?sort=name`, as often as it occurs.
pub(crate) fn lines() -> Vec<String> {
    let mut found = Vec::new();
    for description in descriptions() {
        let words = description.text.split('`').skip(1).step_by(2);
        found.extend(words.filter(|word| word.contains(" /v1/")).map(str::to_owned));
    }
    found
}
