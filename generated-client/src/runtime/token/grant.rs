//! What a client has to show for a token.

use std::env::{self, VarError};
use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use super::source::{GrantKind, TokenSource};
use super::store::TokenStore;

/// What a client has to show for a token; made from [`ClientCredentials`], [`RefreshToken`] or [`Password`].
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
    pub(super) store: Option<Arc<dyn TokenStore>>,
}

impl Grant {
    /// Has tokens loaded from `store` and saved in it, so that they outlast the program.
    #[must_use]
    pub fn stored(self, store: impl TokenStore + 'static) -> Self {
        Self { store: Some(Arc::new(store)), ..self }
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
        [refresh, client, password].into_iter().flatten()
    }

    /// Why `source` cannot be used with this.
    pub(super) fn refusal(&self, source: &TokenSource) -> Option<&'static str> {
        let refused = self.kinds().find(|kind| source.members(*kind).is_none())?;
        Some(match refused {
            GrantKind::ClientCredentials => "the API gives no tokens for client credentials",
            GrantKind::RefreshToken => "the API takes no refresh tokens",
            GrantKind::Password => "the API gives no tokens for a user's name and password",
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
}

impl ClientCredentials {
    /// An id and its secret.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { id: id.into(), secret: secret.into().into(), scope: None }
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
        Self { credentials: Some(credentials), identity: None, refresh: None, password: None, store: None }
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
        Self { credentials, identity: None, refresh: Some(token), password: None, store: None }
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
        Self { credentials: None, identity, refresh: None, password: Some(password), store: None }
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
