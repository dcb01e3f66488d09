//! The body of an answer as it comes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::Bytes;
use super::stream::BoxStream;
use super::transport_error::TransportError;

/// The bytes of an answer, piece by piece as they come; without a limit of size.
///
/// A stream as those of the `futures` crates; without one, [`next`](Self::next) gives the pieces. After an error nothing follows.
/// Dropping it closes the connection unless the answer was at its end.
#[must_use = "an answer is read by walking through the stream"]
pub struct ByteStream {
    pieces: Pieces,
    length: Option<u64>,
}

enum Pieces {
    /// All of it.
    Whole(Option<Bytes>),
    Coming(BoxStream<'static, Result<Bytes, TransportError>>),
}

impl ByteStream {
    /// For a [`Transport`](super::Transport) or a [`Middleware`](super::Middleware): what `stream` gives, which is `length` bytes if
    /// that is known.
    pub fn new(stream: BoxStream<'static, Result<Bytes, TransportError>>, length: Option<u64>) -> Self {
        Self { pieces: Pieces::Coming(stream), length }
    }

    /// The next piece, which is never empty; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The number of bytes from the beginning to the end, if the server has told it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Everything that is left; more than `limit` bytes are an error.
    pub(super) async fn collect(mut self, limit: u64) -> Result<Bytes, TransportError> {
        let too_large = || Err(TransportError::body_too_large(limit));
        if self.length.is_some_and(|length| length > limit) {
            return too_large();
        }
        let fits = |length: usize| u64::try_from(length).is_ok_and(|length| length <= limit);
        // One piece is the whole body of most answers, and stays where it is.
        let mut first = Bytes::new();
        let mut body = Vec::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if !fits((first.len() + body.len()).saturating_add(piece.len())) {
                return too_large();
            }
            if first.is_empty() && body.is_empty() {
                first = piece;
                continue;
            }
            body.extend_from_slice(&std::mem::take(&mut first));
            body.extend_from_slice(&piece);
        }
        Ok(if body.is_empty() { first } else { body.into() })
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        let length = u64::try_from(bytes.len()).ok();
        Self { pieces: Pieces::Whole(Some(bytes)), length }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let piece = match &mut self.pieces {
                Pieces::Whole(bytes) => bytes.take().map(Ok),
                Pieces::Coming(stream) => match stream.as_mut().poll_next(context) {
                    Poll::Ready(piece) => piece,
                    Poll::Pending => return Poll::Pending,
                },
            };
            match piece {
                Some(Ok(bytes)) if bytes.is_empty() => {}
                Some(Ok(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Err(error)) => {
                    self.pieces = Pieces::Whole(None);
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.pieces = Pieces::Whole(None);
                    return Poll::Ready(None);
                }
            }
        }
    }
}

/// Shows the length only.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).finish_non_exhaustive()
    }
}
