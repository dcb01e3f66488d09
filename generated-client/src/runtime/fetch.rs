//! The transport in a browser: `reqwest`, which is `fetch` there. What is sent is in memory, and redirects and connections are the
//! browser's.

use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::browser::{Sleep, sleep, sleep_until};
use super::build_error::BuildError;
use super::byte_stream::ByteStream;
use super::http_settings::HttpSettings;
use super::request_body::RequestBody;
use super::time::{self, Waiting};
use super::transport::{Direct, HttpRequest, HttpResponse, Parcel, TimeLimit, Transport};
use super::transport_error::{Stage, TransportError};
use super::{BoxFuture, BoxStream, Bytes};

/// Sends requests by the browser.
pub(super) struct HttpClient(reqwest::Client);

impl HttpClient {
    /// One that was made elsewhere.
    pub(super) fn given(client: reqwest::Client) -> Self {
        Self(client)
    }

    pub(super) fn new(settings: &HttpSettings) -> Result<Self, BuildError> {
        if settings.proxy.is_some() {
            return Err(BuildError::Proxy { reason: "the browser has its own" });
        }
        if settings.identity.is_some() {
            return Err(BuildError::Identity { reason: "the browser has its own" });
        }
        Ok(Self(reqwest::Client::new()))
    }

    async fn answer(&self, parcel: Parcel) -> Result<HttpResponse, TransportError> {
        let mut request = reqwest::Request::new(parcel.method, parcel.url);
        *request.headers_mut() = parcel.headers;
        let is_upload = !parcel.body.is_empty();
        if is_upload {
            *request.body_mut() = Some(gathered(parcel.body).await?.into());
        }
        let (whole, idle) = match parcel.time_limit {
            Some(TimeLimit::Whole(limit)) => (Some(time::after(limit)), None),
            Some(TimeLimit::Idle(limit)) => (None, Some(limit)),
            None => (None, None),
        };
        // How an upload comes on is not to be seen.
        let idle_end = idle.filter(|_| !is_upload).map(time::after);
        let (end, late) = (whole.or(idle_end), || TransportError::timed_out(Stage::Request));
        let response = time::until(Waiting::Runtime, end, late, self.0.execute(request)).await??;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = response.headers().clone();
        let alarm = whole.map(|end| Box::pin(sleep_until(end)));
        let pieces = Box::pin(response.bytes_stream());
        // What the server says of its length is said of what is compressed.
        Ok(head.map(|()| ByteStream::new(Box::pin(Coming { pieces, idle, alarm }), None)))
    }
}

impl Direct for HttpClient {
    fn take(&self, parcel: Parcel) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.answer(parcel))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        match Parcel::of(request) {
            Ok(parcel) => self.take(parcel),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

/// The body of an answer. To drop it is to give up the request.
struct Coming {
    pieces: BoxStream<'static, reqwest::Result<Bytes>>,
    /// The longest wait for a piece.
    idle: Option<Duration>,
    /// The end of that wait, or of the time for all of it.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Coming {
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        if let (Some(limit), None) = (self.idle, &self.alarm) {
            self.alarm = Some(Box::pin(sleep(limit)));
        }
        self.alarm.as_mut().is_some_and(|alarm| alarm.as_mut().poll(context).is_ready())
    }
}

impl Stream for Coming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.pieces.as_mut().poll_next(context) {
            Poll::Ready(piece) => {
                if self.idle.is_some() {
                    self.alarm = None;
                }
                Poll::Ready(piece.map(|piece| piece.map_err(Into::into)))
            }
            Poll::Pending if self.is_late(context) => {
                Poll::Ready(Some(Err(TransportError::timed_out(Stage::Answer))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

async fn gathered(mut body: RequestBody) -> Result<Bytes, TransportError> {
    let mut bytes = Vec::new();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        let piece = piece.map_err(|error| TransportError::new(Stage::Request, error))?;
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}
