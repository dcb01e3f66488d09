//! Secrets and where they are sent.

use std::fmt;
use std::sync::Arc;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::authorize::Authorizer;
use super::build_error::BuildError;

/// A secret for one security scheme. `Debug` shows its kind only.
#[derive(Clone)]
pub struct Credential(Kind);

#[derive(Clone)]
enum Kind {
    Bearer(SecretString),
    Basic { username: String, password: SecretString },
    ApiKey(SecretString),
    Text(SecretString),
}

impl Credential {
    /// A token, sent as `Authorization: Bearer …` (RFC 6750).
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer(token.into().into()))
    }

    /// A user name and password, sent as `Authorization: Basic …` (RFC 7617).
    pub fn basic(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Kind::Basic { username: username.into(), password: password.into().into() })
    }

    /// A key, sent in the header, query parameter or cookie that the scheme names.
    ///
    /// For a scheme of type `http` other than bearer and basic, this is what follows the scheme's name in `Authorization`.
    pub fn api_key(key: impl Into<String>) -> Self {
        Self(Kind::ApiKey(key.into().into()))
    }

    /// A secret for a scheme of any kind, as a program is given one: the token, the key, `user:password` for `Authorization: Basic …`, or
    /// what follows the scheme's name in `Authorization`.
    pub fn text(secret: impl Into<String>) -> Self {
        Self(Kind::Text(secret.into().into()))
    }

    /// What this is for a scheme of `kind`.
    fn read_for(&self, kind: SchemeKind) -> Result<Self, &'static str> {
        let Kind::Text(secret) = &self.0 else { return Ok(self.clone()) };
        let secret = secret.expose_secret();
        match kind {
            SchemeKind::Bearer => Ok(Self::bearer(secret)),
            SchemeKind::Basic => match secret.split_once(':') {
                Some((username, password)) => Ok(Self::basic(username, password)),
                None => Err("the scheme takes a user name and password with a colon between them"),
            },
            SchemeKind::ApiKeyHeader(_)
            | SchemeKind::ApiKeyQuery(_)
            | SchemeKind::ApiKeyCookie(_)
            | SchemeKind::Http(_) => Ok(Self::api_key(secret)),
            SchemeKind::MutualTls => Err(CERTIFICATE),
        }
    }
}

const CERTIFICATE: &str = "the scheme takes a client certificate, which `identity_pem` sets";

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Bearer(_) => "Credential::Bearer(…)",
            Kind::Basic { .. } => "Credential::Basic(…)",
            Kind::ApiKey(_) => "Credential::ApiKey(…)",
            Kind::Text(_) => "Credential::Text(…)",
        })
    }
}

/// A security scheme of the API's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name, see [`ClientBuilder::credential`](super::ClientBuilder::credential).
    pub name: &'static str,
    /// What it asks for.
    pub kind: SchemeKind,
    /// What the description says about it; empty if it says nothing.
    pub description: &'static str,
    /// The scopes that there are, and what they allow.
    pub scopes: &'static [(&'static str, &'static str)],
}

/// What a security scheme of the API's description asks for, and where it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`; also OAuth 2 and `OpenID Connect`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// The header of this name.
    ApiKeyHeader(&'static str),
    /// The query parameter of this name.
    ApiKeyQuery(&'static str),
    /// The cookie of this name.
    ApiKeyCookie(&'static str),
    /// `Authorization` with this scheme name.
    Http(&'static str),
    /// A client certificate, see [`ClientBuilder::identity_pem`](super::ClientBuilder::identity_pem).
    MutualTls,
}

/// A credential made ready to send.
#[derive(Clone)]
pub(super) enum Placed {
    /// In this header, and asked for call by call.
    Asked(HeaderName, Arc<dyn Authorizer>),
    Header(HeaderName, HeaderValue),
    Query(&'static str, SecretString),
    Cookie(&'static str, SecretString),
    /// With the connection, so that no request has it.
    Certificate,
}

impl Placed {
    /// Checks `credential` against the scheme it is for; errors name the scheme and never the secret.
    pub(super) fn new(scheme: &str, kind: SchemeKind, credential: &Credential) -> Result<Self, BuildError> {
        let placed = credential.read_for(kind).and_then(|credential| place(kind, &credential.0));
        placed.map_err(|reason| BuildError::Credential { scheme: scheme.to_owned(), reason })
    }

    /// The same for a credential that is asked for; it fits every scheme that is sent in a header.
    pub(super) fn asked(
        scheme: &str,
        kind: SchemeKind,
        authorizer: Arc<dyn Authorizer>,
    ) -> Result<Self, BuildError> {
        let name = match kind {
            SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::Http(_) => Some(AUTHORIZATION),
            SchemeKind::ApiKeyHeader(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) | SchemeKind::MutualTls => None,
        };
        let reason = "the scheme is not sent in a header";
        let refused = || BuildError::Credential { scheme: scheme.to_owned(), reason };
        name.map(|name| Self::Asked(name, authorizer)).ok_or_else(refused)
    }
}

fn place(scheme: SchemeKind, kind: &Kind) -> Result<Placed, &'static str> {
    match (scheme, kind) {
        (SchemeKind::Bearer, Kind::Bearer(token)) => authorization("Bearer", token.expose_secret()),
        (SchemeKind::Basic, Kind::Basic { username, password }) => {
            if username.contains(':') {
                return Err("a user name cannot hold a colon");
            }
            let pair = SecretString::from(format!("{username}:{}", password.expose_secret()));
            authorization("Basic", &STANDARD.encode(pair.expose_secret()))
        }
        (SchemeKind::Http(name), Kind::ApiKey(key)) => authorization(name, key.expose_secret()),
        (SchemeKind::ApiKeyHeader(name), Kind::ApiKey(key)) => {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| "the scheme's header is no header name")?;
            Ok(Placed::Header(name, sensitive(key.expose_secret())?))
        }
        (SchemeKind::ApiKeyQuery(name), Kind::ApiKey(key)) => Ok(Placed::Query(name, key.clone())),
        (SchemeKind::ApiKeyCookie(name), Kind::ApiKey(key)) => {
            if key.expose_secret().bytes().all(is_cookie_octet) {
                return Ok(Placed::Cookie(name, key.clone()));
            }
            Err("it holds a character that a cookie cannot carry")
        }
        (SchemeKind::MutualTls, _) => Err(CERTIFICATE),
        (SchemeKind::Bearer, _) => Err("the scheme takes a bearer token"),
        (SchemeKind::Basic, _) => Err("the scheme takes a user name and password"),
        (
            SchemeKind::Http(_)
            | SchemeKind::ApiKeyHeader(_)
            | SchemeKind::ApiKeyQuery(_)
            | SchemeKind::ApiKeyCookie(_),
            _,
        ) => Err("the scheme takes an API key"),
    }
}

fn authorization(scheme: &str, secret: &str) -> Result<Placed, &'static str> {
    let text = SecretString::from(format!("{scheme} {secret}"));
    Ok(Placed::Header(AUTHORIZATION, sensitive(text.expose_secret())?))
}

fn sensitive(text: &str) -> Result<HeaderValue, &'static str> {
    let refused = "it holds a line break or another character that a header cannot carry";
    if !text.is_ascii() {
        return Err(refused);
    }
    let mut value = HeaderValue::from_str(text).map_err(|_| refused)?;
    value.set_sensitive(true);
    Ok(value)
}

/// RFC 6265, section 4.1.1.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}
