//! What a token endpoint said in place of a token.

use std::fmt;

use super::{Json, snippet};

/// The longest text that is kept of each thing a server said, in characters.
const LIMIT: usize = 200;

/// The codes of RFC 6749, section 5.2, and RFC 8628, section 3.5: they tell no secret, whatever that is, and decide what is done next.
const CODES: [&str; 10] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "authorization_pending",
    "slow_down",
    "access_denied",
    "expired_token",
];

/// Why a token endpoint gave no token, in its own words (RFC 6749, section 5.2).
///
/// Each text is cut after 200 characters and holds no control characters; no secret that was sent is in it.
#[derive(Clone, PartialEq, Eq)]
pub struct OAuthError(Box<Words>);

#[derive(Clone, Default, PartialEq, Eq)]
struct Words {
    code: Option<String>,
    description: Option<String>,
    uri: Option<String>,
}

impl OAuthError {
    /// An error that the server did not put into words.
    pub fn new(description: &str) -> Self {
        Self(Box::new(Words { description: Some(snippet::cut(description, LIMIT)), ..Words::default() }))
    }

    /// The server's error code, such as `invalid_client` or `invalid_grant`, if it gave one.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What is wrong, for people.
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// A page about the error, as the server gave it.
    pub fn uri(&self) -> Option<&str> {
        self.0.uri.as_deref()
    }

    /// Reads `{"error", "error_description", "error_uri"}`, and of what other servers send `{"error": {"code", "message"}}`,
    /// `{"errors": [{"code", "title", "detail"}]}` and `{"message"}`; `None` if it is none of these.
    ///
    /// `secrets` are what was sent: a server that repeats one does not get it into an error.
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn read(answer: &Json, secrets: &[String]) -> Option<Self> {
        let text = |value: &Json, names: &[&str]| {
            let found = names.iter().find_map(|name| value.get(name)?.as_str());
            found.and_then(|found| said(found, secrets))
        };
        let nested = answer.get("error").filter(|error| error.is_object());
        let inner = nested.or_else(|| answer.get("errors")?.get(0)).unwrap_or(&Json::Null);
        let error = answer.get("error").and_then(Json::as_str);
        let known = error.filter(|code| CODES.contains(code)).map(str::to_owned);
        let words = Words {
            code: known.or_else(|| text(answer, &["error"])).or_else(|| text(inner, &["code", "type"])),
            description: text(answer, &["error_description"])
                .or_else(|| text(inner, &["detail", "message", "description", "title"]))
                .or_else(|| said(inner.as_str()?, secrets))
                .or_else(|| text(answer, &["message", "detail"])),
            uri: text(answer, &["error_uri"]),
        };
        (words.code.is_some() || words.description.is_some()).then(|| Self(Box::new(words)))
    }
}

/// What a server said, made harmless; `None` if that is nothing.
///
/// Secrets are taken out before the text is cut, so that no part of one stays at its end.
#[allow(dead_code, reason = "a client may be without tokens")]
pub(super) fn said(text: &str, secrets: &[String]) -> Option<String> {
    let mut text = text.trim().to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret.as_str(), "…");
    }
    (!text.is_empty()).then(|| snippet::cut(&text, LIMIT))
}

/// `invalid_grant: the token has expired (https://…)`.
impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code(), self.description()) {
            (Some(code), Some(description)) => write!(f, "{code}: {description}")?,
            (Some(text), None) | (None, Some(text)) => f.write_str(text)?,
            (None, None) => f.write_str("no reason was given")?,
        }
        match self.uri() {
            Some(uri) => write!(f, " ({uri})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OAuthError({self})")
    }
}

impl std::error::Error for OAuthError {}
