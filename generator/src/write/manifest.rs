//! The list of the files made here, which lies among them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::error::{Problem, WriteError};
use super::path::{self, metadata};

/// The file that names all others: one path a line, sorted, under a comment.
pub const MANIFEST: &str = ".clientsmith-manifest";

const HEADER: &str = "# The files that clientsmith made. It replaces and removes these and no others.\n";

/// The manifest that names `paths`.
pub(super) fn text(paths: &BTreeSet<&str>) -> String {
    let mut text = HEADER.to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files of earlier runs. They are checked like new ones: the manifest lies in a directory that others
/// can write to.
pub(super) fn read(directory: &Path) -> Result<BTreeSet<String>, WriteError> {
    if metadata(directory, MANIFEST)?.is_none() {
        return Ok(BTreeSet::new());
    }
    let io = |error| WriteError::new(directory, MANIFEST, Problem::Io(error));
    let text = fs::read_to_string(directory.join(MANIFEST)).map_err(io)?;
    let mut paths = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        if !line.is_empty() && !line.starts_with('#') {
            let wrong = |found| WriteError::new(directory, MANIFEST, Problem::Manifest(index + 1, found));
            path::check(line).map_err(wrong)?;
            paths.insert(line.to_owned());
        }
    }
    Ok(paths)
}
