//! JSONPath (RFC 9535): which nodes of a tree an expression selects.
//!
//! Works on [`Tree`] itself, so that nothing has to be converted for each action, and counts what it does: the work of an
//! expression is bounded by a [`Budget`], whatever it asks for. An expression is parsed without going back, and nests to a depth
//! that no stack minds.

mod filter;
mod parse;
mod pattern;
mod select;
mod syntax;

pub(super) use parse::PathError;
pub(super) use select::{Budget, Exhausted, Selection};

use crate::source::Tree;
use syntax::Segment;

/// An expression that begins at the root: `$.paths.*.get`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    text: String,
    segments: Vec<Segment>,
}

impl Path {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// If it is not well-formed and valid (RFC 9535, section 2.1).
    pub(super) fn parse(text: &str) -> Result<Self, PathError> {
        Ok(Self { text: text.to_owned(), segments: parse::path(text)? })
    }

    /// The expression as written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The nodes it selects in `tree`, each once, in the order of the specification.
    ///
    /// # Errors
    ///
    /// If that takes more than is left of the budget.
    pub(super) fn select(&self, tree: &Tree, budget: &mut Budget) -> Result<Selection, Exhausted> {
        select::select(&self.segments, tree, budget)
    }
}
