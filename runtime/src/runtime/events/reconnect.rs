//! Event streams over as many connections as it takes.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::super::error::Failure;
use super::super::{
    Answered, BoxFuture, BoxStream, Error, Request, StatusCode, Streamed, TransportError, time,
};
use super::{Event, EventStream};

/// When a new connection is made.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Reconnect {
    attempts: u32,
    pause: Duration,
    longest_pause: Duration,
}

impl Default for Reconnect {
    fn default() -> Self {
        Self { attempts: 5, pause: Duration::from_secs(3), longest_pause: Duration::from_secs(60) }
    }
}

impl Reconnect {
    /// Up to five connections in a row without an event; three seconds before each unless the server says another time, and a minute at
    /// most.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many connections in a row may bring no event before the stream ends with what came last.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The time before a new connection, unless the server says another (`retry`).
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// The longest time before a new connection, whatever the server says.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }
}

/// Events over as many connections as it takes.
pub type Events<'a, T, E> = BoxStream<'a, Result<Event<T>, Error<E>>>;

/// Makes the call of `request`, and again when its answer ends or breaks off, with the id of the last event as `Last-Event-ID`.
///
/// Ends after the event that ends the stream, after status 204, after an answer that holds no events, after an error that the server
/// reports, and after too many connections without an event.
pub fn reconnecting<'a, S: 'a, T: 'a, E: 'a>(
    request: Request<'a>,
    reconnect: Reconnect,
    open: fn(Streamed) -> Answered<'static, S, E>,
    events: fn(S) -> Option<EventStream<T>>,
) -> Events<'a, T, E> {
    let (state, failures) = (State::Due, 0);
    Box::pin(Connections { request, reconnect, open, events, state, failures, last_id: None, retry: None })
}

struct Connections<'a, S, T, E> {
    request: Request<'a>,
    reconnect: Reconnect,
    open: fn(Streamed) -> Answered<'static, S, E>,
    events: fn(S) -> Option<EventStream<T>>,
    state: State<'a, S, T, E>,
    failures: u32,
    /// What the server said last, on whichever connection.
    last_id: Option<String>,
    retry: Option<Duration>,
}

enum State<'a, S, T, E> {
    Due,
    Waiting(BoxFuture<'static, Result<(), TransportError>>),
    Connecting(Answered<'a, S, E>),
    Reading(Box<EventStream<T>>),
    Ended,
}

impl<'a, S, T, E> Connections<'a, S, T, E> {
    /// Another connection after a pause; `false` if there have been too many.
    fn again(&mut self) -> bool {
        self.failures += 1;
        let goes_on = self.failures <= self.reconnect.attempts;
        let pause = self.retry.unwrap_or(self.reconnect.pause).min(self.reconnect.longest_pause);
        let wait = time::pause(self.request.client.0.waiting(), pause);
        self.state = if goes_on { State::Waiting(Box::pin(wait)) } else { State::Ended };
        goes_on
    }

    /// The request of the next connection. An id without text is none (WHATWG HTML, section 9.2.3).
    fn next_request(&self) -> Request<'a> {
        let mut request = self.request.clone();
        if let Some(id) = self.last_id.as_deref().filter(|id| !id.is_empty()) {
            request.last_event_id(id);
        }
        request
    }
}

// Nothing is pinned in place.
impl<S, T, E> Unpin for Connections<'_, S, T, E> {}

impl<'a, S: 'a, T, E: 'a> Stream for Connections<'a, S, T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Due => {
                    let call = this.next_request().send_streamed(this.open);
                    this.state = State::Connecting(call);
                }
                State::Waiting(pause) => match pause.as_mut().poll(context) {
                    Poll::Ready(Ok(())) => this.state = State::Due,
                    Poll::Ready(Err(error)) => {
                        this.state = State::Ended;
                        return Poll::Ready(Some(Err(Error::Transport(error))));
                    }
                    Poll::Pending => return Poll::Pending,
                },
                State::Connecting(call) => match call.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(answer)) => {
                        let has_more = answer.status() != StatusCode::NO_CONTENT;
                        let events = (this.events)(answer.into_body()).filter(|_| has_more);
                        this.state = events.map_or(State::Ended, |events| State::Reading(Box::new(events)));
                    }
                    Poll::Ready(Err(error)) => {
                        if !matches!(error, Error::Transport(_)) {
                            this.state = State::Ended;
                            return Poll::Ready(Some(Err(error)));
                        }
                        if !this.again() {
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                },
                State::Reading(events) => match Pin::new(&mut **events).poll_next(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(Ok(event))) => {
                        this.failures = 0;
                        return Poll::Ready(Some(Ok(event)));
                    }
                    Poll::Ready(Some(Err(error))) if !matches!(error, Error::Transport(_)) => {
                        return Poll::Ready(Some(Err(Failure::widen(error))));
                    }
                    Poll::Ready(rest) => {
                        let has_ended = events.has_ended();
                        this.retry = events.retry().or(this.retry);
                        this.last_id = events.last_id().map(str::to_owned).or(this.last_id.take());
                        if has_ended {
                            this.state = State::Ended;
                        } else if !this.again() {
                            return Poll::Ready(rest.map(|error| error.map_err(Failure::widen)));
                        }
                    }
                },
            }
        }
    }
}
