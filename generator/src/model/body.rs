//! Request bodies: what can be sent along, in which media types.

use std::ops::Deref;

use super::{Docs, Pattern, Presence, Type, XmlId};
use crate::source::Pointer;

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Whether it has to be sent.
    pub presence: Presence,
    /// The document's words.
    pub docs: Docs,
    /// The media types it is offered in, in document order; at least one. [`BodyKind::Parts`] is always alone.
    pub media: Vec<BodyMedia>,
}

/// One of the media types of a [`Body`].
#[derive(Debug, Clone, PartialEq)]
pub struct BodyMedia {
    /// Where it stands.
    pub pointer: Pointer,
    /// As the document writes it.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
}

/// How a request body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// As JSON.
    Json(Type),
    /// As JSON that the client puts together from what the caller passes one by one.
    Parts(Vec<BodyPart>),
    /// As `application/x-www-form-urlencoded`.
    Form(Form),
    /// As `multipart/form-data` or another composite of named parts.
    Multipart(FormParts),
    /// As JSON values one after another, each of this type.
    Lines(Type),
    /// As XML.
    Xml(Type, XmlId),
    /// As text.
    Text,
    /// As it is.
    Bytes,
    /// As it is, in a media type that the caller names; the document gives a range (`image/*`).
    Range,
}

/// A form, and how its fields are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The object whose members are the fields.
    pub ty: Type,
    /// The fields that are not written by the type of their values.
    pub fields: Vec<(String, FieldStyle)>,
}

/// How the value of a form's field, or of a part, is written (OAS 3.1.1, Encoding Object).
#[derive(Debug, Clone, PartialEq)]
pub enum FieldStyle {
    /// As a query parameter of this style would be.
    Query(QueryStyle, Reserved),
    /// As JSON, whatever its type.
    Json,
    /// As the text that it is, which is JSON already.
    Text,
    /// As XML; of a list, each item.
    Xml(XmlId),
    /// As a form in itself, with the fields that have a style of their own; of a list, each item.
    Form(Vec<(String, FieldStyle)>),
}

/// The styles of query parameters (OAS 3.1.1, Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueryStyle {
    /// `form` with `explode`: a pair for each item or member.
    Exploded,
    /// `form` without `explode`: separated by commas.
    Comma,
    /// `spaceDelimited`.
    Space,
    /// `pipeDelimited`.
    Pipe,
    /// `deepObject`: `name[member]`.
    Deep,
}

/// Whether reserved characters are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reserved {
    /// They are.
    Encoded,
    /// They stay as they are (`allowReserved`).
    Kept,
}

/// The parts of a multipart body, or of a part that is one.
#[derive(Debug, Clone, PartialEq)]
pub struct FormParts {
    /// Those that the document describes.
    pub known: Vec<FormPart>,
    /// Whether there can be others.
    pub others: OtherParts,
}

/// Whether there can be parts that the document does not describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherParts {
    /// There can.
    Allowed,
    /// `additionalProperties` or `items` is `false`.
    Forbidden,
}

impl Deref for FormParts {
    type Target = [FormPart];

    fn deref(&self) -> &[FormPart] {
        &self.known
    }
}

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPart {
    /// The name on the wire.
    pub name: String,
    /// Whether it has to be sent.
    pub presence: Presence,
    /// What it holds.
    pub content: PartContent,
    /// The media type that the document gives it.
    pub media_type: Option<String>,
    /// How a value that is no file is written, if not by its type.
    pub style: Option<FieldStyle>,
    /// Headers of its own.
    pub headers: Vec<PartHeader>,
    /// The one value it can have, where the schema allows one only.
    pub constant: Option<String>,
    /// How it is told from others.
    pub place: PartPlace,
    /// The document's words.
    pub docs: Docs,
}

/// How a [`FormPart`] is told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartPlace {
    /// By its name.
    Named,
    /// By its position; its name is the client's.
    At(usize),
    /// It stands for all that follow those with a position.
    Rest,
}

/// What a [`FormPart`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum PartContent {
    /// Text, or JSON if it is an object; a part for each item of a list.
    Value(Type),
    /// Bytes as they are.
    File,
    /// Any number of files, a part for each.
    Files,
    /// Parts of its own.
    Multipart(FormParts),
    /// Any number of parts, each with parts of its own.
    Multiparts(FormParts),
}

/// A header of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartHeader {
    /// Its name.
    pub name: String,
    /// Whether a part of that name has to have it.
    pub presence: Presence,
    /// The document's words.
    pub docs: Docs,
}

