//! Why nothing came of a run.

use std::fmt;
use std::path::PathBuf;

use crate::Report;
use crate::config::ConfigError;
use crate::diag::{Colour, Diagnostic, Repeats, listing, summary};
use crate::source::{ReadError, Sources};
use crate::write::{FormatError, WriteError};

/// Why nothing was written. Shown as what a person should read, of the document the rendered listing; by `Debug` too, which is
/// what a `main` that returns it prints.
#[non_exhaustive]
pub enum Failure {
    /// Something was not said: the document, the directory.
    Usage(String),
    /// The configuration file cannot be used.
    Config(ConfigError),
    /// A file cannot be read.
    Read(ReadError),
    /// The document or an overlay has errors, or warnings that were denied.
    Document {
        /// What is wrong.
        diagnostics: Vec<Diagnostic>,
        /// Where.
        sources: Box<Sources>,
        /// Counts and lists; empty if there are errors.
        report: Report,
    },
    /// What was generated is not Rust.
    Format(FormatError),
    /// The directory cannot be written.
    Write(WriteError),
    /// A file other than a source cannot be read or written.
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(message) => f.write_str(message),
            Failure::Config(error) => error.fmt(f),
            Failure::Read(error) => error.fmt(f),
            Failure::Document { diagnostics, sources, .. } => {
                writeln!(f, "{}", listing(diagnostics, &sources.all(), Colour::Never, Repeats::Grouped))?;
                f.write_str(&summary(diagnostics))
            }
            Failure::Format(error) => error.fmt(f),
            Failure::Write(error) => error.fmt(f),
            Failure::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Failure {}
