//! The documents in a folder.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clientsmith::{Failure, name};

/// A document and what its client's package is called.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    /// Below the folder, with forward slashes.
    pub(super) shown: String,
    pub(super) package: String,
}

/// All documents below `folder`, by their paths: JSON and YAML files with the member that makes a document one. Files that are parts of others
/// have none.
///
/// # Errors
///
/// If a folder or a file cannot be read.
pub(super) fn below(folder: &Path) -> Result<Vec<Document>, Failure> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    let mut taken = HashSet::new();
    let documents = paths.into_iter().map(|path| {
        let shown = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let stem = shown.rsplit_once('.').map_or(shown.as_str(), |(stem, _)| stem);
        let base = format!("client-{}", name::package(&stem.replace('/', " ")));
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let package = std::iter::once(base.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        Document { path, shown, package: package.unwrap_or(base) }
    });
    Ok(documents.collect())
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::Io { path: folder.to_owned(), error };
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(failed)?;
    paths.sort();
    for path in paths {
        // A link could lead round in a circle.
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            collect(&path, into)?;
        } else if is_document(&path).map_err(|error| Failure::Io { path: path.clone(), error })? {
            into.push(path);
        }
    }
    Ok(())
}

fn is_document(path: &Path) -> io::Result<bool> {
    let is_known =
        |extension: &std::ffi::OsStr| ["json", "yaml", "yml"].iter().any(|known| extension == *known);
    if !path.extension().is_some_and(is_known) {
        return Ok(false);
    }
    let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
    let is_said = |word: &str| {
        let quoted = [format!("\"{word}\""), format!("'{word}'")];
        let begins = |line: &str| line.trim_start_matches('\u{FEFF}').starts_with(&format!("{word}:"));
        quoted.iter().any(|quoted| text.contains(quoted)) || text.lines().any(begins)
    };
    Ok(is_said("openapi") || is_said("swagger"))
}
