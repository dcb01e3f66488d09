//! The token of a client: had when it is needed, kept while it is good.

use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex as Flight;

use super::super::authorize::{Authorizer, Repeat};
use super::super::error::{Error, Failure};
use super::super::time::{self, Instant};
use super::super::{BoxFuture, BuildError, Client, HeaderValue, StatusCode};
use super::answer::{self, Life, Token};
use super::fetch::{self, Way};
use super::grant::Grant;
use super::revoke::{self, Outcome};
use super::source::{Endpoint, GrantKind, Revocation, TokenSource};
use super::store::StoredToken;

/// The token that a client has by one grant.
pub(super) struct Tokens {
    source: &'static TokenSource,
    grant: Grant,
    /// Held by the one call that sees to a token while others wait; let go when that call is dropped, so that the next one goes on.
    flight: Flight<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The refresh token that came last.
    refresh: Option<SecretString>,
    /// The token endpoint, where that had to be asked for.
    endpoint: Option<String>,
    /// Whether the code that the grant began with was used.
    spent: bool,
    /// Whether the token that the grant began with was held.
    begun: bool,
    /// What the server did not take.
    rejected: Option<HeaderValue>,
    /// What the store had when it was asked last, and whether a token was had since then.
    loaded: Option<StoredToken>,
    renewed: bool,
    /// How many flights have ended, and why the last of them brought nothing.
    flights: u64,
    failure: Option<Failure>,
}

struct Held {
    value: HeaderValue,
    access: SecretString,
    /// `None` if it was good for one call.
    good_until: Option<Instant>,
}

impl State {
    fn good(&self) -> Option<HeaderValue> {
        let held = self.held.as_ref()?;
        (held.good_until? > time::now()).then(|| held.value.clone())
    }
}

/// Where a token comes from that was not fetched.
enum From {
    Store,
    /// It was given a moment ago.
    Grant,
}

/// What is known of the refresh tokens when something is to be revoked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Renewal {
    NotTried,
    /// The access token is a new one.
    Fresh,
    /// There is no refresh token, or none that brings a token.
    Impossible,
}

impl Tokens {
    pub(super) fn new(source: &'static TokenSource, grant: Grant) -> Self {
        Self { source, grant, flight: Flight::new(()), state: Mutex::default() }
    }

    /// Never held while waiting.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that is held, or another.
    ///
    /// Whoever waits while another call fetches a token shares its result, be it a failure.
    async fn value(&self, client: &Client) -> Result<HeaderValue, Failure> {
        let before = {
            let state = self.state();
            match state.good() {
                Some(value) => return Ok(value),
                None => state.flights,
            }
        };
        let _flight = self.flight.lock().await;
        {
            let state = self.state();
            match (state.good(), &state.failure) {
                (Some(value), _) => return Ok(value),
                (None, Some(failure)) if state.flights != before => return Err(failure.clone()),
                (None, _) => {}
            }
        }
        let outcome = self.another(client).await;
        let mut state = self.state();
        state.flights = state.flights.wrapping_add(1);
        state.failure = outcome.as_ref().err().cloned();
        outcome
    }

    /// Another token: from the store, or by the first way that is not refused.
    async fn another(&self, client: &Client) -> Result<HeaderValue, Failure> {
        if let Some(value) = self.loaded().await {
            return Ok(value);
        }
        let mut ways = self.ways().into_iter().peekable();
        let mut refused = None;
        while let Some(way) = ways.next() {
            let outcome = self.fetched(client, &way).await;
            match outcome {
                // The token that the server does not take, given once more: another way may bring another.
                Ok(token) if self.is_rejected(&token) && ways.peek().is_some() => self.give_up(&way),
                Ok(token) => return Ok(self.keep(token).await),
                Err(Error::Auth(error, meta)) if is_refusal(meta.status()) => {
                    self.give_up(&way);
                    refused = Some(Error::Auth(error, meta));
                }
                Err(failure) => return Err(failure),
            }
        }
        Err(refused.unwrap_or_else(|| {
            let reason = "there is no way to a token";
            BuildError::Credential { scheme: self.source.scheme.to_owned(), reason }.into()
        }))
    }

    /// A token by one way, from where the source or its provider says.
    async fn fetched(&self, client: &Client, way: &Way) -> Result<Token, Failure> {
        let endpoint = self.endpoint(client, way).await?;
        let outcome = fetch::token(client, self.source, &endpoint, &self.grant, way).await;
        if matches!((way, &outcome), (Way::AuthorizationCode, Ok(_) | Err(Error::Auth(..)))) {
            self.state().spent = true;
        }
        outcome
    }

