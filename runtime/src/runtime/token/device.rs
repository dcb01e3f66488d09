//! Tokens for devices without a browser, whose users confirm elsewhere (RFC 8628).

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::super::error::{Error, Failure};
use super::super::retry::Twice;
use super::super::time::{self, Instant};
use super::super::{BoxFuture, Client, Json, Meta, OAuthError};
use super::answer::{self, Life, Token};
use super::fetch::{self, Way};
use super::grant::{ClientCredentials, Grant};
use super::source::{ClientAuthentication, Endpoint, GrantKind, TokenSource};
use super::store::StoredToken;

/// How often a server is asked that does not say how often (RFC 8628, section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);

/// How long a user has whose server does not say it (RFC 8628, section 3.2 asks for it): its example's time.
const VALID: Duration = Duration::from_secs(1800);

/// How long is waited at least after a failure, whatever the server said.
const LEAST_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How an API gives tokens to devices; emitted code holds a static of it.
#[derive(Clone, Copy, Debug)]
pub struct DeviceAuthorization {
    /// Where a device asks for codes, as in [`TokenSource::endpoint`]; not looked at where a provider says it.
    pub endpoint: &'static str,
    /// Where and how it then has its token.
    pub tokens: &'static TokenSource,
}

impl Client {
    /// Asks for a code that `credentials` show to their user; see [`DeviceLogin`]. No credential of this client is sent.
    pub fn start_device_login(
        &self,
        device: &'static DeviceAuthorization,
        credentials: ClientCredentials,
    ) -> BoxFuture<'_, Result<DeviceLogin, Error<Infallible>>> {
        Box::pin(start(self, device, credentials))
    }
}

async fn start(
    client: &Client,
    device: &'static DeviceAuthorization,
    credentials: ClientCredentials,
) -> Result<DeviceLogin, Failure> {
    let source = device.tokens;
    let endpoint = asked_at(client, source, Endpoint::DeviceAuthorization, device.endpoint).await?;
    let in_header = credentials.place(source) == ClientAuthentication::Basic;
    let mut values = vec![("client_id", credentials.id.clone())];
    // RFC 8628, section 3.1: who asks is authenticated as at the token endpoint.
    if !in_header && !credentials.is_public() {
        values.push(("client_secret", credentials.secret.expose_secret().to_owned()));
    }
    values.extend(credentials.scope.clone().map(|scope| ("scope", scope)));
    let basic = in_header.then(|| fetch::basic(&credentials));
    let answer = fetch::send(client, source, &endpoint, &values, basic.as_ref(), Twice::Harmless).await?;
    let json = answer.json::<Json>().ok().filter(|_| answer.status().is_success()).unwrap_or_default();
    let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
    let seconds = |name: &str| json.get(name).and_then(answer::seconds);
    let address = text("verification_uri").or_else(|| text("verification_url"));
    let Some(((code, user_code), verification_uri)) = text("device_code").zip(text("user_code")).zip(address)
    else {
        let secrets = fetch::secrets(&values, &credentials.into(), basic.as_ref());
        let error = answer::refusal(&answer, &secrets);
        return Err(Error::Auth(error, answer.into_parts().0));
    };
    let valid = seconds("expires_in").unwrap_or(VALID);
    Ok(DeviceLogin {
        source,
        credentials,
        device_code: code.into(),
        user_code,
        verification_uri,
        verification_uri_complete: text("verification_uri_complete"),
        ends: time::after(valid),
        interval: seconds("interval").unwrap_or(INTERVAL).min(valid),
    })
}

/// Where the provider says, if there is one.
async fn asked_at(
    client: &Client,
    source: &TokenSource,
    endpoint: Endpoint,
    said: &'static str,
) -> Result<String, Failure> {
    match source.discovery {
        Some(discovery) => discovery.endpoint(client, endpoint).await,
        None => Ok(said.to_owned()),
    }
}

/// A user who is to confirm what a device wants. `Debug` shows nothing of it.
///
/// Show the user [`user_code`](Self::user_code) and [`verification_uri`](Self::verification_uri), then
/// [`wait`](Self::wait) for the grant and make the client with it.
#[must_use]
pub struct DeviceLogin {
    source: &'static TokenSource,
    credentials: ClientCredentials,
    device_code: SecretString,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    ends: Instant,
    interval: Duration,
}

impl DeviceLogin {
    /// What the user types.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Where the user types it.
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The same with the code in it, to be shown as a picture or opened.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// Waits for the user: asks the server as often as it wants, until the user has confirmed or refused or the time is over.
    pub fn wait(self, client: &Client) -> BoxFuture<'_, Result<Grant, Error<Infallible>>> {
        Box::pin(self.confirmed(client))
    }

    async fn confirmed(self, client: &Client) -> Result<Grant, Failure> {
        let said = self.source.endpoint_of(GrantKind::DeviceCode);
        let endpoint = asked_at(client, self.source, Endpoint::Token, said).await?;
        let (way, who) = (Way::DeviceCode(self.device_code.clone()), Grant::from(self.credentials.clone()));
        let mut interval = self.interval;
        loop {
            time::pause(client.0.waiting(), interval).await?;
            match fetch::token(client, self.source, &endpoint, &who, &way).await {
                Ok(token) => return Ok(Grant::held(stored(&token, self.source), self.credentials)),
                Err(Error::Auth(error, meta)) => match error.code() {
                    Some("authorization_pending") => self.in_time(meta)?,
                    Some("slow_down") => {
                        self.in_time(meta)?;
                        interval = interval.saturating_add(INTERVAL);
                    }
                    Some(_) | None => return Err(Error::Auth(error, meta)),
                },
                // RFC 8628, section 3.5: after a failure of the connection the server is asked less often.
                Err(Error::Transport(_)) if self.ends > time::now() => {
                    interval = interval.saturating_mul(2).max(LEAST_AFTER_FAILURE);
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    fn in_time(&self, meta: Meta) -> Result<(), Failure> {
        if self.ends > time::now() {
            return Ok(());
        }
        Err(Error::Auth(OAuthError::new("the user has not confirmed in time"), meta))
    }
}

fn stored(token: &Token, source: &TokenSource) -> StoredToken {
    let life = match token.life {
        Life::For(time) => time,
        Life::Once => source.default_ttl,
    };
    let stored = StoredToken::valid_for(token.access.expose_secret(), life);
    match &token.refresh {
        Some(refresh) => stored.with_refresh_token(refresh.expose_secret()),
        None => stored,
    }
}

impl fmt::Debug for DeviceLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceLogin(…)")
    }
}
