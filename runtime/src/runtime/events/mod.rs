//! Event streams (WHATWG HTML, section 9.2, Server-sent events), as they come.
//!
//! An [`EventStream`] ends with its answer, or before the event that ends it where there is such. [`reconnecting`] makes the call again
//! from where the last answer was cut. No event is lost wherever the bytes are cut; one that is not ended by an empty line is none.

mod parser;
mod reconnect;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

use self::parser::{Block, Parser};
pub use self::reconnect::{Events, Reconnect, reconnecting};
use super::byte_stream::ByteStream;
use super::{
    Answered, Bytes, DecodeError, Error, HeaderMap, Json, Meta, ObjectWriter, RawResponse, Response,
    Streamed, TransportError, media,
};

/// The most bytes of an event, unless another number is set.
const LIMIT: usize = 16 * 1024 * 1024;

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is, if the server has said so.
    pub event: Option<String>,
    /// What it tells.
    pub data: T,
    /// Its id, if it has one of its own; see [`EventStream::last_id`].
    pub id: Option<String>,
    /// After how many milliseconds a new connection shall be made, if the event says so.
    pub retry: Option<u64>,
}

/// `{"event": …, "data": …, "id": …, "retry": …}`, without what was not sent.
impl<T: Serialize> Serialize for Event<T> {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(sink);
        object.optional("event", &self.event);
        object.required("data", &self.data);
        object.optional("id", &self.id);
        object.optional("retry", &self.retry);
        object.end()
    }
}

/// The events of one answer, in the order in which they come.
///
/// A stream as those of the `futures` crates; without one, [`next`](Self::next) gives the events. An event whose data is not what the
/// API's description says is an [`Error::Decode`] that holds it, and the stream goes on.
#[must_use = "events come as the stream is walked through"]
pub struct EventStream<T> {
    meta: Meta,
    body: Option<ByteStream>,
    parser: Parser,
    ready: VecDeque<Block>,
    read: fn(&str, &str) -> Result<T, DecodeError>,
    end: Option<Cow<'static, str>>,
    last: Last,
    has_ended: bool,
    /// The id of the last event that was given and had one.
    given_id: Option<String>,
}

/// What becomes of the event that ends a stream.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Kept,
    Given,
}

impl EventStream<String> {
    /// Events whose data is text.
    pub fn text(meta: Meta, body: ByteStream) -> Self {
        Self::new(meta, body, |_, data| Ok(data.to_owned()))
    }
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Events whose data is JSON.
    pub fn json(meta: Meta, body: ByteStream) -> Self {
        Self::new(meta, body, |_, data| super::read_json(data.as_bytes()))
    }
}

/// What is told by the data of events whose names say how it is read.
pub trait ByName: Sized {
    /// The data of an event of this name; that of one without a name is `message`.
    fn read(name: &str, data: &str) -> Result<Self, DecodeError>;
}

impl<T: ByName> EventStream<T> {
    /// Events whose names say what their data is.
    pub fn by_name(meta: Meta, body: ByteStream) -> Self {
        Self::new(meta, body, T::read)
    }
}

/// Data of which nothing is known: JSON if it is that, else text.
pub fn any(data: &str) -> Json {
    serde_json::from_str(data).unwrap_or_else(|_| Json::from(data))
}

impl EventStream<Json> {
    /// Events whose data is JSON in some and text, which need not be JSON, in others.
    pub fn any(meta: Meta, body: ByteStream) -> Self {
        Self::new(meta, body, |_, data| Ok(any(data)))
    }
}

impl<T> EventStream<T> {
    fn new(meta: Meta, body: ByteStream, read: fn(&str, &str) -> Result<T, DecodeError>) -> Self {
        let parser = Parser::new(LIMIT);
        let (ready, last) = (VecDeque::new(), Last::Kept);
        Self {
            meta,
            body: Some(body),
            parser,
            ready,
            read,
            end: None,
            last,
            has_ended: false,
            given_id: None,
        }
    }

    /// Ends before the first event whose data is `end`.
    pub fn until(mut self, end: impl Into<Cow<'static, str>>) -> Self {
        self.end = Some(end.into());
        self
    }

    /// Gives the event that ends the stream too, as the last.
    pub fn with_end(mut self) -> Self {
        self.last = Last::Given;
        self
    }

