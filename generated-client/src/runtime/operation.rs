//! What is fixed about an operation.

use super::{Method, ServerTemplate};

/// One operation of the API; emitted code holds one static of it per operation.
#[derive(Debug)]
pub struct Operation {
    /// The operation's name in the client, such as `contacts.list`.
    pub name: &'static str,
    /// The request's method, as it is sent.
    pub method: &'static str,
    /// The path template below the base URL, such as `/v1/contacts/{id}`.
    pub path: &'static str,
    /// The `Accept` header; empty sends none.
    pub accept: &'static str,
    /// Alternative sets of security scheme names.
    ///
    /// The first set that is not empty and whose schemes all have a credential is used; without one, no credential is sent.
    pub security: &'static [&'static [&'static str]],
    /// The servers that it is at, where those are other than the API's; see [`ClientBuilder::server`](super::ClientBuilder::server).
    pub servers: &'static [ServerTemplate],
    /// The first status of success that the API's description declares; 200 if it declares none.
    pub success: u16,
    /// Whether a call may be made again, if the API says so; else its method says it (RFC 9110, section 9.2.2), or a key of idempotency.
    pub repeatable: Option<bool>,
}

impl Operation {
    /// The request's method. The generator writes no name that is none.
    pub(super) fn method(&self) -> Method {
        Method::from_bytes(self.method.as_bytes()).unwrap_or_default()
    }
}
