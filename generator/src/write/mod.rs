//! Tokens to text, and text to files.
//!
//! [`format()`] prints what `emit` has made; [`write()`] puts it on the disk and [`compare`] only looks
//! whether it is there. Nothing else in the library touches the file system but reading a source.

mod error;
mod file;
mod gaps;
mod inert;
mod manifest;
mod path;
mod text;
mod tree;

pub use error::WriteError;
pub use file::{read_file, write_file};
pub use manifest::MANIFEST;
pub use path::PathProblem;
pub use text::{FormatError, OutputFile, TokenFile, format};
pub use tree::{Difference, DifferenceKind, WriteOutcome, compare, write};
