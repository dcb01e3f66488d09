//! Answers whose body is still to come.

use std::fmt;
use std::pin::pin;

use super::byte_stream::{ByteStream, Came};
use super::response::{Meta, RawResponse};
use super::time::{self, Instant, Waiting};
use super::transport::HttpResponse;
use super::transport_error::TransportError;
use super::{BoxFuture, HeaderMap, StatusCode};

/// An answer of which status and headers are here, and the body is still to come.
pub struct Streamed {
    meta: Meta,
    body: ByteStream,
    max_body_size: u64,
}

impl Streamed {
    pub(super) fn new(response: HttpResponse, max_body_size: u64) -> Self {
        let (head, body) = response.into_parts();
        Self { meta: Meta::new(head.status, head.headers), body, max_body_size }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.meta.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.meta.headers()
    }

    /// Status and headers.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Status and headers, and the body, of which any number of bytes may come.
    pub fn into_parts(self) -> (Meta, ByteStream) {
        (self.meta, self.body)
    }

    /// The same with `change` of the body.
    #[allow(dead_code, reason = "a client may be without a command line")]
    pub(super) fn with_body(self, change: impl FnOnce(ByteStream) -> ByteStream) -> Self {
        Self { body: change(self.body), ..self }
    }

    /// Reads the whole body, up to the size that the client allows.
    ///
    /// An answer that breaks off is an error with what came of it.
    pub fn read(self) -> BoxFuture<'static, Result<RawResponse, TransportError>> {
        Box::pin(self.buffered(Waiting::Runtime, None))
    }

    /// The same until the point in time at which the call `ends`.
    pub(super) async fn buffered(
        mut self,
        waiting: Waiting,
        ends: Option<Instant>,
    ) -> Result<RawResponse, TransportError> {
        let (length, mut came) = (self.body.length(), Came::default());
        let collected = {
            let collecting = pin!(self.body.collect(self.max_body_size, &mut came));
            time::until(waiting, ends, TransportError::deadline, collecting).await.unwrap_or_else(Err)
        };
        match collected {
            Ok(()) => Ok(RawResponse::with_meta(self.meta, came.into())),
            Err(error) => Err(error.keeping(self.meta, came.into(), length)),
        }
    }

    /// Reads a body that nobody wants and that is small, so that its connection can be used again.
    pub(super) async fn discard(mut self) {
        const SMALL: u64 = 64 * 1024;
        if self.body.length().is_some_and(|length| length <= SMALL) {
            _ = self.body.collect(SMALL, &mut Came::default()).await;
        }
    }
}

/// Shows the headers' names only.
impl fmt::Debug for Streamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streamed").field("meta", &self.meta).field("body", &self.body).finish_non_exhaustive()
    }
}
