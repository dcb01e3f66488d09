//! The output directory: writes files into it, or looks whether they are there.
//!
//! A manifest in the directory names the files made here. Only they are replaced or removed; whatever
//! else is in the directory stays as it is, and is an error where it is in the way.
//!
//! Invariant: nothing outside the directory is touched, and no file is ever half written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::error::{Problem, WriteError};
use super::manifest::{self, MANIFEST};
use super::path::{self, metadata};
use super::text::OutputFile;

/// What a file is called while it is being written, in the directory it belongs to.
const UNFINISHED: &str = ".clientsmith-unfinished";

/// What [`write()`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WriteOutcome {
    /// The files that are new or different now, sorted.
    pub written: Vec<String>,
    /// The files that were there already, sorted.
    pub unchanged: Vec<String>,
    /// The files of an earlier run that are gone now, sorted.
    pub removed: Vec<String>,
}

/// A file that [`write()`] would do something about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where it is, below the output directory.
    pub path: String,
    /// What is the matter with it.
    pub kind: DifferenceKind,
}

/// What is the matter with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// It is not there.
    Missing,
    /// It has other contents.
    Changed,
    /// It is there from an earlier run and is not made any more.
    Stale,
}

/// Makes `directory` hold `files`, and of earlier runs nothing else.
///
/// Looks at everything first: if a path is not allowed, leads through a symbolic link or is taken by a file
/// of someone else with other contents, nothing is changed. Files that are as they should be are left
/// alone, the others replaced whole. If it is interrupted, the next run goes on.
pub fn write(directory: &Path, files: &[OutputFile]) -> Result<WriteOutcome, WriteError> {
    let wanted = wanted(directory, files)?;
    let old = manifest::read(directory)?;
    let stale = stale(&old, &wanted);
    let mut outcome = WriteOutcome::default();
    for (path, contents) in &wanted {
        match look(directory, path, contents)? {
            State::Same => outcome.unchanged.push((*path).to_owned()),
            State::Different if !old.contains(*path) => {
                return Err(WriteError::new(directory, path, Problem::Foreign));
            }
            State::Different | State::Missing => outcome.written.push((*path).to_owned()),
        }
    }
    for path in &stale {
        look(directory, path, "")?;
    }

    // From here on the directory changes. The manifest names a file before it is made and as long as it is
    // there, so that a run after an interrupted one knows it.
    let paths: BTreeSet<&str> = wanted.keys().copied().collect();
    let all: BTreeSet<&str> = paths.iter().copied().chain(old.iter().map(String::as_str)).collect();
    if all.iter().any(|path| !old.contains(*path)) {
        replace(directory, MANIFEST, &manifest::text(&all))?;
    }
    for path in &outcome.written {
        replace(directory, path, wanted.get(path.as_str()).copied().unwrap_or_default())?;
    }
    for path in stale {
        if remove(directory, path)? {
            outcome.removed.push(path.to_owned());
        }
    }
    if all != paths {
        replace(directory, MANIFEST, &manifest::text(&paths))?;
    }
    Ok(outcome)
}

/// What [`write()`] would change, sorted by path. Changes nothing.
pub fn compare(directory: &Path, files: &[OutputFile]) -> Result<Vec<Difference>, WriteError> {
    let wanted = wanted(directory, files)?;
    let old = manifest::read(directory)?;
    let mut differences = Vec::new();
    for (path, contents) in &wanted {
        let kind = match look(directory, path, contents)? {
            // A file that is right but not in the manifest will be; nothing to report.
            State::Same => continue,
            State::Different => DifferenceKind::Changed,
            State::Missing => DifferenceKind::Missing,
        };
        differences.push(Difference { path: (*path).to_owned(), kind });
    }
    for path in stale(&old, &wanted) {
        if look(directory, path, "")? != State::Missing {
            differences.push(Difference { path: path.to_owned(), kind: DifferenceKind::Stale });
        }
    }
    differences.sort();
    Ok(differences)
}

/// The contents of each path, all paths allowed and different in any case style.
fn wanted<'f>(directory: &Path, files: &'f [OutputFile]) -> Result<BTreeMap<&'f str, &'f str>, WriteError> {
    let mut wanted = BTreeMap::new();
    let mut folded = BTreeSet::from([MANIFEST.to_owned()]);
    for file in files {
        path::check(&file.path)
            .map_err(|found| WriteError::new(directory, &file.path, Problem::Path(found)))?;
        if !folded.insert(file.path.to_lowercase()) {
            return Err(WriteError::new(directory, &file.path, Problem::Twice));
        }
        wanted.insert(file.path.as_str(), file.contents.as_str());
    }
    Ok(wanted)
}

