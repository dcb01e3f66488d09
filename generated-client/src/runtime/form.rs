//! Bodies of type `application/x-www-form-urlencoded`, and the values of forms in general.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::number::Number;
use super::path::push_encoded;

/// The application/x-www-form-urlencoded percent-encode set of the WHATWG URL standard, without the space.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b' ').remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// The same without the reserved characters of RFC 3986, section 2.2, but for those that a form is made of: `&` and `+`.
const KEEPING: &AsciiSet = &FORM
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What writes a value as text.
pub(super) type Write = fn(&Value) -> Result<String, serde_json::Error>;

/// A field of a form that is not written by the type of its value alone.
#[derive(Clone, Copy, Debug)]
pub struct FormField {
    /// Its name.
    pub name: &'static str,
    /// How its value is written.
    pub style: FormStyle,
}

/// How the value of a form's field is written (OAS 3.1.1, Encoding Object).
///
/// Without a style it goes by the type: a text, a number and a flag are themselves, an object is JSON, and a list is a field for
/// each item.
#[derive(Clone, Copy, Debug)]
pub enum FormStyle {
    /// As JSON; a list is a field for each item.
    Json,
    /// As the text that it is, which is JSON already; a list is a field for each item.
    Text,
    /// As the text that this makes of it, such as XML or a form in itself; a list is a field for each item.
    Written(Write),
    /// `form` with `explode`: a field for each item, or for each member by its own name.
    Exploded(Reserved),
    /// `form` without `explode`: `name=a,b`, `name=key,value`.
    Comma(Reserved),
    /// `spaceDelimited`: `name=a%20b`.
    Space(Reserved),
    /// `pipeDelimited`: `name=a%7Cb`.
    Pipe(Reserved),
    /// `deepObject`: `name[key]=value`, and so on inside; an item of a list has its position for a key.
    Deep(Reserved),
}

/// Whether reserved characters are percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// They are.
    Encoded,
    /// They stay as they are, and so does what is percent-encoded already, but for `&` and `+`, which would say something else in a form
    /// (`allowReserved`).
    Kept,
}

/// A field of a form: its name, and the pieces of its value with what is between them.
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) pieces: Vec<String>,
    pub(super) separator: &'static str,
}

/// Writes an object as a form; members that are `null` are left out.
///
/// Errors if `value` is not an object.
pub fn encode(value: &Value, fields: &[FormField]) -> Result<String, serde_json::Error> {
    let Value::Object(members) = value else {
        return Err(serde::ser::Error::custom("a form is written from an object"));
    };
    let mut form = String::new();
    for (name, value) in members {
        push(&mut form, name, value, fields)?;
    }
    Ok(form)
}

/// Writes one more member of an object to a form.
pub(super) fn push(
    form: &mut String,
    name: &str,
    value: &Value,
    fields: &[FormField],
) -> Result<(), serde_json::Error> {
    let style = fields.iter().find(|field| field.name == name).map(|field| field.style);
    let keeps = style.and_then(FormStyle::reserved) == Some(Reserved::Kept);
    let written = if keeps { kept } else { encoded };
    for pair in pairs(name, value, style)? {
        let separator = match pair.separator {
            " " => "%20",
            "|" => "%7C",
            other => other,
        };
        let pieces: Vec<String> = pair.pieces.iter().map(|piece| written(piece)).collect();
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(&encoded(&pair.name));
        form.push('=');
        form.push_str(&pieces.join(separator));
    }
    Ok(())
}

/// The fields that the value of one member becomes. Errors are those of [`FormStyle::Written`].
pub(super) fn pairs(
    name: &str,
    value: &Value,
    style: Option<FormStyle>,
) -> Result<Vec<Pair>, serde_json::Error> {
    let Some(FormStyle::Written(write)) = style else { return Ok(plain_pairs(name, value, style)) };
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let there = items.iter().filter(|item| !item.is_null());
    there.map(|item| Ok(one(name, write(item)?))).collect()
}

fn one(name: &str, text: String) -> Pair {
    Pair { name: name.to_owned(), pieces: vec![text], separator: "" }
}

fn plain_pairs(name: &str, value: &Value, style: Option<FormStyle>) -> Vec<Pair> {
    match (style, value) {
        (_, Value::Null) => Vec::new(),
        (Some(FormStyle::Deep(_)), _) => deep(name, value),
        (Some(FormStyle::Exploded(_)), Value::Object(members)) => {
            let there = members.iter().filter(|(_, value)| !value.is_null());
            there.map(|(key, value)| one(key, text(value))).collect()
        }
        (
            Some(FormStyle::Comma(_) | FormStyle::Space(_) | FormStyle::Pipe(_)),
            Value::Array(_) | Value::Object(_),
        ) => {
            let pieces = pieces(value);
            let separator = style.map_or("", FormStyle::separator);
            if pieces.is_empty() {
                Vec::new()
            } else {
                vec![Pair { name: name.to_owned(), pieces, separator }]
            }
        }
        (_, Value::Array(items)) => {
            let there = items.iter().filter(|item| !item.is_null());
            there.map(|item| one(name, text_in(style, item))).collect()
        }
        (Some(FormStyle::Json), _) => vec![one(name, json(value))],
        (_, _) => vec![one(name, text(value))],
    }
}

fn deep(name: &str, value: &Value) -> Vec<Pair> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) => {
            members.iter().flat_map(|(key, value)| deep(&format!("{name}[{key}]"), value)).collect()
        }
        Value::Array(items) => {
            let keyed = items.iter().enumerate();
            keyed.flat_map(|(index, item)| deep(&format!("{name}[{index}]"), item)).collect()
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            vec![one(name, text(value))]
        }
    }
}

/// The items of a list, or the members of an object one after another: key, value, key, value.
fn pieces(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).map(text).collect(),
        Value::Object(members) => {
            let there = members.iter().filter(|(_, value)| !value.is_null());
            there.flat_map(|(key, value)| [key.clone(), text(value)]).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![text(value)],
    }
}

fn text_in(style: Option<FormStyle>, value: &Value) -> String {
    if matches!(style, Some(FormStyle::Json)) { json(value) } else { text(value) }
}

/// JSON, with numbers as they are where they are text.
pub(super) fn json(value: &Value) -> String {
    if value.is_string() { value.to_string() } else { text(value) }
}

/// The text of a single value; of a list or an object, its JSON.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => decimal(number),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

impl FormStyle {
    fn reserved(self) -> Option<Reserved> {
        match self {
            Self::Json | Self::Text | Self::Written(_) => None,
            Self::Exploded(reserved)
            | Self::Comma(reserved)
            | Self::Space(reserved)
            | Self::Pipe(reserved)
            | Self::Deep(reserved) => Some(reserved),
        }
    }

    fn separator(self) -> &'static str {
        match self {
            Self::Comma(_) => ",",
            Self::Space(_) => " ",
            Self::Pipe(_) => "|",
            Self::Json | Self::Text | Self::Written(_) | Self::Exploded(_) | Self::Deep(_) => "",
        }
    }
}

fn decimal(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => Number::from(float).to_string(),
        _ => number.to_string(),
    }
}

/// A name or value as it stands in a form.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// A value as it stands there with those reserved characters that can be, and with what is percent-encoded already.
fn kept(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    push_encoded(&mut kept, text, KEEPING);
    kept.replace(' ', "+")
}

/// A text as it may stand in a form: with all reserved characters encoded, and with those kept that can be.
#[allow(dead_code, reason = "a client may be without a command line")]
pub(super) fn spellings(text: &str) -> [String; 2] {
    [encoded(text), kept(text)]
}
