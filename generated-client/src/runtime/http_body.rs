//! Bodies on their way to and from `reqwest`, and what they tell of their progress to those who limit the time.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use super::Bytes;
use super::request_body::RequestBody;
use super::stream::BoxError;
use super::time::{self, Busy, Sleep};
use super::transport_error::{Stage, TransportError};

/// The body of a request that is read piece by piece.
pub(super) struct Outgoing {
    /// Never locked, but what `reqwest` takes has to be `Sync`.
    body: Mutex<RequestBody>,
    length: Option<u64>,
    busy: Option<Busy>,
}

impl Outgoing {
    /// `body` as `reqwest` has it; whenever a piece of a stream is taken, `busy` hears it.
    pub(super) fn body(body: RequestBody, busy: Option<&Busy>) -> Option<reqwest::Body> {
        if body.is_empty() {
            return None;
        }
        if let Some(bytes) = body.bytes() {
            return Some(bytes.clone().into());
        }
        let length = body.len();
        let outgoing = Self { body: Mutex::new(body), length, busy: busy.cloned() };
        Some(reqwest::Body::wrap(outgoing))
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        let piece = Pin::new(body).poll_next(context);
        if let Some(busy) = self.busy.as_ref().filter(|_| piece.is_ready()) {
            busy.note();
        }
        piece.map_ok(Frame::data)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The body of an answer.
pub(super) struct Incoming {
    body: reqwest::Body,
    /// The longest wait for a piece.
    idle: Option<Duration>,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Incoming {
    pub(super) fn new(response: reqwest::Response, idle: Option<Duration>) -> Self {
        Self { body: response.into(), idle, waiting: None }
    }

    /// What is wrong if the next piece has been waited for too long; the time in which nobody asks for it does not count.
    fn late(&mut self, context: &mut Context<'_>) -> Option<TransportError> {
        let limit = self.idle?;
        if self.waiting.is_none() && !time::has_runtime() {
            return Some(TransportError::no_runtime());
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(time::sleep(limit)));
        waiting.as_mut().poll(context).is_ready().then(|| TransportError::timed_out(Stage::Answer))
    }
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(frame) => frame,
                Poll::Pending => {
                    return self.late(context).map_or(Poll::Pending, |late| Poll::Ready(Some(Err(late))));
                }
            };
            self.waiting = None;
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                // Trailers.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => return Poll::Ready(None),
            }
        }
    }
}
