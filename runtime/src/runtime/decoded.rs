//! Answers on their way. Written by hand because they are compiled once per operation, which an `async` block is dear for.

use std::pin::Pin;
use std::task::{Context, Poll};

use super::BoxFuture;
use super::error::{Error, Failure};
use super::response::{RawResponse, Response};
use super::streamed::Streamed;

/// An answer that is decoded when it is complete.
pub(super) struct Decoded<'a, T, E> {
    pub(super) exchange: BoxFuture<'a, Result<RawResponse, Failure>>,
    pub(super) decode: fn(RawResponse) -> Result<T, Error<E>>,
}

impl<T, E> Future for Decoded<'_, T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        match self.exchange.as_mut().poll(context) {
            Poll::Ready(Ok(response)) => Poll::Ready(decode(response)),
            Poll::Ready(Err(failure)) => Poll::Ready(Err(failure.widen())),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// The same for an answer that is read while it comes.
pub(super) enum Opened<'a, T, E> {
    Head {
        exchange: BoxFuture<'a, Result<Streamed, Failure>>,
        decode: fn(Streamed) -> BoxFuture<'static, Result<T, Error<E>>>,
    },
    Body(BoxFuture<'static, Result<T, Error<E>>>),
}

impl<T, E> Future for Opened<'_, T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match &mut *self {
                Self::Head { exchange, decode } => {
                    let decode = *decode;
                    match exchange.as_mut().poll(context) {
                        Poll::Ready(Ok(answer)) => *self = Self::Body(decode(answer)),
                        Poll::Ready(Err(failure)) => return Poll::Ready(Err(failure.widen())),
                        Poll::Pending => return Poll::Pending,
                    }
                }
                Self::Body(decoding) => return decoding.as_mut().poll(context),
            }
        }
    }
}

/// As [`Decoded`], with status and headers.
pub(super) struct WithMeta<'a, T, E> {
    pub(super) exchange: BoxFuture<'a, Result<RawResponse, Failure>>,
    pub(super) decode: fn(RawResponse) -> Result<T, Error<E>>,
}

impl<T, E> Future for WithMeta<'_, T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        match self.exchange.as_mut().poll(context) {
            Poll::Ready(Ok(response)) => {
                let meta = response.meta().clone();
                Poll::Ready(decode(response).map(|body| Response::new(body, meta)))
            }
            Poll::Ready(Err(failure)) => Poll::Ready(Err(failure.widen())),
            Poll::Pending => Poll::Pending,
        }
    }
}
