//! Calls on their way: generic over what an operation gives, so kept small.

use std::fmt;

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

type Read<'a> = Box<dyn FnOnce(RawResponse) -> Result<Shown, Failed> + Send + 'a>;

fn once<'a>(request: Request<'a>, read: Read<'a>) -> BoxFuture<'a, Result<Answer, Failed>> {
    Box::pin(async move {
        let response = request.send_raw().await.map_err(Failed::of)?;
        let shown = read(response.clone())?;
        Ok(Answer::of(response.meta(), response.body(), shown))
    })
}
