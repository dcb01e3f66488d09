//! Bearer tokens that are fetched, kept and renewed (RFC 6749).
//!
//! A [`TokenSource`] says how an API gives tokens, a [`Grant`] what a client has to show for one. The token is fetched with the
//! first call that needs it, by one request however many calls wait for it, and renewed some time before it expires and once
//! after the server has answered 401.
//!
//! Of the ways to a token that the grant and the API have, the next is tried if the token endpoint refuses one, such as a refresh
//! token that has been used. If the endpoint cannot be reached, or answers 408, 429 or 5xx, no other way is tried: nothing
//! says that the first is at an end. The answer of a refresh that is lost on its way may have made the refresh token useless;
//! then the next call falls back to the other ways.
//!
//! A token and what was shown for it are in no error, not in a URL and not in what `Debug` shows.

mod answer;
pub mod code; // only: code
pub mod device; // only: device
mod fetch;
mod grant;
pub mod openid; // only: openid
mod revoke;
mod source;
mod stand_in; // only: mock
mod store;
mod tokens;

use std::convert::Infallible;

pub use self::grant::{AuthorizationCode, ClientCredentials, EnvError, Grant, Password, RefreshToken};
pub use self::source::{
    AnswerMembers, ClientAuthentication, Content, Discovery, Endpoint, Find, GrantKind, ORIGIN, Revocation,
    RevocationAuthentication, TokenKind, TokenSource,
};
pub use self::store::{StoredToken, TokenStore};

use self::tokens::Tokens;
use super::{BoxFuture, BuildError, Client, ClientBuilder, Error};

impl ClientBuilder {
    /// Has tokens of `source` fetched and renewed with `grant`; replaces what was set for the source's security scheme before.
    ///
    /// [`build`](Self::build) gives an error if the API does not offer the grant.
    pub fn token_grant(self, source: &'static TokenSource, grant: Grant) -> Self {
        match grant.refusal(source) {
            None => self.authorizer(source.scheme, Tokens::new(source, grant)),
            Some(reason) => {
                self.remember(BuildError::Credential { scheme: source.scheme.to_owned(), reason })
            }
        }
    }
}

impl Client {
    /// Has the server make the access token useless, where the API can do that (RFC 7009), and forgets it and the refresh token
    /// that came with it.
    ///
    /// An access token that has expired, or that the server does not take any more (401), is renewed first if there is a refresh
    /// token, which would otherwise go on living; without one it counts as revoked. So is a refresh token that was not used yet.
    ///
    /// The next call that needs a token fetches another, if the grant allows that more than once. Nothing is sent if there is no
    /// token. After an error the token is kept.
    pub fn revoke_token(&self) -> BoxFuture<'_, Result<(), Error<Infallible>>> {
        Box::pin(async {
            for authorizer in self.0.authorizers() {
                authorizer.revoke(self).await?;
            }
            Ok(())
        })
    }
}
