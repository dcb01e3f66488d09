//! Bodies that are sent as they are: from memory, from a file, or from a stream.

use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;

use super::Bytes;
use super::build_error::BuildError;
#[cfg(not(target_arch = "wasm32"))]
use super::file;
use super::request_body::RequestBody;
use super::stream::{BoxError, BoxStream};

/// What is sent as it is: bytes, a file, or a stream; the last two are never in memory as a whole.
///
/// A clone is the same content. Bytes and files can be sent any number of times; a [`stream`](Self::stream) once, so that a call
/// with one is not made again, whatever the settings say.
#[derive(Clone)]
pub struct Upload(Source);

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    #[cfg(not(target_arch = "wasm32"))]
    File(Arc<Path>),
    Once {
        stream: Arc<Mutex<Option<Chunks>>>,
        length: Option<u64>,
    },
    Joined(Arc<[Upload]>),
}

type Chunks = BoxStream<'static, Result<Bytes, BoxError>>;

impl Upload {
    /// The file at `path`, which is opened when the request is sent and read in pieces.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into().into()))
    }

    /// What `stream` gives, sent as it comes and once only.
    ///
    /// With the `length` in bytes, the server is told it beforehand; some servers ask for that.
    pub fn stream<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let stream: Chunks = Box::pin(Widened(Box::pin(stream)));
        Self(Source::Once { stream: Arc::new(Mutex::new(Some(stream))), length })
    }

    /// One after another, as a body of several parts has them.
    #[allow(dead_code, reason = "an API may have no bodies of several parts")]
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        Self(Source::Joined(parts.into()))
    }

    /// The number of bytes, if it is known.
    pub(super) fn len(&self) -> Option<u64> {
        match &self.0 {
            Source::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            #[cfg(not(target_arch = "wasm32"))]
            Source::File(path) => file::len(path),
            Source::Once { length, .. } => *length,
            Source::Joined(parts) => parts.iter().try_fold(0_u64, |sum, part| part.len()?.checked_add(sum)),
        }
    }

    /// The bytes, if they are in memory.
    pub(super) fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Source::Bytes(bytes) => Some(bytes),
            #[cfg(not(target_arch = "wasm32"))]
            Source::File(_) => None,
            Source::Once { .. } | Source::Joined(_) => None,
        }
    }

    /// Whether it can be sent more than once.
    pub(super) fn is_repeatable(&self) -> bool {
        match &self.0 {
            Source::Bytes(_) => true,
            #[cfg(not(target_arch = "wasm32"))]
            Source::File(_) => true,
            Source::Once { .. } => false,
            Source::Joined(parts) => parts.iter().all(Self::is_repeatable),
        }
    }

    /// The content from its beginning.
    pub(super) fn open(&self) -> Result<RequestBody, BuildError> {
        match &self.0 {
            Source::Bytes(bytes) => Ok(bytes.clone().into()),
            #[cfg(not(target_arch = "wasm32"))]
            Source::File(path) => file::open(path),
            Source::Once { stream, length } => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
                let stream = stream.ok_or(BuildError::BodySent)?;
                Ok(RequestBody::stream(stream, *length))
            }
            Source::Joined(parts) => {
                // Back to front, as they are taken.
                let opened: Vec<_> = parts.iter().rev().map(Self::open).collect::<Result<_, _>>()?;
                Ok(RequestBody::stream(Box::pin(Chain(opened)), self.len()))
            }
        }
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Shows the kind and the size only.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match &self.0 {
            Source::Bytes(bytes) => return write!(f, "{} bytes", bytes.len()),
            #[cfg(not(target_arch = "wasm32"))]
            Source::File(_) => return f.write_str("a file"),
            Source::Once { length, .. } => *length,
            Source::Joined(_) => self.len(),
        };
        match length {
            Some(length) => write!(f, "a stream of {length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}

/// A stream with its errors in boxes.
struct Widened<S>(Pin<Box<S>>);

impl<S, E> Stream for Widened<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map_err(Into::into)
    }
}

/// Bodies one after another, the first of which stands last.
struct Chain(Vec<RequestBody>);

impl Stream for Chain {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(first) = self.0.last_mut() {
            match Pin::new(first).poll_next(context) {
                Poll::Ready(None) => _ = self.0.pop(),
                other @ (Poll::Ready(Some(_)) | Poll::Pending) => return other,
            }
        }
        Poll::Ready(None)
    }
}
