//! JSON values one after another, as they come: JSON Lines, and JSON text sequences (RFC 7464).

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::byte_stream::ByteStream;
use super::{Answered, Bytes, DecodeError, Error, Meta, RawResponse, Response, Streamed, TransportError};

/// The most bytes of a value, unless another number is set.
const LIMIT: usize = 16 * 1024 * 1024;

/// How the values are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// One on each line; lines without anything are passed over.
    Lines,
    /// Each after a record separator.
    Sequence,
}

impl Framing {
    fn separator(self) -> u8 {
        match self {
            Self::Lines => b'\n',
            Self::Sequence => 0x1E,
        }
    }
}

/// The values of one answer, in the order in which they come.
///
/// A stream as those of the `futures` crates; without one, [`next`](Self::next) gives the values. One that is not what the API's
/// description says is an [`Error::Decode`] that holds it, and the stream goes on.
#[must_use = "values come as the stream is walked through"]
pub struct Records<T> {
    meta: Meta,
    body: Option<ByteStream>,
    separator: u8,
    limit: usize,
    /// What came and is not given yet.
    held: Vec<u8>,
    /// How much of `held` has been given, and how much has been searched.
    given: usize,
    searched: usize,
    read: fn(&[u8]) -> Result<T, DecodeError>,
}

impl<T: DeserializeOwned> Records<T> {
    fn new(meta: Meta, body: ByteStream, framing: Framing) -> Self {
        Self {
            meta,
            body: Some(body),
            separator: framing.separator(),
            limit: LIMIT,
            held: Vec::new(),
            given: 0,
            searched: 0,
            read: super::read_json::<T>,
        }
    }
}

impl<T> Records<T> {
    /// The values that are still to come, read by `read` in place of what the API's description says.
    pub fn reading<U>(self, read: fn(&[u8]) -> Result<U, DecodeError>) -> Records<U> {
        let Self { meta, body, separator, limit, held, given, searched, read: _ } = self;
        Records { meta, body, separator, limit, held, given, searched, read }
    }

    /// The most bytes of one value, with white space around it but for a line end; 16 MiB unless set. A larger one ends the stream
    /// with an error.
    pub fn max_record_size(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<Infallible>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Status and headers of the answer.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The end of the stream, if the value that has begun, of which all until `end` came, is larger than the limit.
    fn too_large(&mut self, end: usize) -> Option<Result<T, Error<Infallible>>> {
        let value = self.held.get(self.given..end).unwrap_or_default();
        let is_too_large = without_line_end(value).len() > self.limit;
        let limit = u64::try_from(self.limit).unwrap_or(u64::MAX);
        is_too_large.then(|| self.failed(TransportError::body_too_large(limit)))
    }

    /// The error after which nothing follows.
    fn failed(&mut self, error: TransportError) -> Result<T, Error<Infallible>> {
        self.body = None;
        self.held.clear();
        (self.given, self.searched) = (0, 0);
        Err(error.into())
    }

    /// The next value of those that came as a whole; at the end of the answer also the one that nothing follows.
    fn ready(&mut self) -> Option<Result<T, Error<Infallible>>> {
        loop {
            let unseen = self.held.get(self.searched..).unwrap_or_default();
            let found = unseen.iter().position(|byte| *byte == self.separator);
            let end = match (found, &self.body) {
                (Some(at), _) => self.searched + at,
                (None, None) if self.given < self.held.len() => self.held.len(),
                (None, _) => {
                    self.searched = self.held.len();
                    return self.too_large(self.held.len());
                }
            };
            if let Some(failed) = self.too_large(end) {
                return Some(failed);
            }
            let whole = self.held.get(self.given..end).unwrap_or_default();
            let record = whole.trim_ascii();
            let may_be_cut = self.separator == Framing::Sequence.separator() && may_be_cut(whole);
            self.given = (end + 1).min(self.held.len());
            self.searched = self.given;
            if record.is_empty() {
                continue;
            }
            let read = if may_be_cut {
                let reason = serde::de::Error::custom("it may have been cut off, since nothing ends it");
                Err(DecodeError::new(self.meta.headers(), String::new(), reason))
            } else {
                (self.read)(record)
            };
            return Some(read.map_err(|source| Error::Decode {
                meta: self.meta.clone(),
                body: Bytes::copy_from_slice(record),
                source,
            }));
        }
    }
}

/// A value without the line end behind it.
fn without_line_end(value: &[u8]) -> &[u8] {
    value.strip_suffix(b"\n").or_else(|| value.strip_suffix(b"\r")).unwrap_or(value)
}

/// Whether a text of a sequence is a number or a word, of which more may have been sent: whitespace ends such ones (RFC 7464,
/// section 2.4).
fn may_be_cut(text: &[u8]) -> bool {
    let is_open = !text.last().is_some_and(u8::is_ascii_whitespace);
    is_open && text.trim_ascii_start().first().is_some_and(|first| b"-0123456789tfn".contains(first))
}

// Nothing is pinned in place.
impl<T> Unpin for Records<T> {}

impl<T> Stream for Records<T> {
    type Item = Result<T, Error<Infallible>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(record) = this.ready() {
                return Poll::Ready(Some(record));
            }
            let Some(body) = &mut this.body else { return Poll::Ready(None) };
            let failed = match Pin::new(body).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => {
                    this.body = None;
                    continue;
                }
                Poll::Ready(Some(Ok(piece))) => {
                    this.held.drain(..this.given);
                    this.searched -= this.given;
                    this.given = 0;
                    this.held.extend_from_slice(&piece);
                    continue;
                }
                Poll::Ready(Some(Err(error))) => error,
            };
            return Poll::Ready(Some(this.failed(failed)));
        }
    }
}

/// Shows the headers' names only.
impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("meta", &self.meta).finish_non_exhaustive()
    }
}

/// Opens the values of an answer.
pub fn open<T: DeserializeOwned + 'static, S: 'static, E: 'static>(
    response: Streamed,
    framing: Framing,
    made: fn(Records<T>) -> S,
) -> Answered<'static, S, E> {
    let (meta, body) = response.into_parts();
    Box::pin(async move { Ok(Response::new(made(Records::new(meta.clone(), body, framing)), meta)) })
}

/// The values of an answer that is there as a whole.
pub fn read<T: DeserializeOwned, E>(response: RawResponse, framing: Framing) -> Result<Records<T>, Error<E>> {
    let (meta, body) = response.into_parts();
    Ok(Records::new(meta, body.into(), framing))
}
