//! A request that brought no complete answer.

use std::fmt;

/// No complete answer came back: the connection, TLS, a timeout, or a body that is too large.
///
/// Whether the server acted on the request is unknown. The request's query is never shown, because it may hold an API key.
#[derive(Debug)]
pub struct TransportError(Cause);

#[derive(Debug)]
enum Cause {
    Http(Box<reqwest::Error>),
    BodyTooLarge { limit: u64 },
}

impl TransportError {
    pub(super) fn body_too_large(limit: u64) -> Self {
        Self(Cause::BodyTooLarge { limit })
    }

    /// Whether the request, or connecting, took longer than the client allows.
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0, Cause::Http(error) if error.is_timeout())
    }

    /// Whether no connection could be made; then the server saw nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0, Cause::Http(error) if error.is_connect())
    }

    /// Whether the answer's body was larger than the client allows.
    pub fn is_body_too_large(&self) -> bool {
        matches!(&self.0, Cause::BodyTooLarge { .. })
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(mut error: reqwest::Error) -> Self {
        if let Some(url) = error.url_mut() {
            url.set_query(None);
            url.set_fragment(None);
        }
        Self(Cause::Http(Box::new(error)))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Http(error) => fmt::Display::fmt(error, f),
            Cause::BodyTooLarge { limit } => {
                write!(f, "the answer's body is larger than the limit of {limit} bytes")
            }
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Cause::Http(error) => std::error::Error::source(&**error),
            Cause::BodyTooLarge { .. } => None,
        }
    }
}
