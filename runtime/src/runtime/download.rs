//! Answers that are not read into memory as a whole.

use std::io;

use super::call::Answered;
use super::error::Error;
use super::response::{RawResponse, Response};
use super::stream::BoxFuture;
use super::streamed::Streamed;

/// The ends of emitted functions that open an answer before its body is there.
impl Streamed {
    /// Reads the whole body, for an answer that does not come piece by piece.
    pub fn decoded<T: 'static, E: 'static>(
        self,
        decode: fn(RawResponse) -> Result<T, Error<E>>,
    ) -> Answered<'static, T, E> {
        Box::pin(async move {
            let answer = self.read().await?;
            let meta = answer.meta().clone();
            decode(answer).map(|body| Response::new(body, meta))
        })
    }

    /// An answer with a status of success as it is; of any other the error that it is.
    pub fn success_or<T: 'static, E: 'static>(
        self,
        decode: fn(RawResponse) -> Result<T, Error<E>>,
    ) -> BoxFuture<'static, Result<Self, Error<E>>> {
        Box::pin(async move {
            if self.status().is_success() {
                return Ok(self);
            }
            let answer = self.read().await?;
            match decode(answer.clone()) {
                Err(error) => Err(error),
                Ok(_) => answer.unexpected(),
            }
        })
    }
}

/// What becomes of a body that need not be in memory.
impl Streamed {
    /// Writes the body to `sink` piece by piece as it comes, and gives the number of bytes.
    ///
    /// A sink that takes long keeps the thread: a file is none, a pipe may be one. An answer that breaks off is an error whose
    /// inner error is a [`TransportError`](super::TransportError); what came is in the sink then.
    pub async fn copy_to(self, sink: &mut (impl io::Write + ?Sized)) -> io::Result<u64> {
        let (_, mut body) = self.into_parts();
        let mut written = 0_u64;
        while let Some(piece) = body.next().await {
            let piece = piece.map_err(io::Error::other)?;
            sink.write_all(&piece)?;
            written = written.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        }
        sink.flush()?;
        Ok(written)
    }

    /// Writes the body to the file at `path`, in place of one that is there, and gives the number of bytes.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn save_to(self, path: impl AsRef<std::path::Path>) -> io::Result<u64> {
        let mut file = std::fs::File::create(path)?;
        self.copy_to(&mut file).await
    }
}

/// What the operation gives, without status and headers.
pub fn body_of<'a, T: 'a, E: 'a>(answer: Answered<'a, T, E>) -> BoxFuture<'a, Result<T, Error<E>>> {
    Box::pin(async move { Ok(answer.await?.into_body()) })
}
