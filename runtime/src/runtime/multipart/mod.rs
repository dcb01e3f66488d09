//! Bodies of several parts: `multipart/form-data` (RFC 7578) and the like.
//!
//! Nothing of a part is in memory that was not given as bytes: the body is read while it is sent. It is sent again only if all
//! parts can be.

pub mod given; // only: cli
mod part;
mod write;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

pub use self::part::{FilePart, Part};
use super::build_error::BuildError;
use super::form::{self, FormStyle};
use super::tree::tree;
use super::{Json, JsonObject, Request, charset, media};

/// How parts are told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartPlace {
    /// By their name.
    Named,
    /// By their position: there is one, and its name is not sent.
    At(usize),
    /// They follow those that have a position, and have no name either.
    Rest,
}

/// How the API's description wants the parts of a name written.
#[derive(Clone, Copy, Debug)]
pub struct PartKind {
    /// The name of the parts.
    pub name: &'static str,
    /// How they are told from others.
    pub place: PartPlace,
    /// The media type, if it goes without saying.
    pub media_type: Option<&'static str>,
    /// How a value is written, if not by its type.
    pub style: Option<FormStyle>,
    /// The headers that each of them has to have.
    pub headers: &'static [&'static str],
}

/// The parts of a body, in the order they were added.
///
/// Emitted types with a setter for each part are made from one; it is of use by itself where the parts are known at run time only.
#[derive(Clone, Default)]
#[must_use]
pub struct Multipart {
    kinds: &'static [PartKind],
    parts: Vec<Part>,
    /// The values that parts were written from.
    values: JsonObject,
    /// Part, header and value.
    headers: Vec<(&'static str, &'static str, String)>,
    error: Option<BuildError>,
}

/// Shows how long parts are, and not what is in them.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart")
            .field("parts", &self.parts)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl Multipart {
    /// No parts yet; `kinds` says how those are written that the API's description names.
    pub fn new(kinds: &'static [PartKind]) -> Self {
        Self { kinds, ..Self::default() }
    }

    /// Adds a part as it is; one of the same name stays.
    ///
    /// Its media type, if it has none, is the one that goes without saying for parts of its name.
    pub fn push(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// Sets the parts of this name to a value: a text, a number or a flag is a part of text, an object is JSON, and a list is a part
    /// for each item.
    pub fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        match tree(value) {
            Ok(value) => {
                self.remove(name);
                self.add(name, &value);
                self.values.insert(name.to_owned(), value);
            }
            Err(error) => self.fail(error),
        }
    }

    /// Sets the part of this name to a file.
    pub fn file(&mut self, name: &str, file: FilePart) {
        self.files(name, vec![file]);
    }

    /// Sets the parts of this name to files.
    pub fn files(&mut self, name: &str, files: Vec<FilePart>) {
        self.remove(name);
        self.values.remove(name);
        self.parts.extend(files.into_iter().map(|file| file.into_part(name)));
    }

    /// Sets the part of this name to one that has parts of its own.
    pub fn nested(&mut self, name: &str, inner: Multipart) {
        self.remove(name);
        let values = self.push_nested(name, inner);
        self.values.insert(name.to_owned(), values);
    }

    /// Sets the parts of this name to such that have parts of their own.
    pub fn nested_list(&mut self, name: &str, inner: Vec<Multipart>) {
        self.remove(name);
        let values = inner.into_iter().map(|inner| self.push_nested(name, inner)).collect();
        self.values.insert(name.to_owned(), Json::Array(values));
    }

    /// Adds a part that has parts of its own; what comes back are the values in it.
    fn push_nested(&mut self, name: &str, mut inner: Multipart) -> Json {
        let values = std::mem::take(&mut inner.values);
        let media_type = self.kind(name).and_then(|kind| kind.media_type).unwrap_or("multipart/mixed");
        match write::body(inner, media_type) {
            Ok((boundary, body)) => {
                let media_type = media::bounded(media_type, &boundary);
                self.parts.push(Part::new(name, body).media_type(media_type));
            }
            Err(error) => _ = self.error.get_or_insert(error),
        }
        Json::Object(values)
    }

    /// Sets a header of all parts of this name.
    pub fn header(&mut self, part: &'static str, name: &'static str, value: &str) {
        self.headers.retain(|known| (known.0, known.1) != (part, name));
        self.headers.push((part, name, value.to_owned()));
    }

    fn remove(&mut self, name: &str) {
        self.parts.retain(|part| part.member() != name);
    }

    /// Adds the parts that a value is written as.
    fn add(&mut self, name: &str, value: &Json) {
        let kind = self.kind(name);
        let style = kind.and_then(|kind| kind.style);
        let is_one = kind.is_some_and(|kind| matches!(kind.place, PartPlace::At(_)));
        let is_json = matches!(style, Some(FormStyle::Json));
        let json = |value: &Json| Part::json(name, form::json(value));
        match (style, value) {
            (_, Json::Null) => {}
            (Some(FormStyle::Written(write)), _) if is_one => match write(value) {
                Ok(text) => self.add_text(name, name, text),
                Err(error) => self.fail(error),
            },
            (_, Json::Array(_)) if is_one => self.parts.push(json(value)),
            (None | Some(FormStyle::Json), Json::Array(items)) => {
                for item in items.iter().filter(|item| !item.is_null()) {
                    if is_json || is_composite(item) {
                        self.parts.push(json(item));
                    } else {
                        self.add_text(name, name, form::text(item));
                    }
                }
            }
            (None, Json::Object(_)) | (Some(FormStyle::Json), _) => self.parts.push(json(value)),
            (_, _) => match form::pairs(name, value, style) {
                Ok(pairs) => pairs.into_iter().for_each(|pair| self.add_pair(name, pair)),
                Err(error) => self.fail(error),
            },
        }
    }

    /// Adds a part by the name of a pair. Nothing is escaped in a part, so that what separates values cannot be in one.
    fn add_pair(&mut self, member: &str, pair: form::Pair) {
        let form::Pair { name, pieces, separator } = pair;
        if !separator.is_empty() && pieces.iter().any(|piece| piece.contains(separator)) {
            let reason = "one of its values has in it what separates them";
            self.error.get_or_insert(BuildError::Parameter { name: member.to_owned(), reason });
        }
        self.add_text(member, &name, pieces.join(separator));
    }

    /// Adds a part of text, in the encoding that its media type names.
    fn add_text(&mut self, member: &str, name: &str, text: String) {
        let media_type = self.kind(member).and_then(|kind| kind.media_type).unwrap_or_default();
        if let Some(bytes) = charset::encoded(media_type, text) {
            self.parts.push(Part::new(name, bytes).of(member));
            return;
        }
        let reason = "it has a character that the encoding of its media type does not have";
        self.error.get_or_insert(BuildError::Parameter { name: member.to_owned(), reason });
    }

    fn fail(&mut self, error: serde_json::Error) {
        let _ = self.error.get_or_insert(BuildError::Body(Arc::new(error)));
    }

    fn kind(&self, name: &str) -> Option<&'static PartKind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}

fn is_composite(value: &Json) -> bool {
    matches!(value, Json::Array(_) | Json::Object(_))
}

impl Request<'_> {
    /// Sets the body to several parts.
    pub fn multipart(&mut self, media_type: &str, mut parts: Multipart) {
        let values = std::mem::take(&mut parts.values);
        match write::body(parts, media_type) {
            Ok((boundary, body)) => {
                self.upload(&media::bounded(media_type, &boundary), body);
                self.keep_body(|| Json::Object(values));
            }
            Err(error) => self.refuse(error),
        }
    }
}
