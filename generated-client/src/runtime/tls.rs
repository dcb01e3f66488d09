//! TLS: by rustls, with the ring provider and the operating system's certificates, or as the system has it.
//!
//! What is made here is passed to the one HTTP client instead of installed for the process, so that the program's own choice of a
//! provider stays free; a provider the program has installed is used. Without the feature `rustls`, TLS is as `reqwest` is configured.

#[cfg(feature = "rustls")]
use std::sync::Arc;

use secrecy::SecretSlice;

#[cfg(not(target_arch = "wasm32"))]
use super::build_error::BuildError;
#[cfg(not(target_arch = "wasm32"))]
use super::http_settings::HttpSettings;

/// By what a client shows who it is (mutual TLS): certificates and their key.
#[derive(Clone)]
#[allow(dead_code, reason = "without TLS there is nobody to show it to")]
pub(super) struct Identity {
    certificates: Vec<u8>,
    key: SecretSlice<u8>,
}

impl Identity {
    pub(super) fn new(certificates: Vec<u8>, key: Vec<u8>) -> Self {
        Self { certificates, key: key.into() }
    }
}

/// Gives the HTTP client its TLS settings.
#[cfg(feature = "rustls")]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder.tls_backend_preconfigured(rustls_config(settings)?))
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
) -> Result<reqwest::ClientBuilder, BuildError> {
    use secrecy::ExposeSecret as _;

    let Some(identity) = &settings.identity else { return Ok(builder) };
    let read = reqwest::Identity::from_pkcs8_pem(&identity.certificates, identity.key.expose_secret());
    let refuse =
        |_| BuildError::Identity { reason: "it is not a key in PKCS #8 and its certificates, in PEM" };
    Ok(builder.identity(read.map_err(refuse)?))
}

#[cfg(not(any(feature = "native-tls", feature = "rustls", target_arch = "wasm32")))]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
) -> Result<reqwest::ClientBuilder, BuildError> {
    match &settings.identity {
        Some(_) => Err(BuildError::Identity { reason: "the client was built without TLS" }),
        None => Ok(builder),
    }
}

/// A client of a plain `http` address never speaks TLS, redirects included; so that it works where there are no certificates,
/// they are not loaded for it.
#[cfg(feature = "rustls")]
fn rustls_config(settings: &HttpSettings) -> Result<rustls::ClientConfig, BuildError> {
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let fail = |error: rustls::Error| BuildError::HttpClient(Arc::new(error));
    let config = rustls::ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(fail)?;
    let config = if settings.https {
        config.with_platform_verifier().map_err(fail)?
    } else {
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    let mut config = match &settings.identity {
        None => config.with_no_client_auth(),
        Some(identity) => {
            let (certificates, key) = pem(identity)?;
            let refuse = |_| BuildError::Identity { reason: "its key does not fit its certificates" };
            config.with_client_auth_cert(certificates, key).map_err(refuse)?
        }
    };
    // RFC 9113, section 3.2: the handshake says what can be spoken. `reqwest` leaves a configuration that it is given as it is.
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

#[cfg(feature = "rustls")]
fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    use rustls::crypto::{CryptoProvider, ring};

    CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(ring::default_provider()))
}

#[cfg(feature = "rustls")]
type Pem = (Vec<rustls::pki_types::CertificateDer<'static>>, rustls::pki_types::PrivateKeyDer<'static>);

#[cfg(feature = "rustls")]
fn pem(identity: &Identity) -> Result<Pem, BuildError> {
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use secrecy::ExposeSecret as _;

    let refuse = |reason| BuildError::Identity { reason };
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&identity.certificates)
        .collect::<Result<_, _>>()
        .map_err(|_| refuse("its certificates are not PEM"))?;
    if certificates.is_empty() {
        return Err(refuse("it has no certificate in PEM"));
    }
    let key = PrivateKeyDer::from_pem_slice(identity.key.expose_secret());
    Ok((certificates, key.map_err(|_| refuse("it has no private key in PEM"))?))
}

/// What the blocking transport is made with.
#[cfg(feature = "blocking")]
type AgentBuilder = ureq::config::ConfigBuilder<ureq::typestate::AgentScope>;

/// The same for the blocking transport.
#[cfg(all(feature = "blocking", any(feature = "native-tls", feature = "rustls")))]
pub(super) fn configure_agent(
    builder: AgentBuilder,
    settings: &HttpSettings,
) -> Result<AgentBuilder, BuildError> {
    use secrecy::ExposeSecret as _;
    use ureq::tls::{ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, TlsProvider, parse_pem};

    let config = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    #[cfg(feature = "rustls")]
    let config = config.provider(TlsProvider::Rustls).unversioned_rustls_crypto_provider(provider());
    #[cfg(not(feature = "rustls"))]
    let config = config.provider(TlsProvider::NativeTls);
    let Some(identity) = &settings.identity else { return Ok(builder.tls_config(config.build())) };
    let certificates: Vec<_> = parse_pem(&identity.certificates)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            Ok(_) | Err(_) => None,
        })
        .collect();
    let refuse = |_| BuildError::Identity { reason: "it has no private key in PEM" };
    let key = PrivateKey::from_pem(identity.key.expose_secret()).map_err(refuse)?;
    let config = config.client_cert(Some(ClientCert::new_with_certs(&certificates, key)));
    Ok(builder.tls_config(config.build()))
}

#[cfg(all(feature = "blocking", not(any(feature = "native-tls", feature = "rustls"))))]
pub(super) fn configure_agent(
    builder: AgentBuilder,
    settings: &HttpSettings,
) -> Result<AgentBuilder, BuildError> {
    match &settings.identity {
        Some(_) => Err(BuildError::Identity { reason: "the client was built without TLS" }),
        None => Ok(builder),
    }
}
