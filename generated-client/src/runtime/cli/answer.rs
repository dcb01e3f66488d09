//! What an answer is shown as.

use percent_encoding::percent_decode_str;
use reqwest::header::SET_COOKIE;
use serde::Serialize;

use super::super::{Bytes, HeaderMap, Json, JsonObject, Meta, RawResponse, StatusCode, media};
use super::kept;
use super::stream::Items;

/// A body, typed by the client and made ready to be shown.
#[derive(Debug)]
pub enum Shown {
    /// There is none.
    Nothing,
    /// JSON, or what is shown as JSON.
    Json(Json),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Bytes),
    /// What comes piece by piece.
    Items(Items),
}

/// A value that is shown as JSON.
pub fn json<T: Serialize>(value: T) -> Shown {
    // By way of text: a float of single precision keeps its digits.
    Shown::Json(
        serde_json::to_vec(&value).and_then(|bytes| serde_json::from_slice(&bytes)).unwrap_or_default(),
    )
}

/// An answer without a body.
pub fn nothing((): ()) -> Shown {
    Shown::Nothing
}

/// An answer of text.
pub fn text(text: String) -> Shown {
    Shown::Text(text)
}

/// An answer of bytes.
pub fn bytes(bytes: Bytes) -> Shown {
    Shown::Bytes(bytes)
}

/// A part of an answer: JSON or text where it is that, else its bytes as base64.
pub fn part(headers: &HeaderMap, body: &Bytes) -> Json {
    match untyped(headers, body) {
        Shown::Nothing | Shown::Items(_) => Json::from(""),
        Shown::Json(value) => value,
        Shown::Text(text) => text.into(),
        Shown::Bytes(bytes) => base64(&bytes).into(),
    }
}

/// A value as JSON, such as a member of an answer of several parts.
pub fn member<T: Serialize>(value: &T) -> Json {
    match json(value) {
        Shown::Json(value) => value,
        Shown::Nothing | Shown::Text(_) | Shown::Bytes(_) | Shown::Items(_) => Json::Null,
    }
}

/// An answer of several parts with names.
pub fn parts(members: Vec<(&str, Json)>) -> Shown {
    Shown::Json(self::members(members))
}

/// Parts by their names; one that is not there is left out.
pub fn members(members: Vec<(&str, Json)>) -> Json {
    let there = members.into_iter().filter(|(_, value)| !value.is_null());
    there.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// An answer of which the API's description says nothing.
#[allow(clippy::needless_pass_by_value, reason = "what an operation gives is handed over")]
pub fn raw(response: RawResponse) -> Shown {
    let media_type = media::said(response.headers());
    of_bytes(response.body(), media_type.is_some_and(media::is_json), media_type)
}

/// A body that is not typed, by its media type.
pub(super) fn untyped(headers: &HeaderMap, body: &[u8]) -> Shown {
    let media_type = media::said(headers);
    of_bytes(body, media_type.is_none_or(media::is_json), media_type)
}

fn of_bytes(body: &[u8], may_be_json: bool, media_type: Option<&str>) -> Shown {
    if body.is_empty() {
        return Shown::Nothing;
    }
    if may_be_json && let Ok(json) = serde_json::from_slice(body) {
        return Shown::Json(json);
    }
    let is_binary = media_type.is_some_and(|known| {
        [
            "image/",
            "audio/",
            "video/",
            "font/",
            "application/octet-stream",
            "application/pdf",
            "application/zip",
        ]
        .iter()
        .any(|family| known.starts_with(family))
    });
    match std::str::from_utf8(body) {
        Ok(text) if !is_binary => Shown::Text(text.to_owned()),
        Ok(_) | Err(_) => Shown::Bytes(Bytes::copy_from_slice(body)),
    }
}

/// An answer, ready to be shown.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) shown: Shown,
}

impl Answer {
    /// `shown`, which was read from `body`, with the status and the headers of the answer.
    pub(super) fn of(meta: &Meta, body: &[u8], mut shown: Shown) -> Self {
        if let Shown::Json(value) = &mut shown {
            match serde_json::from_slice(body) {
                Ok(came) => kept::keep(&came, value),
                Err(_) => respell(body, value),
            }
        }
        Self { status: meta.status(), headers: meta.headers().clone(), shown }
    }

    /// The answer as one JSON object.
    pub(super) fn envelope(&self) -> JsonObject {
        envelope(self.status, &self.headers, &self.shown)
    }
}

/// `{"status": …, "headers": {…}, "body": …}`. A header of several lines is one with commas; `set-cookie` is a list of them.
pub(super) fn envelope(status: StatusCode, headers: &HeaderMap, shown: &Shown) -> JsonObject {
    let mut object = JsonObject::new();
    object.insert("status".to_owned(), status.as_u16().into());
    let mut all = JsonObject::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        match all.get_mut(name.as_str()) {
            // RFC 6265, section 3: commas do not divide these.
            Some(Json::Array(known)) => known.push(value.into()),
            None if name == SET_COOKIE => _ = all.insert(name.as_str().to_owned(), vec![value].into()),
            // RFC 9110, section 5.3.
            Some(Json::String(known)) => *known = format!("{known}, {value}"),
            Some(_) | None => _ = all.insert(name.as_str().to_owned(), value.into()),
        }
    }
    object.insert("headers".to_owned(), all.into());
    match shown {
        // What comes piece by piece is gathered by who prints it.
        Shown::Nothing | Shown::Items(_) => {}
        Shown::Json(value) => _ = object.insert("body".to_owned(), value.clone()),
        Shown::Text(text) => _ = object.insert("body".to_owned(), text.as_str().into()),
        Shown::Bytes(bytes) => _ = object.insert("bodyBase64".to_owned(), base64(bytes).into()),
    }
    object
}

/// Spells `shown` as the texts of an answer are that is XML, a form or several parts.
fn respell(body: &[u8], shown: &mut Json) {
    let text = String::from_utf8_lossy(body);
    let decoded: Vec<_> = text
        .split(['&', '='])
        .map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned())
        .collect();
    let texts = text.split(['<', '>', '"', '\'', '\r', '\n']).chain(decoded.iter().map(String::as_str));
    kept::Texts::new(&texts.collect::<Vec<_>>()).respell(shown);
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::Engine as _;

    ::base64::engine::general_purpose::STANDARD.encode(bytes)
}
