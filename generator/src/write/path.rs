//! Which paths a file may be written to: below the output directory, on every operating system.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::{Problem, WriteError};

/// The longest name of a file or a directory, in bytes. Common file systems stop at 255.
const MAX_NAME: usize = 200;

/// Names that Windows keeps for devices, whatever extension follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why nothing may be written to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathProblem {
    /// It is empty, absolute, or has an empty part.
    NotRelative,
    /// It has a part `.` or `..`.
    Dots,
    /// It has a character that some operating system does not allow or gives a meaning to.
    Character(char),
    /// A part ends in a dot or a space, which Windows drops.
    Ending,
    /// A part is longer than 200 bytes.
    TooLong,
    /// A part is the name of a device on Windows.
    Device,
}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathProblem::NotRelative => f.write_str("it is not a relative path"),
            PathProblem::Dots => f.write_str("it has a part `.` or `..`"),
            PathProblem::Character(character) => write!(f, "it contains {character:?}"),
            PathProblem::Ending => f.write_str("a part of it ends in a dot or a space"),
            PathProblem::TooLong => write!(f, "a part of it is longer than {MAX_NAME} bytes"),
            PathProblem::Device => f.write_str("a part of it is the name of a device on Windows"),
        }
    }
}

/// Checks a path with forward slashes.
pub(super) fn check(path: &str) -> Result<(), PathProblem> {
    path.split('/').try_for_each(check_name)
}

fn check_name(name: &str) -> Result<(), PathProblem> {
    let forbidden = |character: char| character.is_control() || "<>:\"\\|?*".contains(character);
    if name.is_empty() {
        Err(PathProblem::NotRelative)
    } else if name == "." || name == ".." {
        Err(PathProblem::Dots)
    } else if let Some(character) = name.chars().find(|character| forbidden(*character)) {
        Err(PathProblem::Character(character))
    } else if name.ends_with(['.', ' ']) {
        Err(PathProblem::Ending)
    } else if name.len() > MAX_NAME {
        Err(PathProblem::TooLong)
    } else if is_device(name) {
        Err(PathProblem::Device)
    } else {
        Ok(())
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            let mut rest = rest.chars();
            // Windows takes the superscripts for digits.
            matches!((rest.next(), rest.next()), (Some('0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}'), None))
        })
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// The metadata of the regular file at `path`; `None` if there is nothing. Anything that is not a plain file
/// in plain directories is an error.
pub(super) fn metadata(directory: &Path, path: &str) -> Result<Option<fs::Metadata>, WriteError> {
    let mut place = directory.to_path_buf();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        place.push(name);
        let fail = |problem| WriteError { path: place.clone(), problem };
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fail(Problem::Io(error))),
        };
        match (found.file_type(), names.peek()) {
            (kind, _) if kind.is_symlink() => return Err(fail(Problem::Symlink)),
            (kind, Some(_)) if kind.is_dir() => {}
            (_, Some(_)) => return Err(fail(Problem::NotADirectory)),
            (kind, None) if kind.is_file() => return Ok(Some(found)),
            (_, None) => return Err(fail(Problem::NotAFile)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::{PathProblem, check};

    #[test]
    fn ordinary_paths_are_allowed() {
        for path in
            ["Cargo.toml", "src/contacts/list.rs", ".gitignore", "src/com.rs", "src/console.rs", "a..b"]
        {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn paths_out_of_the_directory_are_not() {
        for path in ["", "/etc/passwd", "a//b", "a/"] {
            assert_eq!(check(path), Err(PathProblem::NotRelative), "{path}");
        }
        for path in ["..", "../a", "a/../../b", "./a"] {
            assert_eq!(check(path), Err(PathProblem::Dots), "{path}");
        }
        for path in ["C:/a", "a\\b", "a\0b", "a\nb", "a:stream"] {
            assert!(matches!(check(path), Err(PathProblem::Character(_))), "{path}");
        }
    }

    #[test]
    fn names_that_windows_takes_for_something_else_are_not() {
        for path in ["src/con.rs", "NUL", "aux.tar.gz", "com1", "lpt\u{b2}.rs", "Com9.txt"] {
            assert_eq!(check(path), Err(PathProblem::Device), "{path}");
        }
        assert_eq!(check("a./b"), Err(PathProblem::Ending));
        assert_eq!(check(&"x".repeat(201)), Err(PathProblem::TooLong));
    }
}
