//! Making a token useless (RFC 7009).

use secrecy::{ExposeSecret as _, SecretString};

use super::super::error::{Error, Failure};
use super::super::retry::Twice;
use super::super::{Client, HeaderValue, StatusCode};
use super::grant::Grant;
use super::source::{ClientAuthentication, Revocation, RevocationAuthentication, TokenKind, TokenSource};
use super::{answer, fetch};

/// What became of tokens that were to be revoked.
pub(super) enum Outcome {
    /// They are useless, or there were none.
    Revoked,
    /// The access token that was shown for it is not taken any more (401), so nothing was done.
    NotTaken(Failure),
}

impl Revocation {
    /// Whether an access token must be at hand that the server takes.
    ///
    /// RFC 7009, section 2.1: to revoke a refresh token is to revoke all that came from it, but not the other way round.
    pub(super) fn needs_access(&self) -> bool {
        self.authentication == RevocationAuthentication::Bearer
            || self.send.iter().all(|(_, kind)| *kind == TokenKind::Access)
    }
}

/// Tells the server that tokens are not used any more; nothing is sent if there are none.
pub(super) async fn revoke(
    client: &Client,
    source: &TokenSource,
    revocation: &Revocation,
    grant: &Grant,
    access: Option<&SecretString>,
    refresh: Option<&SecretString>,
) -> Result<Outcome, Failure> {
    let token = |kind| match kind {
        TokenKind::Access => access,
        TokenKind::Refresh => refresh,
    };
    let values = revocation.send.iter().filter_map(|(name, kind)| {
        let token = token(*kind)?.expose_secret();
        Some((*name, token.to_owned()))
    });
    let mut values: Vec<(&'static str, String)> = values.collect();
    if values.is_empty() {
        return Ok(Outcome::Revoked);
    }
    let authorization = authorization(source, revocation, grant, access, &mut values);
    let (endpoint, twice) = (revocation.endpoint, Twice::Harmless);
    let answer = fetch::send(client, source, endpoint, &values, authorization.as_ref(), twice).await?;
    if answer.status().is_success() {
        return Ok(Outcome::Revoked);
    }
    let not_taken = revocation.authentication == RevocationAuthentication::Bearer
        && answer.status() == StatusCode::UNAUTHORIZED;
    let held = [access, refresh].into_iter().flatten().map(|token| token.expose_secret().to_owned());
    let mut secrets = fetch::secrets(&values, grant, authorization.as_ref());
    secrets.extend(held);
    let failure = Error::Auth(answer::refusal(&answer, &secrets), answer.into_parts().0);
    if not_taken { Ok(Outcome::NotTaken(failure)) } else { Err(failure) }
}

/// The header that shows who asks; adds to `values` what does so in the body.
fn authorization(
    source: &TokenSource,
    revocation: &Revocation,
    grant: &Grant,
    access: Option<&SecretString>,
    values: &mut Vec<(&'static str, String)>,
) -> Option<HeaderValue> {
    let place = grant.client().map_or(source.authentication, |client| client.place(source));
    match (revocation.authentication, place) {
        (RevocationAuthentication::Bearer, _) => answer::bearer(access?.expose_secret()),
        (RevocationAuthentication::Client, ClientAuthentication::Basic) => grant.client().map(fetch::basic),
        (RevocationAuthentication::Client, ClientAuthentication::Body) => {
            if let Some(client) = grant.client() {
                values.push(("client_id", client.id.clone()));
                values.push(("client_secret", client.secret.expose_secret().to_owned()));
            }
            None
        }
    }
}