/// A piece of a JSON body that the client puts together.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyPart {
    /// The members that lead to it.
    pub path: Vec<String>,
    /// Whether it has to be sent.
    pub presence: Presence,
    /// Whether its value may be null.
    pub nullable: bool,
    /// What stands there.
    pub value: PartValue,
    /// The document's words.
    pub docs: Docs,
}

/// What stands at the place of a [`BodyPart`].
#[derive(Debug, Clone, PartialEq)]
pub enum PartValue {
    /// Always this text.
    Constant(String),
    /// An object, empty but for the parts that come into it.
    Object,
    /// The value of the path parameter of that name.
    PathParameter(String),
    /// What the caller passes.
    Value(Type),
    /// Members whose names follow a pattern.
    Pattern(Pattern),
    /// The identifier of one resource of a type, which the caller names by its id.
    ToOne {
        /// The `type`.
        resource: String,
        /// The id.
        id: Type,
    },
    /// The identifiers of resources of one type, which the caller names by their ids.
    ToMany {
        /// The `type`.
        resource: String,
        /// An id.
        id: Type,
    },
}

impl Body {
    /// The position of the media type that is meant where nobody says: JSON if it is offered, else the first.
    pub fn preferred(&self) -> usize {
        let is_json = |media: &BodyMedia| matches!(media.kind, BodyKind::Json(_) | BodyKind::Parts(_));
        self.media.iter().position(is_json).unwrap_or_default()
    }

    /// The only media type, where the caller has nothing to choose.
    pub fn only(&self) -> Option<&BodyMedia> {
        match self.media.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What the client puts together from what the caller passes one by one; none for any other body.
    pub fn parts(&self) -> &[BodyPart] {
        match self.only().map(|only| &only.kind) {
            Some(BodyKind::Parts(parts)) => parts,
            Some(
                BodyKind::Json(_)
                | BodyKind::Form(_)
                | BodyKind::Multipart(_)
                | BodyKind::Lines(_)
                | BodyKind::Xml(..)
                | BodyKind::Text
                | BodyKind::Bytes
                | BodyKind::Range,
            )
            | None => &[],
        }
    }

    /// Whether the client puts it together.
    pub fn is_in_parts(&self) -> bool {
        matches!(self.only(), Some(BodyMedia { kind: BodyKind::Parts(_), .. }))
    }

    /// The types of all that is sent.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.media.iter().flat_map(|media| media.kind.types())
    }
}

impl BodyKind {
    /// The parts of a composite.
    pub fn multipart(&self) -> Option<&FormParts> {
        match self {
            BodyKind::Multipart(parts) => Some(parts),
            BodyKind::Json(_)
            | BodyKind::Parts(_)
            | BodyKind::Form(_)
            | BodyKind::Lines(_)
            | BodyKind::Xml(..)
            | BodyKind::Text
            | BodyKind::Bytes
            | BodyKind::Range => None,
        }
    }

    /// The types of what is sent.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            BodyKind::Json(ty)
            | BodyKind::Lines(ty)
            | BodyKind::Form(Form { ty, .. })
            | BodyKind::Xml(ty, _) => vec![ty],
            BodyKind::Parts(parts) => parts.iter().filter_map(BodyPart::ty).collect(),
            BodyKind::Multipart(parts) => parts.iter().flat_map(FormPart::types).collect(),
            BodyKind::Text | BodyKind::Bytes | BodyKind::Range => Vec::new(),
        }
    }
}

impl FormPart {
    /// The types of what it and the parts in it hold, but for files.
    pub fn types(&self) -> Vec<&Type> {
        match &self.content {
            PartContent::Value(ty) => vec![ty],
            PartContent::File | PartContent::Files => Vec::new(),
            PartContent::Multipart(inner) | PartContent::Multiparts(inner) => {
                inner.iter().flat_map(FormPart::types).collect()
            }
        }
    }

    /// The parts in it.
    pub fn inner(&self) -> Option<&[FormPart]> {
        match &self.content {
            PartContent::Multipart(inner) | PartContent::Multiparts(inner) => Some(inner),
            PartContent::Value(_) | PartContent::File | PartContent::Files => None,
        }
    }

    /// Whether it is sent by itself.
    pub fn is_constant(&self) -> bool {
        self.constant.is_some() && self.presence == Presence::Required
    }
}

impl BodyPart {
    /// The type of what the caller passes, if the caller passes something.
    pub fn ty(&self) -> Option<&Type> {
        match &self.value {
            PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) => None,
            PartValue::Value(ty) => Some(ty),
            PartValue::Pattern(pattern) => Some(&pattern.ty),
            PartValue::ToOne { id, .. } | PartValue::ToMany { id, .. } => Some(id),
        }
    }
}
