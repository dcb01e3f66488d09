//! Texts in the character encoding that a media type names (RFC 9110, section 8.3.2).
//!
//! Knows UTF-8, which is what a text is in of which nothing is said, ASCII and ISO 8859-1. Others are read and written as far as
//! they are the same as UTF-8.

use std::borrow::Cow;

use super::Request;

/// What the bytes of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    Latin1,
    /// Another, of which ASCII is a part.
    LikeAscii,
    /// Another.
    Other,
}

impl Charset {
    fn of(media_type: &str) -> Self {
        let parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        named.next().map_or(Self::Utf8, |(_, name)| Self::called(name.trim().trim_matches('"')))
    }

    /// By the names of IANA's registry.
    fn called(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "" | "utf-8" | "utf8" => Self::Utf8,
            "iso-8859-1" | "iso_8859-1" | "iso8859-1" | "latin1" | "l1" => Self::Latin1,
            other if ["utf", "ucs", "iso-10646", "ebcdic"].iter().any(|start| other.starts_with(start)) => {
                Self::Other
            }
            _ => Self::LikeAscii,
        }
    }
}

/// The bytes of a text; none if the encoding does not have a character of it, or is not known.
pub(super) fn encoded(media_type: &str, text: String) -> Option<Vec<u8>> {
    match Charset::of(media_type) {
        Charset::Utf8 => Some(text.into_bytes()),
        Charset::Latin1 => text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect(),
        Charset::LikeAscii => text.is_ascii().then(|| text.into_bytes()),
        Charset::Other => None,
    }
}

/// The text that bytes are, if the media type says that they are not UTF-8 and what they are.
pub(super) fn decoded<'b>(media_type: Option<&str>, body: &'b [u8]) -> Cow<'b, [u8]> {
    match media_type.map(Charset::of) {
        Some(Charset::Latin1) if !body.is_ascii() => Cow::Owned(from_latin1(body).into_bytes()),
        Some(Charset::Utf8 | Charset::Latin1 | Charset::LikeAscii | Charset::Other) | None => {
            Cow::Borrowed(body)
        }
    }
}

/// A document in XML whose declaration says that it is not UTF-8 as UTF-8 (XML 1.0, section 4.3.3).
#[allow(dead_code, reason = "a client may have no XML")]
pub(super) fn declared(body: &[u8]) -> Cow<'_, [u8]> {
    let end = body.iter().take(200).position(|byte| *byte == b'>').unwrap_or_default();
    let declaration = String::from_utf8_lossy(&body[..end]);
    let named = declaration.strip_prefix("<?xml").and_then(|rest| rest.split_once("encoding"));
    let name = named.and_then(|(_, rest)| rest.split(['"', '\'']).nth(1)).unwrap_or_default();
    match Charset::called(name) {
        Charset::Latin1 if !body.is_ascii() => Cow::Owned(from_latin1(body).into_bytes()),
        Charset::Utf8 | Charset::Latin1 | Charset::LikeAscii | Charset::Other => Cow::Borrowed(body),
    }
}

fn from_latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

impl Request<'_> {
    /// Sets the body to a text, in the encoding that the media type names; what it does not have is an error.
    pub fn text(&mut self, media_type: &str, text: String) {
        let bytes = encoded(media_type, text).ok_or_else(|| {
            serde::ser::Error::custom(format_args!("the text cannot be written as `{media_type}`"))
        });
        self.written(media_type, bytes);
    }
}
