//! Answers that are forms (`application/x-www-form-urlencoded`), read as the JSON that their schema describes.
//!
//! A name that comes more than once is a list where the schema has one there, and has its last value where not. An object within a form is
//! JSON, as it is where a form is sent.

use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

use super::decode_error::DecodeError;
use super::error::Error;
use super::media;
use super::response::RawResponse;
use super::{Json, JsonObject, form};

/// How the fields of a form are read.
#[derive(Debug)]
pub struct Fields {
    /// Those of these names.
    pub known: &'static [(&'static str, Shape)],
    /// Any other.
    pub others: Shape,
}

/// What the text of a field is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// JSON if it is that, such as a number, else text.
    Value,
    /// A list, of which each field of the name is one item.
    List(&'static Shape),
}

impl Fields {
    fn shape(&self, name: &str) -> &Shape {
        self.known.iter().find(|(known, _)| *known == name).map_or(&self.others, |(_, shape)| shape)
    }

    fn read(&self, body: &[u8]) -> Result<Json, serde_json::Error> {
        let unfit = |_| serde_json::Error::custom("the form is not UTF-8 text");
        let text = std::str::from_utf8(body).map_err(unfit)?.trim();
        let mut members = JsonObject::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let [name, value] = [name, value].map(decoded);
            let (name, value) = (name.map_err(unfit)?, value.map_err(unfit)?);
            match self.shape(&name) {
                Shape::List(item) => {
                    let list = members.entry(name).or_insert_with(|| Json::Array(Vec::new()));
                    if let Json::Array(items) = list {
                        items.push(item.read(value));
                    }
                }
                single => _ = members.insert(name, single.read(value)),
            }
        }
        Ok(Json::Object(members))
    }
}

impl Shape {
    fn read(&self, text: String) -> Json {
        match self {
            Self::Text => Json::String(text),
            Self::Value | Self::List(_) => serde_json::from_str(&text).unwrap_or(Json::String(text)),
        }
    }
}

/// WHATWG URL, section 5.1, but that what is not UTF-8 is an error.
fn decoded(text: &str) -> Result<String, std::str::Utf8Error> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned)
}

/// A value as a form; empty if it is no object.
pub fn bytes<T: Serialize>(value: &T) -> Vec<u8> {
    let written = serde_json::to_value(value).and_then(|value| form::encode(&value, &[]));
    written.map(String::into_bytes).unwrap_or_default()
}

/// The ends of emitted decode functions for forms.
impl RawResponse {
    /// The body read as a form, unless it came as JSON. Errors say which member does not fit `T`.
    pub fn form<T: DeserializeOwned>(&self, fields: &'static Fields) -> Result<T, DecodeError> {
        if media::said(self.headers()).is_some_and(media::is_json) {
            return self.json();
        }
        let value = fields.read(self.body()).map_err(|reason| self.mismatch(String::new(), reason))?;
        serde_path_to_error::deserialize(value)
            .map_err(|error| self.mismatch(error.path().to_string(), error.into_inner()))
    }

    /// The body read as a form.
    pub fn decode_form<T: DeserializeOwned, E>(self, fields: &'static Fields) -> Result<T, Error<E>> {
        match self.form(fields) {
            Ok(value) => Ok(value),
            Err(source) => Err(self.undecodable(source)),
        }
    }

    /// As [`decode_form`](Self::decode_form), but an empty body counts as an object without members.
    pub fn decode_form_or_empty<T: DeserializeOwned, E>(
        self,
        fields: &'static Fields,
    ) -> Result<T, Error<E>> {
        if self.body().iter().all(u8::is_ascii_whitespace) {
            self.decode_or_empty()
        } else {
            self.decode_form(fields)
        }
    }

    /// A declared error whose body is a form; a body that does not fit is [`Error::Decode`].
    pub fn api_error_form<B: DeserializeOwned, T, E>(
        self,
        fields: &'static Fields,
        variant: fn(B) -> E,
    ) -> Result<T, Error<E>> {
        match self.form(fields) {
            Ok(body) => Err(Error::Api(variant(body), self.meta().clone())),
            Err(source) => Err(self.undecodable(source)),
        }
    }
}
