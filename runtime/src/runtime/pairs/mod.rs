//! Answers that are forms (`application/x-www-form-urlencoded`), read as the JSON that their schema describes.
//!
//! A name that comes more than once is a list where the schema has one there, and has its last value where not. An object within a form is
//! JSON, as it is where a form is sent, unless the API's description has another style for it.

mod brackets;
mod fields;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::fields::{Claim, Fields, Separator, Shape, Text};
use super::decode_error::DecodeError;
use super::error::Error;
use super::form::{self, FormField};
use super::media;
use super::response::RawResponse;
use super::tree::tree;

/// A value as a form, whose fields are as `fields` says; empty if it is no object.
pub fn bytes<T: Serialize>(value: &T, fields: &[FormField]) -> Vec<u8> {
    let written = tree(value).and_then(|value| form::encode(&value, fields));
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
