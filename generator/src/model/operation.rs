//! Operations: what can be called, what is sent and what comes back.

use super::{
    Body, Docs, FieldStyle, Framing, NamedParts, Presence, Response, ResponseHeader, Server, Type, XmlId,
};
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
    /// The headers that the document declares for what comes back, whatever its status; each name once.
    pub headers: Vec<ResponseHeader>,
    /// Who may call it.
    pub security: Security,
    /// Its servers, where they are other than the API's.
    pub servers: Vec<Server>,
    /// Where its answers hold their items, if it gives them page by page.
    pub paging: Option<Paging>,
    /// Whether it may be repeated, if the document says so.
    pub repeatable: Option<bool>,
}

impl Operation {
    /// What is filled in and called: the path without a query or a fragment that the document has in it.
    pub fn template(&self) -> &str {
        path_template(&self.path)
    }

    /// The different answers of parts with names, in the order of [`NamedParts::at`].
    pub fn named_parts(&self) -> Vec<&NamedParts> {
        let contents = self.responses.iter().flat_map(|response| &response.contents);
        let mut found: Vec<&NamedParts> = Vec::new();
        for known in contents.filter_map(|known| known.content.named_parts()) {
            if found.iter().all(|other| other.at != known.at) {
                found.push(known);
            }
        }
        found
    }
}

/// A path without a query or a fragment in it, which begin outside of braces.
pub(crate) fn path_template(path: &str) -> &str {
    let mut is_inside = false;
    let end = path.find(|next| {
        is_inside = next == '{' || is_inside && next != '}';
        !is_inside && matches!(next, '?' | '#')
    });
    end.map_or(path, |end| &path[..end])
}

/// A request method (RFC 9110, section 9; RFC 5789).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// QUERY (OAS 3.2.0, Path Item Object): as GET, with a body.
    Query,
    /// Any other, as it is sent (OAS 3.2.0, `additionalOperations`).
    Other(String),
}

impl HttpMethod {
    /// Those that have a name here.
    pub const ALL: [HttpMethod; 9] = [
        HttpMethod::Get,
        HttpMethod::Put,
        HttpMethod::Post,
        HttpMethod::Delete,
        HttpMethod::Options,
        HttpMethod::Head,
        HttpMethod::Patch,
        HttpMethod::Trace,
        HttpMethod::Query,
    ];

    /// As it is sent: `GET`.
    pub fn as_str(&self) -> &str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Put => "PUT",
            HttpMethod::Post => "POST",
            HttpMethod::Delete => "DELETE",
            HttpMethod::Options => "OPTIONS",
            HttpMethod::Head => "HEAD",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Trace => "TRACE",
            HttpMethod::Query => "QUERY",
            HttpMethod::Other(name) => name,
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
    /// Where its schema stands, if it has one.
    pub schema: Pointer,
    /// The name on the wire.
    pub name: String,
    /// The name the document asks for (`x-name`).
    pub wanted_name: Option<String>,
    /// Where it is sent.
    pub location: Location,
    /// How its value is written.
    pub written: Written,
    /// Whether it has to be sent.
    pub presence: Presence,
    /// What its value is.
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
    /// As a cookie.
    Cookie,
    /// As the whole query.
    WholeQuery,
}

/// How the value of a parameter is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// In a style.
    Styled(Style),
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As `application/x-www-form-urlencoded`, with the fields that have a style of their own.
    Pairs(Vec<(String, FieldStyle)>),
    /// As XML.
    Xml(XmlId),
    /// As JSON values one after another, each item of the list.
    Items(Framing),
}

/// How a value is written outside of a media type (OAS 3.2, Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Style {
    /// Which of the styles.
    pub name: StyleName,
    /// Whether each item and each member stands for itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub reserved: bool,
}

/// The styles of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StyleName {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    Space,
    /// `pipeDelimited`.
    Pipe,
    /// `deepObject`.
    Deep,
    /// `cookie`.
    Cookie,
}

impl Written {
    /// `form` without `explode`: separated by commas.
    pub(crate) const COMMA: Self = Self::plain(StyleName::Form, false);
    /// `form` with `explode`: the name repeated.
    pub(crate) const REPEATED: Self = Self::plain(StyleName::Form, true);
    /// `simple`.
    pub(crate) const SIMPLE: Self = Self::plain(StyleName::Simple, false);

    const fn plain(name: StyleName, explode: bool) -> Self {
        Self::Styled(Style { name, explode, reserved: false })
    }
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
