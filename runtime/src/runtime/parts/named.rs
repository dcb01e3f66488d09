//! Parts by their names, as the API's description has them.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, Error as _};

use super::super::pairs::{Claim, Shape, Text};
use super::super::{DecodeError, Error, Json, JsonObject, Meta, RawResponse, charset};
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

/// A value that the API's description names, and what it is if it is neither a file nor has parts of its own.
pub type Known = (&'static str, Option<Shape>);

/// The parts of an answer, or of a part of it, that have not been taken yet.
#[derive(Debug)]
pub struct Named {
    meta: Meta,
    /// The names of the parts that lead to these.
    above: String,
    known: &'static [Known],
    parts: Vec<Piece>,
}

/// A part, and which of the known values it is, or is a piece of.
#[derive(Debug)]
struct Piece {
    of: Option<usize>,
    name: String,
    part: Part,
}

/// What reads the parts that are taken.
type Read<T> = fn(&mut Named) -> Result<T, DecodeError>;

impl Named {
    /// All parts of a body, told apart as `known` says.
    fn of(
        (meta, above): (&Meta, String),
        (content_type, body): (Option<&str>, &[u8]),
        (apart, known): (Apart, &'static [Known]),
    ) -> Result<Self, DecodeError> {
        let parts = split::whole(content_type, body).map_err(|fault| {
            DecodeError::new(meta.headers(), above.clone(), serde_json::Error::custom(fault))
        })?;
        let named = parts.into_iter().map(|part| (part.name().unwrap_or_default(), part));
        let named: Vec<(String, Part)> = named.collect();
        let is_by_name = apart == Apart::ByName && named.iter().any(|(name, _)| !name.is_empty());
        let last = known.len().checked_sub(1).filter(|_| apart == Apart::InOrderWithRest);
        let pieces = named.into_iter().enumerate().map(|(at, (name, part))| {
            if is_by_name {
                let of = owner(known, &name, &part);
                return Piece { of, name, part };
            }
            let of = Some(at).filter(|at| *at < known.len()).or(last);
            let name = of.map_or(name, |of| known[of].0.to_owned());
            Piece { of, name, part }
        });
        Ok(Self { meta: meta.clone(), above, known, parts: pieces.collect() })
    }

    /// The value of this name; an error without a part of it, unless no part is what an empty object is written as.
    pub fn value<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, DecodeError> {
        let is_object = matches!(
            self.shape(name),
            Shape::Object(_) | Shape::Deep(Shape::Object(_)) | Shape::Split(_, Shape::Object(_))
        );
        let empty = || is_object.then(|| Json::Object(JsonObject::new()));
        let value = self.json(name)?.or_else(empty).ok_or_else(|| self.missing(name))?;
        self.typed(name, value)
    }

    /// The value of this name, if a part of it is there.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, DecodeError> {
        let value = self.json(name)?.filter(|value| !value.is_null());
        value.map(|value| self.typed(name, value)).transpose()
    }

    /// A list: all parts of this name, each an item, or what else its shape says; one that is a JSON array is all of it.
    pub fn list<T: DeserializeOwned>(&mut self, name: &str) -> Result<Vec<T>, DecodeError> {
        let Shape::List(item) = self.shape(name) else {
            return Ok(self.optional(name)?.unwrap_or_default());
        };
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
        let items = parts.iter().enumerate().map(|(at, part)| {
            let place = format!("{name}[{at}]");
            let value = json(part, item).map_err(|reason| self.unfit(&place, reason))?;
            self.typed(&place, value)
        });
        items.collect()
    }

    /// The part of this name, which has parts of its own; an error without one.
    pub fn inner<T>(
        &mut self,
        name: &str,
        apart: Apart,
        known: &'static [Known],
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
        known: &'static [Known],
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
        known: &'static [Known],
        read: Read<T>,
    ) -> Result<Vec<T>, DecodeError> {
        let parts = self.files(name);
        let there = parts.iter().filter(|part| !part.is_null()).enumerate();
        there.map(|(at, part)| self.within(&format!("{name}[{at}]"), part, (apart, known), read)).collect()
    }

    fn within<T>(
        &self,
        name: &str,
        part: &Part,
        told: (Apart, &'static [Known]),
        read: Read<T>,
    ) -> Result<T, DecodeError> {
        let above = joined(&self.above, name);
        read(&mut Self::of((&self.meta, above), (part.media_type(), part.body()), told)?)
    }

    /// The part of this name as it is; an error without one.
    pub fn file(&mut self, name: &str) -> Result<Part, DecodeError> {
        self.optional_file(name).ok_or_else(|| self.missing(name))
    }

    /// The part of this name as it is, if it is there.
    pub fn optional_file(&mut self, name: &str) -> Option<Part> {
        let of = self.position(name);
        let at = self.parts.iter().position(|piece| piece.of.is_some() && piece.of == of)?;
        Some(self.parts.remove(at).part)
    }

    /// All parts of this name as they are.
    pub fn files(&mut self, name: &str) -> Vec<Part> {
        self.pieces(name).into_iter().map(|piece| piece.part).collect()
    }

    /// All that have not been taken.
    pub fn rest(&mut self) -> Vec<Part> {
        self.parts.drain(..).map(|piece| piece.part).collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.known.iter().position(|(known, _)| *known == name)
    }

    fn shape(&self, name: &str) -> Shape {
        self.position(name).and_then(|at| self.known[at].1).unwrap_or(Shape::Value)
    }

    fn pieces(&mut self, name: &str) -> Vec<Piece> {
        let of = self.position(name);
        self.parts.extract_if(.., |piece| piece.of.is_some() && piece.of == of).collect()
    }

    /// What the parts of a value say, if there are any: one part, or all pieces of an object or a list that is written so.
    fn json(&mut self, name: &str) -> Result<Option<Json>, DecodeError> {
        let shape = self.shape(name);
        let read = if shape.is_in_pieces() {
            whole(name, &self.pieces(name), shape)
        } else {
            self.optional_file(name).map(|part| json(&part, &shape)).transpose()
        };
        read.map_err(|reason| self.unfit(name, reason))
    }

    fn typed<T: DeserializeOwned>(&self, name: &str, value: Json) -> Result<T, DecodeError> {
        serde_path_to_error::deserialize(value).map_err(|error| {
            let place = joined(name, &error.path().to_string());
            self.unfit(&place, error.into_inner())
        })
    }

    fn unfit(&self, place: &str, reason: serde_json::Error) -> DecodeError {
        DecodeError::new(self.meta.headers(), joined(&self.above, place), reason)
    }

    fn missing(&self, name: &str) -> DecodeError {
        let reason = serde_json::Error::custom(format_args!("the part `{name}` is missing"));
        DecodeError::new(self.meta.headers(), self.above.clone(), reason)
    }
}

/// Where something is within something else, which may be the whole.
fn joined(outer: &str, inner: &str) -> String {
    match (outer, inner) {
        ("", inner) => inner.to_owned(),
        (outer, ".") => outer.to_owned(),
        (outer, inner) if inner.starts_with('[') => format!("{outer}{inner}"),
        (outer, inner) => format!("{outer}.{inner}"),
    }
}

/// Which of the known values a part is, or is a piece of.
fn owner(known: &[Known], name: &str, part: &Part) -> Option<usize> {
    let claims = known.iter().enumerate().filter_map(|(at, (value, shape))| {
        let claim = match shape {
            Some(shape) => shape.claim(value, name),
            None => (*value == name).then_some(Claim::Name),
        };
        // A file is a member only where that is known.
        let claim = claim.filter(|claim| *claim != Claim::Other || part.file_name().is_none());
        Some((claim?, at))
    });
    claims.min().map(|(_, at)| at)
}

/// What a part says that is a value by itself.
fn json(part: &Part, shape: &Shape) -> Result<Json, serde_json::Error> {
    if part.is_json() && !matches!(shape, Shape::Raw) {
        return serde_json::from_slice(part.body());
    }
    if let Shape::Other(read) = shape {
        return read(&charset::decoded(part.media_type(), part.body())?);
    }
    shape.single(decoded(part)?.into_owned())
}

/// What the pieces of the value called `name` say.
fn whole(name: &str, pieces: &[Piece], shape: Shape) -> Result<Option<Json>, serde_json::Error> {
    if let [only] = pieces
        && only.name == name
        && only.part.is_json()
    {
        return serde_json::from_slice(only.part.body()).map(Some);
    }
    let texts = pieces.iter().map(|piece| Ok((piece.name.clone(), text(&piece.part)?)));
    let texts: Vec<(String, Cow<'_, str>)> = texts.collect::<Result<_, serde_json::Error>>()?;
    shape.read(name, texts.iter().map(|(name, text)| (name.clone(), Text::Plain(text))))
}

/// The text of a part, also of one that is JSON.
fn text(part: &Part) -> Result<Cow<'_, str>, serde_json::Error> {
    let said = if part.is_json() { serde_json::from_slice(part.body()).ok() } else { None };
    said.map_or_else(|| decoded(part), |text: String| Ok(text.into()))
}

/// The text of a part, by the encoding that its media type names.
fn decoded(part: &Part) -> Result<Cow<'_, str>, serde_json::Error> {
    let wrong = |error| serde_json::Error::custom(format_args!("it is not UTF-8 text: {error}"));
    match charset::decoded(part.media_type(), part.body())? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(wrong),
        Cow::Owned(bytes) => {
            String::from_utf8(bytes).map(Cow::Owned).map_err(|error| wrong(error.utf8_error()))
        }
    }
}

impl RawResponse {
    /// The body read as parts that are told apart as `known` says.
    pub fn decode_parts<T, E>(
        self,
        apart: Apart,
        known: &'static [Known],
        read: Read<T>,
    ) -> Result<T, Error<E>> {
        let body = (self.meta().text("content-type"), &self.body()[..]);
        let named = Named::of((self.meta(), String::new()), body, (apart, known));
        named.and_then(|mut named| read(&mut named)).map_err(|source| self.undecodable(source))
    }
}
