//! A request that brought no complete answer.

use std::fmt;
use std::sync::Arc;

/// No complete answer came back: the connection, TLS, a timeout, or a body that is too large.
///
/// Whether the server acted on the request is unknown. The request's query is never shown, because it may hold an API key.
#[derive(Clone, Debug)]
pub struct TransportError(Cause);

#[derive(Clone, Debug)]
enum Cause {
    Http(Arc<reqwest::Error>),
    BodyTooLarge { limit: u64 },
    Deadline,
}

impl TransportError {
    pub(super) fn body_too_large(limit: u64) -> Self {
        Self(Cause::BodyTooLarge { limit })
    }

    pub(super) fn deadline() -> Self {
        Self(Cause::Deadline)
    }

    /// Whether the request, connecting or all tries together took longer than the client allows.
    pub fn is_timeout(&self) -> bool {
        match &self.0 {
            Cause::Http(error) => error.is_timeout(),
            Cause::Deadline => true,
            Cause::BodyTooLarge { .. } => false,
        }
    }

    /// Whether no connection could be made; then the server saw nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0, Cause::Http(error) if error.is_connect())
    }

    /// Whether the server had not begun to answer.
    pub(super) fn is_before_answer(&self) -> bool {
        matches!(&self.0, Cause::Http(error) if error.is_request())
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
        Self(Cause::Http(Arc::new(error)))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Http(error) => fmt::Display::fmt(error, f),
            Cause::BodyTooLarge { limit } => {
                write!(f, "the answer's body is larger than the limit of {limit} bytes")
            }
            Cause::Deadline => f.write_str("all tries together took longer than the call's deadline"),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Cause::Http(error) => std::error::Error::source(&**error),
            Cause::BodyTooLarge { .. } | Cause::Deadline => None,
        }
    }
}
