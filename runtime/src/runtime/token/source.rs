//! How an API gives tokens.

use std::convert::Infallible;
use std::time::Duration;

use super::super::error::Failure;
use super::super::{BoxFuture, Client, Error};

/// What stands for scheme, host and port of the client's base URL, before a path that is not below it.
pub const ORIGIN: &str = "{origin}";

/// How an API gives tokens; emitted code holds a static of it for each security scheme that has tokens.
#[derive(Clone, Copy, Debug)]
pub struct TokenSource {
    /// The name of the security scheme.
    pub scheme: &'static str,
    /// Where tokens are had by `POST`: a path below the client's base URL, one behind [`ORIGIN`], or an absolute URL.
    ///
    /// An absolute one must be `https`, unless the base URL is not either.
    pub endpoint: &'static str,
    /// How requests to the endpoint are written.
    pub content: Content,
    /// How the client's id and secret are sent.
    pub authentication: ClientAuthentication,
    /// The members sent with the client's own credentials; `None` if the API does not give tokens for them.
    ///
    /// Here and in the other grants: of `grant_type`, `client_id`, `client_secret`, `refresh_token`, `username`, `password`,
    /// `scope`, `code`, `code_verifier`, `redirect_uri` and `device_code`, those to be sent; one that has no value is left out.
    pub client_credentials: Option<&'static [&'static str]>,
    /// The members sent with a refresh token; `None` if the API does not take any.
    pub refresh_token: Option<&'static [&'static str]>,
    /// The members sent with a user's name and password; `None` if the API does not give tokens for them.
    pub password: Option<&'static [&'static str]>,
    /// The members sent with the code that a user's browser brought back; `None` if the API does not take any.
    pub authorization_code: Option<&'static [&'static str]>,
    /// The members sent with the code of a device whose user confirms elsewhere; `None` if the API does not take any.
    pub device_code: Option<&'static [&'static str]>,
    /// Where tokens are had by these grants, if not at [`endpoint`](Self::endpoint).
    pub others: &'static [(GrantKind, &'static str)],
    /// Where the tokens of these grants are renewed, if not where they are had.
    pub renewals: &'static [(GrantKind, &'static str)],
    /// Who says where tokens are had, in place of [`endpoint`](Self::endpoint).
    pub discovery: Option<Discovery>,
    /// Where the parts of an answer stand.
    pub answer: AnswerMembers,
    /// How long before it expires a token is renewed; at most half of the time it is valid.
    pub skew: Duration,
    /// How long a token is valid if the server does not say.
    pub default_ttl: Duration,
    /// In which order the ways to another token are tried; those not named come last.
    pub order: &'static [GrantKind],
    /// How a token is made useless; `None` if the API cannot do that.
    pub revocation: Option<Revocation>,
}

impl TokenSource {
    /// What RFC 6749 says: forms, all grants it has members for, a token valid for an hour and renewed a minute before.
    pub const fn standard(scheme: &'static str, endpoint: &'static str) -> Self {
        Self {
            scheme,
            endpoint,
            content: Content::Form,
            authentication: ClientAuthentication::Body,
            client_credentials: Some(&["grant_type", "client_id", "client_secret", "scope"]),
            refresh_token: Some(&["grant_type", "refresh_token", "client_id", "client_secret"]),
            password: Some(&["grant_type", "username", "password", "client_id", "client_secret", "scope"]),
            authorization_code: Some(&[
                "grant_type",
                "code",
                "redirect_uri",
                "code_verifier",
                "client_id",
                "client_secret",
            ]),
            device_code: Some(&["grant_type", "device_code", "client_id", "client_secret"]),
            others: &[],
            renewals: &[],
            discovery: None,
            answer: AnswerMembers::STANDARD,
            skew: Duration::from_secs(60),
            default_ttl: Duration::from_secs(3600),
            order: &[GrantKind::RefreshToken, GrantKind::ClientCredentials, GrantKind::Password],
            revocation: None,
        }
    }

