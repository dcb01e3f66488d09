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

    /// Puts everything that is left into `came`, also what comes before an error; more than `limit` bytes are one.
    pub(super) async fn collect(&mut self, limit: u64, came: &mut Came) -> Result<(), TransportError> {
        if self.length.is_some_and(|length| length > limit) {
            return Err(TransportError::body_too_large(limit));
        }
        while let Some(piece) = self.next().await {
            let mut piece = piece?;
            let room = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(came.len());
            let fits = piece.len() <= room;
            piece.truncate(room);
            came.add(piece);
            if !fits {
                return Err(TransportError::body_too_large(limit));
            }
        }
        Ok(())
    }
}

/// What has come of a body. One piece is the whole body of most answers, and stays where it is.
#[derive(Default)]
pub(super) struct Came {
    first: Bytes,
    all: Vec<u8>,
}

impl Came {
    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    fn add(&mut self, piece: Bytes) {
        if self.len() == 0 {
            self.first = piece;
            return;
        }
        self.all.extend_from_slice(&std::mem::take(&mut self.first));
        self.all.extend_from_slice(&piece);
    }
}

impl From<Came> for Bytes {
    fn from(came: Came) -> Self {
        if came.all.is_empty() { came.first } else { came.all.into() }
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
