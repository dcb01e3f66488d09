//! Texts in the character encoding that a media type names (RFC 9110, section 8.3.2).
//!
//! Knows UTF-8, which is what a text is in of which nothing is said, ASCII and ISO 8859-1. Others are read and written as far as
//! they are the same as ASCII; what else they hold is an error.

use std::borrow::Cow;

use super::{Request, media};

/// What a document in XML begins with where it is written.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// What the bytes of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    /// Read as UTF-8, of which it is a part.
    Ascii,
    Latin1,
    /// Another, in which the bytes of ASCII are its characters.
    LikeAscii,
    /// Another, in which they may be other characters.
    Shifting,
    /// Another, in which no text is the same.
    Wide,
}

/// The names of ISO 8859-1.
const LATIN1: [&str; 10] = [
    "iso-8859-1",
    "iso_8859-1",
    "iso8859-1",
    "iso_8859-1:1987",
    "iso-ir-100",
    "latin1",
    "l1",
    "ibm819",
    "cp819",
    "csisolatin1",
];

/// How the names of encodings begin in which the bytes of ASCII are not always its characters.
const SHIFTING: [&str; 8] =
    ["utf-7", "csutf7", "unicode-1-1-utf-7", "iso-2022", "csiso2022", "hz", "imap", "ebcdic"];

/// How the names of encodings begin that have two or four bytes for each character.
const WIDE: [&str; 9] =
    ["utf-16", "utf16", "csutf16", "utf-32", "utf32", "csutf32", "ucs", "iso-10646", "csunicode"];

impl Charset {
    fn of(media_type: &str) -> Self {
        media::parameter(media_type, "charset").map_or(Self::Utf8, |name| Self::called(&name))
    }

    /// By the names of IANA's registry.
    fn called(name: &str) -> Self {
        let name = name.trim().to_ascii_lowercase();
        let begins = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
        match name.as_str() {
            "" | "csutf8" | "unicode-1-1-utf-8" => Self::Utf8,
            "us-ascii" | "ascii" => Self::Ascii,
            known if LATIN1.contains(&known) => Self::Latin1,
            _ if begins(&["utf-8", "utf8"]) => Self::Utf8,
            _ if begins(&SHIFTING) => Self::Shifting,
            _ if begins(&WIDE) => Self::Wide,
            _ => Self::LikeAscii,
        }
    }
}

/// The bytes of a text; none if the encoding does not have a character of it, or is not known.
pub(super) fn encoded(media_type: &str, text: String) -> Option<Vec<u8>> {
    let charset = Charset::of(media_type);
    let text = if media::is_xml(media_type) { declaring(charset, text) } else { text };
    match charset {
        Charset::Utf8 => Some(text.into_bytes()),
        Charset::Latin1 => text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect(),
        Charset::Ascii | Charset::LikeAscii => text.is_ascii().then(|| text.into_bytes()),
        Charset::Shifting | Charset::Wide => None,
    }
}

/// XML whose declaration agrees with its bytes (XML 1.0, section 4.3.3): in an encoding of which no more is known than that ASCII
/// is a part of it, there is no character beyond, and it is UTF-8 as well, which goes without saying.
fn declaring(charset: Charset, text: String) -> String {
    let declared = match charset {
        Charset::Latin1 => "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>",
        Charset::Ascii | Charset::LikeAscii => "<?xml version=\"1.0\"?>",
        Charset::Utf8 | Charset::Shifting | Charset::Wide => return text,
    };
    text.strip_prefix(DECLARATION).map(|rest| format!("{declared}{rest}")).unwrap_or(text)
}

/// The text that bytes are, which are UTF-8 if the media type says nothing else; an error if it names an encoding that is not known
/// and that they may be another text in.
pub(super) fn decoded<'b>(
    media_type: Option<&str>,
    body: &'b [u8],
) -> Result<Cow<'b, [u8]>, serde_json::Error> {
    let name = media_type.and_then(|media_type| media::parameter(media_type, "charset"));
    let name = name.unwrap_or_default();
    let is_known = match Charset::called(&name) {
        Charset::Latin1 if !body.is_ascii() => return Ok(Cow::Owned(from_latin1(body).into_bytes())),
        Charset::Utf8 | Charset::Ascii | Charset::Latin1 => true,
        Charset::LikeAscii => body.is_ascii(),
        Charset::Shifting | Charset::Wide => body.is_empty(),
    };
    if is_known { Ok(Cow::Borrowed(body)) } else { Err(unknown(&name)) }
}

/// A document in XML whose declaration says that it is not UTF-8 as UTF-8 (XML 1.0, section 4.3.3). One that is UTF-8 by its bytes is
/// taken for that whatever else it says, but not where ASCII may be something else.
#[allow(dead_code, reason = "a client may have no XML")]
pub(super) fn declared(body: &[u8]) -> Result<Cow<'_, [u8]>, serde_json::Error> {
    let end = body.iter().take(200).position(|byte| *byte == b'>').unwrap_or_default();
    let declaration = String::from_utf8_lossy(&body[..end]);
    let named = declaration.strip_prefix("<?xml").and_then(|rest| rest.split_once("encoding"));
    let name = named.and_then(|(_, rest)| rest.split(['"', '\'']).nth(1)).unwrap_or_default();
    match Charset::called(name) {
        Charset::Latin1 if std::str::from_utf8(body).is_err() => {
            Ok(Cow::Owned(from_latin1(body).into_bytes()))
        }
        Charset::Shifting => Err(unknown(name)),
        Charset::Utf8 | Charset::Ascii | Charset::Latin1 | Charset::LikeAscii | Charset::Wide => {
            Ok(Cow::Borrowed(body))
        }
    }
}

fn unknown(name: &str) -> serde_json::Error {
    let name: String = name.chars().take(LONGEST_SHOWN).filter(|character| !character.is_control()).collect();
    serde::de::Error::custom(format_args!("the text is in `{name}`, and not in UTF-8 or ISO 8859-1"))
}

/// How much of a name that a server made up is shown.
const LONGEST_SHOWN: usize = 40;

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
