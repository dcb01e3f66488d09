//! Credentials that are had only when a call is made.

use std::convert::Infallible;

use super::{BoxFuture, Client, Error, HeaderValue};

/// Says what a security scheme's header holds, call by call: for tokens that expire and signatures.
///
/// A secret that stays the same is a [`Credential`](super::Credential). A call that has the header already is sent as it is, and
/// nothing is asked; nor is it for operations without security.
///
/// ```text
/// impl Authorizer for FromFile {
///     fn authorize<'a>(&'a self, _: &'a Client) -> BoxFuture<'a, Result<HeaderValue, Error<Infallible>>> {
///         Box::pin(async move { self.read().await })
///     }
///     fn rejected(&self, _: &HeaderValue) -> Repeat { Repeat::Never }
/// }
/// ```
pub trait Authorizer: Send + Sync {
    /// The header's whole value, such as `Bearer …`; asked before each try. It is marked as sensitive.
    ///
    /// An error ends the call before anything is sent; one of an authorizer's own is
    /// [`BuildError::Credential`](super::BuildError::Credential).
    fn authorize<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<HeaderValue, Error<Infallible>>>;

    /// Hears that the server answered 401 to a request with `value`, and says whether to ask for a value and try once more. A call whose
    /// body cannot be sent again is at its end, whatever this says.
    fn rejected(&self, value: &HeaderValue) -> Repeat;

    /// Tells the server that the secret is not used any more, and forgets it; nothing, unless implemented.
    fn revoke<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<(), Error<Infallible>>> {
        _ = client;
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Whether a call is made again after its credential was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Once, whatever its method: a request that is not authorized was not acted on (RFC 9110, section 15.5.2).
    Once,
    /// The answer with status 401 is the end.
    Never,
}