    /// The members that are sent for a grant; `None` if the API does not have it.
    pub(super) fn members(&self, kind: GrantKind) -> Option<&'static [&'static str]> {
        match kind {
            GrantKind::ClientCredentials => self.client_credentials,
            GrantKind::RefreshToken => self.refresh_token,
            GrantKind::Password => self.password,
            GrantKind::AuthorizationCode => self.authorization_code,
            GrantKind::DeviceCode => self.device_code,
        }
    }

    /// Where tokens are had by a grant.
    pub(super) fn endpoint_of(&self, kind: GrantKind) -> &'static str {
        let other = self.others.iter().find(|(known, _)| *known == kind);
        other.map_or(self.endpoint, |(_, endpoint)| endpoint)
    }

    /// Where a token is renewed that was had by a grant, by none of ours if that is not known: no other endpoint gets what renews it.
    pub(super) fn renewal_of(&self, had_by: Option<GrantKind>) -> &'static str {
        let kind = had_by.unwrap_or(GrantKind::RefreshToken);
        let own = self.renewals.iter().find(|(known, _)| *known == kind);
        own.map_or_else(|| self.endpoint_of(kind), |(_, endpoint)| endpoint)
    }
}

/// Who says where tokens are had: asked once, when the first token is wanted, and whenever a user is to log in.
#[derive(Clone, Copy, Debug)]
pub struct Discovery {
    /// The address of the provider's description of itself.
    pub url: &'static str,
    /// Asks for it.
    pub find: Find,
}

impl Discovery {
    /// Where the provider says that the endpoint is. A stand-in server describes no provider, and stands in at this address.
    pub(super) async fn endpoint(self, client: &Client, endpoint: Endpoint) -> Result<String, Failure> {
        if client.0.stand_in().is_some() {
            return Ok(self.url.to_owned());
        }
        (self.find)(client, self.url, endpoint).await
    }
}

/// Gives the endpoint of this kind that a provider's description of itself names.
pub type Find =
    for<'a> fn(&'a Client, &'static str, Endpoint) -> BoxFuture<'a, Result<String, Error<Infallible>>>;

/// The endpoints of a provider that a client uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Where tokens are had.
    Token,
    /// Where a user is asked in a browser.
    #[allow(dead_code, reason = "a client may be without browsers")]
    Authorization,
    /// Where a device asks for codes (RFC 8628).
    #[allow(dead_code, reason = "a client may be without devices")]
    DeviceAuthorization,
}

/// How a request to a token endpoint is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`.
    Json,
}

/// How a client's id and secret are sent (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// As members of the body.
    Body,
    /// As `Authorization: Basic …`.
    Basic,
}

/// The ways to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantKind {
    /// The client's own credentials (RFC 6749, section 4.4).
    ClientCredentials,
    /// A refresh token (RFC 6749, section 6).
    RefreshToken,
    /// A user's name and password (RFC 6749, section 4.3).
    Password,
    /// A code that a user's browser brought back (RFC 6749, section 4.1).
    AuthorizationCode,
    /// The code of a device whose user confirms elsewhere (RFC 8628).
    DeviceCode,
}

impl GrantKind {
    /// The value of `grant_type`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::RefreshToken => "refresh_token",
            Self::Password => "password",
            Self::AuthorizationCode => "authorization_code",
            Self::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
        }
    }
}

/// Where the parts of a token endpoint's answer stand: the name of a member, or a JSON pointer, which starts with `/`.
#[derive(Clone, Copy, Debug)]
pub struct AnswerMembers {
    /// The access token.
    pub access_token: &'static str,
    /// The refresh token; it may be missing.
    pub refresh_token: &'static str,
    /// The seconds for which the access token is valid; they may be missing.
    pub expires_in: &'static str,
}

impl AnswerMembers {
    /// The names of RFC 6749, section 5.1.
    pub const STANDARD: Self =
        Self { access_token: "access_token", refresh_token: "refresh_token", expires_in: "expires_in" };
}

/// How a token is made useless (RFC 7009).
#[derive(Clone, Copy, Debug)]
pub struct Revocation {
    /// Where, as in [`TokenSource::endpoint`].
    pub endpoint: &'static str,
    /// The members that are sent, and which token each holds; one that there is none for is left out.
    pub send: &'static [(&'static str, TokenKind)],
    /// What shows that the client may do this.
    pub authentication: RevocationAuthentication,
}

/// One of the tokens of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The access token.
    Access,
    /// The refresh token.
    Refresh,
}

/// What is shown at the place where tokens are made useless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationAuthentication {
    /// The access token, as in every other call.
    Bearer,
    /// The client's id and secret, sent as to the token endpoint.
    Client,
}
