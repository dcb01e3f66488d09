//! The intermediate model: what the API offers, in plain data.
//!
//! No OpenAPI words beyond those that are HTTP's and JSON's own, and no Rust syntax. `lower` builds it, `analyze` and
//! `name` look things up in it, `emit` writes it out.

mod body;
mod foreign;
mod json_kind;
mod link;
mod object;
mod operation;
mod origin;
mod response;
mod rule;
mod scalar;
mod scheme;
mod server;
mod singular;
mod types;
mod xml;

pub use body::{
    Body, BodyKind, BodyMedia, BodyPart, FieldStyle, Form, FormPart, FormParts, OtherParts, PartContent,
    PartHeader, PartPlace, PartValue, QueryStyle, Reserved,
};
pub use foreign::{Foreign, ForeignId, TypeChoices};
pub use json_kind::JsonKind;
pub use link::{Given, GivenValue, Link};
pub use object::{Member, MemberDirection, MembersBy, Object, Pattern, PatternKeys, Presence, Reading};
pub(crate) use operation::path_template;
pub use operation::{
    HttpMethod, Location, Operation, OperationId, Paging, Parameter, ParameterRole, Requirement, Security,
    Segment, SortSyntax, Style, StyleName, Written,
};
pub use origin::{ChoiceKind, Origin, Owner, ResourcePart, Role, Step};
pub use response::{
    Content, EventData, Events, Framing, HeaderStyle, NamedParts, Response, ResponseContent, ResponseHeader,
    Status,
};
pub use scalar::{
    DateTimeLibrary, DecimalLibrary, DurationLibrary, Integer, IpLibrary, Libraries, Scalar, Special,
    UuidLibrary,
};
pub use scheme::{Flow, Scheme, SchemeKind, TokenFlows, TokenPlace};
pub use server::{Server, ServerVariable};
pub use singular::singular;
pub use types::{
    DataForm, EnumValues, Enumeration, Id, JsonApi, Membership, Shape, Tag, Type, TypeDef, TypeId, Union,
    Untyped, Variant,
};

pub use rule::{
    CallRules, Comparison, Measure, ParameterRules, Quantity, Restriction, Rule, Rules, RulesId, SharedRules,
    TextForm,
};
pub use xml::{XmlId, XmlKind, XmlMember, XmlName, XmlNode, XmlText, XmlValue};

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::source::Pointer;

/// An API: everything the client can be made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// Title, version and description.
    pub info: Info,
    /// The servers, the default first; those whose address is not absolute come last.
    pub servers: Vec<Server>,
    /// How callers can identify themselves.
    pub schemes: Vec<Scheme>,
    /// Types that are not the client's own. [`ForeignId`] is the position.
    pub foreign: Vec<Foreign>,
    /// Whose types stand for single values.
    pub libraries: Libraries,
    /// Tags with their descriptions, in document order.
    pub tags: Vec<TagInfo>,
    /// What can be called, in document order. [`OperationId`] is the position.
    pub operations: Vec<Operation>,
    /// What the API sends by itself, in document order.
    pub webhooks: Vec<Webhook>,
    /// What it sends to addresses that it was given in calls, in document order.
    pub callbacks: Vec<Callback>,
    /// Which operations can follow on which answers, in document order.
    pub links: Vec<Link>,
    /// How bodies and the objects in them stand in XML. [`XmlId`] is the position.
    pub xml: Vec<XmlNode>,
    /// What the values that are sent are held to.
    pub rules: Rules,
    /// Operations that are in the document and not in the client.
    pub left_out: Vec<LeftOut>,
    /// Whether the client has only some of the document's operations, and of the components only what they use.
    pub is_selection: bool,
    /// Sets of components that the document says are the same; they are one type if their shapes are equal.
    pub same: Vec<Vec<TypeId>>,
    /// Components that the client has no use for as a whole: bodies it puts together, documents it has another type for.
    pub taken_apart: BTreeSet<TypeId>,
    /// All types, components first. [`TypeId`] is the position.
    pub types: Vec<TypeDef>,
}

impl Api {
    /// The definition of `id`.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// The ids of all types, in order.
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len()).map(TypeId::at)
    }

    /// The ids of all operations, in document order.
    pub fn operation_ids(&self) -> impl Iterator<Item = OperationId> + use<> {
        (0..self.operations.len()).map(OperationId::at)
    }

    /// The component schema called `name`.
    pub fn component(&self, name: &str) -> Option<TypeId> {
        let is_it =
            |id: &TypeId| matches!(&self.type_def(*id).origin, Origin::Component(known) if known == name);
        self.type_ids().find(is_it)
    }

    /// The structures of JSON:API that answers, what the API sends by itself, and types are or are made of.
    pub fn structures(&self) -> impl Iterator<Item = &JsonApi> {
        let responses = self.operations.iter().flat_map(|operation| &operation.responses);
        let contents = responses.flat_map(|response| &response.contents);
        let answers = contents.flat_map(|content| content.content.types());
        let bodies = self.operations.iter().filter_map(|operation| operation.body.as_ref());
        let sent = bodies.flat_map(Body::types);
        let webhooks = self.received();
        let inner = self.types.iter().flat_map(|definition| definition.shape.types());
        answers.chain(sent).chain(webhooks).chain(inner).filter_map(Type::structure)
    }

    /// The bodies of what the API sends by itself.
    pub fn received(&self) -> impl Iterator<Item = &Type> {
        let webhooks = self.webhooks.iter().map(|webhook| &webhook.body);
        webhooks.chain(self.callbacks.iter().map(|callback| &callback.body))
    }

    /// The scopes of all schemes, each once, with what the document says of them.
    pub fn scopes(&self) -> IndexMap<&str, &str> {
        let mut scopes = IndexMap::new();
        for (name, words) in self.schemes.iter().flat_map(|scheme| &scheme.scopes) {
            scopes.entry(name.as_str()).or_insert(words.as_str());
        }
        scopes
    }

    /// The operation `id`.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.index()]
    }
}

/// Title, version and description of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`, as written.
    pub version: String,
    /// `info.description`, Markdown.
    pub description: Option<String>,
}

/// A tag of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagInfo {
    /// As operations refer to it.
    pub name: String,
    /// A few words.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The position of the tag that it is a part of.
    pub parent: Option<usize>,
}

impl TagInfo {
    /// What people call it.
    pub fn title(&self) -> &str {
        self.summary.as_deref().filter(|summary| !summary.trim().is_empty()).unwrap_or(&self.name)
    }
}

/// A request that the API sends by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// What the document calls it.
    pub name: String,
    /// Its JSON body.
    pub body: Type,
}

/// A request that the API sends to an address that it was given in a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// What the document calls it.
    pub name: String,
    /// The operation in whose call the address is given.
    pub operation: Pointer,
    /// The runtime expression that says where the address is.
    pub expression: String,
    /// `POST`.
    pub method: String,
    /// One line.
    pub summary: Option<String>,
    /// Its JSON body.
    pub body: Type,
}

/// Text of the document about one thing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// What it says of the values, if anything.
    pub values: Option<Box<Values>>,
}

/// What the document says of the values of one thing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// What it holds them to.
    pub restrictions: Vec<Restriction>,
    /// What it holds the items of a list to.
    pub of_items: Vec<Restriction>,
    /// What is taken where there is none, as the document writes it.
    pub default: Option<String>,
}

/// An operation that is not in the client, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// `POST /v1/uploads`.
    pub operation: String,
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// The diagnostic that tells why.
    pub code: crate::diag::Code,
}
