//! Diagnostics: what the generator has to say about a document, and where.
//!
//! Stages push into [`Diagnostics`]; the driver decides between stages whether to go on. Nothing here
//! prints: [`listing`] turns a list into text and [`report`] into rows, the command line prints them.

mod code;
mod listing;
mod origins;
mod places;
mod report;
mod visible;

use std::ops::Range;

pub use code::Code;
pub use listing::{Colour, Repeats, listing, summary};
pub use origins::{Lineage, Origin, Origins};
pub use report::{Row, report};
pub(crate) use visible::is_hidden;

use crate::source::Pointer;

/// Which of the files that were read: the document itself or, with a number above zero, another one
/// beside it, as the driver counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct FileId(pub usize);

impl FileId {
    /// The document itself.
    pub const DOCUMENT: Self = Self(0);
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the client is as the document says.
    Note,
    /// Legal or mendable, but the client is not quite what the document says; the message tells what stands instead.
    Warning,
    /// The document is wrong; no client is written.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing to say about one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind, with its explanation.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is the matter: lower case, no full stop, the document's words in backticks.
    pub message: String,
    /// Where, in which file.
    pub file: FileId,
    /// Where, in the tree.
    pub pointer: Pointer,
    /// Where that was written, if it is another place: an overlay has put it there.
    pub origin: Option<Origin>,
    /// Where, in the bytes of the text, if that is known better than by the pointer.
    pub span: Option<Range<usize>>,
    /// What was done instead, and what the document's author can do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// The place to look at: the file, and the place in its own tree.
    pub fn place(&self) -> (FileId, &Pointer) {
        match &self.origin {
            Some(origin) => (origin.file, &origin.pointer),
            None => (self.file, &self.pointer),
        }
    }
}

/// The sink every stage writes into.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    file: FileId,
    origins: Origins,
    /// How many overlays there are: the files behind the document.
    overlays: usize,
}

impl Diagnostics {
    /// The `count` files behind the document are overlays.
    pub fn overlays(&mut self, count: usize) {
        self.overlays = count;
    }

    /// Whether an overlay has put the value at `pointer` of the document there.
    pub fn is_of_overlay(&self, pointer: &Pointer) -> bool {
        let file = self.origins.of(pointer).file;
        file != FileId::DOCUMENT && file.0 <= self.overlays
    }

    /// From now on, what is reported is about `file`. It begins with the document itself.
    pub fn enter(&mut self, file: FileId) {
        self.file = file;
    }

    /// The file that is reported about.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// From now on, what is reported about the document is shown where its values come from.
    pub fn origins(&mut self, origins: Origins) {
        self.origins = origins;
    }

    /// Where the value at `pointer` of the document and everything in it was written.
    pub fn lineage(&self, pointer: &Pointer) -> Lineage {
        self.origins.lineage(pointer)
    }

    /// Takes back what is known of where values come from, for a stage that moves them.
    pub fn take_origins(&mut self) -> Origins {
        std::mem::take(&mut self.origins)
    }

    /// Reports an error at `pointer`.
    pub fn error(&mut self, code: Code, pointer: &Pointer) -> Entry<'_> {
        self.push(code, Severity::Error, pointer)
    }

    /// Reports a warning at `pointer`.
    pub fn warn(&mut self, code: Code, pointer: &Pointer) -> Entry<'_> {
        self.push(code, Severity::Warning, pointer)
    }

    /// Reports a note at `pointer`.
    pub fn note(&mut self, code: Code, pointer: &Pointer) -> Entry<'_> {
        self.push(code, Severity::Note, pointer)
    }

    /// Whether a stage has reported an error, so that no later one should run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Everything reported, in the order it was found.
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Takes everything reported out of the sink.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    fn push(&mut self, code: Code, severity: Severity, pointer: &Pointer) -> Entry<'_> {
        let origin = (self.file == FileId::DOCUMENT).then(|| self.origins.of(pointer));
        let is_elsewhere = |origin: &Origin| origin.file != self.file || origin.pointer != *pointer;
        let diagnostic = Diagnostic {
            code,
            severity,
            message: String::new(),
            file: self.file,
            pointer: pointer.clone(),
            origin: origin.filter(is_elsewhere),
            span: None,
            help: None,
        };
        self.list.push(diagnostic);
        Entry { diagnostic: self.list.last_mut() }
    }
}

/// The diagnostic just reported, to be given its words.
#[derive(Debug)]
pub struct Entry<'a> {
    diagnostic: Option<&'a mut Diagnostic>,
}

// It is pushed already: a report may end with any of these.
#[allow(clippy::return_self_not_must_use)]
impl Entry<'_> {
    /// Says what is the matter.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        if let Some(diagnostic) = &mut self.diagnostic {
            diagnostic.message = message.into();
        }
        self
    }

    /// Says which bytes of the text it is about, where a pointer cannot.
    pub fn at(mut self, span: Range<usize>) -> Self {
        if let Some(diagnostic) = &mut self.diagnostic {
            diagnostic.span = Some(span);
        }
        self
    }

    /// Says what was done and what to do.
    pub fn help(mut self, help: impl Into<String>) {
        if let Some(diagnostic) = &mut self.diagnostic {
            diagnostic.help = Some(help.into());
        }
    }
}
