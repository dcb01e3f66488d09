//! Tokens that outlast the program.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::super::{BoxFuture, Timestamp, time};

/// Keeps tokens where a program chooses: a file, a key ring, a table.
///
/// It is asked before a token is fetched, and told each new one. Calls do not depend on it: a store that fails says so in its own
/// way, loads `None`, and the token is fetched. It can be shared by several processes; each then uses what another has renewed.
pub trait TokenStore: Send + Sync {
    /// The token that was saved last; `None` if there is none or it cannot be had.
    fn load(&self) -> BoxFuture<'_, Option<StoredToken>>;

    /// Saves a token in place of the one before.
    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, ()>;

    /// Hears that the saved token has been revoked; nothing, unless implemented: a token that is loaded nevertheless is rejected
    /// by the server, and another is fetched.
    fn forget(&self) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A token as a [`TokenStore`] keeps it. `Debug` shows when it expires only.
#[derive(Clone)]
pub struct StoredToken {
    access: SecretString,
    refresh: Option<SecretString>,
    expires_at: Option<Timestamp>,
}

impl StoredToken {
    /// An access token of which nothing else is known.
    pub fn new(access_token: impl Into<String>) -> Self {
        Self { access: access_token.into().into(), refresh: None, expires_at: None }
    }

    /// An access token that is valid for some time from now on.
    pub(super) fn valid_for(access_token: &str, time: Duration) -> Self {
        let token = Self::new(access_token);
        match time::wall().checked_add(time) {
            Ok(at) => token.with_expires_at(at),
            Err(_) => token,
        }
    }

    /// The same with a refresh token.
    #[must_use]
    pub fn with_refresh_token(self, refresh_token: impl Into<String>) -> Self {
        Self { refresh: Some(refresh_token.into().into()), ..self }
    }

    /// The same with the time until which the access token is valid.
    #[must_use]
    pub fn with_expires_at(self, expires_at: Timestamp) -> Self {
        Self { expires_at: Some(expires_at), ..self }
    }

    /// The access token itself, to be written where nobody else can read it.
    pub fn access_token(&self) -> &str {
        self.access.expose_secret()
    }

    /// The refresh token itself, to be written where nobody else can read it.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh.as_ref().map(SecretString::expose_secret)
    }

    /// The time until which the access token is valid, if the server said so.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// Whether both hold the same tokens.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.access_token() == other.access_token() && self.refresh_token() == other.refresh_token()
    }
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