    /// The events that are still to come, with their data read by `read`, of their names and the data, in place of what the API's description
    /// says.
    pub fn reading<U>(self, read: fn(&str, &str) -> Result<U, DecodeError>) -> EventStream<U> {
        let Self { meta, body, parser, ready, read: _, end, last, has_ended, given_id } = self;
        EventStream { meta, body, parser, ready, read, end, last, has_ended, given_id }
    }

    /// The most bytes of one event; 16 MiB unless set. A larger one ends the stream with an error. Comments between and within events
    /// do not count, but none may be longer by itself.
    pub fn max_event_size(mut self, bytes: usize) -> Self {
        self.parser.limit = bytes;
        self
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<Infallible>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The id of the last event that was given and had one: from where the server can go on.
    pub fn last_id(&self) -> Option<&str> {
        let known = if self.ready.is_empty() { &self.parser.last_id } else { &self.given_id };
        known.as_deref()
    }

    /// How long the server wants one to wait before a new connection.
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry.map(Duration::from_millis)
    }

    /// Status and headers of the answer.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Whether it came to the event that ends it, so that nothing is left to come with another connection.
    fn has_ended(&self) -> bool {
        self.has_ended
    }

    fn made(&mut self, block: Block) -> Option<Result<Event<T>, Error<Infallible>>> {
        if block.id.is_some() {
            self.given_id.clone_from(&block.id);
        }
        if self.end.as_deref() == Some(&*block.data) {
            self.has_ended = true;
            self.stop();
            if self.last == Last::Kept {
                return None;
            }
        }
        let Block { event, data, id, retry } = block;
        Some(match (self.read)(event.as_deref().unwrap_or("message"), &data) {
            Ok(data) => Ok(Event { event, data, id, retry }),
            Err(source) => Err(Error::Decode { meta: self.meta.clone(), body: Bytes::from(data), source }),
        })
    }

    fn stop(&mut self) {
        self.body = None;
        self.ready.clear();
    }
}

// Nothing is pinned in place.
impl<T> Unpin for EventStream<T> {}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error<Infallible>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(block) = this.ready.pop_front() {
                return Poll::Ready(this.made(block));
            }
            let Some(body) = &mut this.body else { return Poll::Ready(None) };
            let failed = match Pin::new(body).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => {
                    this.stop();
                    continue;
                }
                Poll::Ready(Some(Ok(piece))) => match this.parser.feed(&piece, &mut this.ready) {
                    Ok(()) => continue,
                    Err(limit) => TransportError::body_too_large(u64::try_from(limit).unwrap_or(u64::MAX)),
                },
                Poll::Ready(Some(Err(error))) => error,
            };
            // What came before is given first.
            this.body = None;
            if this.ready.is_empty() {
                return Poll::Ready(Some(Err(failed.into())));
            }
            this.body = Some(ByteStream::new(Box::pin(Failed(Some(failed))), None));
        }
    }
}

/// An error that is still to be told.
struct Failed(Option<TransportError>);

impl Stream for Failed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

/// Shows the headers' names only.
impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("meta", &self.meta).finish_non_exhaustive()
    }
}

/// Opens the events of an answer; one of another media type, such as a page that reports an error, is left to `decode`.
pub fn open<T: 'static, S: 'static, E: 'static>(
    response: Streamed,
    events: fn(Meta, ByteStream) -> EventStream<T>,
    decode: fn(RawResponse) -> Result<S, Error<E>>,
    made: fn(EventStream<T>) -> S,
) -> Answered<'static, S, E> {
    if !is_event_stream(response.headers()) {
        return response.decoded(decode);
    }
    let (meta, body) = response.into_parts();
    Box::pin(async move { Ok(Response::new(made(events(meta.clone(), body)), meta)) })
}

/// The events of an answer that is there as a whole; one of another media type is an [`Error::Decode`].
pub fn read<T, E>(
    response: RawResponse,
    events: fn(Meta, ByteStream) -> EventStream<T>,
) -> Result<EventStream<T>, Error<E>> {
    let is_one = is_event_stream(response.headers());
    let (meta, body) = response.into_parts();
    if is_one {
        return Ok(events(meta, body.into()));
    }
    let reason = serde::de::Error::custom("an event stream is wanted here");
    let source = DecodeError::new(meta.headers(), String::new(), reason);
    Err(Error::Decode { meta, body, source })
}

/// Whether an answer is an event stream by what it says, or says nothing.
fn is_event_stream(headers: &HeaderMap) -> bool {
    let Some(came) = headers.get(CONTENT_TYPE) else { return true };
    came.to_str().is_ok_and(|came| media::essence(came) == "text/event-stream")
}
