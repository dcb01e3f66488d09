//! What a client has to show for a token.

use std::env::{self, VarError};
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use super::source::{ClientAuthentication, GrantKind, TokenSource};
use super::store::{StoredToken, TokenStore};

/// What a client has to show for a token; made from [`ClientCredentials`], [`RefreshToken`], [`Password`] or
/// [`AuthorizationCode`].
///
/// `Debug` shows no more than that.
#[derive(Clone)]
pub struct Grant {
    /// A way to a token, and who asks by any other way.
    pub(super) credentials: Option<ClientCredentials>,
    /// Who asks, where that is no way to a token.
    identity: Option<ClientCredentials>,
    pub(super) refresh: Option<SecretString>,
    pub(super) password: Option<Password>,
    pub(super) code: Option<AuthorizationCode>,
    /// What was had already.
    pub(super) held: Option<StoredToken>,
    pub(super) store: Option<Arc<dyn TokenStore>>,
}

impl Grant {
    /// Has tokens loaded from `store` and saved in it, so that they outlast the program.
    #[must_use]
    pub fn stored(self, store: impl TokenStore + 'static) -> Self {
        Self { store: Some(Arc::new(store)), ..self }
    }

    fn empty() -> Self {
        Self {
            credentials: None,
            identity: None,
            refresh: None,
            password: None,
            code: None,
            held: None,
            store: None,
        }
    }

    /// A token that `client` was given, to be renewed if it came with a refresh token.
    #[allow(dead_code, reason = "a client may be without devices")]
    pub(super) fn held(token: StoredToken, client: ClientCredentials) -> Self {
        Self { held: Some(token), identity: Some(client), ..Self::empty() }
    }

    /// Who asks, if that is to be said.
    pub(super) fn client(&self) -> Option<&ClientCredentials> {
        self.credentials.as_ref().or(self.identity.as_ref())
    }

    /// The ways to a token that there are from the start.
    pub(super) fn kinds(&self) -> impl Iterator<Item = GrantKind> {
        let refresh = self.refresh.as_ref().map(|_| GrantKind::RefreshToken);
        let client = self.credentials.as_ref().map(|_| GrantKind::ClientCredentials);
        let password = self.password.as_ref().map(|_| GrantKind::Password);
        let code = self.code.as_ref().map(|_| GrantKind::AuthorizationCode);
        [refresh, client, password, code].into_iter().flatten()
    }

    /// How the refresh tokens that are used were had; `None` where they come from elsewhere.
    pub(super) fn origin(&self) -> Option<GrantKind> {
        let held = self.held.as_ref().map(|_| GrantKind::DeviceCode);
        held.or_else(|| self.kinds().next()).filter(|kind| *kind != GrantKind::RefreshToken)
    }

    /// Why `source` cannot be used with this.
    pub(super) fn refusal(&self, source: &TokenSource) -> Option<&'static str> {
        let refused = self.kinds().find(|kind| source.members(*kind).is_none())?;
        Some(match refused {
            GrantKind::ClientCredentials => "the API gives no tokens for client credentials",
            GrantKind::RefreshToken => "the API takes no refresh tokens",
            GrantKind::Password => "the API gives no tokens for a user's name and password",
            GrantKind::AuthorizationCode => "the API gives no tokens for a code that a browser brought back",
            GrantKind::DeviceCode => "the API gives no tokens to devices",
        })
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.kinds()).finish()
    }
}

/// A client's own id and secret. `Debug` does not show them.
#[derive(Clone)]
pub struct ClientCredentials {
    pub(super) id: String,
    pub(super) secret: SecretString,
    pub(super) scope: Option<String>,
    authentication: Option<ClientAuthentication>,
}

impl ClientCredentials {
    /// An id and its secret.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { id: id.into(), secret: secret.into().into(), scope: None, authentication: None }
    }

    /// The id of a client that can keep no secret, such as a program on its user's machine (RFC 6749, section 2.1).
    pub fn public(id: impl Into<String>) -> Self {
        Self::new(id, "")
    }

    /// How id and secret are sent, in place of what the API's description says or RFC 6749 asks for.
    #[must_use]
    pub fn sent_in(self, place: ClientAuthentication) -> Self {
        Self { authentication: Some(place), ..self }
    }

    pub(super) fn is_public(&self) -> bool {
        self.secret.expose_secret().is_empty()
    }

    /// Where id and secret go; without a secret there is nothing to authenticate by.
    pub(super) fn place(&self, source: &TokenSource) -> ClientAuthentication {
        if self.is_public() {
            return ClientAuthentication::Body;
        }
        self.authentication.unwrap_or(source.authentication)
    }

    /// The values of two environment variables.
    ///
    /// Errors if one is not set, empty or not Unicode; they name the variable and never its value.
    pub fn from_env(id_variable: &str, secret_variable: &str) -> Result<Self, EnvError> {
        Ok(Self::new(variable(id_variable)?, variable(secret_variable)?))
    }

    /// The scopes to ask for, separated by spaces.
    #[must_use]
    pub fn scope(self, scope: impl Into<String>) -> Self {
        Self { scope: Some(scope.into()), ..self }
    }
}

