//! Files from the web, one at a time and within limits: the only place of the program that knows the network, and only if it was built
//! with the feature `vendor`.

use clientsmith::Failure;

/// What fetches an address.
pub(super) type Fetch = Box<dyn FnMut(&str) -> Result<String, String>>;

#[cfg(not(feature = "vendor"))]
pub(super) fn fetcher() -> Result<Fetch, Failure> {
    Err(Failure::Usage(
        "this program was built without what fetches files; `cargo install clientsmith --features vendor` has it".to_owned(),
    ))
}

/// Follows no redirects, which would lead past what is allowed. Proxies are those of the environment (`HTTPS_PROXY`, `NO_PROXY`).
#[cfg(feature = "vendor")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is nothing to give")]
pub(super) fn fetcher() -> Result<Fetch, Failure> {
    use std::sync::Arc;
    use std::time::Duration;

    use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

    /// The most bytes of one file.
    const MAX_BYTES: u64 = 16 * 1024 * 1024;
    /// How long one file may take.
    const TIME: Duration = Duration::from_secs(30);

    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(TIME))
        .tls_config(tls);
    let agent = config.build().new_agent();
    Ok(Box::new(move |address| {
        let mut answer = agent.get(address).call().map_err(|error| error.to_string())?;
        let status = answer.status();
        if status.is_redirection() {
            let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or("elsewhere");
            return Err(format!("it redirects to `{to}`; refer to that"));
        }
        if !status.is_success() {
            return Err(format!("the server answers {status}"));
        }
        let body = answer.body_mut().with_config().limit(MAX_BYTES).read_to_vec();
        let body = body.map_err(|error| error.to_string())?;
        String::from_utf8(body).map_err(|_| "it is not UTF-8".to_owned())
    }))
}
