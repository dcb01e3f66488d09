//! TLS by rustls, with the ring provider and the operating system's certificates.
#![allow(unexpected_cfgs, reason = "a crate that embeds this module need not declare the feature")]

use super::build_error::BuildError;

/// Gives the HTTP client its TLS settings.
///
/// Passed to this one client instead of installed for the process, so that the program's own choice of a provider stays free;
/// a provider the program has installed is used. Without the feature `rustls`, TLS is as the `reqwest` crate is configured.
#[cfg(feature = "rustls")]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    https: bool,
) -> Result<reqwest::ClientBuilder, BuildError> {
    let config = rustls_config(https).map_err(|error| BuildError::HttpClient(std::sync::Arc::new(error)))?;
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(not(feature = "rustls"))]
#[allow(clippy::unnecessary_wraps, reason = "with the feature it can fail")]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    _https: bool,
) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder)
}

/// A client of a plain `http` address never speaks TLS, redirects included; so that it works where there are no certificates,
/// they are not loaded for it.
#[cfg(feature = "rustls")]
fn rustls_config(https: bool) -> Result<rustls::ClientConfig, rustls::Error> {
    use rustls::crypto::{CryptoProvider, ring};
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let installed = CryptoProvider::get_default().cloned();
    let provider = installed.unwrap_or_else(|| std::sync::Arc::new(ring::default_provider()));
    let config =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = if https {
        config.with_platform_verifier()?
    } else {
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    Ok(config.with_no_client_auth())
}
