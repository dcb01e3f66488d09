//! What is called: paths, operations, and all that is sent and comes back.

use super::Object;
use super::row::Fate::{Documented, PassedOver, Reported, Used};
use super::row::{Row, Versions, row};
use super::schema::CHECKED;

const ALL: Versions = Versions::ALL;
const TWO: Versions = Versions::TWO;
const THREE: Versions = Versions::THREE;
const LATEST: Versions = Versions::LATEST;

pub(super) const PATHS: &[Row] =
    &[row("{path}", ALL, Used, "the operations of a path").one(Object::PathItem)];

pub(super) const PATH_ITEM: &[Row] = &[
    row("$ref", ALL, Used, "what stands in its place"),
    row("summary", THREE, PassedOver, "operations have their own"),
    row("description", THREE, PassedOver, "operations have their own"),
    row("get", ALL, Used, "a method").one(Object::Operation),
    row("put", ALL, Used, "a method").one(Object::Operation),
    row("post", ALL, Used, "a method").one(Object::Operation),
    row("delete", ALL, Used, "a method").one(Object::Operation),
    row("options", ALL, Used, "a method").one(Object::Operation),
    row("head", ALL, Used, "a method").one(Object::Operation),
    row("patch", ALL, Used, "a method").one(Object::Operation),
    row("trace", THREE, Used, "a method").one(Object::Operation),
    row("query", LATEST, Used, "a method").one(Object::Operation),
    row("additionalOperations", LATEST, Used, "methods").map(Object::Operation),
    row("servers", THREE, Used, "where these operations are called").list(Object::Server),
    row("parameters", ALL, Used, "parameters of each operation").list(Object::Parameter),
];

pub(super) const OPERATION: &[Row] = &[
    row("tags", ALL, Used, "the group that has the method"),
    row("summary", ALL, Documented, "documentation of the method"),
    row("description", ALL, Documented, "documentation of the method"),
    row("externalDocs", ALL, PassedOver, "more is said elsewhere").one(Object::ExternalDocs),
    row("operationId", ALL, Used, "the name of the method"),
    row("consumes", TWO, Used, "the media types of the body"),
    row("produces", TWO, Used, "the media types of the answers"),
    row("parameters", ALL, Used, "arguments and setters").list(Object::Parameter),
    row("requestBody", THREE, Used, "an argument or a setter").one(Object::RequestBody),
    row("responses", ALL, Used, "what the call gives").one(Object::Responses),
    row("callbacks", THREE, Used, "types of what the API sends later").map(Object::Callback),
    row("schemes", TWO, Used, "where the operation is called"),
    row("deprecated", ALL, Used, "the compiler warns those who call it"),
    row("security", ALL, Used, "the credentials that the call needs").list(Object::SecurityRequirement),
    row("servers", THREE, Used, "where the operation is called").list(Object::Server),
];

pub(super) const PARAMETER: &[Row] = &[
    row("name", ALL, Used, "as it is sent, and the name of the argument or setter"),
    row("in", ALL, Used, "where it is sent"),
    row("description", ALL, Documented, "documentation of the argument or setter"),
    row("required", ALL, Used, "an argument, or else a setter"),
    row("deprecated", THREE, Used, "the compiler warns those who set it"),
    row("allowEmptyValue", ALL, PassedOver, "any text may be empty"),
    row("style", THREE, Used, "how lists and objects are written"),
    row("explode", THREE, Used, "how lists and objects are written"),
    row("allowReserved", THREE, Used, "what is sent without escapes"),
    row("schema", ALL, Used, "the type").one(Object::Schema),
    row("example", THREE, PassedOver, "an example for readers of the document"),
    row("examples", THREE, PassedOver, "examples for readers of the document").map(Object::Example),
    row("content", THREE, Used, "the media type that the value is written in").map(Object::MediaType),
    row("type", TWO, Used, "the type"),
    row("format", TWO, Used, "the type"),
    row("items", TWO, Used, "the type of the items").one(Object::Items),
    row("collectionFormat", TWO, Used, "how lists are written"),
    row("default", TWO, Documented, "documentation of the argument or setter"),
    row("maximum", TWO, Used, CHECKED),
    row("exclusiveMaximum", TWO, Used, CHECKED),
    row("minimum", TWO, Used, CHECKED),
    row("exclusiveMinimum", TWO, Used, CHECKED),
    row("maxLength", TWO, Used, CHECKED),
    row("minLength", TWO, Used, CHECKED),
    row("pattern", TWO, Used, CHECKED),
    row("maxItems", TWO, Used, CHECKED),
    row("minItems", TWO, Used, CHECKED),
    row("uniqueItems", TWO, Used, CHECKED),
    row("enum", TWO, Used, "the values there are"),
    row("multipleOf", TWO, Used, CHECKED),
];

pub(super) const ITEMS: &[Row] = &[
    row("type", TWO, Used, "the type"),
    row("format", TWO, Used, "the type"),
    row("items", TWO, Used, "the type of the items").one(Object::Items),
    row("collectionFormat", TWO, Reported, "lists in lists have commas"),
    row("default", TWO, PassedOver, "a list has no items by itself"),
    row("maximum", TWO, Used, CHECKED),
    row("exclusiveMaximum", TWO, Used, CHECKED),
    row("minimum", TWO, Used, CHECKED),
    row("exclusiveMinimum", TWO, Used, CHECKED),
    row("maxLength", TWO, Used, CHECKED),
    row("minLength", TWO, Used, CHECKED),
    row("pattern", TWO, Used, CHECKED),
    row("maxItems", TWO, PassedOver, "lists in lists are not checked"),
    row("minItems", TWO, PassedOver, "lists in lists are not checked"),
    row("uniqueItems", TWO, PassedOver, "lists in lists are not checked"),
    row("enum", TWO, Used, "the values there are"),
    row("multipleOf", TWO, Used, CHECKED),
];

