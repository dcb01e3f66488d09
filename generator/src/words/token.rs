//! `x-token`: how the bearer token of a security scheme is had, renewed and revoked (RFC 6749, RFC 7009).

use indexmap::IndexMap;

use super::JsonPointer;
use crate::model::HttpMethod;
use crate::source::Pointer;

/// `x-token` of a security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The place of the word.
    pub pointer: Pointer,
    /// `endpoint`: where tokens are asked for.
    pub endpoint: Endpoint,
    /// `content`: how what is sent is written; a form unless it says `json`.
    pub content: Encoding,
    /// `authentication`: how the client names itself; in the body unless it says `basic`.
    pub authentication: ClientAuthentication,
    /// `grants`, in document order, of which the first is the preferred one; at least one.
    pub grants: IndexMap<GrantType, Grant>,
    /// `response`: where the answer has what.
    pub response: TokenMembers,
    /// `refresh`.
    pub refresh: Refresh,
    /// `revoke`.
    pub revoke: Option<Revocation>,
}

/// Where a request about tokens goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// An operation of the document: its path stands in `paths`, with this method.
    Operation {
        /// The method.
        method: HttpMethod,
        /// The path as written in the document.
        path: String,
    },
    /// Another address: `https`, or `http` of the own machine.
    Url(String),
}

/// How the members of a token request are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `form`: `application/x-www-form-urlencoded`, as RFC 6749 asks.
    Form,
    /// `json`: an object.
    Json,
}

/// How the client names itself (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `body`: by the members `client_id` and `client_secret`.
    Body,
    /// `basic`: by HTTP Basic authentication.
    Basic,
}

/// What a token is asked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantType {
    /// `client_credentials` (RFC 6749, section 4.4).
    ClientCredentials,
    /// `refresh_token` (RFC 6749, section 6).
    RefreshToken,
    /// `password` (RFC 6749, section 4.3).
    Password,
}

/// What a grant sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// `send` without `omit`, in order; without `send`, what RFC 6749 asks for.
    pub send: Vec<String>,
    /// `omit`: what the server refuses.
    pub omit: Vec<String>,
}

/// Where the answer of a token endpoint has what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenMembers {
    /// The token.
    pub access_token: JsonPointer,
    /// The token to renew it with.
    pub refresh_token: JsonPointer,
    /// For how many seconds it holds.
    pub expires_in: JsonPointer,
}

/// When and how a token is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    /// `when`: on which occasions; both unless it says otherwise.
    pub when: Vec<When>,
    /// `skew_s`: how many seconds before it expires; 60 if not said.
    pub skew_s: u64,
    /// `order`: the grants that are tried, each one of [`Token::grants`]; if not said, refresh token and then credentials.
    pub order: Vec<GrantType>,
    /// `default_ttl_s`: for how many seconds a token holds whose answer does not say so.
    pub default_ttl_s: Option<u64>,
    /// `single_flight`: whether calls wait for the one that is renewing the token already; true if not said.
    pub single_flight: bool,
}

/// An occasion for a new token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `expiring`: the one at hand is about to expire.
    Expiring,
    /// `401`: the server has refused it.
    Unauthorized,
}

/// How tokens are revoked (RFC 7009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// `endpoint`.
    pub endpoint: Endpoint,
    /// `send`: the value of each parameter; `token: access_token` if not said.
    pub send: IndexMap<String, TokenValue>,
}

/// A value of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenValue {
    /// `access_token`.
    Access,
    /// `refresh_token`.
    Refresh,
}
