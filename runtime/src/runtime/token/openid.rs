//! Where an OpenID provider gives tokens, as it says itself (OpenID Connect Discovery 1.0).

use std::convert::Infallible;

use reqwest::Url;

use super::super::error::{Error, Failure};
use super::super::{BoxFuture, BuildError, Client, Json, OAuthError};
use super::fetch;
use super::source::{Discovery, Endpoint};

/// What an issuer's address has behind it (section 4).
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// The provider that describes itself at `url`.
pub const fn provider(url: &'static str) -> Discovery {
    Discovery { url, find }
}

fn find<'a>(
    client: &'a Client,
    url: &'static str,
    endpoint: Endpoint,
) -> BoxFuture<'a, Result<String, Error<Infallible>>> {
    Box::pin(described(client, url, endpoint))
}

/// The member that names an endpoint (OpenID Connect Discovery 1.0, section 3; RFC 8628, section 4), and what is said where there is none.
fn member(endpoint: Endpoint) -> (&'static str, &'static str) {
    match endpoint {
        Endpoint::Token => {
            ("token_endpoint", "the provider's description names no token endpoint with an https address")
        }
        Endpoint::Authorization => (
            "authorization_endpoint",
            "the provider's description names no https address at which users are asked",
        ),
        Endpoint::DeviceAuthorization => (
            "device_authorization_endpoint",
            "the provider's description names no https address at which devices ask",
        ),
    }
}

async fn described(client: &Client, url: &'static str, endpoint: Endpoint) -> Result<String, Failure> {
    let refuse = |reason| BuildError::Credential { scheme: url.to_owned(), reason };
    let address = secure(url).ok_or_else(|| refuse("its provider is not at an https address"))?;
    let answer = fetch::get(client, address.clone()).await?;
    let json = answer.json::<Json>().ok().filter(|_| answer.status().is_success()).unwrap_or_default();
    let text = |name: &str| json.get(name).and_then(Json::as_str);
    let said = if text("issuer").is_some_and(|issuer| is_issuer(issuer, &address)) {
        let (member, missing) = member(endpoint);
        text(member).filter(|endpoint| secure(endpoint).is_some()).ok_or(missing)
    } else {
        Err("the provider's description names another issuer than its address")
    };
    match said {
        Ok(endpoint) => Ok(endpoint.to_owned()),
        Err(reason) => Err(Error::Auth(OAuthError::new(reason), answer.into_parts().0)),
    }
}

/// Section 4.3: the issuer is the address without what is behind it. Of an address with something else behind it, at least the
/// origin has to be the issuer's.
fn is_issuer(issuer: &str, address: &Url) -> bool {
    match address.as_str().strip_suffix(WELL_KNOWN) {
        Some(expected) => issuer.trim_end_matches('/') == expected,
        None => Url::parse(issuer).is_ok_and(|issuer| issuer.origin() == address.origin()),
    }
}

/// An address that secrets may be sent to: `https`, or `http` of the own machine.
fn secure(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_own = match url.host_str() {
        Some("localhost" | "127.0.0.1" | "[::1]") => true,
        Some(_) | None => false,
    };
    let is_plain = url.username().is_empty() && url.password().is_none();
    (is_plain && (url.scheme() == "https" || is_own && url.scheme() == "http")).then_some(url)
}
