//! One request, from the caller's values to the decoded answer.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::utf8_percent_encode;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::body::Body;
use super::build_error::BuildError;
use super::call::Answered;
use super::client::Client;
use super::decoded::{Decoded, Opened, WithMeta};
use super::error::{Error, Failure};
use super::members::Members;
use super::number::Number;
use super::operation::Operation;
use super::path::{COMPONENT, Slots};
use super::query::{ListStyle, Query};
use super::response::RawResponse;
use super::retry::Retry;
use super::streamed::Streamed;
use super::values::Values;
use super::{BoxFuture, Bytes, FormField, Json, Patch, ServerTemplate, Upload, form, header};

/// A request in the making; emitted builders fill it in. A clone is sent for itself.
///
/// A value that cannot be sent is remembered, and the first such error comes back from [`send`](Self::send) before anything is
/// sent.
#[derive(Clone)]
#[must_use]
pub struct Request<'a> {
    pub(super) client: &'a Client,
    pub(super) operation: &'static Operation,
    /// The servers that it may go to, if not those of the API.
    pub(super) servers: &'static [ServerTemplate],
    pub(super) slots: Slots,
    pub(super) query: Query,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    pub(super) body: Body,
    pub(super) values: Option<Box<Values>>,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<Retry>,
    pub(super) error: Option<BuildError>,
}

