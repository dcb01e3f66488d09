//! A call that has been written down and not been sent.

use super::request::Request;

/// A call of an operation, with its parameters and body, that has not been sent: every emitted builder is one.
pub trait Call<'a> {
    /// What the operation gives on success.
    type Output;

    /// The errors that the API's description declares for the operation.
    type Error;

    /// The request in the making, to add what the API's description does not name.
    fn request_mut(&mut self) -> &mut Request<'a>;

    /// The request that would be sent.
    fn into_request(self) -> Request<'a>;
}
