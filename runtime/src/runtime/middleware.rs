//! What stands between the client and its transport.

use std::fmt;
use std::sync::Arc;

use super::BoxFuture;
use super::transport::{HttpRequest, HttpResponse, Transport};
use super::transport_error::TransportError;

/// Sees, and may change, every request and every answer; [`ClientBuilder::middleware`](super::ClientBuilder::middleware) adds one.
///
/// The one that was added first is the outermost: it sees a request first and its answer last. Each try of a call goes through
/// all of them, with credentials in place; requests for tokens do as well. What comes back is judged as if the server had given
/// it, so that an answer with status 503 may lead to another try.
///
/// ```text
/// impl Middleware for Timing {
///     fn handle<'a>(
///         &'a self,
///         request: HttpRequest,
///         next: Next<'a>,
///     ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
///         Box::pin(async move {
///             let start = Instant::now();
///             let result = next.run(request).await;
///             self.note(start.elapsed());
///             result
///         })
///     }
/// }
/// ```
pub trait Middleware: Send + Sync {
    /// Hands `request` on with [`Next::run`], or gives an answer of its own.
    fn handle<'a>(
        &'a self,
        request: HttpRequest,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>>;
}

impl<M: Middleware + ?Sized> Middleware for Arc<M> {
    fn handle<'a>(
        &'a self,
        request: HttpRequest,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        (**self).handle(request, next)
    }
}

/// What follows a [`Middleware`]: the others, and the transport.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    rest: &'a [Box<dyn Middleware>],
    transport: &'a dyn Transport,
}

impl<'a> Next<'a> {
    pub(super) fn new(all: &'a [Box<dyn Middleware>], transport: &'a dyn Transport) -> Self {
        Self { rest: all, transport }
    }

    /// Hands the request on.
    pub fn run(self, request: HttpRequest) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        match self.rest.split_first() {
            Some((first, rest)) => first.handle(request, Self { rest, ..self }),
            None => self.transport.send(request),
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").field("middleware", &self.rest.len()).finish_non_exhaustive()
    }
}
