//! The text of a document, and how it got into memory.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::Parts;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A document's text, with the name it has in messages.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    format: Format,
}

/// A document, the files it refers to, and the overlays that are applied to them all.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The document.
    pub document: Source,
    /// The overlays, in the order in which they are applied.
    pub overlays: Vec<Source>,
    /// The files that the document refers to.
    pub parts: Parts,
}

impl From<Source> for Sources {
    fn from(document: Source) -> Self {
        Self { document, overlays: Vec::new(), parts: Parts::default() }
    }
}

impl Sources {
    /// All of them, each at the place of its [`FileId`](crate::diag::FileId).
    pub fn all(&self) -> Vec<&Source> {
        std::iter::once(&self.document).chain(&self.overlays).chain(self.parts.files()).collect()
    }
}

/// The notation a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2 with the core schema.
    Yaml,
    /// It begins like JSON, but the file is called `.yaml`: JSON if it can be read as that, YAML if not.
    JsonOrYaml,
}

impl Source {
    /// Reads the file at `path`; the name in messages is the path as given.
    ///
    /// Errors if it cannot be read, is larger than 256 MiB or is not UTF-8.
    pub fn read_file(path: &Path) -> Result<Self, ReadError> {
        let name = path.display().to_string();
        let fail = |problem| ReadError { name: name.clone(), problem };
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| {
                let size = file.metadata()?.len();
                if size > MAX_BYTES {
                    return Ok(size);
                }
                // A pipe or a device has no size beforehand; of a file no more is held than it is long.
                bytes.reserve_exact(usize::try_from(size).unwrap_or_default());
                file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
                Ok(bytes.len() as u64)
            })
            .map_err(|error| fail(Problem::Io(error)))
            .and_then(|size| if size > MAX_BYTES { Err(fail(Problem::TooLarge)) } else { Ok(()) })?;
        let text = decode(bytes).map_err(fail)?;
        Ok(Self::from_text(name, text))
    }

    /// A document that is already in memory. A byte order mark in front is dropped.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, mut text) = (name.into(), text.into());
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let format = Format::of(&name, &text);
        Self { name, text, format }
    }

    /// What messages call it: the path as given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark. All offsets count from its beginning.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text alone.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The notation, as far as the first character and the name tell.
    pub fn format(&self) -> Format {
        self.format
    }
}

impl Format {
    fn of(name: &str, text: &str) -> Self {
        let extension =
            Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let called_yaml = extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml");
        match (text.trim_start().starts_with(['{', '[']), called_yaml) {
            (false, _) => Format::Yaml,
            (true, true) => Format::JsonOrYaml,
            (true, false) => Format::Json,
        }
    }
}

/// Why a file could not be read into memory.
#[derive(Debug)]
pub struct ReadError {
    name: String,
    problem: Problem,
}

impl ReadError {
    /// The file's path as given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Why, without the file's name.
    pub(super) fn reason(&self) -> String {
        match &self.problem {
            Problem::Io(error) => error.to_string(),
            Problem::TooLarge => {
                format!("it is larger than {} MiB, the most that is read", MAX_BYTES / 1024 / 1024)
            }
            Problem::Utf16 => "it is UTF-16 or UTF-32, not UTF-8".to_owned(),
            Problem::NotUtf8 { line, byte } => {
                format!("it is not UTF-8: byte {byte} of line {line} is the first wrong one")
            }
        }
    }
}

#[derive(Debug)]
enum Problem {
    Io(io::Error),
    TooLarge,
    Utf16,
    NotUtf8 { line: usize, byte: usize },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.escape_debug();
        match &self.problem {
            Problem::Io(error) => write!(f, "cannot read `{name}`: {error}"),
            Problem::TooLarge => {
                write!(f, "`{name}` is larger than {} MiB, the most that is read", MAX_BYTES / 1024 / 1024)
            }
            Problem::Utf16 => write!(f, "`{name}` is UTF-16 or UTF-32; save it as UTF-8"),
            Problem::NotUtf8 { line, byte } => {
                write!(f, "`{name}` is not UTF-8: the first wrong byte is byte {byte} of line {line}")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::Io(error) => Some(error),
            Problem::TooLarge | Problem::Utf16 | Problem::NotUtf8 { .. } => None,
        }
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    // Byte order marks, and the zero bytes that every wide encoding of an ASCII character has
    // (YAML 1.2.2, section 5.2).
    let wide = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, ..] => (*a == 0) != (*b == 0),
        _ => false,
    };
    if wide {
        return Err(Problem::Utf16);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|byte| *byte == b'\n').count();
        let start = valid.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Problem::NotUtf8 { line, byte: valid.len() - start + 1 }
    })
}

#[cfg(test)]
mod tests {
    use super::{Format, Source};

    fn check_refused(bytes: &[u8], expected: &str) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("api.yaml");
        std::fs::write(&path, bytes).unwrap();
        let error = Source::read_file(&path).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn content_decides_the_format_and_the_name_is_a_hint() {
        let format = |name: &str, text: &str| Source::from_text(name, text).format();
        assert_eq!(format("api.yaml", "openapi: 3.0.0"), Format::Yaml);
        assert_eq!(format("api.json", "openapi: 3.0.0"), Format::Yaml);
        assert_eq!(format("api", " \n{}"), Format::Json);
        assert_eq!(format("api.yml", "{}"), Format::JsonOrYaml);
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(Source::from_text("a", "\u{feff}a: 1").text(), "a: 1");
    }

    #[test]
    fn utf_16_is_named() {
        check_refused(b"\xff\xfea\0:\0", "UTF-16");
        check_refused(b"\0a\0:", "UTF-16");
    }

    #[test]
    fn a_wrong_byte_is_located() {
        check_refused(b"a: 1\nb: \xc3(", "byte 4 of line 2");
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Source::read_file(std::path::Path::new("no/such.yaml")).unwrap_err().to_string();
        assert!(error.starts_with("cannot read `no/such.yaml`: "), "{error}");
    }

    #[test]
    fn an_enormous_file_is_refused_before_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.yaml");
        std::fs::File::create(&path).unwrap().set_len(super::MAX_BYTES + 1).unwrap();
        let error = Source::read_file(&path).unwrap_err().to_string();
        assert!(error.contains("larger than 256 MiB"), "{error}");
    }
}
