//! Answers of the server.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::de::IgnoredAny;

use super::super::media::is_json;
use super::super::{Bytes, HeaderMap, StatusCode, header};
use super::received::Received;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// An answer that says everything itself, for [`Expectation::respond_with`](super::Expectation::respond_with).
///
/// What cannot be sent, such as a header with a line break, is remembered: the request is then answered with status 500, and
/// [`Server::verify`](super::Server::verify) tells of it.
#[derive(Clone)]
#[must_use]
pub struct Response {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) ending: Ending,
    pub(super) problem: Option<String>,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It carries the answer and the next request.
    Answer,
    /// It is closed without an answer.
    Disconnect,
}

impl Response {
    /// An answer without a body. The status is one from 200 to 999.
    pub fn new(status: u16) -> Self {
        let known = StatusCode::from_u16(status).ok().filter(|known| known.as_u16() >= 200);
        Self {
            status: known.unwrap_or_default(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            ending: Ending::Answer,
            problem: known.is_none().then(|| format!("{status} is no status of an answer")),
        }
    }

    /// An answer in JSON, with `Content-Type: application/json`.
    pub fn json(status: u16, body: impl Serialize) -> Self {
        Self::new(status).written(JSON, serde_json::to_vec(&body))
    }

    /// An answer in plain text.
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self::new(status).body(TEXT, body.into())
    }

    /// No answer: the connection is closed, which the client reports as an error of transport.
    pub fn disconnect() -> Self {
        Self { ending: Ending::Disconnect, ..Self::new(200) }
    }

    /// Adds a header. Those that frame the message, such as `Content-Length`, cannot be set.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header::checked(name, value) {
            Ok((name, value)) => _ = self.headers.append(name, value),
            Err(error) => self.remember(error.to_string()),
        }
        self
    }

    /// Sets the body and its `Content-Type`.
    ///
    /// An answer with status 204 or 304 has no body, whatever is set here (RFC 9110, section 6.4.1).
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => _ = self.headers.insert(CONTENT_TYPE, media_type),
            Err(_) => self.remember("its media type holds a control character".to_owned()),
        }
        self
    }

    /// An operation's success: JSON, or where the operation gives text, that text.
    pub(super) fn success<T: Serialize>(status: u16, accept: &str, answer: &T) -> Self {
        let offered = || accept.split(',').map(str::trim).filter(|one| !one.is_empty() && !one.contains('*'));
        let json = offered().find(|media| is_json(media));
        let written = serde_json::to_vec(answer);
        if size_of::<T>() == 0 && matches!(written.as_deref(), Ok(b"null")) {
            return Self::new(status);
        }
        match (written.as_deref().map(serde_json::from_slice::<String>), offered().next()) {
            (Ok(Ok(text)), Some(media_type)) if json.is_none() => Self::new(status).body(media_type, text),
            _ => Self::new(status).written(json.unwrap_or(JSON), written),
        }
    }

    /// An operation's error, whose body is JSON, text or bytes.
    pub(super) fn failure(status: u16, body: Vec<u8>) -> Self {
        let response = Self::new(status);
        if body.is_empty() {
            return response;
        }
        let is_json = serde_json::from_slice::<IgnoredAny>(&body).is_ok();
        let media_type = match std::str::from_utf8(&body) {
            _ if is_json => JSON,
            Ok(_) => TEXT,
            Err(_) => "application/octet-stream",
        };
        response.body(media_type, body)
    }

    fn written(mut self, media_type: &str, written: Result<Vec<u8>, serde_json::Error>) -> Self {
        match written {
            Ok(body) => self.body(media_type, body),
            Err(error) => {
                self.remember(format!("the body cannot be written: {error}"));
                self
            }
        }
    }

    fn remember(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// Shows the names of headers and the size of the body only.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &header::names(&self.headers))
            .field("body_len", &self.body.len())
            .field("ending", &self.ending)
            .field("problem", &self.problem)
            .finish()
    }
}

/// Where an expectation's answers come from.
#[derive(Clone)]
pub(super) enum Answer {
    Fixed(Response),
    From(Arc<dyn Fn(&Received) -> Response + Send + Sync>),
}

impl Answer {
    /// The answer to `request`, or what is wrong with it.
    pub(super) fn to(&self, request: &Received) -> Result<Response, String> {
        let response = match self {
            Self::Fixed(response) => response.clone(),
            // A failed assertion of the test must not look like a broken connection.
            Self::From(answer) => catch_unwind(AssertUnwindSafe(|| answer(request)))
                .map_err(|panic| format!("its closure panicked: {}", panic_message(&*panic)))?,
        };
        match response.problem {
            Some(problem) => Err(problem),
            None => Ok(response),
        }
    }

    /// What is wrong with an answer that is known already.
    pub(super) fn problem(&self) -> Option<&str> {
        match self {
            Self::Fixed(response) => response.problem.as_deref(),
            Self::From(_) => None,
        }
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    literal.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
