//! What a transport sends along with a request.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::Bytes;
use super::stream::{BoxError, BoxStream};

/// The body of a request that is on its way: nothing, bytes, or a stream of them.
///
/// A transport sends [`bytes`](Self::bytes) as they are, and reads the rest, which is an ordinary stream, piece by piece.
#[derive(Default)]
pub struct RequestBody(Content);

#[derive(Default)]
enum Content {
    #[default]
    Empty,
    Bytes(Bytes),
    Stream {
        stream: BoxStream<'static, Result<Bytes, BoxError>>,
        length: Option<u64>,
    },
}

impl RequestBody {
    /// No body at all.
    pub fn empty() -> Self {
        Self(Content::Empty)
    }

    /// What `stream` gives, which is `length` bytes if that is known.
    pub fn stream(stream: BoxStream<'static, Result<Bytes, BoxError>>, length: Option<u64>) -> Self {
        Self(Content::Stream { stream, length })
    }

    /// Whether there is no body, which is not the same as one of no bytes.
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Content::Empty)
    }

    /// The whole body, if it is in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Empty | Content::Stream { .. } => None,
        }
    }

    /// The number of bytes, if it is known.
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Content::Empty => Some(0),
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream { length, .. } => *length,
        }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

impl Stream for RequestBody {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Content::Stream { stream, .. } = &mut self.0 {
            return stream.as_mut().poll_next(context);
        }
        match mem::take(&mut self.0) {
            Content::Bytes(bytes) if !bytes.is_empty() => Poll::Ready(Some(Ok(bytes))),
            Content::Empty | Content::Bytes(_) | Content::Stream { .. } => Poll::Ready(None),
        }
    }
}

/// Shows the size only.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.len()) {
            (Content::Empty, _) => f.write_str("None"),
            (Content::Bytes(_) | Content::Stream { .. }, Some(length)) => write!(f, "{length} bytes"),
            (Content::Bytes(_) | Content::Stream { .. }, None) => f.write_str("bytes"),
        }
    }
}
