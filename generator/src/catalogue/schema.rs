//! Schemas: JSON Schema, and what OpenAPI adds.

use super::Object;
use super::row::Fate::{Documented, PassedOver, Reported, Used};
use super::row::{Row, Versions, row};

const ALL: Versions = Versions::ALL;
const THREE_0: Versions = Versions::THREE_0;
const THREE: Versions = Versions::THREE;
const LATER: Versions = Versions::LATER;
const LATEST: Versions = Versions::LATEST;

/// What becomes of restrictions.
pub(super) const CHECKED: &str = "documentation, and with the feature `validate` a check of what is sent";

pub(super) const SCHEMA: &[Row] = &[
    row("$ref", ALL, Used, "the type that is referred to"),
    row("title", ALL, Documented, "documentation of the type or member"),
    row("description", ALL, Documented, "documentation of the type or member"),
    row("type", ALL, Used, "the type"),
    row("nullable", THREE_0, Used, "whether null is a value"),
    row("format", ALL, Used, "the type"),
    row("enum", ALL, Used, "the values there are"),
    row("const", LATER, Used, "a value that is sent by itself"),
    row("default", ALL, Documented, "documentation of the type, member or parameter"),
    row("properties", ALL, Used, "the members").map(Object::Schema),
    row("required", ALL, Used, "members that are always there"),
    row("additionalProperties", ALL, Used, "the type of all other members").one(Object::Schema),
    row(
        "patternProperties",
        LATER,
        Used,
        "the type of all other members, where no others are allowed or one pattern fits all names; else JSON values",
    )
    .map(Object::Schema),
    row("items", ALL, Used, "the type of the items").one(Object::Schema),
    row("allOf", ALL, Used, "the members of all parts").list(Object::Schema),
    row("oneOf", THREE, Used, "a choice of types").list(Object::Schema),
    row("anyOf", THREE, Used, "a choice of types").list(Object::Schema),
    row("not", THREE, Reported, "the server checks it").one(Object::Schema),
    row("if", LATER, Reported, "the server checks it").one(Object::Schema),
    row("then", LATER, Reported, "its members may be there or not; the server checks it").one(Object::Schema),
    row("else", LATER, Reported, "its members may be there or not; the server checks it").one(Object::Schema),
    row("discriminator", ALL, Used, "how a choice of types is told apart").one(Object::Discriminator),
    row("readOnly", ALL, Used, "a member that is not sent"),
    row("writeOnly", THREE, Used, "a member that is not read"),
    row("deprecated", THREE, Used, "the compiler warns those who use it"),
    row("xml", ALL, Used, "how it stands in XML").one(Object::Xml),
    row("externalDocs", ALL, PassedOver, "more is said elsewhere").one(Object::ExternalDocs),
    row("example", ALL, PassedOver, "an example for readers of the document"),
    row("examples", LATER, PassedOver, "examples for readers of the document"),
    row("contentMediaType", LATER, Used, "whether it is text or bytes"),
    row("contentEncoding", LATER, Used, "whether it is text or bytes"),
    row("contentSchema", LATER, Used, "the type of what is inside of a text").one(Object::Schema),
    row("multipleOf", ALL, Used, CHECKED),
    row("maximum", ALL, Used, CHECKED),
    row("exclusiveMaximum", ALL, Used, CHECKED),
    row("minimum", ALL, Used, CHECKED),
    row("exclusiveMinimum", ALL, Used, CHECKED),
    row("maxLength", ALL, Used, CHECKED),
    row("minLength", ALL, Used, CHECKED),
    row("pattern", ALL, Used, CHECKED),
    row("maxItems", ALL, Used, CHECKED),
    row("minItems", ALL, Used, CHECKED),
    row("uniqueItems", ALL, Used, CHECKED),
    row("maxProperties", ALL, Used, CHECKED),
    row("minProperties", ALL, Used, CHECKED),
    row("contains", LATER, Reported, "the server checks it").one(Object::Schema),
    row("minContains", LATER, Reported, "the server checks it"),
    row("maxContains", LATER, Reported, "the server checks it"),
    row("propertyNames", LATER, Reported, "the server checks it").one(Object::Schema),
    row("dependentRequired", LATER, Reported, "the server checks it"),
    row("dependentSchemas", LATER, Reported, "its members may be there or not; the server checks it")
        .map(Object::Schema),
    row("prefixItems", LATER, Used, "a struct that is a list in JSON").list(Object::Schema),
    row("unevaluatedItems", LATER, Used, "the items that follow, where `items` does not say it")
        .one(Object::Schema),
    row(
        "unevaluatedProperties",
        LATER,
        Used,
        "the type of all other members, where `additionalProperties` does not say it",
    )
    .one(Object::Schema),
    row("$schema", LATER, PassedOver, "schemas are read as JSON Schema 2020-12"),
    row("$vocabulary", LATER, PassedOver, "schemas are read as JSON Schema 2020-12"),
    row("$id", LATER, Used, "what a `$ref` can name"),
    row("$anchor", LATER, Used, "what a `$ref` can name"),
    row("$defs", LATER, Used, "types that are referred to").map(Object::Schema),
    row("definitions", LATER, Used, "types that are referred to").map(Object::Schema),
    row("$dynamicRef", LATER, Reported, "read as a `$ref` to the anchor that is found from there"),
    row("$dynamicAnchor", LATER, Used, "what a `$ref` and a `$dynamicRef` can name"),
    row("$comment", LATER, PassedOver, "a remark for those who edit the document"),
];

pub(super) const DISCRIMINATOR: &[Row] = &[
    row("propertyName", THREE, Used, "the member that tells types apart"),
    row("mapping", THREE, Used, "the values of that member"),
    row("defaultMapping", LATEST, Used, "the type of what has another value, or none"),
];

pub(super) const XML: &[Row] = &[
    row("name", ALL, Used, "the name in XML"),
    row("namespace", ALL, Used, "the namespace in XML"),
    row("prefix", ALL, Used, "the prefix in XML"),
    row("attribute", ALL, Used, "an attribute, not an element"),
    row("wrapped", ALL, Used, "an element around a list"),
    row("nodeType", LATEST, Used, "what it is in XML"),
];
