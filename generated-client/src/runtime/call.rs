//! A call that has been written down and not been sent.

use super::BoxFuture;
use super::error::Error;
use super::request::Request;
use super::response::Response;

/// What [`Call::send`] gives, on its way.
pub type Answered<'a, T, E> = BoxFuture<'a, Result<Response<T>, Error<E>>>;

/// A call of an operation, with its parameters and body, that has not been sent: every emitted builder is one.
pub trait Call<'a>: Sized {
    /// What the operation gives on success.
    type Output;

    /// The errors that the API's description declares for the operation.
    type Error;

    /// The request that would be sent.
    fn into_request(self) -> Request<'a>;

    /// Sends the request, and gives what `.await` gives together with status and headers.
    fn send(self) -> Answered<'a, Self::Output, Self::Error>;

    /// Sends the request and waits for what `.await` gives, on this thread; see [`blocking`](super::blocking).
    #[cfg(feature = "blocking")]
    fn wait(self) -> Result<Self::Output, Error<Self::Error>> {
        super::blocking::wait(self.send()).map(Response::into_body)
    }
}