impl<'a> Request<'a> {
    /// A request for `operation` without parameters and body.
    pub fn new(client: &'a Client, operation: &'static Operation) -> Self {
        let mut request = Self {
            client,
            operation,
            servers: operation.servers,
            slots: Slots::default(),
            query: Query::default(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::None,
            values: None,
            timeout: None,
            retry: None,
            error: None,
        };
        if !operation.accept.is_empty() {
            request.described(ACCEPT, operation.accept);
        }
        request
    }

    /// Sets the servers that the request may go to, in place of the operation's; the client's `base_url` goes before them.
    pub fn servers(&mut self, servers: &'static [ServerTemplate]) {
        self.servers = servers;
    }

    /// Fills a slot of the path. Everything but unreserved characters is percent-encoded, `/` and `%` included.
    ///
    /// An empty value, `.` and `..` are errors, because a URL with them names another resource.
    pub fn path(&mut self, name: &'static str, value: &str) {
        let set = self.slots.set(name, value);
        self.remember(set);
    }

    /// Adds `name=value` to the query, both percent-encoded; a name can be added more than once.
    pub fn query(&mut self, name: &str, value: &str) {
        self.query.pair(name, value);
    }

    /// Sets a number in the query, in place of all pairs of that name; NaN and infinities are errors.
    pub fn query_number(&mut self, name: &str, value: Number) {
        if value.is_finite() {
            self.query.replace(name, &value.to_string());
        } else {
            let reason = "it is not a finite number";
            self.remember(Err(BuildError::Parameter { name: name.to_owned(), reason }));
        }
    }

    /// Sets a list in the query, in place of all pairs of that name. An empty one is `name=` (OAS, Parameter Object, Style
    /// Examples): to a server, nothing at all would mean that it was not asked to choose.
    pub fn query_list(&mut self, name: &str, style: ListStyle, values: Vec<String>) {
        self.query.remove(name);
        self.query.list(name, style, values);
    }

    /// Sets `name=value` in the query, in place of all pairs of that name.
    pub fn query_replace(&mut self, name: &str, value: &str) {
        self.query.replace(name, value);
    }

    /// Sets a header; replaces one of the same name.
    ///
    /// An invalid name or value, spaces at the ends of a value, and a header of the HTTP client such as `Host` are errors.
    pub fn header(&mut self, name: &str, value: &str) {
        let set = header::checked(name, value).map(|(name, value)| _ = self.headers.insert(name, value));
        self.remember(set);
    }

    /// Sets a header that the API's description gives, without copying its value.
    fn described(&mut self, name: HeaderName, value: &'static str) {
        match HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())) {
            Ok(known) if value.is_ascii() => _ = self.headers.insert(name, known),
            Ok(_) | Err(_) => self.header(name.as_str(), value),
        }
    }

    /// Adds a header to those of the same name that were added before; replaces the one that the API's description gives.
    #[allow(dead_code, reason = "a client may be without a command line")]
    pub(super) fn header_append(&mut self, name: &str, value: &str) {
        let set = header::checked(name, value).map(|(name, value)| _ = self.headers.append(name, value));
        self.remember(set);
    }

    /// Has the body be of another media type; parts keep the boundary that they stand between.
    #[allow(dead_code, reason = "a client may be without a command line")]
    pub(super) fn media_type(&mut self, media_type: &str) {
        let before = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        self.header("content-type", &super::media::with_boundary_of(before, media_type));
    }

    /// Adds a cookie, name and value percent-encoded.
    pub fn cookie(&mut self, name: &str, value: &str) {
        let [name, value] = [name, value].map(|text| utf8_percent_encode(text, COMPONENT));
        self.cookies.push(format!("{name}={value}"));
    }

    /// Sets the body to JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &str, body: &T) {
        self.written(media_type, super::tree::text(body));
    }

    /// Starts a JSON body, an object without members; one that was set before is kept.
    pub fn json_start(&mut self, media_type: &'static str) {
        self.described(CONTENT_TYPE, media_type);
        self.members_mut();
    }

    /// Sets the member at `path` of the JSON body; objects on the way are made, and the last value of a member wins.
    pub fn json_set<T: Serialize + ?Sized>(&mut self, path: &[&str], value: &T) {
        let set = self.members_mut().set(path, value);
        self.remember(set.map_err(|error| BuildError::Body(Arc::new(error))));
    }

    /// Sets the member at `path` of the JSON body to an object without members.
    pub fn json_object(&mut self, path: &[&str]) {
        self.members_mut().set_object(path);
    }

    /// Sets the member at `path` of the JSON body to a value or to `null`, or leaves it alone.
    pub fn json_patch<T: Serialize>(&mut self, path: &[&str], value: &Patch<T>) {
        match value {
            Patch::Absent => {}
            Patch::Null => self.json_set(path, &()),
            Patch::Set(value) => self.json_set(path, value),
        }
    }

    /// Sets the body to `application/x-www-form-urlencoded`.
    ///
    /// `body` must be an object: `null` is left out, a list repeats its name, an object within it is JSON.
    pub fn form<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.form_as("application/x-www-form-urlencoded", &[], body);
    }

    /// The same with fields that are written in a style of their own.
    pub fn form_as<T: Serialize + ?Sized>(&mut self, media_type: &str, fields: &[FormField], body: &T) {
        let value = super::tree::tree(body);
        let written = match &value {
            Ok(value) => form::encode(value, fields),
            Err(error) => Err(serde::ser::Error::custom(error)),
        };
        self.written(media_type, written.map(String::into_bytes));
        self.keep_body(|| value.unwrap_or_default());
    }

    /// Sets the body to bytes as they are.
    pub fn body(&mut self, media_type: &str, bytes: impl Into<Bytes>) {
        self.forget_body();
        self.body = Body::Bytes(bytes.into());
        self.header(CONTENT_TYPE.as_str(), media_type.trim());
    }

    /// Sets the body to what is sent as it is: bytes, a file, or a stream.
    pub fn upload(&mut self, media_type: &str, body: impl Into<Upload>) {
        let upload = body.into();
        self.forget_body();
        self.body = match upload.bytes() {
            Some(bytes) => Body::Bytes(bytes.clone()),
            None => Body::Stream(upload),
        };
        self.header(CONTENT_TYPE.as_str(), media_type.trim());
    }

    /// Sets the header by which the server knows a request that it has acted on before, so that this one can be made again
    /// whatever its method. An empty key is an error, since it tells nothing apart.
    pub fn idempotency_key(&mut self, key: &str) {
        let name = self.client.0.idempotency_header();
        if key.is_empty() {
            self.refuse(BuildError::Header { name: name.to_owned(), reason: "it is empty" });
        }
        self.header(name, key);
    }

    /// The longest time from sending the request to the end of its answer, for each try, in place of the client's.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// When the request is sent again, in place of what the client does.
    pub fn retry(&mut self, retry: Retry) {
        self.retry = Some(retry);
    }

    /// Sends the request and decodes the answer, whatever its status.
    pub fn send<T: 'a, E: 'a>(
        self,
        decode: fn(RawResponse) -> Result<T, Error<E>>,
    ) -> BoxFuture<'a, Result<T, Error<E>>> {
        Box::pin(Decoded { exchange: self.exchange(), decode })
    }

    /// Sends the request and hands the answer to `decode` as soon as status and headers are here, whatever its status.
    ///
    /// Until then the call is made again and tokens are fetched as for any other; the time limit is then for the body's next piece,
    /// and no longer for the whole.
    pub fn send_streamed<T: 'a, E: 'a>(
        self,
        decode: fn(Streamed) -> BoxFuture<'static, Result<T, Error<E>>>,
    ) -> BoxFuture<'a, Result<T, Error<E>>> {
        Box::pin(Opened::Head { exchange: self.head(), decode })
    }

    /// As [`send`](Self::send), with status and headers beside what the operation gives.
    pub fn send_with_meta<T: 'a, E: 'a>(
        self,
        decode: fn(RawResponse) -> Result<T, Error<E>>,
    ) -> Answered<'a, T, E> {
        Box::pin(WithMeta { exchange: self.exchange(), decode })
    }

    /// Sends the request and hands back the answer as it came, whatever its status.
    pub fn send_raw(self) -> BoxFuture<'a, Result<RawResponse, Error<Infallible>>> {
        self.send(RawResponse::raw)
    }

    pub(super) fn written(&mut self, media_type: &str, written: Result<Vec<u8>, serde_json::Error>) {
        match written {
            Ok(bytes) => self.body(media_type, bytes),
            Err(error) => self.remember(Err(BuildError::Body(Arc::new(error)))),
        }
    }

    /// The JSON body in the making, which is started if need be.
    fn members_mut(&mut self) -> &mut Members {
        self.forget_body();
        if !matches!(self.body, Body::Json(_)) && !self.headers.contains_key(CONTENT_TYPE) {
            self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        self.body.members_mut()
    }

    /// Keeps the first error, which comes back in place of an answer.
    pub(super) fn refuse(&mut self, error: BuildError) {
        self.remember(Err(error));
    }

    pub(super) fn remember(&mut self, result: Result<(), BuildError>) {
        if let Err(error) = result {
            self.error.get_or_insert(error);
        }
    }

    /// Sends the request and gives the answer before the operation's error type is known.
    pub(super) fn exchange(self) -> BoxFuture<'a, Result<RawResponse, Failure>> {
        match self.finish() {
            Ok(call) => Box::pin(call.answer()),
            Err(error) => Box::pin(std::future::ready(Err(error.into()))),
        }
    }

    /// The same with the body still to come.
    fn head(self) -> BoxFuture<'a, Result<Streamed, Failure>> {
        match self.finish() {
            Ok(call) => Box::pin(call.head()),
            Err(error) => Box::pin(std::future::ready(Err(error.into()))),
        }
    }
}

