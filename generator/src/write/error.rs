//! What can go wrong in the output directory.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::path::PathProblem;

/// Why the output directory could not be read or written. What was there is still there.
#[derive(Debug)]
pub struct WriteError {
    pub(super) path: PathBuf,
    pub(super) problem: Problem,
}

/// What is the matter with the path of a [`WriteError`].
#[derive(Debug)]
pub(super) enum Problem {
    Io(io::Error),
    Path(PathProblem),
    Twice,
    Foreign,
    Symlink,
    NotAFile,
    NotADirectory,
    Manifest(usize, PathProblem),
}

impl WriteError {
    pub(super) fn new(directory: &Path, path: &str, problem: Problem) -> Self {
        Self { path: directory.join(path), problem }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        let path = path.escape_debug();
        match &self.problem {
            Problem::Io(error) => write!(f, "`{path}`: {error}"),
            Problem::Path(problem) => write!(f, "`{path}` cannot be written: {problem}"),
            Problem::Twice => {
                write!(f, "`{path}` would be two files at once where upper and lower case are the same")
            }
            Problem::Foreign => write!(
                f,
                "`{path}` was not made by clientsmith and is not overwritten; move it away or choose another directory"
            ),
            Problem::Symlink => write!(f, "`{path}` is a symbolic link, through which nothing is written"),
            Problem::NotAFile => write!(f, "`{path}` stands where a file would be written and is none"),
            Problem::NotADirectory => {
                write!(f, "`{path}` stands where a directory would be made and is none")
            }
            Problem::Manifest(line, problem) => {
                write!(f, "line {line} of `{path}` names no file of clientsmith: {problem}")
            }
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::Io(error) => Some(error),
            Problem::Path(_)
            | Problem::Twice
            | Problem::Foreign
            | Problem::Symlink
            | Problem::NotAFile
            | Problem::NotADirectory
            | Problem::Manifest(..) => None,
        }
    }
}