    async fn endpoint(&self, client: &Client, way: &Way) -> Result<String, Failure> {
        let Some(discovery) = self.source.discovery else {
            let said = match way {
                Way::RefreshToken(_) => self.source.renewal_of(self.grant.origin()),
                other => self.source.endpoint_of(other.kind()),
            };
            return Ok(said.to_owned());
        };
        let known = self.state().endpoint.clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = discovery.endpoint(client, Endpoint::Token).await?;
        self.state().endpoint = Some(found.clone());
        Ok(found)
    }

    /// The ways to a token, in the order of the source.
    fn ways(&self) -> Vec<Way> {
        const ALL: [GrantKind; 4] = [
            GrantKind::RefreshToken,
            GrantKind::ClientCredentials,
            GrantKind::Password,
            GrantKind::AuthorizationCode,
        ];
        let order = self.source.order;
        let unnamed = ALL.iter().filter(|kind| !order.contains(kind));
        let offered = order.iter().chain(unnamed).filter(|kind| self.source.members(**kind).is_some());
        let mut ways = Vec::new();
        for kind in offered {
            match kind {
                GrantKind::RefreshToken => ways.extend(self.refresh_tokens().map(Way::RefreshToken)),
                GrantKind::ClientCredentials if self.grant.credentials.is_some() => {
                    ways.push(Way::ClientCredentials);
                }
                GrantKind::Password if self.grant.password.is_some() => ways.push(Way::Password),
                GrantKind::AuthorizationCode if self.grant.code.is_some() && !self.state().spent => {
                    ways.push(Way::AuthorizationCode);
                }
                GrantKind::ClientCredentials
                | GrantKind::Password
                | GrantKind::AuthorizationCode
                | GrantKind::DeviceCode => {}
            }
        }
        ways
    }

    /// The refresh token that came last, and the one that the grant began with.
    fn refresh_tokens(&self) -> impl Iterator<Item = SecretString> {
        let last = self.state().refresh.clone();
        let same = |first: &SecretString| {
            last.as_ref().is_some_and(|last| last.expose_secret() == first.expose_secret())
        };
        let first = self.grant.refresh.clone().filter(|first| !same(first));
        last.into_iter().chain(first)
    }

    fn is_rejected(&self, token: &Token) -> bool {
        self.state().rejected.as_ref() == Some(&token.value)
    }

    /// Forgets a refresh token that brings nothing any more.
    fn give_up(&self, way: &Way) {
        let mut state = self.state();
        if let (Way::RefreshToken(used), Some(held)) = (way, &state.refresh)
            && used.expose_secret() == held.expose_secret()
        {
            state.refresh = None;
        }
    }

    /// What the store has, if that is good and not known to be rejected.
    ///
    /// What it had before a token was renewed is passed over: it could not save the new one, and a refresh token may be good for
    /// one use only.
    async fn loaded(&self) -> Option<HeaderValue> {
        let (stored, from) = self.stored().await?;
        let mut state = self.state();
        if state.renewed && state.loaded.as_ref().is_some_and(|before| before.is_same(&stored)) {
            return None;
        }
        (state.loaded, state.renewed) = (Some(stored.clone()), false);
        if let Some(refresh) = stored.refresh_token() {
            state.refresh = Some(refresh.into());
        }
        let value = answer::bearer(stored.access_token())?;
        let known = state.held.as_ref().is_some_and(|held| held.value == value);
        if known || state.rejected.as_ref() == Some(&value) {
            return None;
        }
        let left = match stored.expires_at() {
            Some(at) => Duration::try_from(at.duration_since(time::wall())).ok()?,
            None => self.source.default_ttl,
        };
        let early = match from {
            From::Store => self.source.skew,
            From::Grant => self.source.skew.min(left / 2),
        };
        let good_until = time::after(left.checked_sub(early).filter(|left| !left.is_zero())?);
        let access = stored.access_token().into();
        state.held = Some(Held { value: value.clone(), access, good_until: Some(good_until) });
        Some(value)
    }

    /// What the store has, or what the grant began with, which the store is given to keep.
    async fn stored(&self) -> Option<(StoredToken, From)> {
        let store = self.grant.store.as_ref();
        let stored = match store {
            Some(store) => store.load().await,
            None => None,
        };
        if stored.is_some() || std::mem::replace(&mut self.state().begun, true) {
            return Some((stored?, From::Store));
        }
        let held = self.grant.held.clone()?;
        if let Some(store) = store {
            store.save(&held).await;
        }
        Some((held, From::Grant))
    }

