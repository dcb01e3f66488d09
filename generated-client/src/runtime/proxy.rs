//! The proxy that a caller names; none is taken from the environment.

use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::Arc;

use reqwest::Url;

use super::build_error::BuildError;

/// A proxy for all requests. `Debug` shows nothing of it, since its address may hold a password.
#[derive(Clone)]
pub(super) struct Proxy(Url);

impl Proxy {
    /// An absolute `http` or `https` address, perhaps with user name and password.
    pub(super) fn parse(url: &str) -> Result<Self, BuildError> {
        let refuse = |reason| BuildError::Proxy { reason };
        let url = Url::parse(url).map_err(|_| refuse("it is not an absolute URL"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("its scheme is neither `http` nor `https`"));
        }
        if url.host().is_none() {
            return Err(refuse("it names no host"));
        }
        Ok(Self(url))
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn for_client(&self) -> Result<reqwest::Proxy, BuildError> {
        reqwest::Proxy::all(self.0.clone())
            .map_err(|error| BuildError::HttpClient(Arc::new(error.without_url())))
    }

    #[cfg(feature = "blocking")]
    pub(super) fn for_agent(&self) -> Result<ureq::Proxy, BuildError> {
        let refuse = |_| BuildError::Proxy { reason: "the blocking transport cannot use it" };
        ureq::Proxy::new(self.0.as_str()).map_err(refuse)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxy(…)")
    }
}
