//! Responses: what can come back, by status and by media type.

use super::{Docs, Form, FormPart, Presence, Type, XmlId};

/// A declared response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// For which status it is.
    pub status: Status,
    /// `description`.
    pub description: String,
    /// What it carries, in document order; at least one.
    pub contents: Vec<ResponseContent>,
}

/// What a response carries in one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseContent {
    /// The media type to ask for, if it carries something.
    pub media_type: Option<String>,
    /// How it is read.
    pub content: Content,
}

/// A header of an operation's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    /// Its name.
    pub name: String,
    /// What its value is.
    pub ty: Type,
    /// How its value is written.
    pub style: HeaderStyle,
    /// Whether the document promises it.
    pub presence: Presence,
    /// The document's words.
    pub docs: Docs,
}

/// How the value of a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeaderStyle {
    /// `simple`: an object is `a,1,b,2`.
    Simple,
    /// `simple` with `explode`: an object is `a=1,b=2`.
    Exploded,
    /// JSON.
    Json,
}

/// The status a response is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Exactly this one.
    Code(u16),
    /// `4XX` is 4.
    Range(u16),
    /// Any other.
    Default,
}

impl Status {
    /// Whether it stands for success (2XX).
    pub fn is_success(self) -> bool {
        match self {
            Status::Code(code) => (200..300).contains(&code),
            Status::Range(hundreds) => hundreds == 2,
            Status::Default => false,
        }
    }
}

/// What a response carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// XML.
    Xml(Type, XmlId),
    /// A form (`application/x-www-form-urlencoded`).
    Form(Form),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Events, one after another (`text/event-stream`).
    Events(Events),
    /// JSON values, one after another.
    Items(Framing, Type),
    /// Parts, one after another (`multipart/*`): each is JSON of this type, or as it is.
    Parts(Option<Type>),
    /// Parts that have names.
    NamedParts(NamedParts),
    /// Something the document says nothing about; handed over as it comes.
    Undeclared,
}

/// The parts of an answer, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedParts {
    /// Which of the operation's answers of this kind it is; those with equal parts are one.
    pub at: usize,
    /// The parts.
    pub parts: Vec<FormPart>,
}

/// The events of a stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// What the data of an event is.
    pub data: EventData,
    /// The data of the event that ends the stream, if there is one.
    pub end: Option<String>,
}

/// What the data of an event is.
#[derive(Debug, Clone, PartialEq)]
pub enum EventData {
    /// Text.
    Text,
    /// JSON.
    Json(Type),
    /// What the event's name says: a union that is told apart by it.
    Named(Type),
    /// JSON in some events and text in others.
    Any,
}

/// How JSON values are told apart that stand one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// One on each line (JSON Lines).
    Lines,
    /// Each after a record separator (RFC 7464).
    Sequence,
}

impl Response {
    /// What it carries, if that is the same in all media types.
    pub fn only(&self) -> Option<&Content> {
        let first = &self.contents.first()?.content;
        self.contents.iter().all(|known| known.content == *first).then_some(first)
    }
}

impl Content {
    /// The types of what is read, or of each item of what is read.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Content::Json(ty)
            | Content::Items(_, ty)
            | Content::Parts(Some(ty))
            | Content::Xml(ty, _)
            | Content::Form(Form { ty, .. })
            | Content::Events(Events { data: EventData::Json(ty) | EventData::Named(ty), .. }) => vec![ty],
            Content::NamedParts(named) => named.parts.iter().flat_map(FormPart::types).collect(),
            Content::Empty
            | Content::Text
            | Content::Bytes
            | Content::Events(Events { data: EventData::Text | EventData::Any, .. })
            | Content::Parts(None)
            | Content::Undeclared => Vec::new(),
        }
    }

    /// The parts, where they have names.
    pub fn named_parts(&self) -> Option<&NamedParts> {
        match self {
            Content::NamedParts(named) => Some(named),
            Content::Empty
            | Content::Json(_)
            | Content::Xml(..)
            | Content::Form(_)
            | Content::Text
            | Content::Bytes
            | Content::Events(_)
            | Content::Items(..)
            | Content::Parts(_)
            | Content::Undeclared => None,
        }
    }

    /// Whether it comes piece by piece.
    pub fn is_stream(&self) -> bool {
        match self {
            Content::Events(_) | Content::Items(..) | Content::Parts(_) => true,
            Content::NamedParts(_)
            | Content::Empty
            | Content::Json(_)
            | Content::Xml(..)
            | Content::Form(_)
            | Content::Text
            | Content::Bytes
            | Content::Undeclared => false,
        }
    }
}
