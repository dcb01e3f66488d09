//! Asking a user's consent in a browser: the address to open, and what comes back (RFC 6749, section 4.1; RFC 7636).

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use super::super::oauth_error::OAuthError;
use super::super::{BoxFuture, BuildError, Client, Error, Json, JsonObject};
use super::grant::{AuthorizationCode, ClientCredentials};
use super::source::{Endpoint, TokenSource};

/// Where an API's users are asked for their consent; emitted code holds a static of it.
#[derive(Clone, Copy, Debug)]
pub struct Authorization {
    /// The security scheme.
    pub scheme: &'static str,
    /// The page to open, an absolute address.
    pub url: &'static str,
}

/// What a user is to be asked.
#[derive(Clone, Debug)]
#[must_use]
pub struct ConsentBuilder {
    scheme: &'static str,
    url: Cow<'static, str>,
    client: ClientCredentials,
    redirect_uri: String,
    scope: Option<String>,
    more: Vec<(String, String)>,
}

impl ConsentBuilder {
    /// Asks for the consent to what `client` wants to do; the browser is sent back to `redirect_uri`.
    pub fn new(
        authorization: &'static Authorization,
        client: ClientCredentials,
        redirect_uri: impl Into<String>,
    ) -> Self {
        Self::at(authorization.scheme, authorization.url.into(), client, redirect_uri.into())
    }

    fn at(
        scheme: &'static str,
        url: Cow<'static, str>,
        client: ClientCredentials,
        redirect_uri: String,
    ) -> Self {
        let scope = client.scope.clone();
        Self { scheme, url, client, redirect_uri, scope, more: Vec::new() }
    }

    /// The scopes to ask for, separated by spaces.
    pub fn scope(self, scope: impl Into<String>) -> Self {
        Self { scope: Some(scope.into()), ..self }
    }

    /// A parameter that RFC 6749 does not have, such as `audience` or `prompt`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.more.push((name.into(), value.into()));
        self
    }

    /// Makes the address, with a state and a challenge (`S256`) that nobody can guess.
    pub fn start(self) -> Result<Consent, BuildError> {
        let refuse = |reason| BuildError::Credential { scheme: self.scheme.to_owned(), reason };
        let mut url =
            Url::parse(&self.url).map_err(|_| refuse("the address to ask for consent is not absolute"))?;
        let (state, verifier) =
            random().zip(random()).ok_or_else(|| refuse("the system gives no random numbers"))?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("response_type", "code").append_pair("client_id", &self.client.id);
            query.append_pair("redirect_uri", &self.redirect_uri);
            if let Some(scope) = &self.scope {
                query.append_pair("scope", scope);
            }
            query.append_pair("state", &state).append_pair("code_challenge", &challenge);
            query.append_pair("code_challenge_method", "S256").extend_pairs(&self.more);
        }
        let (client, redirect_uri) = (self.client, self.redirect_uri);
        Ok(Consent { url: url.into(), state: state.into(), verifier: verifier.into(), client, redirect_uri })
    }
}

impl Client {
    /// Asks the provider of `source` where its users are asked, and then as [`ConsentBuilder::new`]. No credential of this client is
    /// sent.
    pub fn start_consent(
        &self,
        source: &'static TokenSource,
        client: ClientCredentials,
        redirect_uri: String,
    ) -> BoxFuture<'_, Result<ConsentBuilder, Error<Infallible>>> {
        Box::pin(async move {
            let Some(discovery) = source.discovery else {
                let reason = "the API's description names no provider to ask";
                return Err(BuildError::Credential { scheme: source.scheme.to_owned(), reason }.into());
            };
            let url = discovery.endpoint(self, Endpoint::Authorization).await?;
            Ok(ConsentBuilder::at(source.scheme, url.into(), client, redirect_uri))
        })
    }
}

/// 32 bytes of the operating system's, which is what RFC 7636, section 7.1 recommends.
fn random() -> Option<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// A user who is being asked. Kept until the browser comes back; `Debug` shows nothing of it.
///
/// A server that keeps it elsewhere meanwhile keeps [`state`](Self::state) and [`verifier`](Self::verifier), and makes an
/// [`AuthorizationCode`] of them and of what the browser brings.
#[derive(Clone)]
#[must_use]
pub struct Consent {
    url: String,
    state: SecretString,
    verifier: SecretString,
    client: ClientCredentials,
    redirect_uri: String,
}

impl Consent {
    /// The address to open in the user's browser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the browser has to bring back.
    pub fn state(&self) -> &str {
        self.state.expose_secret()
    }

    /// What belongs to the challenge; a secret until the token is had.
    pub fn verifier(&self) -> &str {
        self.verifier.expose_secret()
    }

    /// What the browser came back with: the address it was sent to, or the path and query or the query of it.
    ///
    /// An error is what the server says, or that the answer belongs to something else.
    pub fn accept(self, redirected: &str) -> Result<AuthorizationCode, OAuthError> {
        let query = redirected.split_once('?').map_or(redirected, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let pairs: JsonObject = Url::parse(&format!("http://localhost/?{query}"))
            .map(|url| {
                url.query_pairs().map(|(name, value)| (name.into_owned(), Json::from(&*value))).collect()
            })
            .unwrap_or_default();
        let text = |name: &str| pairs.get(name).and_then(Json::as_str);
        if !text("state").is_some_and(|state| is_same(state, self.state())) {
            return Err(OAuthError::new("the answer belongs to something else that was asked"));
        }
        match text("code").filter(|code| !code.is_empty()) {
            Some(code) if text("error").is_none() => {
                let code = AuthorizationCode::new(code, self.client).redirect_uri(self.redirect_uri);
                Ok(code.verifier(self.verifier.expose_secret()))
            }
            Some(_) | None => {
                let secrets = [self.state().to_owned(), self.verifier().to_owned()];
                let said = OAuthError::read(&Json::Object(pairs), &secrets);
                Err(said.unwrap_or_else(|| OAuthError::new("the answer holds no code")))
            }
        }
    }
}

/// In a time that does not depend on where they differ.
fn is_same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |found, (one, other)| found | (one ^ other));
    one.len() == other.len() && differing == 0
}

impl fmt::Debug for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Consent(…)")
    }
}
