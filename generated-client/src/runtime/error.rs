//! Everything that can go wrong with a call.

use std::convert::Infallible;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::build_error::BuildError;
use super::decode_error::DecodeError;
use super::oauth_error::OAuthError;
use super::response::Meta;
use super::snippet;
use super::transport_error::TransportError;
use super::{Bytes, StatusCode};

/// Why a call did not give its result. `E` are the errors that the API's description declares for the operation.
///
/// `Debug` and `Display` show neither response headers nor the body of a successful answer, because those may hold tokens.
#[derive(Clone)]
#[non_exhaustive]
pub enum Error<E> {
    /// An error that the API's description declares.
    Api(E, Meta),
    /// A status that it does not declare.
    Unexpected {
        /// Status and headers.
        meta: Meta,
        /// The body as it came.
        body: Bytes,
    },
    /// A body that does not match the API's description.
    Decode {
        /// Status and headers.
        meta: Meta,
        /// The body as it came.
        body: Bytes,
        /// What does not match, and where.
        source: DecodeError,
    },
    /// The token endpoint gave no token, so the call was not made; status and headers are those of its answer.
    Auth(OAuthError, Meta),
    /// No complete answer came back, from the operation or from the token endpoint; of the operation's it has what came.
    Transport(TransportError),
    /// The request could not be built; nothing was sent.
    Build(BuildError),
}

impl<E> Error<E> {
    /// The answer's status, if there was an answer, or the beginning of one.
    pub fn status(&self) -> Option<StatusCode> {
        self.meta().map(Meta::status)
    }

    /// The answer's status and headers, if there was an answer, or the beginning of one.
    pub fn meta(&self) -> Option<&Meta> {
        match self {
            Self::Api(_, meta)
            | Self::Unexpected { meta, .. }
            | Self::Decode { meta, .. }
            | Self::Auth(_, meta) => Some(meta),
            Self::Transport(error) => error.meta(),
            Self::Build(_) => None,
        }
    }

    /// The answer's body, where it could not be made a typed error; of an answer that broke off, what came of it.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Unexpected { body, .. } | Self::Decode { body, .. } => Some(body),
            Self::Transport(error) => error.body(),
            Self::Api(..) | Self::Auth(..) | Self::Build(_) => None,
        }
    }

    /// Whether the call took longer than the client allows.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether no connection could be made.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// The same with the declared error changed by `f`, for instance to bring several operations to one error type.
    pub fn map_api<F>(self, f: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Api(error, meta) => Error::Api(f(error), meta),
            Self::Unexpected { meta, body } => Error::Unexpected { meta, body },
            Self::Decode { meta, body, source } => Error::Decode { meta, body, source },
            Self::Auth(error, meta) => Error::Auth(error, meta),
            Self::Transport(error) => Error::Transport(error),
            Self::Build(error) => Error::Build(error),
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error, _) => error.fmt(f),
            Self::Unexpected { meta, body } => fmt_unexpected(f, meta.status(), body),
            Self::Decode { meta, source, .. } => {
                let status = meta.status().as_u16();
                write!(f, "the answer with status {status} does not match the API's description: {source}")
            }
            Self::Auth(error, meta) => {
                write!(f, "authorization failed with status {}: {error}", meta.status().as_u16())
            }
            Self::Transport(error) => error.fmt(f),
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error, meta) => f.debug_tuple("Api").field(error).field(meta).finish(),
            Self::Unexpected { meta, body } => {
                f.debug_struct("Unexpected").field("meta", meta).field("body_len", &body.len()).finish()
            }
            Self::Decode { meta, body, source } => f
                .debug_struct("Decode")
                .field("meta", meta)
                .field("body_len", &body.len())
                .field("source", source)
                .finish(),
            Self::Auth(error, meta) => f.debug_tuple("Auth").field(error).field(meta).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Build(error) => f.debug_tuple("Build").field(error).finish(),
        }
    }
}

/// Displays include their cause, so `source` is the cause's own source.
impl<E: std::error::Error> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(error, _) => error.source(),
            Self::Unexpected { .. } | Self::Decode { .. } | Self::Auth(..) => None,
            Self::Transport(error) => error.source(),
            Self::Build(error) => error.source(),
        }
    }
}

fn fmt_unexpected(f: &mut fmt::Formatter<'_>, status: StatusCode, body: &[u8]) -> fmt::Result {
    write!(f, "unexpected status {status}")?;
    match snippet::of_error_body(status, body, 200) {
        Some(text) => write!(f, ": {text}"),
        None => Ok(()),
    }
}

/// Displays a declared error as `422 Unprocessable Entity: {"errors":…}`, cut after 300 characters of the body.
pub fn fmt_api_error<B: Serialize + ?Sized>(
    f: &mut fmt::Formatter<'_>,
    status: &str,
    body: &B,
) -> fmt::Result {
    let json = serde_json::to_string(body).unwrap_or_default();
    write!(f, "{status}: {}", snippet::cut(&json, 300))
}

/// Displays a declared error as [`fmt_api_error`] does, with a body that is no JSON; a binary one is not shown.
pub fn fmt_api_error_body(f: &mut fmt::Formatter<'_>, status: &str, body: &[u8]) -> fmt::Result {
    match std::str::from_utf8(body).map(str::trim) {
        Ok("") | Err(_) => f.write_str(status),
        Ok(text) => write!(f, "{status}: {}", snippet::cut(text, 300)),
    }
}

/// What emitted error types tell of themselves, so that a stand-in server can give them as answers.
pub trait ApiError {
    /// The status that the variant stands for, the first of a range, and the body: JSON as it is written, or text or bytes as they
    /// are.
    fn answer(&self) -> (u16, Vec<u8>);

    /// The body as JSON, where it is written otherwise and is a typed value all the same.
    fn value(&self) -> Option<Vec<u8>> {
        None
    }
}

impl ApiError for Infallible {
    fn answer(&self) -> (u16, Vec<u8>) {
        match *self {}
    }
}

impl<E: ApiError> Error<E> {
    /// The body of an answer that is an error, read as `T`; none if there is none or it does not fit.
    pub fn answer_as<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Api(error, _) => serde_json::from_slice(&error.answer().1).ok(),
            Self::Unexpected { body, .. } | Self::Decode { body, .. } => serde_json::from_slice(body).ok(),
            Self::Auth(..) | Self::Transport(_) | Self::Build(_) => None,
        }
    }
}

/// `body` as JSON.
pub fn json_bytes<B: Serialize + ?Sized>(body: &B) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_default()
}

/// A call that failed before the operation's own error type mattered.
pub(super) type Failure = Error<Infallible>;

impl Failure {
    /// The same for a call with an error type of its own.
    pub(super) fn widen<E>(self) -> Error<E> {
        self.map_api(|never| match never {})
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<E> From<BuildError> for Error<E> {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}