/// The files of earlier runs that are not made any more. Not one that differs from a wanted file only in upper
/// and lower case: there are file systems on which they are the same file.
fn stale<'o>(old: &'o BTreeSet<String>, wanted: &BTreeMap<&str, &str>) -> Vec<&'o str> {
    let folded: BTreeSet<String> = wanted.keys().map(|path| path.to_lowercase()).collect();
    old.iter().map(String::as_str).filter(|path| !folded.contains(&path.to_lowercase())).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Same,
    Different,
}

/// How the file at `path` compares with `contents`.
fn look(directory: &Path, path: &str, contents: &str) -> Result<State, WriteError> {
    let Some(metadata) = metadata(directory, path)? else { return Ok(State::Missing) };
    if metadata.len() != contents.len() as u64 {
        return Ok(State::Different);
    }
    let bytes = fs::read(directory.join(path))
        .map_err(|error| WriteError::new(directory, path, Problem::Io(error)))?;
    Ok(if bytes == contents.as_bytes() { State::Same } else { State::Different })
}

/// Puts `contents` in place of the file at `path`, or makes it: at once, by renaming.
fn replace(directory: &Path, path: &str, contents: &str) -> Result<(), WriteError> {
    let target = directory.join(path);
    let parent = target.parent().unwrap_or(directory);
    let unfinished = parent.join(UNFINISHED);
    let result = fs::create_dir_all(parent)
        .and_then(|()| remove_if_there(&unfinished))
        // Never through a link that someone has put there.
        .and_then(|_| OpenOptions::new().write(true).create_new(true).open(&unfinished))
        .and_then(|mut file| file.write_all(contents.as_bytes()))
        .and_then(|()| fs::rename(&unfinished, &target));
    result.map_err(|error| {
        // The first error is the one to report.
        let _ = fs::remove_file(&unfinished);
        WriteError { path: target.clone(), problem: Problem::Io(error) }
    })
}

/// Removes the file at `path` and the directories that are empty then. Whether there was one.
fn remove(directory: &Path, path: &str) -> Result<bool, WriteError> {
    let removed = remove_if_there(&directory.join(path))
        .map_err(|error| WriteError::new(directory, path, Problem::Io(error)))?;
    let mut parent = path;
    while let Some((shorter, _)) = parent.rsplit_once('/') {
        parent = shorter;
        // Refused by the system as long as anything is in it, which is what is wanted.
        if fs::remove_dir(directory.join(parent)).is_err() {
            break;
        }
    }
    Ok(removed)
}

