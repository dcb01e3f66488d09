//! Headers of answers as typed values, by what the API's description says of them.
//!
//! A header never costs the answer: one that is not what the description says is kept as it came.

use std::fmt;

use reqwest::header::{HeaderValue, SET_COOKIE};
use serde::de::DeserializeOwned;
use serde_json::Map;

use super::json::text_or;
use super::{Json, Kind, Meta, whole};

/// A header that the API's description declares. `Debug` shows whether it is there, and no value, because that may be a secret.
#[derive(Clone, PartialEq)]
pub enum Header<T> {
    /// It did not come.
    Absent,
    /// It came, and is what the description says.
    Value(T),
    /// It came as something else: its values as they came, one for each line.
    Other(Vec<HeaderValue>),
}

impl<T> Header<T> {
    /// The value, if it came and is what the description says.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Other(_) => None,
        }
    }

    /// The value, if it came and is what the description says.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Other(_) => None,
        }
    }

    /// Whether it did not come.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "Absent",
            Self::Value(_) => "Value(…)",
            Self::Other(_) => "Other(…)",
        })
    }
}

/// How a header is written (OAS 3.1.1, Header Object, and style `simple` of Style Values).
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text as it is.
    Text,
    /// A number or a boolean.
    Value,
    /// A value in JSON of one of these kinds, else text as it is.
    TextOr(&'static [Kind]),
    /// Values with commas between.
    List(&'static Shape),
    /// The same, each as its position says. The last is what any that follows is.
    Tuple(&'static [Shape], &'static Shape),
    /// Names and values with commas between: `a,1,b,2`. The last is what any other member is.
    Members(&'static [(&'static str, Shape)], &'static Shape),
    /// Names and values with an equals sign between: `a=1,b=2`. The last is what any other member is.
    Exploded(&'static [(&'static str, Shape)], &'static Shape),
    /// JSON.
    Json,
}

/// The header `name` of an answer.
pub fn read<T: DeserializeOwned>(meta: &Meta, name: &str, shape: &Shape) -> Header<T> {
    let lines: Vec<&HeaderValue> = meta.headers().get_all(name).iter().collect();
    if lines.is_empty() {
        return Header::Absent;
    }
    let json = texts(&lines).and_then(|texts| {
        if name.eq_ignore_ascii_case(SET_COOKIE.as_str()) {
            cookies(&texts, shape)
        } else {
            // RFC 9110, section 5.3: several lines are one with commas between.
            value(&texts.join(","), shape)
        }
    });
    match json.and_then(|json| serde_json::from_value(json).ok()) {
        Some(value) => Header::Value(value),
        None => Header::Other(lines.into_iter().cloned().collect()),
    }
}

/// The values of `Set-Cookie`, which commas do not divide (RFC 6265, section 3): a list has one for each line, an object a cookie
/// with what follows its name, and a text has them on lines of their own (OAS 3.2, Representing the `Set-Cookie` Header).
fn cookies(lines: &[&str], shape: &Shape) -> Option<Json> {
    match shape {
        Shape::List(item) => {
            lines.iter().map(|line| value(line, item)).collect::<Option<_>>().map(Json::Array)
        }
        Shape::Tuple(first, rest) => tuple(lines.iter().copied(), first, rest),
        Shape::Members(known, others) | Shape::Exploded(known, others) => {
            let pairs: Option<Vec<_>> = lines.iter().map(|line| line.split_once('=')).collect();
            members(pairs?.into_iter(), known, others)
        }
        Shape::Text | Shape::Value | Shape::TextOr(_) | Shape::Json => value(&lines.join("\n"), shape),
    }
}

fn texts<'v>(lines: &[&'v HeaderValue]) -> Option<Vec<&'v str>> {
    lines.iter().map(|line| std::str::from_utf8(line.as_bytes()).ok()).collect()
}

fn value(text: &str, shape: &Shape) -> Option<Json> {
    let text = text.trim();
    match shape {
        Shape::Text => Some(Json::String(text.to_owned())),
        Shape::Value => serde_json::from_str(whole::digits(text).as_deref().unwrap_or(text)).ok(),
        Shape::Json => serde_json::from_str(text).ok(),
        Shape::TextOr(kinds) => Some(text_or(text, kinds)),
        Shape::List(_) | Shape::Tuple(..) if text.is_empty() => Some(Json::Array(Vec::new())),
        Shape::Members(..) | Shape::Exploded(..) if text.is_empty() => Some(Json::Object(Map::new())),
        Shape::List(item) => {
            text.split(',').map(|part| value(part, item)).collect::<Option<_>>().map(Json::Array)
        }
        Shape::Tuple(first, rest) => tuple(text.split(','), first, rest),
        Shape::Members(known, others) => {
            let parts: Vec<&str> = text.split(',').collect();
            let pairs = parts.chunks_exact(2);
            let is_whole = pairs.remainder().is_empty();
            members(pairs.filter_map(|pair| Some((*pair.first()?, *pair.last()?))), known, others)
                .filter(|_| is_whole)
        }
        Shape::Exploded(known, others) => {
            let pairs: Option<Vec<_>> = text.split(',').map(|part| part.split_once('=')).collect();
            members(pairs?.into_iter(), known, others)
        }
    }
}

fn tuple<'t>(parts: impl Iterator<Item = &'t str>, first: &[Shape], rest: &Shape) -> Option<Json> {
    let shapes = first.iter().chain(std::iter::repeat(rest));
    parts.zip(shapes).map(|(part, shape)| value(part, shape)).collect::<Option<_>>().map(Json::Array)
}

fn members<'t>(
    pairs: impl Iterator<Item = (&'t str, &'t str)>,
    known: &[(&str, Shape)],
    others: &Shape,
) -> Option<Json> {
    let member = |(name, text): (&str, &str)| {
        let name = name.trim();
        let shape = known.iter().find(|(known, _)| *known == name).map_or(others, |(_, shape)| shape);
        Some((name.to_owned(), value(text, shape)?))
    };
    pairs.map(member).collect::<Option<_>>().map(Json::Object)
}
