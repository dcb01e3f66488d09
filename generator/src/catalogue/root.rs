//! The document itself, and what is said about the whole of it.

use super::Object;
use super::row::Fate::{Documented, PassedOver, Reported, Used};
use super::row::{Row, Versions, row};

const ALL: Versions = Versions::ALL;
const TWO: Versions = Versions::TWO;
const THREE: Versions = Versions::THREE;
const LATER: Versions = Versions::LATER;
const LATEST: Versions = Versions::LATEST;

pub(super) const DOCUMENT: &[Row] = &[
    row("openapi", THREE, Used, "the version that the document is read as"),
    row("swagger", TWO, Used, "the version that the document is read as"),
    row("$self", LATEST, Used, "what relative addresses of servers are relative to"),
    row("info", ALL, Used, "name and version of the API").one(Object::Info),
    row("jsonSchemaDialect", LATER, PassedOver, "schemas are read as JSON Schema 2020-12"),
    row("servers", THREE, Used, "the addresses a client can be made for").list(Object::Server),
    row("host", TWO, Used, "the address of the client"),
    row("basePath", TWO, Used, "what all paths begin with"),
    row("schemes", TWO, Used, "the addresses a client can be made for"),
    row("consumes", TWO, Used, "the media types of bodies that say none"),
    row("produces", TWO, Used, "the media types of answers that say none"),
    row("paths", ALL, Used, "the operations").one(Object::Paths),
    row("webhooks", LATER, Used, "types of what the API sends by itself").map(Object::PathItem),
    row("components", THREE, Used, "what is referred to").one(Object::Components),
    row("definitions", TWO, Used, "the types").map(Object::Schema),
    row("parameters", TWO, Used, "parameters that are referred to").map(Object::Parameter),
    row("responses", TWO, Used, "answers that are referred to").map(Object::Response),
    row("securityDefinitions", TWO, Used, "the credentials").map(Object::SecurityScheme),
    row("security", ALL, Used, "the credentials that calls need").list(Object::SecurityRequirement),
    row("tags", ALL, Documented, "documentation of groups").list(Object::Tag),
    row("externalDocs", ALL, PassedOver, "more is said elsewhere").one(Object::ExternalDocs),
];

pub(super) const INFO: &[Row] = &[
    row("title", ALL, Used, "the name of the package"),
    row("summary", LATER, PassedOver, "`description` is taken"),
    row("description", ALL, Documented, "documentation of the client"),
    row("termsOfService", ALL, PassedOver, "what holds between people"),
    row("contact", ALL, PassedOver, "what holds between people").one(Object::Contact),
    row("license", ALL, PassedOver, "that of the API; the configuration has that of the package")
        .one(Object::License),
    row("version", ALL, Documented, "the version of the API that the client is for"),
];

pub(super) const CONTACT: &[Row] = &[
    row("name", ALL, PassedOver, "goes with `contact`"),
    row("url", ALL, PassedOver, "goes with `contact`"),
    row("email", ALL, PassedOver, "goes with `contact`"),
];

pub(super) const LICENSE: &[Row] = &[
    row("name", ALL, PassedOver, "goes with `license`"),
    row("identifier", LATER, PassedOver, "goes with `license`"),
    row("url", ALL, PassedOver, "goes with `license`"),
];

pub(super) const SERVER: &[Row] = &[
    row("url", THREE, Used, "the address"),
    row("description", THREE, Used, "the name and documentation of the address"),
    row("name", LATEST, Used, "what the address is called"),
    row("variables", THREE, Used, "what the address is made of").map(Object::ServerVariable),
];

pub(super) const SERVER_VARIABLE: &[Row] = &[
    row("enum", THREE, Used, "the values it can have"),
    row("default", THREE, Used, "the value it has by itself"),
    row("description", THREE, Used, "what the client tells about it"),
];