/// What capabilities see and change of a request that another part of the program made.
#[allow(dead_code, reason = "a client may be without the capabilities that need it")]
impl<'a> Request<'a> {
    pub(super) fn client(&self) -> &'a Client {
        self.client
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The operation's path with its values, percent-encoded, below the path of the base URL.
    pub(super) fn filled_path(&self) -> Result<String, BuildError> {
        self.slots.fill(self.operation.path)
    }

    /// What is in a slot of the path, percent-encoded.
    pub(super) fn slot(&self, name: &str) -> Option<&str> {
        self.slots.get(name)
    }

    /// The query so far, without credentials.
    pub(super) fn query_ref(&self) -> &Query {
        &self.query
    }

    pub(super) fn slots_mut(&mut self) -> &mut Slots {
        &mut self.slots
    }

    pub(super) fn query_mut(&mut self) -> &mut Query {
        &mut self.query
    }

    /// The headers so far, without credentials and the client's own.
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The cookies so far, each as `name=value` and percent-encoded, without credentials.
    pub(super) fn cookies(&self) -> &[String] {
        &self.cookies
    }

    pub(super) fn cookies_mut(&mut self) -> &mut Vec<String> {
        &mut self.cookies
    }

    /// Puts other bytes in place of the body's.
    pub(super) fn replace_body(&mut self, bytes: Bytes) {
        self.body = Body::Bytes(bytes);
    }

    /// The body as it would be sent, if it is in memory.
    pub(super) fn body_bytes(&self) -> Option<Bytes> {
        self.body.bytes()
    }

    /// The first error so far; it would come back from [`send`](Self::send).
    pub(super) fn error(&self) -> Option<&BuildError> {
        self.error.as_ref()
    }

    /// Has `change` change the JSON body, if there is one.
    pub(super) fn json_change(&mut self, change: impl FnOnce(&mut Json)) {
        let Some(mut json) = self.body.bytes().and_then(|bytes| serde_json::from_slice(&bytes).ok()) else {
            return;
        };
        change(&mut json);
        if let Ok(bytes) = serde_json::to_vec(&json) {
            self.body = Body::Bytes(bytes.into());
        }
    }
}

/// Shows the names of headers only, and no parameter values.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.name)
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .field("headers", &header::names(&self.headers))
            .field("body", &self.body)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
