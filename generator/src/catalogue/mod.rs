//! The catalogue: every keyword of every object of OpenAPI 3.0, 3.1 and 3.2 and of Swagger 2.0, and what becomes of it.
//!
//! What is in no table is reported by [`survey`], and so is, once for all its places, what says nothing to a client. The guide's page of
//! keywords is [`page`]. Whether each row is true is asked of the whole compiler, keyword by keyword, by `generator/tests/catalogue`.

mod call;
mod page;
mod root;
mod row;
mod schema;
mod survey;

use crate::source::Tree;

pub use page::page;
pub use row::{Fate, Holds, Row, VERSIONS, Versions};
pub use survey::survey;

/// A kind of object (OAS 3.2.0, section 4; OpenAPI Specification 2.0, Schema).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Object {
    /// OpenAPI Object, Swagger Object.
    Document,
    /// Info Object.
    Info,
    /// Contact Object.
    Contact,
    /// License Object.
    License,
    /// Server Object.
    Server,
    /// Server Variable Object.
    ServerVariable,
    /// Components Object.
    Components,
    /// Paths Object.
    Paths,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// External Documentation Object.
    ExternalDocs,
    /// Parameter Object.
    Parameter,
    /// Items Object.
    Items,
    /// Request Body Object.
    RequestBody,
    /// Media Type Object.
    MediaType,
    /// Encoding Object.
    Encoding,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Callback Object.
    Callback,
    /// Example Object.
    Example,
    /// Link Object.
    Link,
    /// Header Object.
    Header,
    /// Tag Object.
    Tag,
    /// Reference Object.
    Reference,
    /// Schema Object.
    Schema,
    /// Discriminator Object.
    Discriminator,
    /// XML Object.
    Xml,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    OAuthFlows,
    /// OAuth Flow Object.
    OAuthFlow,
    /// Security Requirement Object.
    SecurityRequirement,
}

impl Object {
    /// All of them, in the order of the specification.
    pub const ALL: [Object; 31] = [
        Object::Document,
        Object::Info,
        Object::Contact,
        Object::License,
        Object::Server,
        Object::ServerVariable,
        Object::Components,
        Object::Paths,
        Object::PathItem,
        Object::Operation,
        Object::ExternalDocs,
        Object::Parameter,
        Object::Items,
        Object::RequestBody,
        Object::MediaType,
        Object::Encoding,
        Object::Responses,
        Object::Response,
        Object::Callback,
        Object::Example,
        Object::Link,
        Object::Header,
        Object::Tag,
        Object::Reference,
        Object::Schema,
        Object::Discriminator,
        Object::Xml,
        Object::SecurityScheme,
        Object::OAuthFlows,
        Object::OAuthFlow,
        Object::SecurityRequirement,
    ];

    /// Its keywords.
    pub fn rows(self) -> &'static [Row] {
        self.table().1
    }

    /// As a sentence names it: `an operation`.
    pub fn name(self) -> &'static str {
        self.table().0
    }

    fn table(self) -> (&'static str, &'static [Row]) {
        match self {
            Object::Document => ("a document", root::DOCUMENT),
            Object::Info => ("`info`", root::INFO),
            Object::Contact => ("a contact", root::CONTACT),
            Object::License => ("a license", root::LICENSE),
            Object::Server => ("a server", root::SERVER),
            Object::ServerVariable => ("a server variable", root::SERVER_VARIABLE),
            Object::Components => ("`components`", root::COMPONENTS),
            Object::Paths => ("`paths`", call::PATHS),
            Object::PathItem => ("a path item", call::PATH_ITEM),
            Object::Operation => ("an operation", call::OPERATION),
            Object::ExternalDocs => ("`externalDocs`", root::EXTERNAL_DOCS),
            Object::Parameter => ("a parameter", call::PARAMETER),
            Object::Items => ("`items` of a parameter or header", call::ITEMS),
            Object::RequestBody => ("a request body", call::REQUEST_BODY),
            Object::MediaType => ("a media type", call::MEDIA_TYPE),
            Object::Encoding => ("an encoding", call::ENCODING),
            Object::Responses => ("`responses`", call::RESPONSES),
            Object::Response => ("a response", call::RESPONSE),
            Object::Callback => ("a callback", call::CALLBACK),
            Object::Example => ("an example", root::EXAMPLE),
            Object::Link => ("a link", call::LINK),
            Object::Header => ("a header", call::HEADER),
            Object::Tag => ("a tag", root::TAG),
            Object::Reference => ("a reference", root::REFERENCE),
            Object::Schema => ("a schema", schema::SCHEMA),
            Object::Discriminator => ("a discriminator", schema::DISCRIMINATOR),
            Object::Xml => ("`xml`", schema::XML),
            Object::SecurityScheme => ("a security scheme", root::SECURITY_SCHEME),
            Object::OAuthFlows => ("`flows`", root::FLOWS),
            Object::OAuthFlow => ("a flow", root::FLOW),
            Object::SecurityRequirement => ("a security requirement", root::SECURITY_REQUIREMENT),
        }
    }

    /// What is known of a keyword in versions of an edition.
    pub fn row(self, keyword: &str, edition: Edition) -> Option<&'static Row> {
        let is_there = |row: &&Row| row.versions.meet(edition.versions());
        let mut rows = self.rows().iter().filter(is_there);
        rows.find(|row| row.keyword == keyword || row.is_free())
    }

    /// Whether a `$ref` may stand in its place, beside which nothing counts.
    fn may_be_referred_to(self) -> bool {
        match self {
            Object::Parameter
            | Object::RequestBody
            | Object::MediaType
            | Object::Response
            | Object::Callback
            | Object::Example
            | Object::Link
            | Object::Header
            | Object::SecurityScheme => true,
            Object::Document
            | Object::Info
            | Object::Contact
            | Object::License
            | Object::Server
            | Object::ServerVariable
            | Object::Components
            | Object::Paths
            | Object::PathItem
            | Object::Operation
            | Object::ExternalDocs
            | Object::Items
            | Object::Encoding
            | Object::Responses
            | Object::Tag
            | Object::Reference
            | Object::Schema
            | Object::Discriminator
            | Object::Xml
            | Object::OAuthFlows
            | Object::OAuthFlow
            | Object::SecurityRequirement => false,
        }
    }
}

/// What the tables differ by most: up to Swagger 2.0, or since. A keyword of a later version of OpenAPI 3 is understood in an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// Swagger 2.0.
    Two,
    /// OpenAPI 3.
    Three,
}

impl Edition {
    /// That of a document; none if it is of a version that is not understood.
    pub fn of(document: &Tree) -> Option<Self> {
        let version = |key| document.get(key).and_then(Tree::scalar_text);
        if document.get("swagger").is_some() {
            let is_two = version("swagger").is_some_and(|version| version == "2.0" || version == "2");
            return is_two.then_some(Edition::Two);
        }
        let version = version("openapi")?;
        let mut parts = version.split('.');
        let is_three = parts.next() == Some("3") && matches!(parts.next(), Some("0" | "1" | "2"));
        is_three.then_some(Edition::Three)
    }

    fn versions(self) -> Versions {
        match self {
            Edition::Two => Versions::TWO,
            Edition::Three => Versions::THREE,
        }
    }

    fn other(self) -> Self {
        match self {
            Edition::Two => Edition::Three,
            Edition::Three => Edition::Two,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Edition::Two => "Swagger 2.0",
            Edition::Three => "OpenAPI 3",
        }
    }
}