pub(super) const COMPONENTS: &[Row] = &[
    row("schemas", THREE, Used, "the types").map(Object::Schema),
    row("responses", THREE, Used, "answers that are referred to").map(Object::Response),
    row("parameters", THREE, Used, "parameters that are referred to").map(Object::Parameter),
    row("examples", THREE, PassedOver, "examples for readers of the document").map(Object::Example),
    row("requestBodies", THREE, Used, "bodies that are referred to").map(Object::RequestBody),
    row("headers", THREE, Used, "headers that are referred to").map(Object::Header),
    row("securitySchemes", THREE, Used, "the credentials").map(Object::SecurityScheme),
    row("links", THREE, Used, "links that are referred to").map(Object::Link),
    row("callbacks", THREE, Used, "callbacks that are referred to").map(Object::Callback),
    row("pathItems", LATER, Used, "paths that are referred to").map(Object::PathItem),
    row("mediaTypes", LATEST, Used, "media types that are referred to").map(Object::MediaType),
];

pub(super) const TAG: &[Row] = &[
    row("name", ALL, Used, "the operations that are one group"),
    row("summary", LATEST, Documented, "what the group is called in its documentation"),
    row("description", ALL, Documented, "documentation of the group"),
    row("externalDocs", ALL, PassedOver, "more is said elsewhere").one(Object::ExternalDocs),
    row("parent", LATEST, Documented, "of which other group the group is a part"),
    row("kind", LATEST, PassedOver, "groups are of one kind"),
];

pub(super) const EXTERNAL_DOCS: &[Row] = &[
    row("description", ALL, PassedOver, "goes with `externalDocs`"),
    row("url", ALL, PassedOver, "goes with `externalDocs`"),
];

pub(super) const REFERENCE: &[Row] = &[
    row("$ref", ALL, Used, "what stands in its place"),
    row("summary", LATER, PassedOver, "what is referred to has its own"),
    row("description", LATER, PassedOver, "what is referred to has its own"),
];

pub(super) const EXAMPLE: &[Row] = &[
    row("summary", THREE, PassedOver, "goes with the example"),
    row("description", THREE, PassedOver, "goes with the example"),
    row("dataValue", LATEST, PassedOver, "goes with the example"),
    row("serializedValue", LATEST, PassedOver, "goes with the example"),
    row("value", THREE, PassedOver, "goes with the example"),
    row("externalValue", THREE, PassedOver, "goes with the example"),
];

pub(super) const SECURITY_SCHEME: &[Row] = &[
    row("type", ALL, Used, "the kind of credential"),
    row("description", ALL, Used, "what the client tells about it"),
    row("name", ALL, Used, "the header, cookie or query parameter of a key"),
    row("in", ALL, Used, "where a key is sent"),
    row("scheme", THREE, Used, "how `Authorization` begins"),
    row("bearerFormat", THREE, PassedOver, "tokens are sent as they are"),
    row("flows", THREE, Used, "how tokens are had").one(Object::OAuthFlows),
    row("flow", TWO, Used, "how tokens are had"),
    row("authorizationUrl", TWO, Used, "where a user is sent for a code"),
    row("tokenUrl", TWO, Used, "where tokens are had"),
    row("scopes", TWO, Used, "what can be asked for"),
    row("openIdConnectUrl", THREE, Used, "where a provider says how tokens are had"),
    row("oauth2MetadataUrl", LATEST, PassedOver, "flows say where tokens are had"),
    row("deprecated", LATEST, PassedOver, "credentials are not marked"),
];

pub(super) const FLOWS: &[Row] = &[
    row("implicit", THREE, Reported, "gives tokens to browsers only").one(Object::OAuthFlow),
    row("password", THREE, Used, "tokens for name and password").one(Object::OAuthFlow),
    row("clientCredentials", THREE, Used, "tokens for a program").one(Object::OAuthFlow),
    row("authorizationCode", THREE, Used, "tokens for what a user allows").one(Object::OAuthFlow),
    row("deviceAuthorization", LATEST, Used, "tokens for a device without a browser").one(Object::OAuthFlow),
];

pub(super) const FLOW: &[Row] = &[
    row("authorizationUrl", THREE, Used, "where a user is sent for a code"),
    row("deviceAuthorizationUrl", LATEST, Used, "where a device asks for a code"),
    row("tokenUrl", THREE, Used, "where tokens are had"),
    row("refreshUrl", THREE, Used, "where tokens are renewed"),
    row("scopes", THREE, Used, "what can be asked for"),
];

pub(super) const SECURITY_REQUIREMENT: &[Row] =
    &[row("{name}", ALL, Used, "the credential, and what is asked for with it")];
