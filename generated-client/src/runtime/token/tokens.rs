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
use super::revoke;
use super::source::{GrantKind, TokenSource};
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
    /// What the server did not take.
    rejected: Option<HeaderValue>,
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
            match fetch::token(client, self.source, &self.grant, &way).await {
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

    /// The ways to a token, in the order of the source.
    fn ways(&self) -> Vec<Way> {
        const ALL: [GrantKind; 3] =
            [GrantKind::RefreshToken, GrantKind::ClientCredentials, GrantKind::Password];
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
                GrantKind::ClientCredentials | GrantKind::Password => {}
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
    async fn loaded(&self) -> Option<HeaderValue> {
        let stored = self.grant.store.as_ref()?.load().await?;
        let mut state = self.state();
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
        let good_until = time::after(left.checked_sub(self.source.skew).filter(|left| !left.is_zero())?);
        let access = stored.access_token().into();
        state.held = Some(Held { value: value.clone(), access, good_until: Some(good_until) });
        Some(value)
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
        let mut stored = StoredToken::new(access.expose_secret());
        if let Ok(at) = time::wall().checked_add(valid) {
            stored = stored.with_expires_at(at);
        }
        {
            let mut state = self.state();
            // A server that gives no other refresh token lets the old one be used again (RFC 6749, section 6).
            state.refresh = refresh.or_else(|| state.refresh.take());
            if let Some(refresh) = &state.refresh {
                stored = stored.with_refresh_token(refresh.expose_secret());
            }
            state.held = Some(Held { value: value.clone(), access, good_until });
        }
        if let Some(store) = &self.grant.store {
            store.save(&stored).await;
        }
        value
    }

    async fn revoked(&self, client: &Client) -> Result<(), Failure> {
        let _flight = self.flight.lock().await;
        let held = self.state().held.is_some();
        if !held {
            _ = self.loaded().await;
        }
        let (access, refresh) = {
            let state = self.state();
            (state.held.as_ref().map(|held| held.access.clone()), state.refresh.clone())
        };
        revoke::revoke(client, self.source, &self.grant, access.as_ref(), refresh.as_ref()).await?;
        {
            let mut state = self.state();
            (state.held, state.refresh) = (None, None);
        }
        if let Some(store) = &self.grant.store {
            store.forget().await;
        }
        Ok(())
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
