//! The part of a generated client that is the same for every API.
//!
//! Requests: [`Client`] and [`ClientBuilder`], [`Credential`] and [`Authorizer`], [`Retry`], and [`Request`], which the emitted
//! builders fill in, with [`Upload`] for what is not in memory. Between it and HTTP: [`Transport`] and [`Middleware`]. Responses:
//! [`RawResponse`], [`Streamed`], [`Meta`] and [`Error`]. Values: [`Patch`], [`Number`], [`Base64`], [`Base64Url`], [`Timestamp`], [`Date`] and
//! [`Json`]; [`SortBy`] for the order of lists. The rest are the functions that emitted `serde` implementations call.
//!
//! But for `cli`, nothing here reads a configuration file, a proxy setting or an environment variable, but for those that a caller names and
//! `SSL_CERT_FILE` and `SSL_CERT_DIR`, by which rustls finds the certificates of a Unix system. No secret is shown by
//! `Debug`, by `Display` or by an error.
#![allow(unexpected_cfgs, reason = "a crate that embeds this module need not declare all features")]
#![allow(
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    reason = "errors are documented where they are not plain from their type; this is also compiled within other crates"
)]
#![cfg_attr(
    target_arch = "wasm32",
    allow(
        dead_code,
        clippy::arc_with_non_send_sync,
        reason = "connections, and how long they are waited for, are the browser's; and there is one thread"
    )
)]

#[cfg(feature = "blocking")]
mod agent;
mod authorize;
mod base64;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
#[cfg(target_arch = "wasm32")]
mod browser;
mod build_error;
mod byte_stream;
mod call;
mod chance;
mod charset;
pub mod cli;
mod client;
mod client_builder;
mod credential;
mod decode_error;
mod decoded;
mod download;
mod error;
mod exchange;
#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(not(target_arch = "wasm32"))]
mod file;
mod form;
mod haste;
mod header;
#[cfg(not(target_arch = "wasm32"))]
mod http_body;
#[cfg(not(target_arch = "wasm32"))]
mod http_client;
mod http_date;
mod http_settings;
mod id;
mod json;
pub mod json_api;
mod lenient;
mod media;
mod members;
mod middleware;
pub mod mock;
mod moment;
mod number;
mod oauth_error;
mod object;
mod open_enum;
mod operation;
pub mod paging;
mod patch;
mod path;
mod pattern;
mod place;
mod prepare;
mod proxy;
mod query;
mod request;
mod request_body;
mod response;
mod retry;
mod server;
mod snippet;
mod sort;
mod stream;
mod streamed;
mod time;
mod tls;
mod trace;
mod transport;
mod transport_error;
mod tree;
mod upload;
#[cfg(feature = "validate")]
pub mod validate;
mod values;
mod whole;

#[allow(unused_imports, reason = "an API may have no ids")]
pub(crate) use self::id::id_impls;

pub mod token;

pub use bytes::Bytes;
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};
pub use serde_json::Value as Json;

pub use self::authorize::{Authorizer, Repeat};
pub use self::base64::{Base64, Base64Url};
pub use self::build_error::{BuildError, Violation};
pub use self::byte_stream::ByteStream;
pub use self::call::{Answered, Call};
pub use self::client::Client;
pub use self::client_builder::{Check, ClientBuilder, ClientDefaults};
pub use self::credential::{Credential, SchemeKind, SecurityScheme};
pub use self::decode_error::DecodeError;
pub use self::download::body_of;
pub use self::error::{ApiError, Error, fmt_api_error, fmt_api_error_body, json_bytes};
pub use self::form::{FormField, FormStyle, Reserved, encode as form_text};
pub use self::id::{fmt_id, read_id};
pub use self::json::{
    JsonObject, Kind, Map, best_match, from_json, json_kind, offered, tag, tagged, untagged,
};
pub use self::lenient::{Lenient, Scalar, attribute, lenient, lenient_attribute};
pub use self::middleware::{Middleware, Next};
pub use self::moment::Moment;
pub use self::number::Number;
pub use self::oauth_error::OAuthError;
pub use self::object::{
    Object, ObjectWriter, constant, keep, member, member_or_default, member_or_null, missing, next_key,
    object, required, skip,
};
pub use self::open_enum::{open_enum, open_int_enum};
pub use self::operation::Operation;
pub use self::patch::Patch;
pub use self::pattern::{pattern_text, pattern_value};
pub use self::place::Place;
pub use self::query::ListStyle;
pub use self::request::Request;
pub use self::request_body::RequestBody;
pub use self::response::{Meta, RawResponse, Response, read_json};
pub use self::retry::Retry;
pub use self::server::{Server, ServerTemplate, ServerVariable};
pub use self::sort::{Ordered, SortBy, SortSyntax};
pub use self::stream::{BoxFuture, BoxStream};
pub use self::streamed::Streamed;
pub use self::time::Waiting;
pub use self::transport::{Attempt, HttpRequest, HttpResponse, TimeLimit, Transport};
pub use self::transport_error::{Stage, TransportError};
pub use self::upload::Upload;
