//! What the transports that a client makes for itself are told.

use std::time::Duration;

use super::proxy::Proxy;
use super::tls::Identity;

/// Settings of connections.
pub(super) struct HttpSettings {
    /// For a whole request; the transport of blocking clients is told it each time.
    pub(super) timeout: Duration,
    pub(super) connect_timeout: Duration,
    /// Whether the base URL is one of `https`.
    #[allow(dead_code, reason = "certificates are loaded by the feature `rustls` alone")]
    pub(super) https: bool,
    pub(super) proxy: Option<Proxy>,
    pub(super) identity: Option<Identity>,
}
