//! The files that a document refers to, by the addresses it calls them by.

use std::collections::BTreeMap;
use std::fmt;

use super::Source;

/// What was found at the addresses that a document and its parts refer to.
///
/// An address is a path with `/` between its steps, relative to where paths are relative to, or a URL; without a fragment.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    files: Vec<Source>,
    bases: Vec<String>,
    found: BTreeMap<String, Found>,
}

/// What is at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The document itself.
    Document,
    /// The file of this number.
    File(usize),
    /// Nothing that is read, and why.
    Refused(Refusal),
}

/// Why what is at an address is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is outside the directory that references may lead into.
    Outside,
    /// It is on the network, and no copy of it is at hand.
    Remote,
    /// It is neither a file nor on the web: `data:`, `ftp:`.
    Scheme,
    /// There are more files, or more bytes in them, than are read.
    TooMany,
    /// It cannot be read; this is why.
    Unreadable(String),
}

impl Parts {
    /// No files at all.
    pub const fn none() -> Self {
        Self { files: Vec::new(), bases: Vec::new(), found: BTreeMap::new() }
    }

    /// Files that are in memory, each at the address that is its name.
    pub fn of(files: impl IntoIterator<Item = Source>) -> Self {
        let mut parts = Self::default();
        for file in files {
            let address = file.name().replace('\\', "/");
            parts.add(address, file);
        }
        parts
    }

    /// Adds a file that is at `address`.
    pub fn add(&mut self, address: impl Into<String>, file: Source) -> Found {
        let address = address.into();
        let found = Found::File(self.files.len());
        self.files.push(file);
        self.bases.push(address.clone());
        self.found.insert(address, found.clone());
        found
    }

    /// Says what is at another address.
    pub fn say(&mut self, address: impl Into<String>, found: Found) {
        self.found.insert(address.into(), found);
    }

    /// The files, by number.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// The address that references in file `number` are relative to.
    pub fn base(&self, number: usize) -> Option<&str> {
        self.bases.get(number).map(String::as_str)
    }

    /// The addresses on the network of which no copy is at hand.
    pub fn remote(&self) -> impl Iterator<Item = &str> {
        let is_remote = |(_, found): &(&String, &Found)| **found == Found::Refused(Refusal::Remote);
        self.found.iter().filter(is_remote).map(|(address, _)| address.as_str())
    }

    /// What is at `address`; none if nobody has looked.
    pub fn at(&self, address: &str) -> Option<&Found> {
        self.found.get(address)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Outside => f.write_str("it is outside the directory that references may lead into"),
            Refusal::Remote => f.write_str("it is on the network, from which nothing is read"),
            Refusal::Scheme => f.write_str("it is neither a file nor an `http` or `https` address"),
            Refusal::TooMany => f.write_str("there are more files than are read"),
            Refusal::Unreadable(why) => f.write_str(why),
        }
    }
}
