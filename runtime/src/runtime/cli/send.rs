//! Calls on their way: generic over what an operation gives, so kept small.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::super::{ApiError, BoxFuture, BoxStream, Error, Json, RawResponse, Request};
use super::Usage;
use super::answer::{Answer, Shown};
use super::failed::Failed;

/// A call that has been made of what was given; it is sent when it is awaited.
pub struct Sending<'a>(pub(super) Way<'a>);

/// What becomes of a call.
pub(super) enum Way<'a> {
    /// One answer.
    Once(BoxFuture<'a, Result<Answer, Failed>>),
    /// Items, as they arrive.
    Items(BoxStream<'a, Result<Json, Failed>>),
}

/// A call, or what is wrong with what was given for it.
pub type Prepared<'a> = Result<Sending<'a>, Usage>;

/// Sends `request`; `decode` is what the client reads answers with, `show` what its result is shown as.
pub fn send<'a, T: 'a, E: ApiError + fmt::Display + 'a>(
    request: Request<'a>,
    decode: fn(RawResponse) -> Result<T, Error<E>>,
    show: fn(T) -> Shown,
) -> Sending<'a> {
    let read = move |response: RawResponse| decode(response).map(show).map_err(Failed::of);
    Sending(Way::Once(once(request, Box::new(read))))
}

/// Sends `request`, and shows the answer as it comes.
pub fn send_raw(request: Request<'_>) -> Sending<'_> {
    send::<RawResponse, std::convert::Infallible>(request, RawResponse::success, super::raw)
}

type Read<'a> = Box<dyn FnOnce(RawResponse) -> Result<Shown, Failed> + Send + 'a>;

fn once<'a>(request: Request<'a>, read: Read<'a>) -> BoxFuture<'a, Result<Answer, Failed>> {
    Box::pin(async move {
        let response = request.send_raw().await.map_err(Failed::of)?;
        let shown = read(response.clone())?;
        Ok(Answer::of(&response, shown))
    })
}

/// Walks through the items of all pages.
pub fn walk<'a, T: 'a, E: ApiError + fmt::Display + 'a>(
    items: BoxStream<'a, Result<T, Error<E>>>,
    show: fn(T) -> Shown,
) -> Sending<'a> {
    Sending(Way::Items(Box::pin(Items { items, show })))
}

struct Items<'a, T, E> {
    items: BoxStream<'a, Result<T, Error<E>>>,
    show: fn(T) -> Shown,
}

impl<T, E: ApiError + fmt::Display> Stream for Items<'_, T, E> {
    type Item = Result<Json, Failed>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let show = self.show;
        self.items.as_mut().poll_next(context).map(|item| {
            item.map(|item| match item.map(show) {
                Ok(Shown::Json(value)) => Ok(value),
                Ok(Shown::Text(text)) => Ok(text.into()),
                Ok(Shown::Nothing | Shown::Bytes(_)) => Ok(Json::Null),
                Err(error) => Err(Failed::of(error)),
            })
        })
    }
}
