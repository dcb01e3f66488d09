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
    Failed { stage: Stage, ending: Ending, error: Arc<dyn std::error::Error + Send + Sync> },
    TimedOut { stage: Stage },
    BodyTooLarge { limit: u64 },
    Deadline,
    NoRuntime,
}

/// How far a request had come when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There was no connection yet: the server saw nothing of the request, so any call may be made again.
    Connect,
    /// No answer had begun: a call that does no harm twice may be made again.
    Request,
    /// The answer had begun, and no call is made again.
    Answer,
}

/// What ended a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Failure,
    Timeout,
}

impl TransportError {
    /// For a [`Transport`](super::Transport) or a [`Middleware`](super::Middleware): what it displays and its source must not show
    /// secrets of the request.
    pub fn new(stage: Stage, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::failed(stage, Ending::Failure, error.into())
    }

    /// For a [`Transport`](super::Transport) that has waited as long as it may.
    pub fn timed_out(stage: Stage) -> Self {
        Self(Cause::TimedOut { stage })
    }

    pub(super) fn failed(
        stage: Stage,
        ending: Ending,
        error: Box<dyn std::error::Error + Send + Sync>,
    ) -> Self {
        Self(Cause::Failed { stage, ending, error: error.into() })
    }

    pub(super) fn body_too_large(limit: u64) -> Self {
        Self(Cause::BodyTooLarge { limit })
    }

    pub(super) fn deadline() -> Self {
        Self(Cause::Deadline)
    }

    pub(super) fn no_runtime() -> Self {
        Self(Cause::NoRuntime)
    }

    /// Whether the request, connecting or all tries together took longer than the client allows.
    pub fn is_timeout(&self) -> bool {
        match &self.0 {
            Cause::Failed { ending, .. } => *ending == Ending::Timeout,
            Cause::TimedOut { .. } | Cause::Deadline => true,
            Cause::BodyTooLarge { .. } | Cause::NoRuntime => false,
        }
    }

    /// Whether no connection could be made; then the server saw nothing of the request.
    pub fn is_connect(&self) -> bool {
        self.stage() == Some(Stage::Connect)
    }

    /// Whether the server had not begun to answer.
    pub(super) fn is_before_answer(&self) -> bool {
        matches!(self.stage(), Some(Stage::Connect | Stage::Request))
    }

    /// Whether the answer's body was larger than the client allows.
    pub fn is_body_too_large(&self) -> bool {
        matches!(&self.0, Cause::BodyTooLarge { .. })
    }

    fn stage(&self) -> Option<Stage> {
        match &self.0 {
            Cause::Failed { stage, .. } | Cause::TimedOut { stage } => Some(*stage),
            Cause::BodyTooLarge { .. } | Cause::Deadline | Cause::NoRuntime => None,
        }
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(mut error: reqwest::Error) -> Self {
        if let Some(url) = error.url_mut() {
            url.set_query(None);
            url.set_fragment(None);
        }
        let stage = if is_connect(&error) {
            Stage::Connect
        } else if error.is_request() {
            Stage::Request
        } else {
            Stage::Answer
        };
        let ending = if error.is_timeout() { Ending::Timeout } else { Ending::Failure };
        Self::failed(stage, ending, Box::new(error))
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// `fetch` does not tell.
#[cfg(target_arch = "wasm32")]
fn is_connect(_: &reqwest::Error) -> bool {
    false
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Failed { error, .. } => fmt::Display::fmt(error, f),
            Cause::TimedOut { stage } => f.write_str(match stage {
                Stage::Connect => "connecting took longer than the client allows",
                Stage::Request => "no answer came in the time that the client allows",
                Stage::Answer => "the answer took longer than the client allows",
            }),
            Cause::BodyTooLarge { limit } => {
                write!(f, "the answer's body is larger than the limit of {limit} bytes")
            }
            Cause::Deadline => f.write_str("all tries together took longer than the call's deadline"),
            Cause::NoRuntime => {
                f.write_str("this client waits within a tokio runtime, and there is none here")
            }
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Cause::Failed { error, .. } => error.source(),
            Cause::TimedOut { .. } | Cause::BodyTooLarge { .. } | Cause::Deadline | Cause::NoRuntime => None,
        }
    }
}
