//! Which objects of OpenAPI stand in which, so that a `$ref` is told from a member that happens to be called so.

use crate::catalogue::Edition;
use crate::source::{Map, Tree};

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Header,
    MediaType,
    Encoding,
    Callback,
    SecurityScheme,
    SecurityRequirement,
    Schema,
    /// Anything in which no reference stands.
    Plain,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    One(Kind),
    List(Kind),
    Map(Kind),
    /// `mapping` of a discriminator, which stands one level lower.
    Discriminator,
}

impl Kind {
    /// The kinds that have a home in one edition or the other.
    pub(super) const KEPT: [Kind; 7] = [
        Kind::Schema,
        Kind::Parameter,
        Kind::Body,
        Kind::Response,
        Kind::Header,
        Kind::Callback,
        Kind::SecurityScheme,
    ];

    /// Where such objects are kept to be referred to; none for those that are taken in where they are used.
    pub(super) fn home(self, edition: Edition) -> Option<&'static [&'static str]> {
        match (edition, self) {
            (Edition::Two, Kind::Schema) => Some(&["definitions"]),
            (Edition::Two, Kind::Parameter) => Some(&["parameters"]),
            (Edition::Two, Kind::Response) => Some(&["responses"]),
            (Edition::Two, Kind::SecurityScheme) => Some(&["securityDefinitions"]),
            (Edition::Three, Kind::Schema) => Some(&["components", "schemas"]),
            (Edition::Three, Kind::Parameter) => Some(&["components", "parameters"]),
            (Edition::Three, Kind::Body) => Some(&["components", "requestBodies"]),
            (Edition::Three, Kind::Response) => Some(&["components", "responses"]),
            (Edition::Three, Kind::Header) => Some(&["components", "headers"]),
            (Edition::Three, Kind::Callback) => Some(&["components", "callbacks"]),
            (Edition::Three, Kind::SecurityScheme) => Some(&["components", "securitySchemes"]),
            (Edition::Two, Kind::Body | Kind::Header | Kind::Callback)
            | (
                _,
                Kind::Document
                | Kind::Components
                | Kind::PathItem
                | Kind::Operation
                | Kind::MediaType
                | Kind::Encoding
                | Kind::SecurityRequirement
                | Kind::Plain,
            ) => None,
        }
    }

    /// Whether OpenAPI lets a `$ref` stand in place of it.
    pub(super) fn may_be_referred_to(self) -> bool {
        match self {
            Kind::PathItem
            | Kind::Parameter
            | Kind::Body
            | Kind::Response
            | Kind::Header
            | Kind::MediaType
            | Kind::Callback
            | Kind::SecurityScheme
            | Kind::Schema => true,
            Kind::Document
            | Kind::Components
            | Kind::Operation
            | Kind::Encoding
            | Kind::SecurityRequirement
            | Kind::Plain => false,
        }
    }

    /// What the member `key` of such an object holds; none if that is data, in which nothing is a reference.
    pub(super) fn slot(self, key: &str) -> Option<Slot> {
        match self {
            Kind::Document => document(key),
            Kind::Components => components(key),
            Kind::PathItem => path_item(key),
            Kind::Operation => operation(key),
            Kind::Parameter | Kind::Header => match key {
                "schema" => Some(Slot::One(Kind::Schema)),
                "content" => Some(Slot::Map(Kind::MediaType)),
                _ => None,
            },
            Kind::Body => (key == "content").then_some(Slot::Map(Kind::MediaType)),
            Kind::Response => match key {
                "schema" => Some(Slot::One(Kind::Schema)),
                "content" => Some(Slot::Map(Kind::MediaType)),
                "headers" => Some(Slot::Map(Kind::Header)),
                _ => None,
            },
            Kind::MediaType => match key {
                "schema" | "itemSchema" => Some(Slot::One(Kind::Schema)),
                "encoding" => Some(Slot::Map(Kind::Encoding)),
                "prefixEncoding" => Some(Slot::List(Kind::Encoding)),
                "itemEncoding" => Some(Slot::One(Kind::Encoding)),
                _ => None,
            },
            Kind::Encoding => (key == "headers").then_some(Slot::Map(Kind::Header)),
            Kind::Callback => (!key.starts_with("x-")).then_some(Slot::One(Kind::PathItem)),
            Kind::Schema => schema(key),
            Kind::SecurityScheme | Kind::SecurityRequirement | Kind::Plain => None,
        }
    }
}

