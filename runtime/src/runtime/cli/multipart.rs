//! Parts of a body as they are given: `NAME=VALUE`, `NAME=@FILE;type=MEDIA;filename=NAME`.

use super::{Usage, input};

/// A part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What is said of the file it comes from; nothing for text.
    pub file: Option<PartFile>,
}

/// What is said of the file of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFile {
    /// The file's name, or the one that was asked for.
    pub name: String,
    /// The media type that was asked for.
    pub media_type: Option<String>,
}

/// Reads `NAME=VALUE`.
pub(super) fn part(given: &str) -> Result<Part, Usage> {
    let Some((name, value)) = given.split_once('=') else {
        return Err(Usage(format!(
            "invalid value '{given}' for '--part': expected NAME=VALUE or NAME=@FILE"
        )));
    };
    let Some(file) = value.strip_prefix('@') else {
        return Ok(Part { name: name.to_owned(), bytes: value.as_bytes().to_vec(), file: None });
    };
    let (path, said) = settings(file);
    let own_name = || std::path::Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    let bytes = input::file(path)?;
    let file =
        PartFile { name: said.filename.or_else(own_name).unwrap_or_default(), media_type: said.media_type };
    Ok(Part { name: name.to_owned(), bytes, file: Some(file) })
}

#[derive(Default)]
struct Settings {
    media_type: Option<String>,
    filename: Option<String>,
}

/// The path, and what follows it: `;type=…` and `;filename=…`, in any order. A media type can have parameters of its own.
fn settings(text: &str) -> (&str, Settings) {
    let mut settings = Settings::default();
    let mut rest = text;
    loop {
        let last = [";type=", ";filename="].map(|key| rest.rfind(key).map(|at| (at, key)));
        let Some((at, key)) = last.into_iter().flatten().max_by_key(|(at, _)| *at) else {
            return (rest, settings);
        };
        let value = rest[at + key.len()..].to_owned();
        match key {
            ";type=" => settings.media_type = Some(value),
            _ => settings.filename = Some(value),
        }
        rest = &rest[..at];
    }
}
