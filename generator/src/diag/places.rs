//! The places of diagnostics in the texts they are about.

use std::cell::OnceCell;
use std::ops::Range;

use super::Diagnostic;
use crate::source::{Locations, Position, Source};

/// The texts, each searched for places only once a diagnostic is about it.
pub(super) struct Places<'s> {
    files: Vec<(&'s Source, OnceCell<Locations<'s>>)>,
}

/// Where a diagnostic points to.
pub(super) struct Spot<'s> {
    pub(super) source: &'s Source,
    pub(super) focus: Range<usize>,
    pub(super) position: Position,
}

impl<'s> Places<'s> {
    /// The texts of the files, by [`FileId`](super::FileId).
    pub(super) fn new(sources: &[&'s Source]) -> Self {
        Self { files: sources.iter().map(|source| (*source, OnceCell::new())).collect() }
    }

    /// `None` if the file's text is not at hand or has no value in it.
    pub(super) fn spot(&self, diagnostic: &Diagnostic) -> Option<Spot<'s>> {
        let (file, pointer) = diagnostic.place();
        let (source, locations) = self.files.get(file.0)?;
        let locations = locations.get_or_init(|| Locations::new(source));
        let focus = match &diagnostic.span {
            Some(span) => span.clone(),
            None => locations.find(pointer)?.focus,
        };
        Some(Spot { source, position: locations.position(focus.start), focus })
    }
}
