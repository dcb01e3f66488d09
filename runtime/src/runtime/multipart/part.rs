//! One part of a body of several.

#[cfg(not(target_arch = "wasm32"))]
use std::path::PathBuf;

use super::super::{Bytes, Upload};

/// A part: a name, what it holds, and what is said of that.
#[derive(Clone, Debug)]
#[must_use]
pub struct Part {
    pub(super) name: String,
    /// The value that it is a piece of, if that has another name.
    pub(super) member: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) media_type: MediaType,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Upload,
}

/// The media type of a part.
#[derive(Clone, Debug)]
pub(super) enum MediaType {
    /// The caller's.
    Said(String),
    /// This one, if nothing goes without saying for parts of the name.
    Unsaid(&'static str),
}

impl Part {
    /// A part of this name that holds `body` as it is, in `text/plain` unless another media type goes without saying.
    pub fn new(name: impl Into<String>, body: impl Into<Upload>) -> Self {
        Self::unsaid(name.into(), body.into(), "text/plain")
    }

    /// A part of text.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(name, text.into())
    }

    /// A part that holds JSON text as it is.
    pub fn json(name: impl Into<String>, json: impl Into<String>) -> Self {
        Self::unsaid(name.into(), json.into().into(), "application/json")
    }

    /// A part that is a file.
    pub fn file(name: impl Into<String>, file: impl Into<FilePart>) -> Self {
        file.into().into_part(&name.into())
    }

    /// Sets the media type, in place of what goes without saying.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = MediaType::Said(media_type.into());
        self
    }

    /// Sets the name of the file that it holds.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Notes of what value it is a piece.
    pub(super) fn of(mut self, member: &str) -> Self {
        self.member = Some(member.to_owned()).filter(|member| *member != self.name);
        self
    }

    /// The name of the value that it is, or is a piece of.
    pub(super) fn member(&self) -> &str {
        self.member.as_deref().unwrap_or(&self.name)
    }

    fn unsaid(name: String, body: Upload, media_type: &'static str) -> Self {
        let media_type = MediaType::Unsaid(media_type);
        Self { name, member: None, file_name: None, media_type, headers: Vec::new(), body }
    }
}

/// A file to be a part: from a path, from bytes or from a stream.
///
/// A file at a path has its own name. Without a name it is called as the part is, because servers take a part without for a mere
/// text.
#[derive(Clone, Debug)]
#[must_use]
pub struct FilePart {
    body: Upload,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl FilePart {
    /// What is sent as it is: bytes, a stream.
    pub fn new(body: impl Into<Upload>) -> Self {
        Self { body: body.into(), file_name: None, media_type: None, headers: Vec::new() }
    }

    /// The file at `path`, which is opened when the request is sent and read in pieces.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name, ..Self::new(Upload::file(path)) }
    }

    /// Sets the name that the server is told.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Sets the media type, in place of what goes without saying.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header of the part.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(super) fn into_part(self, name: &str) -> Part {
        let unsaid = MediaType::Unsaid("application/octet-stream");
        Part {
            name: name.to_owned(),
            member: None,
            file_name: Some(self.file_name.unwrap_or_else(|| name.to_owned())),
            media_type: self.media_type.map_or(unsaid, MediaType::Said),
            headers: self.headers,
            body: self.body,
        }
    }
}

impl From<Upload> for FilePart {
    fn from(body: Upload) -> Self {
        Self::new(body)
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for FilePart {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static [u8]> for FilePart {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static str> for FilePart {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}
