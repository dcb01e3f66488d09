//! One part of an answer.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use reqwest::header::CONTENT_DISPOSITION;
use serde::de::{DeserializeOwned, Error as _};

use super::super::{Bytes, DecodeError, HeaderMap, charset, header, media, read_json};
use super::split;

/// A part: its headers, and its body as it came.
#[derive(Clone)]
pub struct Part {
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Part {
    /// The headers of the part.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The header of that name, if it is there and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What it is called: the `name` of its `Content-Disposition`, else its `Content-ID`.
    pub fn name(&self) -> Option<String> {
        self.disposition("name").or_else(|| {
            let id = self.header("content-id")?.trim();
            Some(id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id).to_owned())
        })
    }

    /// The name of the file that it holds. Never a path to write to: it is the server's choice.
    pub fn file_name(&self) -> Option<String> {
        // RFC 8187: `UTF-8''` and what is percent-encoded.
        let extended = self.disposition("filename*").and_then(|text| {
            let mut pieces = text.splitn(3, '\'');
            let (charset, _, encoded) = (pieces.next()?, pieces.next()?, pieces.next()?);
            let is_utf8 = charset.eq_ignore_ascii_case("utf-8");
            percent_decode_str(encoded).decode_utf8().ok().filter(|_| is_utf8).map(Cow::into_owned)
        });
        extended.or_else(|| self.disposition("filename"))
    }

    /// Its media type, with parameters.
    pub fn media_type(&self) -> Option<&str> {
        media::said(&self.headers)
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// The body as text, by the encoding that its media type names if that is UTF-8 or ISO 8859-1; what is no UTF-8 otherwise becomes
    /// `U+FFFD`.
    pub fn text(&self) -> Cow<'_, str> {
        match charset::decoded(self.media_type(), &self.body) {
            Ok(Cow::Borrowed(_)) | Err(_) => String::from_utf8_lossy(&self.body),
            Ok(Cow::Owned(bytes)) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// The body read as JSON. Errors say which member does not fit `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        read_json(&self.body)
    }

    /// The parts of its own, of one that is `multipart/…` itself; in any other an error.
    pub fn parts(&self) -> Result<Vec<Part>, DecodeError> {
        split::whole(self.media_type(), &self.body)
            .map_err(|fault| DecodeError::new(&self.headers, String::new(), serde_json::Error::custom(fault)))
    }

    /// Whether the media type says that it is JSON.
    pub(super) fn is_json(&self) -> bool {
        self.media_type().is_some_and(media::is_json)
    }

    /// Whether it is JSON that says that there is no value.
    pub(super) fn is_null(&self) -> bool {
        self.is_json() && self.body.trim_ascii() == b"null"
    }

    /// WHATWG HTML, multipart/form-data encoding algorithm: quotes and line breaks of a name are percent-encoded.
    fn disposition(&self, name: &str) -> Option<String> {
        let disposition = String::from_utf8_lossy(self.headers.get(CONTENT_DISPOSITION)?.as_bytes());
        let text = media::parameter(&disposition, name)?;
        Some(text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
    }
}

/// Shows the headers' names and the length only.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("headers", &header::names(&self.headers))
            .field("body_len", &self.body.len())
            .finish()
    }
}
