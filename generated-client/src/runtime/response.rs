//! Answers, and how emitted code reads them.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use super::decode_error::DecodeError;
use super::error::Error;
use super::{Bytes, HeaderMap, StatusCode, haste, header};
use super::{charset, media, snippet, whole};

/// Status and headers of an answer.
#[derive(Clone)]
pub struct Meta(Box<Head>);

#[derive(Clone)]
struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

impl Meta {
    pub(super) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        Self(Box::new(Head { status, headers }))
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The header of that name, if it is there and text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }
}

/// Shows the headers' names only.
impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("status", &self.0.status)
            .field("headers", &header::names(self.headers()))
            .finish()
    }
}

/// What an operation gives on success, with status and headers of the answer.
#[derive(Debug, Clone)]
pub struct Response<T> {
    body: T,
    meta: Meta,
}

impl<T> Response<T> {
    pub(super) fn new(body: T, meta: Meta) -> Self {
        Self { body, meta }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.meta.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.meta.headers()
    }

    /// Status and headers.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What the operation gives.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// What the operation gives, alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status and headers, and what the operation gives.
    pub fn into_parts(self) -> (Meta, T) {
        (self.meta, self.body)
    }

    /// The same with `f` of what the operation gives.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response { body: f(self.body), meta: self.meta }
    }
}

/// An answer with its body as it came.
#[derive(Clone)]
pub struct RawResponse {
    meta: Meta,
    body: Bytes,
}

impl RawResponse {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self::with_meta(Meta::new(status, headers), body)
    }

    pub(super) fn with_meta(meta: Meta, body: Bytes) -> Self {
        Self { meta, body }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.meta.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.meta.headers()
    }

    /// Status and headers.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text; bytes that are not UTF-8 become `U+FFFD`.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body read as JSON.
    ///
    /// Errors say which member does not fit `T`. Nesting deeper than 128 levels is refused.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let body = without_bom(&self.body);
        let mut read = None;
        if haste::succeeds(|| json_in_haste(body, &mut read))
            && let Some(value) = read
        {
            return Ok(value);
        }
        let read = self.json_with_care(body);
        match read.is_err().then(|| whole::in_digits(body)).flatten() {
            Some(body) => self.json_with_care(&body),
            None => read,
        }
    }

    /// Reads what keeps to the API's description in part or not at all, and knows where it is.
    fn json_with_care<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, DecodeError> {
        let mut reader = serde_json::Deserializer::from_slice(body);
        let mut track = serde_path_to_error::Track::new();
        let result = T::deserialize(serde_path_to_error::Deserializer::new(&mut reader, &mut track));
        match result {
            Ok(value) => match reader.end() {
                Ok(()) => Ok(value),
                Err(reason) => Err(self.mismatch(String::new(), reason)),
            },
            Err(reason) => Err(self.mismatch(track.path().to_string(), reason)),
        }
    }

    /// Status and headers, and the body.
    pub fn into_parts(self) -> (Meta, Bytes) {
        (self.meta, self.body)
    }

    pub(super) fn mismatch(&self, path: String, reason: serde_json::Error) -> DecodeError {
        DecodeError::new(self.headers(), path, reason)
    }

    pub(super) fn undecodable<E>(self, source: DecodeError) -> Error<E> {
        Error::Decode { meta: self.meta, body: self.body, source }
    }
}

/// The ends of emitted decode functions, one per kind of declared response.
impl RawResponse {
    /// The body read as JSON.
    pub fn decode<T: DeserializeOwned, E>(self) -> Result<T, Error<E>> {
        match self.json() {
            Ok(value) => Ok(value),
            Err(source) => Err(self.undecodable(source)),
        }
    }

    /// As [`decode`](Self::decode), but an empty body counts as an object without members: what has been created, changed or
    /// deleted is often answered with less than was promised.
    pub fn decode_or_empty<T: DeserializeOwned, E>(self) -> Result<T, Error<E>> {
        if !self.body.iter().all(u8::is_ascii_whitespace) {
            return self.decode();
        }
        match serde_json::from_slice(b"{}") {
            Ok(value) => Ok(value),
            Err(_) => self.decode(),
        }
    }

    /// A declared error whose body is JSON; a body that does not fit is [`Error::Decode`].
    pub fn api_error<B: DeserializeOwned, T, E>(self, variant: fn(B) -> E) -> Result<T, Error<E>> {
        match self.json() {
            Ok(body) => Err(Error::Api(variant(body), self.meta)),
            Err(source) => Err(self.undecodable(source)),
        }
    }

    /// A declared error whose body is text; one that is not UTF-8 is [`Error::Decode`].
    pub fn api_error_text<T, E>(self, variant: fn(String) -> E) -> Result<T, Error<E>> {
        let meta = self.meta.clone();
        self.text_body().and_then(|text| Err(Error::Api(variant(text), meta)))
    }

    /// A declared error of whose body nothing is said: it is kept as it came, empty if there is none.
    pub fn api_error_bytes<T, E>(self, variant: fn(Bytes) -> E) -> Result<T, Error<E>> {
        Err(Error::Api(variant(self.body), self.meta))
    }

    /// A declared success without a body; one that came nevertheless is ignored.
    pub fn empty<E>(self) -> Result<(), Error<E>> {
        Ok(())
    }

    /// The answer as it came.
    pub fn raw<E>(self) -> Result<Self, Error<E>> {
        Ok(self)
    }

    /// The body as text, by the encoding that its media type names, which is UTF-8 or ISO 8859-1; any other is [`Error::Decode`], unless
    /// it is one of which ASCII is a part and the text has nothing else.
    pub fn text_body<E>(self) -> Result<String, Error<E>> {
        let text = charset::decoded(media::said(self.headers()), &self.body).and_then(|bytes| {
            let wrong = |error| serde::de::Error::custom(format_args!("the body is not UTF-8 text: {error}"));
            std::str::from_utf8(&bytes).map(str::to_owned).map_err(wrong)
        });
        text.map_err(|reason| {
            let source = self.mismatch(String::new(), reason);
            self.undecodable(source)
        })
    }

    /// The body as bytes.
    pub fn bytes_body<E>(self) -> Result<Bytes, Error<E>> {
        Ok(self.body)
    }

    /// A status that the API's description does not declare.
    pub fn unexpected<T, E>(self) -> Result<T, Error<E>> {
        Err(Error::Unexpected { meta: self.meta, body: self.body })
    }
}

/// Text that is known to be UTF-8 as a whole need not be checked string by string.
fn json_in_haste<T: DeserializeOwned>(body: &[u8], read: &mut Option<T>) -> Result<(), serde_json::Error> {
    let text = std::str::from_utf8(body).map_err(serde::de::Error::custom)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    *read = Some(T::deserialize(&mut reader)?);
    reader.end()
}

/// JSON that came in a request of the API, read as an answer is. Errors say which member does not fit `T`.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    RawResponse::new(StatusCode::OK, HeaderMap::new(), Bytes::copy_from_slice(body)).json()
}

/// Shows the headers' names and the body's length, and the start of the body only if the status reports an error.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RawResponse");
        shown.field("meta", &self.meta).field("body_len", &self.body.len());
        if let Some(start) = snippet::of_error_body(self.status(), &self.body, 80) {
            shown.field("body_start", &start);
        }
        shown.finish()
    }
}

/// RFC 8259, section 8.1: a reader may ignore a byte order mark.
pub(super) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