    /// Holds a new token, and has the store save it.
    async fn keep(&self, token: Token) -> HeaderValue {
        let Token { value, access, refresh, life } = token;
        let (good_until, valid) = match life {
            Life::For(valid) => {
                let early = self.source.skew.min(valid / 2);
                (Some(time::after(valid.saturating_sub(early))), valid)
            }
            Life::Once => (None, Duration::ZERO),
        };
        let mut stored = StoredToken::valid_for(access.expose_secret(), valid);
        {
            let mut state = self.state();
            // A server that gives no other refresh token lets the old one be used again (RFC 6749, section 6).
            state.refresh = refresh.or_else(|| state.refresh.take());
            if let Some(refresh) = &state.refresh {
                stored = stored.with_refresh_token(refresh.expose_secret());
            }
            state.held = Some(Held { value: value.clone(), access, good_until });
            state.renewed = true;
        }
        if let Some(store) = &self.grant.store {
            store.save(&stored).await;
        }
        value
    }

    async fn revoked(&self, client: &Client) -> Result<(), Failure> {
        let _flight = self.flight.lock().await;
        if let Some(revocation) = &self.source.revocation {
            self.made_useless(client, revocation).await?;
        }
        {
            let mut state = self.state();
            (state.held, state.refresh) = (None, None);
        }
        if let Some(store) = &self.grant.store {
            store.forget().await;
        }
        Ok(())
    }

    /// Revokes what is held.
    ///
    /// An access token at its end is renewed for it, because the refresh token would go on living. If there is no way to
    /// another, nothing is left to be revoked but a token that the server does not take.
    async fn made_useless(&self, client: &Client, revocation: &Revocation) -> Result<(), Failure> {
        let mut renewal = Renewal::NotTried;
        let good = self.state().good().is_some();
        if !good && self.loaded().await.is_none() && revocation.needs_access() {
            renewal = self.renewed(client).await?;
        }
        loop {
            let access = self.state().held.as_ref().map(|held| held.access.clone());
            let refresh = self.refresh_tokens().next().filter(|_| renewal != Renewal::Impossible);
            let (access, refresh) = (access.as_ref(), refresh.as_ref());
            let outcome =
                revoke::revoke(client, self.source, revocation, &self.grant, access, refresh).await?;
            match (outcome, renewal) {
                (Outcome::Revoked, _) | (Outcome::NotTaken(_), Renewal::Impossible) => return Ok(()),
                (Outcome::NotTaken(_), Renewal::NotTried) => {
                    let another = self.loaded().await.is_some();
                    renewal = if another { Renewal::Fresh } else { self.renewed(client).await? };
                }
                (Outcome::NotTaken(failure), Renewal::Fresh) => return Err(failure),
            }
        }
    }

    /// Has another token for a refresh token, and by no other way: that would make what is then to be revoked.
    ///
    /// A refresh token is known to be useless only if the server says so (`invalid_grant`; RFC 6749, section 5.2).
    async fn renewed(&self, client: &Client) -> Result<Renewal, Failure> {
        if self.source.refresh_token.is_none() {
            return Ok(Renewal::Impossible);
        }
        let ways: Vec<Way> = self.refresh_tokens().map(Way::RefreshToken).collect();
        for way in ways {
            match self.fetched(client, &way).await {
                Ok(token) => {
                    self.keep(token).await;
                    return Ok(Renewal::Fresh);
                }
                Err(Error::Auth(error, _)) if error.code() == Some("invalid_grant") => self.give_up(&way),
                Err(failure) => return Err(failure),
            }
        }
        Ok(Renewal::Impossible)
    }
}

impl Authorizer for Tokens {
    fn authorize<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<HeaderValue, Error<Infallible>>> {
        Box::pin(self.value(client))
    }

    fn rejected(&self, value: &HeaderValue) -> Repeat {
        let mut state = self.state();
        // Another call may have had a new token in the meantime; that one is kept.
        if state.held.as_ref().is_some_and(|held| held.value == *value) {
            state.held = None;
        }
        state.rejected = Some(value.clone());
        Repeat::Once
    }

    fn revoke<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<(), Error<Infallible>>> {
        Box::pin(self.revoked(client))
    }
}

/// Whether an answer without a token says that this way is at an end, and not only that the endpoint has trouble.
fn is_refusal(status: StatusCode) -> bool {
    let trouble = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS].contains(&status);
    !trouble && !status.is_server_error()
}
