//! A request that brought no complete answer.

use std::fmt;
use std::sync::Arc;

use super::Bytes;
use super::response::Meta;

/// No complete answer came back: the connection, TLS, a timeout, or a body that is too large.
///
/// Whether the server acted on the request is unknown. The request's query is never shown, because it may hold an API key.
///
/// What came of an answer that broke off is kept: [`meta`](Self::meta) has status and headers, [`body`](Self::body) the first bytes.
#[derive(Clone, Debug)]
pub struct TransportError {
    cause: Cause,
    came: Option<Arc<Came>>,
}

/// What came of an answer before it broke off.
struct Came {
    meta: Meta,
    body: Bytes,
    /// Of the whole body, if the server has told it.
    length: Option<u64>,
}

/// Shows the headers' names and the body's length only.
impl fmt::Debug for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Came")
            .field("meta", &self.meta)
            .field("body_len", &self.body.len())
            .field("length", &self.length)
            .finish()
    }
}

/// `12 of 100 bytes`.
impl fmt::Display for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "{} of {length} bytes", self.body.len()),
            None => write!(f, "{} bytes", self.body.len()),
        }
    }
}

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
        Self::of(Cause::TimedOut { stage })
    }

    pub(super) fn failed(
        stage: Stage,
        ending: Ending,
        error: Box<dyn std::error::Error + Send + Sync>,
    ) -> Self {
        Self::of(Cause::Failed { stage, ending, error: error.into() })
    }

    pub(super) fn body_too_large(limit: u64) -> Self {
        Self::of(Cause::BodyTooLarge { limit })
    }

    pub(super) fn deadline() -> Self {
        Self::of(Cause::Deadline)
    }

    pub(super) fn no_runtime() -> Self {
        Self::of(Cause::NoRuntime)
    }

    fn of(cause: Cause) -> Self {
        Self { cause, came: None }
    }

    /// With what came before it: status and headers, and the first bytes of a body of that `length`.
    pub(super) fn keeping(self, meta: Meta, body: Bytes, length: Option<u64>) -> Self {
        Self { came: Some(Arc::new(Came { meta, body, length })), ..self }
    }

    /// Without what came of an answer that nobody but the client is to see.
    #[allow(dead_code, reason = "a client may fetch no tokens")]
    pub(super) fn without_answer(self) -> Self {
        Self { came: None, ..self }
    }

    /// Status and headers of the answer, if it had begun and was to be read as a whole.
    pub fn meta(&self) -> Option<&Meta> {
        self.came.as_ref().map(|came| &came.meta)
    }

    /// The bytes of the answer's body that came before it broke off; `None` if no answer had begun.
    pub fn body(&self) -> Option<&Bytes> {
        self.came.as_ref().map(|came| &came.body)
    }

    /// Whether the request, connecting or all tries together took longer than the client allows.
    pub fn is_timeout(&self) -> bool {
        match &self.cause {
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
        matches!(&self.cause, Cause::BodyTooLarge { .. })
    }

    fn stage(&self) -> Option<Stage> {
        match &self.cause {
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
        match (&self.cause, &self.came) {
            (Cause::Failed { ending: Ending::Failure, .. }, Some(came)) => {
                return write!(f, "the answer broke off after {came}");
            }
            (Cause::Failed { ending: Ending::Timeout, .. }, Some(_)) => Stage::Answer.fmt_late(f)?,
            (Cause::Failed { error, .. }, None) => fmt::Display::fmt(error, f)?,
            (Cause::TimedOut { stage }, _) => stage.fmt_late(f)?,
            (Cause::BodyTooLarge { limit }, _) => {
                return write!(f, "the answer's body is larger than the limit of {limit} bytes");
            }
            (Cause::Deadline, _) => f.write_str("all tries together took longer than the call's deadline")?,
            (Cause::NoRuntime, _) => {
                return f.write_str("this client waits within a tokio runtime, and there is none here");
            }
        }
        self.came.as_ref().map_or(Ok(()), |came| write!(f, " (after {came} of the answer)"))
    }
}

impl Stage {
    fn fmt_late(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting took longer than the client allows",
            Self::Request => "no answer came in the time that the client allows",
            Self::Answer => "the answer took longer than the client allows",
        })
    }
}

/// Displays include their cause, so `source` is the cause's own source; but for that of an answer that broke off.
impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match (&self.cause, &self.came) {
            (Cause::Failed { error, .. }, Some(_)) => Some(&**error),
            (Cause::Failed { error, .. }, None) => error.source(),
            (Cause::TimedOut { .. } | Cause::BodyTooLarge { .. } | Cause::Deadline | Cause::NoRuntime, _) => {
                None
            }
        }
    }
}
