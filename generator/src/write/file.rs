//! One text file by itself: the lock file, a report.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// The text of the file at `path`; none if there is no such file.
///
/// # Errors
///
/// If it is there and cannot be read as UTF-8 text.
pub fn read_file(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes the file at `path` hold `contents`, replacing it whole; `false` if it did already.
///
/// # Errors
///
/// If its directory cannot be written to.
pub fn write_file(path: &Path, contents: &str) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|known| known == contents.as_bytes()) {
        return Ok(false);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = fs::File::create(&temporary).and_then(|mut file| file.write_all(contents.as_bytes()));
    let replaced = written.and_then(|()| fs::rename(&temporary, path));
    if replaced.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    replaced.map(|()| true)
}
