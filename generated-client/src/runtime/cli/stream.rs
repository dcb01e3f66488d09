//! Answers that come piece by piece, each of which is shown as it arrives.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::{
    Answered, ApiError, BoxFuture, BoxStream, ByteStream, Bytes, DecodeError, Error, Json, RawResponse,
    Request, Streamed, TransportError, read_json,
};
use super::answer::{Answer, Shown, member};
use super::failed::Failed;
use super::kept;
use super::send::{Sending, Way};

/// The pieces of an answer, ready to be shown.
pub struct Items(pub(super) BoxStream<'static, Result<Json, Failed>>);

impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

/// Reads one piece as the API's description has it.
pub fn item<T: DeserializeOwned + Serialize>(text: &[u8]) -> Result<Json, DecodeError> {
    let read: T = read_json(text)?;
    let mut shown = member(&read);
    kept::keep(&read_json(text)?, &mut shown);
    Ok(shown)
}

/// Reads the data of an event as the API's description has it; that of the event which ends the stream is text.
pub fn data<T: DeserializeOwned + Serialize>(text: &str, end: Option<&str>) -> Result<Json, DecodeError> {
    if end == Some(text) { Ok(text.into()) } else { item::<T>(text.as_bytes()) }
}

/// The same where the event's name says how, which `read` knows: JSON if it is that, else text.
pub fn named<T>(
    text: &str,
    end: Option<&str>,
    read: impl FnOnce(&str) -> Result<T, DecodeError>,
) -> Result<Json, DecodeError> {
    if end != Some(text) {
        read(text)?;
    }
    Ok(serde_json::from_str(text).unwrap_or_else(|_| text.into()))
}

/// An answer that comes piece by piece.
pub fn items<T, S>(pieces: S) -> Shown
where
    T: Serialize + 'static,
    S: Stream<Item = Result<T, Error<Infallible>>> + Send + Unpin + 'static,
{
    Shown::Items(Items(Box::pin(Pieces(pieces))))
}

/// A page of a list with what came.
pub struct Page<P> {
    page: P,
    came: Json,
}

impl<P> fmt::Debug for Page<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").finish_non_exhaustive()
    }
}

/// Reads a page by `decode`.
pub fn page<P, E>(
    response: RawResponse,
    decode: fn(RawResponse) -> Result<P, Error<E>>,
) -> Result<Page<P>, Error<E>> {
    let came = serde_json::from_slice(response.body()).unwrap_or_default();
    decode(response).map(|page| Page { page, came })
}

impl<P> Page<P> {
    /// The items of the page, which came at `place`.
    pub fn items<T: Serialize>(self, of: fn(P) -> Vec<T>, place: &str) -> Vec<Json> {
        let mut shown: Vec<Json> = of(self.page).iter().map(member).collect();
        let came = self.came.pointer(place).and_then(Json::as_array).filter(|came| came.len() == shown.len());
        for (came, shown) in came.into_iter().flatten().zip(&mut shown) {
            kept::keep(came, shown);
        }
        shown
    }
}

/// Walks through the items of all pages.
pub fn walk<'a, T, E>(items: BoxStream<'a, Result<T, Error<E>>>) -> Sending<'a>
where
    T: Serialize + 'a,
    E: ApiError + fmt::Display + 'a,
{
    Sending(Way::Items(Box::pin(Pieces(items))))
}

struct Pieces<S>(S);

impl<T, E, S> Stream for Pieces<S>
where
    T: Serialize,
    E: ApiError + fmt::Display,
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    type Item = Result<Json, Failed>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = Pin::new(&mut self.0).poll_next(context);
        piece.map(|piece| piece.map(|piece| piece.map(|value| member(&value)).map_err(Failed::of)))
    }
}

/// Sends `request`; `open` is what the client reads answers with that may come piece by piece, `show` what is shown of its result.
pub fn stream<S: 'static, E: ApiError + fmt::Display + 'static>(
    request: Request<'_>,
    open: fn(Streamed) -> Answered<'static, S, E>,
    show: fn(S) -> Shown,
) -> Sending<'_> {
    let opened = move |answer: Streamed| -> BoxFuture<'static, Result<Shown, Failed>> {
        Box::pin(async move { open(answer).await.map(|answer| show(answer.into_body())).map_err(Failed::of) })
    };
    Sending(Way::Once(once(request, Box::new(opened))))
}

type Open = Box<dyn FnOnce(Streamed) -> BoxFuture<'static, Result<Shown, Failed>> + Send>;

fn once(request: Request<'_>, open: Open) -> BoxFuture<'_, Result<Answer, Failed>> {
    Box::pin(async move {
        let opened = request.send_streamed::<_, Infallible>(|answer| Box::pin(async { Ok(answer) }));
        let answer = opened.await.map_err(Failed::of)?;
        let (meta, seen) = (answer.meta().clone(), Arc::default());
        let shown = open(answer.with_body(|body| watched(body, &seen))).await;
        let body = seen.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        match shown {
            Ok(shown) => Ok(Answer::of(&meta, &body, shown)),
            Err(failed) => Err(failed.keeping(&body).answered(meta.status(), meta.headers(), body)),
        }
    })
}

/// What has been read of a body, while anyone wants to know.
type Seen = Arc<Mutex<Option<Vec<u8>>>>;

/// `body` with what is read of it noted in `seen`, until that is taken away.
fn watched(body: ByteStream, seen: &Seen) -> ByteStream {
    let length = body.length();
    *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    ByteStream::new(Box::pin(Watched { body, seen: Arc::clone(seen) }), length)
}

struct Watched {
    body: ByteStream,
    seen: Seen,
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = Pin::new(&mut self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &piece
            && let Some(seen) = &mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
        {
            seen.extend_from_slice(bytes);
        }
        piece
    }
}