fn document(key: &str) -> Option<Slot> {
    match key {
        "paths" | "webhooks" | "x-webhooks" => Some(Slot::Map(Kind::PathItem)),
        "components" => Some(Slot::One(Kind::Components)),
        "info" => Some(Slot::One(Kind::Plain)),
        "tags" | "servers" => Some(Slot::List(Kind::Plain)),
        "security" => Some(Slot::List(Kind::SecurityRequirement)),
        "definitions" => Some(Slot::Map(Kind::Schema)),
        "parameters" => Some(Slot::Map(Kind::Parameter)),
        "responses" => Some(Slot::Map(Kind::Response)),
        "securityDefinitions" => Some(Slot::Map(Kind::SecurityScheme)),
        _ => None,
    }
}

fn components(key: &str) -> Option<Slot> {
    match key {
        "schemas" => Some(Slot::Map(Kind::Schema)),
        "parameters" => Some(Slot::Map(Kind::Parameter)),
        "requestBodies" => Some(Slot::Map(Kind::Body)),
        "responses" => Some(Slot::Map(Kind::Response)),
        "headers" => Some(Slot::Map(Kind::Header)),
        "callbacks" => Some(Slot::Map(Kind::Callback)),
        "securitySchemes" => Some(Slot::Map(Kind::SecurityScheme)),
        "pathItems" => Some(Slot::Map(Kind::PathItem)),
        "mediaTypes" => Some(Slot::Map(Kind::MediaType)),
        _ => None,
    }
}

fn path_item(key: &str) -> Option<Slot> {
    match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Some(Slot::One(Kind::Operation))
        }
        "additionalOperations" => Some(Slot::Map(Kind::Operation)),
        "parameters" => Some(Slot::List(Kind::Parameter)),
        "servers" => Some(Slot::List(Kind::Plain)),
        _ => None,
    }
}

fn operation(key: &str) -> Option<Slot> {
    match key {
        "parameters" => Some(Slot::List(Kind::Parameter)),
        "requestBody" => Some(Slot::One(Kind::Body)),
        "responses" => Some(Slot::Map(Kind::Response)),
        "callbacks" => Some(Slot::Map(Kind::Callback)),
        "servers" => Some(Slot::List(Kind::Plain)),
        "security" => Some(Slot::List(Kind::SecurityRequirement)),
        _ => None,
    }
}

fn schema(key: &str) -> Option<Slot> {
    match key {
        "properties"
        | "patternProperties"
        | "x-pattern-properties"
        | "$defs"
        | "definitions"
        | "dependentSchemas" => Some(Slot::Map(Kind::Schema)),
        "items"
        | "additionalProperties"
        | "additionalItems"
        | "contentSchema"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Some(Slot::One(Kind::Schema)),
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => Some(Slot::List(Kind::Schema)),
        "discriminator" => Some(Slot::Discriminator),
        _ => None,
    }
}

/// What `map` refers to, if it is a reference.
pub(super) fn reference(map: &Map) -> Option<&str> {
    map.get("$ref").or_else(|| map.get("$dynamicRef")).and_then(Tree::as_str)
}

/// Whether the value of a discriminator's mapping, or what a security requirement names, is a reference and not the name of a component.
pub(super) fn is_address(value: &str) -> bool {
    let ends = [".yaml", ".yml", ".json"];
    value.contains(['/', '#']) || ends.iter().any(|end| value.ends_with(end))
}
