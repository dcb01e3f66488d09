//! Parts by their names, as the API's description has them.

use serde::de::{DeserializeOwned, Error as _};

use super::super::{DecodeError, Error, Json, Meta, RawResponse};
use super::{Part, split};

/// How parts are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// By their names; where none has one, by their order.
    ByName,
    /// By their order, whatever they say they are called.
    InOrder,
    /// The same, and all that follow are what the last is.
    InOrderWithRest,
}

/// What a part that is no file holds, where its own media type is not JSON.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// JSON if it is that, such as a number, else text.
    Value,
    /// What this makes JSON of, if it can.
    Other(fn(&[u8]) -> Result<Json, serde_json::Error>),
}

/// The parts of an answer, or of a part of it, that have not been taken yet.
#[derive(Debug)]
pub struct Named {
    meta: Meta,
    /// The names of the parts that lead to these.
    above: String,
    parts: Vec<(String, Part)>,
}

/// What reads the parts that are taken.
type Read<T> = fn(&mut Named) -> Result<T, DecodeError>;

impl Named {
    /// All parts of a body, called as `known` says.
    fn of(
        (meta, above): (&Meta, String),
        (content_type, body): (Option<&str>, &[u8]),
        (apart, known): (Apart, &[&str]),
    ) -> Result<Self, DecodeError> {
        let parts = split::whole(content_type, body).map_err(|fault| {
            DecodeError::new(meta.headers(), above.clone(), serde_json::Error::custom(fault))
        })?;
        let named = parts.into_iter().map(|part| (part.name().unwrap_or_default(), part));
        let mut parts: Vec<(String, Part)> = named.collect();
        if apart != Apart::ByName || parts.iter().all(|(name, _)| name.is_empty()) {
            let rest = known.last().filter(|_| apart == Apart::InOrderWithRest).copied().unwrap_or_default();
            for (at, (name, _)) in parts.iter_mut().enumerate() {
                known.get(at).copied().unwrap_or(rest).clone_into(name);
            }
        }
        Ok(Self { meta: meta.clone(), above, parts })
    }

    /// The part of this name; an error without one.
    pub fn value<T: DeserializeOwned>(&mut self, name: &str, shape: Shape) -> Result<T, DecodeError> {
        let part = self.file(name)?;
        self.decoded(name, &part, shape)
    }

    /// The part of this name, if it is there.
    pub fn optional<T: DeserializeOwned>(
        &mut self,
        name: &str,
        shape: Shape,
    ) -> Result<Option<T>, DecodeError> {
        let Some(part) = self.optional_file(name) else { return Ok(None) };
        if part.is_null() {
            return Ok(None);
        }
        self.decoded(name, &part, shape).map(Some)
    }

    /// All parts of this name, each an item; one that is a JSON array is all of them.
    pub fn list<T: DeserializeOwned>(&mut self, name: &str, shape: Shape) -> Result<Vec<T>, DecodeError> {
        let mut parts = self.files(name);
        if matches!(parts.as_slice(), [only] if only.is_null()) {
            parts.clear();
        }
        if let [only] = parts.as_slice()
            && only.is_json()
            && only.body().trim_ascii_start().starts_with(b"[")
            && let Ok(all) = only.json()
        {
            return Ok(all);
        }
        parts.iter().map(|part| self.decoded(name, part, shape)).collect()
    }

    /// The part of this name, which has parts of its own; an error without one.
    pub fn inner<T>(
        &mut self,
        name: &str,
        apart: Apart,
        known: &[&str],
        read: Read<T>,
    ) -> Result<T, DecodeError> {
        let part = self.file(name)?;
        self.within(name, &part, (apart, known), read)
    }

    /// The part of this name, which has parts of its own, if it is there.
    pub fn optional_inner<T>(
        &mut self,
        name: &str,
        apart: Apart,
        known: &[&str],
        read: Read<T>,
    ) -> Result<Option<T>, DecodeError> {
        let part = self.optional_file(name).filter(|part| !part.is_null());
        part.map(|part| self.within(name, &part, (apart, known), read)).transpose()
    }

    /// All parts of this name, each with parts of its own.
    pub fn inner_list<T>(
        &mut self,
        name: &str,
        apart: Apart,
        known: &[&str],
        read: Read<T>,
    ) -> Result<Vec<T>, DecodeError> {
        let parts = self.files(name);
        parts
            .iter()
            .filter(|part| !part.is_null())
            .map(|part| self.within(name, part, (apart, known), read))
            .collect()
    }

    fn within<T>(
        &self,
        name: &str,
        part: &Part,
        told: (Apart, &[&str]),
        read: Read<T>,
    ) -> Result<T, DecodeError> {
        let above = joined(&self.above, name);
        read(&mut Self::of((&self.meta, above), (part.media_type(), part.body()), told)?)
    }

    /// The part of this name as it is; an error without one.
    pub fn file(&mut self, name: &str) -> Result<Part, DecodeError> {
        self.optional_file(name).ok_or_else(|| {
            let reason = serde_json::Error::custom(format_args!("the part `{name}` is missing"));
            DecodeError::new(self.meta.headers(), self.above.clone(), reason)
        })
    }

    /// The part of this name as it is, if it is there.
    pub fn optional_file(&mut self, name: &str) -> Option<Part> {
        let at = self.parts.iter().position(|(known, _)| known == name)?;
        Some(self.parts.remove(at).1)
    }

    /// All parts of this name as they are.
    pub fn files(&mut self, name: &str) -> Vec<Part> {
        let taken = self.parts.extract_if(.., |(known, _)| known == name);
        taken.map(|(_, part)| part).collect()
    }

    /// All that have not been taken.
    pub fn rest(&mut self) -> Vec<Part> {
        self.parts.drain(..).map(|(_, part)| part).collect()
    }

    fn decoded<T: DeserializeOwned>(&self, name: &str, part: &Part, shape: Shape) -> Result<T, DecodeError> {
        let place = joined(&self.above, name);
        let failed = |place: String, reason| DecodeError::new(self.meta.headers(), place, reason);
        let value = json(part, shape).map_err(|reason| failed(place.clone(), reason))?;
        serde_path_to_error::deserialize(value).map_err(|error| {
            let path = error.path().to_string();
            failed(joined(&place, &path), error.into_inner())
        })
    }
}

/// Where something is within something else, which may be the whole.
fn joined(outer: &str, inner: &str) -> String {
    match (outer, inner) {
        ("", inner) => inner.to_owned(),
        (outer, ".") => outer.to_owned(),
        (outer, inner) => format!("{outer}.{inner}"),
    }
}

fn json(part: &Part, shape: Shape) -> Result<Json, serde_json::Error> {
    if part.is_json() {
        return serde_json::from_slice(part.body());
    }
    let text = || {
        let text = std::str::from_utf8(part.body());
        let text =
            text.map_err(|error| serde_json::Error::custom(format_args!("it is not UTF-8 text: {error}")));
        text.map(Json::from)
    };
    match shape {
        Shape::Text => text(),
        Shape::Value => serde_json::from_slice(part.body()).or_else(|_| text()),
        Shape::Other(read) => read(part.body()),
    }
}

impl RawResponse {
    /// The body read as parts that have the names of `known`, or come in their order.
    pub fn decode_parts<T, E>(self, apart: Apart, known: &[&str], read: Read<T>) -> Result<T, Error<E>> {
        let body = (self.meta().text("content-type"), &self.body()[..]);
        let named = Named::of((self.meta(), String::new()), body, (apart, known));
        named.and_then(|mut named| read(&mut named)).map_err(|source| self.undecodable(source))
    }
}
