//! The text of a value, and which of its characters are percent-encoded.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::super::Json;
use super::super::path::{COMPONENT, push_encoded};
use super::value::Value;
use super::{Place, Spec, Style};

/// The reserved characters of RFC 3986 that may stand in a query without being read as something else: not `#`, `[` and `]`, which
/// its grammar excludes, nor `&` and `+`, which separate pairs and mean a space.
const QUERY: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same of a path, where `/`, `?` and `#` end the value (OAS 3.2, Path Templating).
const SEGMENT: &AsciiSet = &QUERY.add(b'/').add(b'?').remove(b'&').remove(b'+');

/// The same of a cookie, where `;` and `,` end the value (RFC 6265, section 4.1.1).
const COOKIE: &AsciiSet =
    &QUERY.add(b';').add(b',').remove(b'&').remove(b'+').remove(b'#').remove(b'[').remove(b']');

/// What becomes of the characters of a value.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    /// Nothing, as in headers, where percent-encoding means nothing (OAS 3.2, Parameter Object).
    Raw,
    /// Everything but unreserved characters is percent-encoded.
    Percent,
    /// Those in the set are, but for what is percent-encoded already (RFC 6570, section 3.2.3).
    Reserved(&'static AsciiSet),
}

/// What a query has that is a form already: the same, with what a form is made of.
const PAIRS: &AsciiSet = &QUERY.remove(b'&').remove(b'+');

impl Encoding {
    /// Of a form that is text already.
    pub(super) const PAIRS: Self = Self::Reserved(PAIRS);

    pub(super) fn of(spec: &Spec) -> Self {
        match (spec.place, spec.style) {
            (Place::Header, _) | (Place::Cookie, Style::Cookie | Style::Text) => Self::Raw,
            (_, Style::Json | Style::Text | Style::Written(_) | Style::Pairs(_)) => Self::Percent,
            (Place::Path, _) if spec.reserved => Self::Reserved(SEGMENT),
            (Place::Query | Place::WholeQuery, _) if spec.reserved => Self::Reserved(QUERY),
            (Place::Cookie, _) if spec.reserved => Self::Reserved(COOKIE),
            (Place::Path | Place::Query | Place::WholeQuery | Place::Cookie, _) => Self::Percent,
        }
    }

    pub(super) fn push(self, out: &mut String, text: &str) {
        match self {
            Self::Raw => out.push_str(text),
            Self::Percent => out.extend(utf8_percent_encode(text, COMPONENT)),
            Self::Reserved(set) => push_encoded(out, text, set),
        }
    }

    /// Appends the text of a single value; a list or an object is JSON.
    pub(super) fn push_value(self, out: &mut String, value: &Value) {
        let text = text(value);
        match (self, value) {
            (Self::Raw, Value::List(_) | Value::Object(_)) => out.push_str(&ascii(&text)),
            (Self::Raw | Self::Percent | Self::Reserved(_), _) => self.push(out, &text),
        }
    }
}

/// The text of a value: a single one as it is, a list or an object as JSON, `null` as nothing.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Literal(text) | Value::Text(text) => Cow::Borrowed(text),
        Value::List(_) | Value::Object(_) => Cow::Owned(json(value)),
    }
}

/// The value as JSON text.
pub(super) fn json(value: &Value) -> String {
    let mut text = String::new();
    push_json(&mut text, value);
    text
}

/// The items of a list as JSON, each on a line of its own; a value that is no list is the only one.
pub fn lines(value: &Json) -> Result<String, serde_json::Error> {
    let lines: Vec<String> = items(value).iter().map(Json::to_string).collect();
    Ok(lines.join("\n"))
}

/// The same as a JSON text sequence (RFC 7464).
pub fn sequence(value: &Json) -> Result<String, serde_json::Error> {
    let texts: Vec<String> = items(value).iter().map(|item| format!("\u{1e}{item}\n")).collect();
    Ok(texts.concat())
}

fn items(value: &Json) -> &[Json] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// JSON text in ASCII, as a header needs it.
pub(super) fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() && character != '\u{7f}' {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}

fn push_json(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Literal(text) => out.push_str(text),
        Value::Text(text) => push_string(out, text),
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                out.push(if at == 0 { '[' } else { ',' });
                push_json(out, item);
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(members) => {
            for (at, (name, value)) in members.iter().enumerate() {
                out.push(if at == 0 { '{' } else { ',' });
                push_string(out, name);
                out.push(':');
                push_json(out, value);
            }
            out.push_str(if members.is_empty() { "{}" } else { "}" });
        }
    }
}

fn push_string(out: &mut String, text: &str) {
    _ = write!(out, "{}", Json::from(text));
}