fn remove_if_there(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{Difference, DifferenceKind, WriteOutcome, compare, write};
    use crate::write::{MANIFEST, OutputFile};

    fn files(files: &[(&str, &str)]) -> Vec<OutputFile> {
        files
            .iter()
            .map(|(path, text)| OutputFile { path: (*path).into(), contents: (*text).into() })
            .collect()
    }

    fn made(made: &[(&str, &str)]) -> TempDir {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &files(made)).unwrap();
        dir
    }

    /// Writing is refused with this message and changes nothing.
    #[track_caller]
    fn check_refused(dir: &Path, wanted: &[(&str, &str)], message: &str) {
        let before = listing(dir);
        let error = write(dir, &files(wanted)).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
        assert_eq!(listing(dir), before);
    }

    /// All files with their contents, links unfollowed.
    fn listing(dir: &Path) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                found.extend(
                    listing(&entry.path()).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)),
                );
            } else {
                found.push((name, fs::read_to_string(entry.path()).unwrap_or_default()));
            }
        }
        found.sort();
        found
    }

    fn names(dir: &Path) -> Vec<String> {
        listing(dir).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn files_are_made_with_their_directories_and_a_manifest() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("new/client");
        let outcome = write(&out, &files(&[("src/a/b.rs", "b"), ("Cargo.toml", "c")])).unwrap();
        assert_eq!(outcome.written, ["Cargo.toml", "src/a/b.rs"]);
        assert_eq!(names(&out), [MANIFEST, "Cargo.toml", "src/a/b.rs"]);
        let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap();
        assert!(manifest.ends_with("\nCargo.toml\nsrc/a/b.rs\n"), "{manifest}");
    }

    #[test]
    fn a_second_run_leaves_everything_alone() {
        let wanted = [("a", "1"), ("b", "2")];
        let dir = made(&wanted);
        let times = || {
            ["a", "b", MANIFEST].map(|name| fs::metadata(dir.path().join(name)).unwrap().modified().unwrap())
        };
        let before = times();
        let outcome = write(dir.path(), &files(&wanted)).unwrap();
        let unchanged = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(outcome, WriteOutcome { unchanged, ..WriteOutcome::default() });
        assert_eq!(times(), before);
    }

    #[test]
    fn stale_files_go_with_their_directories_and_foreign_files_stay() {
        let dir = made(&[("src/old/a.rs", "1"), ("src/mixed/b.rs", "2"), ("src/c.rs", "3")]);
        fs::write(dir.path().join("src/mixed/mine.rs"), "x").unwrap();
        let outcome = write(dir.path(), &files(&[("src/c.rs", "4")])).unwrap();
        assert_eq!(outcome.removed, ["src/mixed/b.rs", "src/old/a.rs"]);
        assert_eq!(names(dir.path()), [MANIFEST, "src/c.rs", "src/mixed/mine.rs"]);
        assert!(!dir.path().join("src/old").exists());
    }

    #[test]
    fn a_foreign_file_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("b"), "mine").unwrap();
        check_refused(dir.path(), &[("a", "1"), ("b", "2")], "was not made by clientsmith");
        let outcome = write(dir.path(), &files(&[("a", "1"), ("b", "mine")])).unwrap();
        assert_eq!(outcome.unchanged, ["b"], "one with the same contents is taken over");
    }

    #[test]
    fn an_edited_file_is_made_anew() {
        let dir = made(&[("a", "1")]);
        fs::write(dir.path().join("a"), "edited").unwrap();
        assert_eq!(write(dir.path(), &files(&[("a", "1")])).unwrap().written, ["a"]);
    }

    #[test]
    fn nothing_is_written_outside_the_directory() {
        let dir = made(&[("a", "1")]);
        check_refused(dir.path(), &[("b", "1"), ("../c", "2")], "`.` or `..`");
        check_refused(dir.path(), &[("b", "1"), ("/tmp/c", "2")], "not a relative path");
        check_refused(dir.path(), &[("b", "1"), ("con.rs", "2")], "device");
        check_refused(dir.path(), &[("b", "1"), ("B", "2")], "upper and lower case");
        check_refused(dir.path(), &[(MANIFEST, "b")], "two files at once");
    }

    #[test]
    fn nothing_is_removed_outside_the_directory() {
        let dir = made(&[("out/a", "1"), ("precious", "2")]);
        let out = dir.path().join("out");
        fs::write(out.join(MANIFEST), "# x\n../precious\n").unwrap();
        check_refused(&out, &[("b", "1")], "line 2 of");
        assert!(dir.path().join("precious").exists());
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_not_followed() {
        let outside = made(&[("victim", "1")]);
        let dir = made(&[("src/a", "1"), ("b", "2")]);
        fs::remove_file(dir.path().join("b")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("victim"), dir.path().join("b")).unwrap();
        check_refused(dir.path(), &[("src/a", "1"), ("b", "3")], "symbolic link");
        check_refused(dir.path(), &[("src/a", "1")], "symbolic link");
        std::os::unix::fs::symlink(outside.path(), dir.path().join("link")).unwrap();
        check_refused(dir.path(), &[("link/new", "3")], "symbolic link");
        assert_eq!(fs::read_to_string(outside.path().join("victim")).unwrap(), "1");
    }

    #[test]
    fn something_else_in_the_way_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a")).unwrap();
        fs::write(dir.path().join("b"), "").unwrap();
        check_refused(dir.path(), &[("a", "1")], "where a file would be written");
        check_refused(dir.path(), &[("b/c", "1")], "where a directory would be made");
    }

    #[test]
    fn what_an_interrupted_run_left_is_taken_up() {
        let dir = made(&[("src/a", "1")]);
        fs::write(dir.path().join("src").join(super::UNFINISHED), "half").unwrap();
        fs::remove_file(dir.path().join("src/a")).unwrap();
        write(dir.path(), &files(&[("src/a", "2"), ("src/b", "3")])).unwrap();
        assert_eq!(names(dir.path()), [MANIFEST, "src/a", "src/b"]);
    }

    #[test]
    fn a_comparison_names_every_difference_and_changes_nothing() {
        let dir = made(&[("changed", "1"), ("same", "2"), ("stale", "3")]);
        fs::write(dir.path().join("foreign"), "x").unwrap();
        let before = listing(dir.path());
        let found =
            compare(dir.path(), &files(&[("changed", "x"), ("same", "2"), ("missing", "4")])).unwrap();
        let expected = [
            ("changed", DifferenceKind::Changed),
            ("missing", DifferenceKind::Missing),
            ("stale", DifferenceKind::Stale),
        ];
        assert_eq!(found, expected.map(|(path, kind)| Difference { path: path.to_owned(), kind }));
        assert_eq!(listing(dir.path()), before);
        assert_eq!(compare(&dir.path().join("none"), &files(&[("a", "1")])).unwrap().len(), 1);
    }
}
