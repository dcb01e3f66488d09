//! Operations: what can be called, what is sent and what comes back.

use super::{Docs, Pattern, Presence, Server, Type};
use crate::source::Pointer;

/// An operation, by its position in [`Api::operations`](super::Api::operations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub(crate) u32);

impl OperationId {
    /// The id of what is at `position`. There are never as many as an id can count: the reader bounds a document's size.
    pub(crate) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One method of one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where it stands.
    pub pointer: Pointer,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path template as written: `/v1/contacts/{id}`.
    pub path: String,
    /// The template in pieces.
    pub segments: Vec<Segment>,
    /// The first tag.
    pub tag: Option<String>,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// The name the document asks for (`x-name`).
    pub wanted_name: Option<String>,
    /// The document's words.
    pub docs: Docs,
    /// Path parameters in path order first, then the others in document order.
    pub parameters: Vec<Parameter>,
    /// What is sent along.
    pub body: Option<Body>,
    /// What can come back, in document order; at least one success.
    pub responses: Vec<Response>,
    /// Who may call it.
    pub security: Security,
    /// Its servers, where they are other than the API's.
    pub servers: Vec<Server>,
    /// Where its answers hold their items, if it gives them page by page.
    pub paging: Option<Paging>,
    /// Whether it may be repeated, if the document says so.
    pub repeatable: Option<bool>,
}

/// A request method (RFC 9110, section 9; RFC 5789).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HttpMethod {
    /// GET.
    Get,
    /// PUT.
    Put,
    /// POST.
    Post,
    /// DELETE.
    Delete,
    /// OPTIONS.
    Options,
    /// HEAD.
    Head,
    /// PATCH.
    Patch,
    /// TRACE.
    Trace,
}

impl HttpMethod {
    /// All of them.
    pub const ALL: [HttpMethod; 8] = [
        HttpMethod::Get,
        HttpMethod::Put,
        HttpMethod::Post,
        HttpMethod::Delete,
        HttpMethod::Options,
        HttpMethod::Head,
        HttpMethod::Patch,
        HttpMethod::Trace,
    ];

    /// As it is sent: `GET`.
    pub fn as_str(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Put => "PUT",
            HttpMethod::Post => "POST",
            HttpMethod::Delete => "DELETE",
            HttpMethod::Options => "OPTIONS",
            HttpMethod::Head => "HEAD",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Trace => "TRACE",
        }
    }
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text between slashes.
    Literal(String),
    /// `{name}` between slashes.
    Slot(String),
    /// Text with one or more `{name}` in it, between slashes.
    Mixed(String),
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it stands.
    pub pointer: Pointer,
    /// The name on the wire.
    pub name: String,
    /// The name the document asks for (`x-name`).
    pub wanted_name: Option<String>,
    /// Where it is sent.
    pub location: Location,
    /// How a list or an object is written.
    pub style: Style,
    /// Whether it has to be sent.
    pub presence: Presence,
    /// What its value is: a scalar, an enumeration, or a list of those.
    pub ty: Type,
    /// The one value it can have, where the schema allows one only.
    pub constant: Option<String>,
    /// What its value is for.
    pub role: ParameterRole,
    /// The document's words.
    pub docs: Docs,
}

/// What a parameter's value is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ParameterRole {
    /// Nothing the client knows of.
    #[default]
    Value,
    /// The order of a list: one or more of the names in its type, each ascending or descending.
    Sort(SortSyntax),
}

/// How an order is written; `{field}` stands for the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortSyntax {
    /// Least first.
    pub ascending: String,
    /// Greatest first.
    pub descending: String,
    /// Between several.
    pub separator: String,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
}

/// How a list is written (OAS 3.0.4, Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `form` with `explode`: the name repeated.
    Exploded,
    /// `form` or `simple` without `explode`: separated by commas.
    Comma,
    /// `spaceDelimited`.
    Space,
    /// `pipeDelimited`.
    Pipe,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type as the document writes it.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
    /// Whether it has to be sent.
    pub presence: Presence,
    /// The document's words.
    pub docs: Docs,
}

/// How a request body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// As JSON.
    Json(Type),
    /// As JSON that the client puts together from what the caller passes one by one.
    Parts(Vec<BodyPart>),
    /// As `application/x-www-form-urlencoded`.
    Form(Type),
    /// As text.
    Text,
    /// As it is.
    Bytes,
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

/// A declared response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// For which status it is.
    pub status: Status,
    /// `description`.
    pub description: String,
    /// What it carries.
    pub content: Content,
    /// The media type to ask for, if it carries something.
    pub media_type: Option<String>,
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
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Something the document says nothing about; handed over as it comes.
    Undeclared,
}

/// Where the answers of an operation hold their items.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// The members that lead to the list; none if the answer is the list.
    pub steps: Vec<String>,
    /// What an item is.
    pub item: Type,
}

/// Alternatives, of which one has to be fulfilled, each naming schemes that are all sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Security(pub Vec<Vec<Requirement>>);

/// A scheme that an operation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its name.
    pub scheme: String,
    /// The scopes, or roles, that it takes.
    pub scopes: Vec<String>,
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
