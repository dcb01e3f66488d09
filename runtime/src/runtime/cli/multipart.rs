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

impl Part {
    /// The media type that was asked for, else what `known` says of a part of this name (its media type, and whether it is an
    /// object), else that of files or of text.
    pub fn media_type(&self, known: &[(&str, &str, bool)]) -> String {
        let asked = self.file.as_ref().and_then(|file| file.media_type.as_deref());
        let said = known.iter().find(|(name, ..)| *name == self.name);
        let encoded = said.map(|(_, media_type, _)| *media_type).filter(|media_type| !media_type.is_empty());
        let by_kind = match (&self.file, said) {
            (Some(_), _) => "application/octet-stream",
            (None, Some((_, _, true))) => "application/json",
            (None, Some(_) | None) => "text/plain",
        };
        asked.or(encoded).unwrap_or(by_kind).to_owned()
    }
}

/// Parts within parts, which are given by the names of both with a dot between them.
impl Part {
    /// What is in the part of this name, by its own names.
    pub fn within(all: &[Self], name: &str) -> Vec<Self> {
        let inner = |part: &Self| {
            let own = part.name.strip_prefix(name)?.strip_prefix('.')?;
            Some(Self { name: own.to_owned(), ..part.clone() })
        };
        all.iter().filter_map(inner).collect()
    }

    /// All that are in no part of these names.
    pub fn besides<'p>(all: &'p [Self], names: &'p [&'p str]) -> impl Iterator<Item = &'p Self> {
        let is_within =
            |part: &Self, name: &str| part.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        all.iter().filter(move |part| !names.iter().any(|name| is_within(part, name)))
    }
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
