//! Parts of a body as they are given, `NAME=VALUE`, `NAME=@FILE;type=MEDIA;filename=NAME`, and headers of theirs,
//! `NAME:HEADER=VALUE`.

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
    /// Its headers, by name and value.
    pub headers: Vec<(String, String)>,
}

/// What is said of the file of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFile {
    /// The file's name, or the one that was asked for.
    pub name: String,
    /// The media type that was asked for.
    pub media_type: Option<String>,
}

/// Reads the parts of a body, each with the headers that are given for its name.
pub(super) fn parts(given: &[String], headers: &[String]) -> Result<Vec<Part>, Usage> {
    let mut parts: Vec<Part> = given.iter().map(|part| self::part(part)).collect::<Result<_, _>>()?;
    for header in headers {
        let Some((name, pair)) = named(header) else {
            return Err(Usage(format!(
                "invalid value '{header}' for '--part-header': expected NAME:HEADER=VALUE"
            )));
        };
        let mut known = parts.iter_mut().filter(|part| part.name == name).peekable();
        if known.peek().is_none() {
            return Err(Usage(format!("'--part-header {header}': no part '{name}' is given")));
        }
        known.for_each(|part| part.headers.push(pair.clone()));
    }
    Ok(parts)
}

/// The part's name, the header's and its value. There is neither `:` nor `=` in the name of a header (RFC 9110, section 5.6.2).
fn named(given: &str) -> Option<(&str, (String, String))> {
    given.match_indices('=').find_map(|(at, _)| {
        let (name, header) = given[..at].rsplit_once(':')?;
        (!header.is_empty()).then(|| (name, (header.to_owned(), given[at + 1..].to_owned())))
    })
}

/// Reads `NAME=VALUE`.
fn part(given: &str) -> Result<Part, Usage> {
    let Some((name, value)) = given.split_once('=') else {
        return Err(Usage(format!(
            "invalid value '{given}' for '--part': expected NAME=VALUE or NAME=@FILE"
        )));
    };
    let headers = Vec::new();
    let Some(file) = value.strip_prefix('@') else {
        return Ok(Part { name: name.to_owned(), bytes: value.as_bytes().to_vec(), file: None, headers });
    };
    let (path, said) = settings(file);
    let own_name = || std::path::Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    let bytes = input::file(path)?;
    let file =
        PartFile { name: said.filename.or_else(own_name).unwrap_or_default(), media_type: said.media_type };
    Ok(Part { name: name.to_owned(), bytes, file: Some(file), headers })
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
