//! The file that a result goes to: tried before anything is sent, and emptied only when there is a result.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};

use super::Usage;

/// Checks that the file can be written; it is as it was afterwards.
pub(super) fn check(name: &str) -> Result<(), Usage> {
    let tried = match fs::metadata(name) {
        Ok(known) if known.is_file() || known.is_dir() => {
            OpenOptions::new().append(true).open(name).map(drop)
        }
        // Who reads from a pipe would take that for the end.
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => create_and_remove(name),
        Err(error) => Err(error),
    };
    tried.map_err(|error| Usage(format!("the file '{name}' of '--output' cannot be written: {error}")))
}

fn create_and_remove(name: &str) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(name) {
        Ok(_) => fs::remove_file(name),
        // A link to a file that is not there yet.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// A file that is opened and emptied when it is first written to or flushed. Its errors say its name.
pub(super) struct ResultFile<'n> {
    name: &'n str,
    file: Option<File>,
}

impl<'n> ResultFile<'n> {
    pub(super) fn new(name: &'n str) -> Self {
        Self { name, file: None }
    }

    fn with<T>(&mut self, act: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
        let file = match &mut self.file {
            Some(file) => Ok(file),
            closed @ None => File::create(self.name).map(|file| closed.insert(file)),
        };
        file.and_then(act).map_err(|error| io::Error::new(error.kind(), format!("'{}': {error}", self.name)))
    }
}

impl Write for ResultFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(File::flush)
    }
}
