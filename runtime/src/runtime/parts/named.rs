//! Parts by their names, as the API's description has them.

use serde::de::{DeserializeOwned, Error as _};

use super::super::{DecodeError, Error, Json, Meta, RawResponse};
use super::split::{Splitter, Step};
use super::{Part, fault};

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

/// The parts of an answer that have not been taken yet.
#[derive(Debug)]
pub struct Named {
    meta: Meta,
    parts: Vec<(String, Part)>,
}

impl Named {
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
        if part.is_json() && part.body().trim_ascii() == b"null" {
            return Ok(None);
        }
        self.decoded(name, &part, shape).map(Some)
    }

    /// All parts of this name, each an item; one that is a JSON array is all of them.
    pub fn list<T: DeserializeOwned>(&mut self, name: &str, shape: Shape) -> Result<Vec<T>, DecodeError> {
        let parts = self.files(name);
        if let [only] = parts.as_slice()
            && only.is_json()
            && only.body().trim_ascii_start().starts_with(b"[")
            && let Ok(all) = only.json()
        {
            return Ok(all);
        }
        parts.iter().map(|part| self.decoded(name, part, shape)).collect()
    }

    /// The part of this name as it is; an error without one.
    pub fn file(&mut self, name: &str) -> Result<Part, DecodeError> {
        self.optional_file(name).ok_or_else(|| {
            let reason = serde_json::Error::custom(format_args!("the part `{name}` is missing"));
            DecodeError::new(self.meta.headers(), String::new(), reason)
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
        let failed = |path: String, reason| DecodeError::new(self.meta.headers(), path, reason);
        let value = json(part, shape).map_err(|reason| failed(name.to_owned(), reason))?;
        serde_path_to_error::deserialize(value).map_err(|error| {
            let path = error.path().to_string();
            let place = if path == "." { name.to_owned() } else { format!("{name}.{path}") };
            failed(place, error.into_inner())
        })
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

/// Calls the first parts by the names of `known`.
fn in_order(parts: &mut [(String, Part)], known: &[&str]) {
    for (at, (name, _)) in parts.iter_mut().enumerate() {
        known.get(at).copied().unwrap_or_default().clone_into(name);
    }
}

impl RawResponse {
    /// The body read as parts that have the names of `known`. Where no part has a name, they are those in order.
    pub fn decode_parts<T, E>(
        self,
        known: &[&str],
        read: fn(&mut Named) -> Result<T, DecodeError>,
    ) -> Result<T, Error<E>> {
        let named = self.named(|parts| {
            if parts.iter().all(|(name, _)| name.is_empty()) {
                in_order(parts, known);
            }
        });
        named.and_then(|mut named| read(&mut named)).map_err(|source| self.undecodable(source))
    }

    /// The same of parts that are told apart by their order, whatever they say they are called.
    pub fn decode_parts_in_order<T, E>(
        self,
        known: &[&str],
        read: fn(&mut Named) -> Result<T, DecodeError>,
    ) -> Result<T, Error<E>> {
        let named = self.named(|parts| in_order(parts, known));
        named.and_then(|mut named| read(&mut named)).map_err(|source| self.undecodable(source))
    }

    fn named(&self, name: impl FnOnce(&mut [(String, Part)])) -> Result<Named, DecodeError> {
        let mut split = Splitter::new(self.meta().text("content-type"));
        split.push(self.body());
        let mut parts = Vec::new();
        loop {
            match split.next(true) {
                Step::Part(part) => parts.push((part.name().unwrap_or_default(), part)),
                Step::End => break,
                Step::More => return Err(fault(self.meta(), "the parts do not end")),
                Step::Fault(fault) => return Err(self::fault(self.meta(), fault)),
            }
        }
        name(&mut parts);
        Ok(Named { meta: self.meta().clone(), parts })
    }
}
