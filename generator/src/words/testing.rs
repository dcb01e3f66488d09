//! What the tests of this room share: documents that are as small as a word.

use super::{OperationWords, Words, read};
use crate::diag::{Code, Diagnostics};
use crate::source::{self, Source, Tree};

/// The words of a document in which nothing is wrong.
pub(super) fn words(text: &str) -> Words {
    let (words, complaints) = outcome(text);
    assert!(complaints.is_empty(), "{complaints:#?}");
    words
}

/// The words of `GET /pets`, whose members `operation` has, in a document that begins with `root`.
pub(super) fn operation(root: &str, operation: &str) -> OperationWords {
    let words = words(&pets(root, operation));
    words.operations.into_values().next().unwrap_or_default()
}

/// What is said about such an operation.
pub(super) fn operation_complaints(root: &str, operation: &str) -> Vec<String> {
    complaints(&pets(root, operation))
}

/// What is said about a document: the place of each complaint and its words.
pub(super) fn complaints(text: &str) -> Vec<String> {
    outcome(text).1
}

/// What is said about words of a document that change nothing.
pub(super) fn without_effect(text: &str) -> Vec<String> {
    let (_, said) = said(text, |code| code == Code::WordWithoutEffect);
    said.into_iter().map(|said| said.replace("word-without-effect ", "")).collect()
}

fn pets(root: &str, operation: &str) -> String {
    format!("{root}\npaths:\n  /pets:\n    get: {operation}\n")
}

fn outcome(text: &str) -> (Words, Vec<String>) {
    // Documents as small as a word lack what it needs; that this is said is another matter.
    said(text, |code| code != Code::WordWithoutEffect)
}

fn said(text: &str, is_meant: fn(Code) -> bool) -> (Words, Vec<String>) {
    let mut diags = Diagnostics::default();
    // What cannot be read is among the complaints.
    let tree = source::read(&Source::from_text("api.yaml", text), &mut diags).unwrap_or(Tree::Null);
    let words = read(&tree, &mut diags);
    let complaint = |found: &crate::diag::Diagnostic| {
        assert!(found.help.is_some(), "{found:?}");
        assert!(tree.at(&found.pointer).is_some(), "{} is no place", found.pointer);
        format!("{} {}: {}", found.code, found.pointer, found.message)
    };
    let complaints = diags.list().iter().filter(|found| is_meant(found.code)).map(complaint).collect();
    (words, complaints)
}
