//! Between the client and HTTP: what is handed to whoever sends a request, and what comes back.
//!
//! Connections, TLS, redirects and time limits are a transport's; credentials, repetition and what bodies mean are not.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use super::byte_stream::ByteStream;
use super::operation::Operation;
use super::request_body::RequestBody;
use super::time::Waiting;
use super::transport_error::{Stage, TransportError};
use super::{BoxFuture, HeaderMap, Method};

/// A request on its way to the server. [`Attempt`] is among its extensions.
///
/// It holds the caller's secrets, in headers and perhaps in the query, and its `Debug` shows the query.
pub type HttpRequest = http::Request<RequestBody>;

/// An answer, whatever its status, with its body still to come.
pub type HttpResponse = http::Response<ByteStream>;

/// Sends requests; [`ClientBuilder::transport`](super::ClientBuilder::transport) has a client use it.
///
/// It is asked for each try of a call, after all [`Middleware`](super::Middleware). Any answer is a success, whatever its status;
/// without one, the [`Stage`](super::Stage) of the error says whether the request may be sent again. A transport that follows redirects
/// must not send them to another origin: the request has the caller's secrets.
///
/// ```text
/// impl Transport for Recorded {
///     fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
///         Box::pin(async move { self.answer_to(request.uri().path()) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends one request, and is ready when status and headers of the answer are here.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;

    /// How a call waits between two tries; as `send` does.
    fn waiting(&self) -> Waiting {
        Waiting::Runtime
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }

    fn waiting(&self) -> Waiting {
        (**self).waiting()
    }
}

/// What is known about a request besides itself, in its extensions.
#[derive(Clone)]
pub struct Attempt {
    pub(super) operation: Option<&'static Operation>,
    pub(super) number: u32,
    pub(super) time_limit: Option<TimeLimit>,
}

impl Attempt {
    /// The operation that is called; `None` for what the client asks for itself, such as tokens.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// How often this request has been sent before.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long this try may take; `None` leaves it to the transport.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        self.time_limit
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation.map(|operation| operation.name))
            .field("number", &self.number)
            .field("time_limit", &self.time_limit)
            .finish()
    }
}

/// A transport of the runtime's own.
pub(super) trait Direct: Transport {
    /// Sends what nobody has to see before.
    fn take(&self, parcel: Parcel) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

/// What is sent in one try, before anybody has seen it.
pub(super) struct Parcel {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: RequestBody,
    pub(super) time_limit: Option<TimeLimit>,
}

impl Parcel {
    /// The request as others see it; `None` if its address is none for them.
    pub(super) fn into_request(
        self,
        operation: Option<&'static Operation>,
        number: u32,
    ) -> Option<HttpRequest> {
        let mut request = HttpRequest::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self.url.as_str().parse().ok()?;
        *request.headers_mut() = self.headers;
        request.extensions_mut().insert(Attempt { operation, number, time_limit: self.time_limit });
        Some(request)
    }

    /// What others have made of it; an error if they gave it another address that cannot be called.
    pub(super) fn of(request: HttpRequest) -> Result<Self, TransportError> {
        let (mut head, body) = request.into_parts();
        let url = Url::parse(&head.uri.to_string());
        let url = url.map_err(|error| TransportError::new(Stage::Request, error))?;
        let time_limit = head.extensions.remove::<Attempt>().and_then(|attempt| attempt.time_limit);
        Ok(Self { method: head.method, url, headers: head.headers, body, time_limit })
    }
}

/// How long one try may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLimit {
    /// From sending the request to the end of the answer's body.
    Whole(Duration),
    /// Between any two signs of progress: pieces of the request taken, the answer's head, pieces of its body. What is up- or
    /// downloaded as a stream may take as long as it comes on.
    Idle(Duration),
}
