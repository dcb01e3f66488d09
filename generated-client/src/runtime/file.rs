//! Files as bodies: the one place of the core that reads them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::Bytes;
use super::build_error::BuildError;
use super::request_body::RequestBody;
use super::stream::BoxError;

/// How much is read at a time.
const PIECE: usize = 64 * 1024;

/// The size of the file at `path` in bytes, if it is a file that can be seen.
pub(super) fn len(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|known| known.len())
}

/// The file at `path` from its beginning.
///
/// As many bytes are sent as it has now, which is what the server is told; one that shrinks meanwhile is an error.
pub(super) fn open(path: &Path) -> Result<RequestBody, BuildError> {
    let opened = File::open(path).and_then(|file| {
        let known = file.metadata()?;
        let unfit = || io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file");
        if known.is_file() { Ok((file, known.len())) } else { Err(unfit()) }
    });
    let (file, left) = opened.map_err(|error| BuildError::File(Arc::new(error)))?;
    let stream = Pieces { state: State::Ready(file), left };
    Ok(RequestBody::stream(Box::pin(stream), Some(left)))
}

/// The rest of a file.
struct Pieces {
    state: State,
    left: u64,
}

enum State {
    Ready(File),
    /// Where disks are read that may be slow, beside the threads that run futures.
    Reading(JoinHandle<(File, io::Result<Bytes>)>),
    Ended,
}

impl Stream for Pieces {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Ready(file) => {
                    let most = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
                    // Outside a runtime nobody else waits for this thread.
                    let Ok(runtime) = Handle::try_current() else {
                        let (file, piece) = read(file, most);
                        return Poll::Ready(Some(self.took(file, piece)));
                    };
                    self.state = State::Reading(runtime.spawn_blocking(move || read(file, most)));
                }
                State::Reading(mut reading) => match Pin::new(&mut reading).poll(context) {
                    Poll::Pending => {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready(Ok((file, piece))) => return Poll::Ready(Some(self.took(file, piece))),
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                },
            }
        }
    }
}

impl Pieces {
    /// Keeps the books of a piece; after an error nothing follows.
    fn took(&mut self, file: File, piece: io::Result<Bytes>) -> Result<Bytes, BoxError> {
        let piece = piece?;
        self.left = self.left.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        self.state = State::Ready(file);
        Ok(piece)
    }
}

fn read(mut file: File, most: usize) -> (File, io::Result<Bytes>) {
    let mut piece = vec![0; most];
    let read = loop {
        match file.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    let piece = read.and_then(|length| {
        piece.truncate(length);
        let shrunk = || io::Error::new(io::ErrorKind::UnexpectedEof, "the file is shorter than it was");
        if length == 0 { Err(shrunk()) } else { Ok(piece.into()) }
    });
    (file, piece)
}
