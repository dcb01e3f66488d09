//! Calls that did not give their result: what is said of them, and with which exit code.

use std::fmt;

use super::super::{
    ApiError, BuildError, Bytes, Error, HeaderMap, Json, JsonObject, Meta, StatusCode, TransportError,
};
use super::answer::{Shown, envelope, untyped};
use super::kept;

/// Why a call did not give its result.
#[derive(Debug)]
pub(super) enum Failed {
    /// Nothing was sent.
    Build(BuildError),
    /// An answer that is no success.
    Http { message: String, head: Box<Head>, body: Body },
    /// An answer that the API's description does not allow.
    Decode { message: String, head: Box<Head>, body: Body },
    /// No answer, or one that broke off: then what came of it.
    Transport { message: String, hint: &'static str, came: Option<(Box<Head>, Body)> },
}

/// The body of such an answer.
#[derive(Debug)]
pub(super) enum Body {
    /// A typed value that does not come as JSON.
    Value(Json),
    /// What came, or is written of what came.
    Bytes(Bytes),
}

impl Body {
    fn shown(&self, head: &Head) -> Shown {
        match self {
            Self::Value(value) => Shown::Json(value.clone()),
            Self::Bytes(bytes) => untyped(&head.headers, bytes),
        }
    }
}

/// Status and headers.
#[derive(Debug)]
pub(super) struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

impl Head {
    #[allow(clippy::unnecessary_box_returns, reason = "it is kept in a box everywhere")]
    fn of(meta: &Meta) -> Box<Self> {
        Box::new(Self { status: meta.status(), headers: meta.headers().clone() })
    }
}

/// A declared error without its type.
struct Told {
    message: String,
    body: Body,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Failed {
    /// Compiled once per operation, so everything that can is in [`Failed::told`].
    pub(super) fn of<E: ApiError + fmt::Display>(error: Error<E>) -> Self {
        Self::told(error.map_api(|error| {
            let value = error.value().and_then(|value| serde_json::from_slice(&value).ok());
            let body = value.map_or_else(|| Body::Bytes(error.answer().1.into()), Body::Value);
            Told { message: error.to_string(), body }
        }))
    }

    /// With what a typed error does not hold of the body it was read from.
    pub(super) fn keeping(mut self, came: &[u8]) -> Self {
        if let Self::Http { body: Body::Bytes(body), .. } = &mut self
            && body != came
            && let (Ok(came), Ok(mut value)) = (serde_json::from_slice(came), serde_json::from_slice(body))
        {
            kept::keep(&came, &mut value);
            *body = value.to_string().into();
        }
        self
    }

    /// With the answer, of which this came, that was being read piece by piece when the connection was lost.
    pub(super) fn answered(mut self, status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Self {
        if let Self::Transport { came: came @ None, .. } = &mut self {
            let head = Head { status, headers: headers.clone() };
            *came = Some((Box::new(head), Body::Bytes(body.into())));
        }
        self
    }

    fn told(error: Error<Told>) -> Self {
        let message = error.to_string();
        match error {
            Error::Api(told, meta) => Self::Http { message, head: Head::of(&meta), body: told.body },
            Error::Unexpected { meta, body } => {
                Self::Http { message, head: Head::of(&meta), body: Body::Bytes(body) }
            }
            // A status of failure stays one, even if what is said of it cannot be read.
            Error::Decode { meta, body, .. } if !meta.status().is_success() => {
                Self::Http { message, head: Head::of(&meta), body: Body::Bytes(body) }
            }
            Error::Decode { meta, body, .. } => {
                Self::Decode { message, head: Head::of(&meta), body: Body::Bytes(body) }
            }
            Error::Auth(_, meta) => {
                Self::Http { message, head: Head::of(&meta), body: Body::Bytes(Bytes::new()) }
            }
            Error::Transport(error) => Self::of_transport(message, &error),
            Error::Build(error) => Self::Build(error),
        }
    }

    fn of_transport(mut message: String, error: &TransportError) -> Self {
        // The first cause says most: that a connection was refused, that there is no such host.
        let causes = std::iter::successors(std::error::Error::source(error), |error| error.source());
        if let Some(first) = causes.last().map(ToString::to_string)
            && !message.contains(&first)
        {
            message = format!("{message}: {first}");
        }
        let hint = if error.is_timeout() {
            "give it more time with '--timeout SECONDS' before the operation"
        } else if error.is_connect() {
            "check the address; '--base-url URL' before the operation names another"
        } else if error.is_body_too_large() {
            "ask for less at a time; the server has acted on the request"
        } else {
            "the connection was lost; the server may have acted on the request"
        };
        let came = error.meta().zip(error.body());
        let came = came.map(|(meta, body)| (Head::of(meta), Body::Bytes(body.clone())));
        Self::Transport { message, hint, came }
    }

    /// The process's exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Http { .. } => 1,
            Self::Build(_) => 2,
            Self::Transport { .. } => 3,
            Self::Decode { .. } => 4,
        }
    }

    /// What went wrong.
    pub(super) fn message(&self) -> String {
        match self {
            Self::Build(error) => error.to_string(),
            Self::Http { message, .. } | Self::Decode { message, .. } | Self::Transport { message, .. } => {
                message.clone()
            }
        }
    }

    /// What could be done about it.
    pub(super) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Build(_) => None,
            Self::Http { head, .. } => match head.status.as_u16() {
                401 => Some("give a credential, see 'Credentials' in the program's '--help'"),
                403 => Some("the credential does not allow this, or is one of another account"),
                404 => Some("check the ids in the path, and '--base-url'"),
                408 | 429 | 503 => Some("the server asks for patience; try again later"),
                400 | 409 | 422 => Some("the server refuses the request; its answer says why"),
                _ => None,
            },
            Self::Decode { .. } => Some(
                "the server and the API's description disagree; '--include' and a smaller request may show more",
            ),
            Self::Transport { hint, .. } => Some(hint),
        }
    }

    /// `{"error": {"kind": …, "message": …, …}}`.
    pub(super) fn json(&self) -> Json {
        let (kind, answer) = match self {
            Self::Build(_) => ("usage", None),
            Self::Http { head, body, .. } => ("http", Some((head, body))),
            Self::Decode { head, body, .. } => ("decode", Some((head, body))),
            Self::Transport { came, .. } => ("transport", came.as_ref().map(|(head, body)| (head, body))),
        };
        let mut error = JsonObject::new();
        error.insert("kind".to_owned(), kind.into());
        error.insert("message".to_owned(), self.message().into());
        if let Some((head, body)) = answer {
            error.extend(envelope(head.status, &head.headers, &body.shown(head)));
        }
        let mut object = JsonObject::new();
        object.insert("error".to_owned(), error.into());
        object.into()
    }
}
