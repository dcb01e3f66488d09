//! Which of the media types that the API's description offers an answer has come in.

use std::cmp::Reverse;

use reqwest::header::CONTENT_TYPE;

use super::HeaderMap;
use super::response::RawResponse;
use super::streamed::Streamed;

impl RawResponse {
    /// The position in `offered` of the media type that the answer says it has: the same, of several the one with the most parameters
    /// that all came, in whatever order and with whatever others; else a range that holds it (`text/*`), else the first.
    pub fn media(&self, offered: &[&str]) -> usize {
        chosen(self.headers(), offered)
    }
}

impl Streamed {
    /// As [`RawResponse::media`].
    pub fn media(&self, offered: &[&str]) -> usize {
        chosen(self.headers(), offered)
    }
}

fn chosen(headers: &HeaderMap, offered: &[&str]) -> usize {
    let Some(came) = said(headers) else { return 0 };
    let (came_essence, came_parameters) = (essence(came), spelled(came));
    // How many parameters of it came, if none is missing.
    let is_there = |parameter: &(String, String)| came_parameters.contains(parameter);
    let fit = |known: &str| {
        let parameters = spelled(known);
        let fits = essence(known) == came_essence && parameters.iter().all(is_there);
        fits.then_some(parameters.len())
    };
    let fitting = offered.iter().enumerate().filter_map(|(at, known)| Some((Reverse(fit(known)?), at)));
    let first = |fits: &dyn Fn(&str) -> bool| offered.iter().position(|known| fits(known));
    let is_family = |known: &str| match essence(known).split_once("/*") {
        Some((family, "")) => came_essence.split('/').next() == Some(family),
        Some(_) | None => false,
    };
    let same = fitting.min().map(|(_, at)| at);
    same.or_else(|| first(&|known| essence(known) == came_essence))
        .or_else(|| first(&is_family))
        .or_else(|| first(&|known| essence(known) == "*/*"))
        .unwrap_or(0)
}

/// The parameters of a media type as they are compared: of `charset` the value's case says nothing either.
fn spelled(media_type: &str) -> Vec<(String, String)> {
    let spelled = parameters(media_type).map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let value = if name == "charset" { value.to_ascii_lowercase() } else { value };
        (name, value)
    });
    spelled.collect()
}

/// The media type that headers say a body has.
pub(super) fn said(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// Whether a media type is JSON (RFC 6839, section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a media type is XML (RFC 7303, section 4.2).
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// A media type in lower case and without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A media type with the boundary that another one has, if it has one.
#[allow(dead_code, reason = "a client may be without a command line")]
pub(super) fn with_boundary_of(other: Option<&str>, media_type: &str) -> String {
    let boundary = other.and_then(|other| other.split_once("; boundary=")).map(|(_, boundary)| boundary);
    boundary.map_or_else(|| media_type.to_owned(), |boundary| bounded(media_type, boundary))
}

/// A media type with this boundary, in place of one that the API's description has.
#[allow(dead_code, reason = "a client may send no parts")]
pub(super) fn bounded(media_type: &str, boundary: &str) -> String {
    let is_other = |parameter: &&str| !parameter.trim_start().to_ascii_lowercase().starts_with("boundary=");
    let kept: Vec<&str> = media_type.split(';').filter(is_other).collect();
    format!("{}; boundary={boundary}", kept.join(";"))
}

/// A parameter of a header's value, by its name.
pub(super) fn parameter(text: &str, wanted: &str) -> Option<String> {
    parameters(text).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}

/// The parameters of a header's value: `name=value`, or `name="value"` with `\` before what is meant as it is.
fn parameters(text: &str) -> impl Iterator<Item = (&str, String)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest[rest.find(';')? + 1..].trim_start();
            let end = rest.find(['=', ';'])?;
            let (name, behind) = (rest[..end].trim(), &rest[end..]);
            rest = behind;
            if let Some(value) = behind.strip_prefix('=') {
                let (value, behind) = value_of(value.trim_start());
                rest = behind;
                return Some((name, value));
            }
        }
    })
}

/// A value, quoted or not, and what stands behind it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim_end().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            // Only these two are escaped: Internet Explorer sent whole paths, in which `\` is itself.
            '\\' if quoted[at + 1..].starts_with(['"', '\\']) => {
                value.extend(characters.next().map(|(_, escaped)| escaped));
            }
            other => value.push(other),
        }
    }
    (value, "")
}