pub(super) const REQUEST_BODY: &[Row] = &[
    row("description", THREE, Documented, "documentation of the argument or setter"),
    row("content", THREE, Used, "the type in each media type").map(Object::MediaType),
    row("required", THREE, Used, "an argument, or else a setter"),
];

pub(super) const MEDIA_TYPE: &[Row] = &[
    row("schema", THREE, Used, "the type").one(Object::Schema),
    row("itemSchema", LATEST, Used, "the type of what comes piece by piece").one(Object::Schema),
    row("example", THREE, PassedOver, "an example for readers of the document"),
    row("examples", THREE, PassedOver, "examples for readers of the document").map(Object::Example),
    row("encoding", THREE, Used, "how fields and parts are written").map(Object::Encoding),
    row("prefixEncoding", LATEST, Used, "how the first of parts without names are written")
        .list(Object::Encoding),
    row("itemEncoding", LATEST, Used, "how all other parts without names are written").one(Object::Encoding),
];

pub(super) const ENCODING: &[Row] = &[
    row("contentType", THREE, Used, "the media type of a part; how a field is written"),
    row("headers", THREE, Used, "headers of a part").map(Object::Header),
    row("style", THREE, Used, "how a field is written"),
    row("explode", THREE, Used, "how a field is written"),
    row("allowReserved", THREE, Used, "what is sent without escapes"),
    row("encoding", LATEST, Used, "how fields and parts in a field or part are written")
        .map(Object::Encoding),
    row("prefixEncoding", LATEST, Used, "how the first of parts in a part are written")
        .list(Object::Encoding),
    row("itemEncoding", LATEST, Used, "how all other parts in a part are written").one(Object::Encoding),
];

pub(super) const RESPONSES: &[Row] = &[
    row("default", ALL, Used, "what any other status gives").one(Object::Response),
    row("{status}", ALL, Used, "what this status gives").one(Object::Response),
];

pub(super) const RESPONSE: &[Row] = &[
    row("summary", LATEST, PassedOver, "`description` is taken"),
    row("description", ALL, Documented, "documentation of the answer"),
    row("headers", ALL, Used, "typed headers").map(Object::Header),
    row("content", THREE, Used, "the type in each media type").map(Object::MediaType),
    row("links", THREE, Used, "calls that follow on the answer").map(Object::Link),
    row("schema", TWO, Used, "the type").one(Object::Schema),
    row("examples", TWO, PassedOver, "examples for readers of the document"),
];

pub(super) const HEADER: &[Row] = &[
    row("description", ALL, Documented, "documentation of the header"),
    row("required", THREE, Documented, "documentation of the header; it may be missing all the same"),
    row("deprecated", THREE, Used, "the compiler warns those who read it"),
    row("style", THREE, PassedOver, "headers have one style"),
    row("explode", THREE, Used, "how objects are written"),
    row("schema", THREE, Used, "the type").one(Object::Schema),
    row("example", THREE, PassedOver, "an example for readers of the document"),
    row("examples", THREE, PassedOver, "examples for readers of the document").map(Object::Example),
    row("content", THREE, Used, "the media type that the value is written in").map(Object::MediaType),
    row("type", TWO, Used, "the type"),
    row("format", TWO, Used, "the type"),
    row("items", TWO, Used, "the type of the items").one(Object::Items),
    row("collectionFormat", TWO, Reported, "lists have commas"),
    row("default", TWO, PassedOver, "what is not there is not there"),
    row("maximum", TWO, PassedOver, "what comes is not checked"),
    row("exclusiveMaximum", TWO, PassedOver, "what comes is not checked"),
    row("minimum", TWO, PassedOver, "what comes is not checked"),
    row("exclusiveMinimum", TWO, PassedOver, "what comes is not checked"),
    row("maxLength", TWO, PassedOver, "what comes is not checked"),
    row("minLength", TWO, PassedOver, "what comes is not checked"),
    row("pattern", TWO, PassedOver, "what comes is not checked"),
    row("maxItems", TWO, PassedOver, "what comes is not checked"),
    row("minItems", TWO, PassedOver, "what comes is not checked"),
    row("uniqueItems", TWO, PassedOver, "what comes is not checked"),
    row("enum", TWO, Used, "the values there are"),
    row("multipleOf", TWO, PassedOver, "what comes is not checked"),
];

pub(super) const CALLBACK: &[Row] =
    &[row("{expression}", THREE, Used, "types of what is sent there").one(Object::PathItem)];

pub(super) const LINK: &[Row] = &[
    row("operationRef", THREE, Used, "the call that follows"),
    row("operationId", THREE, Used, "the call that follows"),
    row("parameters", THREE, Used, "what that call is given"),
    row("requestBody", THREE, Used, "what that call is given"),
    row("description", THREE, Documented, "documentation of the call"),
    row("server", THREE, Used, "where that call goes").one(Object::Server),
];
