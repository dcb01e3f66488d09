//! Answers of several parts: `multipart/mixed`, `multipart/form-data` and the like (RFC 2046, section 5.1; RFC 7578).
//!
//! Parts come one after another, as [`Parts`]; where the API's description names them they are members of a struct, which emitted code
//! makes of [`Named`].

mod named;
mod part;
mod split;

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::{DeserializeOwned, Error as _};

pub use self::named::{Apart, Known, Named};
pub use self::part::Part;
use self::split::{Splitter, Step};
use super::byte_stream::ByteStream;
use super::{Answered, Bytes, DecodeError, Error, Meta, RawResponse, Response, Streamed, TransportError};

/// The most bytes of a part, unless another number is set.
const LIMIT: usize = 16 * 1024 * 1024;

/// The parts of one answer, in the order in which they come.
///
/// A stream as those of the `futures` crates; without one, [`next`](Self::next) gives the parts. One that is not what the API's
/// description says is an [`Error::Decode`] that holds its body, and the stream goes on; after an error of the whole nothing follows.
#[must_use = "parts come as the stream is walked through"]
pub struct Parts<T = Part> {
    meta: Meta,
    body: Option<ByteStream>,
    split: Splitter,
    ended: bool,
    limit: usize,
    read: fn(Part) -> Result<T, (Bytes, DecodeError)>,
}

impl Parts {
    /// The parts as they are.
    pub fn whole(meta: Meta, body: ByteStream) -> Self {
        let split = Splitter::new(meta.text("content-type"));
        Self { meta, body: Some(body), split, ended: false, limit: LIMIT, read: Ok }
    }
}

impl<T: DeserializeOwned> Parts<T> {
    /// The parts, each of which is JSON.
    pub fn json(meta: Meta, body: ByteStream) -> Self {
        Parts::whole(meta, body).reading(|part| part.json().map_err(|source| (part.into_body(), source)))
    }
}

impl<T> Parts<T> {
    /// The parts that are still to come, read by `read`, whose error holds what could not be read.
    pub fn reading<U>(self, read: fn(Part) -> Result<U, (Bytes, DecodeError)>) -> Parts<U> {
        let Self { meta, body, split, ended, limit, read: _ } = self;
        Parts { meta, body, split, ended, limit, read }
    }

    /// The most bytes of one part with its headers; 16 MiB unless set. A larger one ends the stream with an error.
    pub fn max_part_size(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The next part; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<Infallible>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Status and headers of the answer.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What is there to be given, if nothing more has to come before.
    fn ready(&mut self) -> Poll<Option<Result<T, Error<Infallible>>>> {
        let failed = |body: Bytes, source| Error::Decode { meta: self.meta.clone(), body, source };
        match self.split.next(self.ended, self.limit) {
            Step::More => Poll::Pending,
            Step::TooLarge => {
                self.body = None;
                let limit = u64::try_from(self.limit).unwrap_or(u64::MAX);
                Poll::Ready(Some(Err(TransportError::body_too_large(limit).into())))
            }
            Step::Part(part) => {
                let read = (self.read)(part);
                Poll::Ready(Some(read.map_err(|(body, source)| failed(body, source))))
            }
            Step::End => {
                self.body = None;
                Poll::Ready(None)
            }
            Step::Fault(fault) => {
                let reason = serde_json::Error::custom(fault);
                let source = DecodeError::new(self.meta.headers(), String::new(), reason);
                let failed = failed(Bytes::copy_from_slice(self.split.rest()), source);
                self.body = None;
                Poll::Ready(Some(Err(failed)))
            }
        }
    }
}

// Nothing is pinned in place.
impl<T> Unpin for Parts<T> {}

impl<T> Stream for Parts<T> {
    type Item = Result<T, Error<Infallible>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.body.is_none() {
                return Poll::Ready(None);
            }
            if let Poll::Ready(ready) = this.ready() {
                return Poll::Ready(ready);
            }
            let Some(body) = &mut this.body else { return Poll::Ready(None) };
            let failed = match Pin::new(body).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => {
                    this.ended = true;
                    continue;
                }
                Poll::Ready(Some(Ok(piece))) => {
                    this.split.push(&piece);
                    continue;
                }
                Poll::Ready(Some(Err(error))) => error,
            };
            this.body = None;
            return Poll::Ready(Some(Err(failed.into())));
        }
    }
}

/// Shows the headers' names only.
impl<T> fmt::Debug for Parts<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("meta", &self.meta).finish_non_exhaustive()
    }
}

/// Opens the parts of an answer.
pub fn open<T: 'static, S: 'static, E: 'static>(
    response: Streamed,
    parts: fn(Meta, ByteStream) -> Parts<T>,
    made: fn(Parts<T>) -> S,
) -> Answered<'static, S, E> {
    let (meta, body) = response.into_parts();
    Box::pin(async move { Ok(Response::new(made(parts(meta.clone(), body)), meta)) })
}

/// The parts of an answer that is there as a whole.
pub fn read<T, E>(
    response: RawResponse,
    parts: fn(Meta, ByteStream) -> Parts<T>,
) -> Result<Parts<T>, Error<E>> {
    let (meta, body) = response.into_parts();
    Ok(parts(meta, body.into()))
}