fn variable(name: &str) -> Result<String, EnvError> {
    let refuse = |reason| Err(EnvError { variable: name.to_owned(), reason });
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => refuse("is empty"),
        Ok(value) => Ok(value),
        Err(VarError::NotPresent) => refuse("is not set"),
        Err(VarError::NotUnicode(_)) => refuse("is not Unicode text"),
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCredentials(…)")
    }
}

impl From<ClientCredentials> for Grant {
    fn from(credentials: ClientCredentials) -> Self {
        Self { credentials: Some(credentials), ..Self::empty() }
    }
}

/// A refresh token that was had elsewhere. `Debug` does not show it.
#[derive(Clone)]
pub struct RefreshToken {
    token: SecretString,
    credentials: Option<ClientCredentials>,
}

impl RefreshToken {
    /// The token.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: token.into().into(), credentials: None }
    }

    /// Falls back to a client's own credentials when the refresh token is refused; they also identify the client, where the API
    /// asks for that together with a refresh token.
    #[must_use]
    pub fn or(self, credentials: ClientCredentials) -> Self {
        Self { credentials: Some(credentials), ..self }
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

impl From<RefreshToken> for Grant {
    fn from(refresh: RefreshToken) -> Self {
        let RefreshToken { token, credentials } = refresh;
        Self { credentials, refresh: Some(token), ..Self::empty() }
    }
}

/// A user's name and password. `Debug` does not show them.
#[derive(Clone)]
pub struct Password {
    pub(super) username: String,
    pub(super) secret: SecretString,
    pub(super) scope: Option<String>,
    client: Option<ClientCredentials>,
}

impl Password {
    /// A name and its password.
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), secret: password.into().into(), scope: None, client: None }
    }

    /// Identifies the client, where the API asks for that; no token is had for these credentials alone.
    #[must_use]
    pub fn client(self, credentials: ClientCredentials) -> Self {
        Self { client: Some(credentials), ..self }
    }

    /// The scopes to ask for, separated by spaces.
    #[must_use]
    pub fn scope(self, scope: impl Into<String>) -> Self {
        Self { scope: Some(scope.into()), ..self }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl From<Password> for Grant {
    fn from(mut password: Password) -> Self {
        let identity = password.client.take();
        Self { identity, password: Some(password), ..Self::empty() }
    }
}

/// A code that a user's browser brought back, good for one token; what comes with that renews it. `Debug` does not show it.
#[derive(Clone)]
pub struct AuthorizationCode {
    pub(super) code: SecretString,
    pub(super) verifier: Option<SecretString>,
    pub(super) redirect_uri: Option<String>,
    client: Option<ClientCredentials>,
}

impl AuthorizationCode {
    /// The code, and who was given it.
    pub fn new(code: impl Into<String>, client: ClientCredentials) -> Self {
        Self { code: code.into().into(), verifier: None, redirect_uri: None, client: Some(client) }
    }

    /// The verifier to the challenge that was sent when the code was asked for (RFC 7636).
    #[must_use]
    pub fn verifier(self, verifier: impl Into<String>) -> Self {
        Self { verifier: Some(verifier.into().into()), ..self }
    }

    /// The address that the browser was sent back to, as it was when the code was asked for.
    #[must_use]
    pub fn redirect_uri(self, redirect_uri: impl Into<String>) -> Self {
        Self { redirect_uri: Some(redirect_uri.into()), ..self }
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode(…)")
    }
}

impl From<AuthorizationCode> for Grant {
    fn from(mut code: AuthorizationCode) -> Self {
        let identity = code.client.take();
        Self { identity, code: Some(code), ..Self::empty() }
    }
}

/// An environment variable that holds no secret. Its value is never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvError {
    variable: String,
    reason: &'static str,
}

impl EnvError {
    /// The variable's name.
    pub fn variable(&self) -> &str {
        &self.variable
    }
}

impl fmt::Display for EnvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the environment variable {:?} {}", self.variable, self.reason)
    }
}

impl std::error::Error for EnvError {}
