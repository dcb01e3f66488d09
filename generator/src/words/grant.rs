//! The grants of `x-token`: with what a token is asked.

use indexmap::IndexMap;

use super::token::ClientAuthentication;
use super::value::{Members, Value, either};
use crate::diag::{Code, Diagnostics};

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
    /// `send` without `omit`, in order; without `send`, what RFC 6749 asks for. The client has a value for each.
    pub send: Vec<String>,
    /// `omit`: what the server refuses.
    pub omit: Vec<String>,
}

/// What a client has to send: who it is, for whom it asks, and with what.
const MEMBERS: [&str; 7] =
    ["grant_type", "client_id", "client_secret", "refresh_token", "username", "password", "scope"];

/// The grants by name.
pub(super) const GRANTS: [(&str, GrantType); 3] = [
    ("client_credentials", GrantType::ClientCredentials),
    ("refresh_token", GrantType::RefreshToken),
    ("password", GrantType::Password),
];

impl GrantType {
    /// As `grant_type` names it.
    pub fn as_str(self) -> &'static str {
        match self {
            GrantType::ClientCredentials => "client_credentials",
            GrantType::RefreshToken => "refresh_token",
            GrantType::Password => "password",
        }
    }

    /// What RFC 6749 wants to be sent, where the client names itself as `authentication` says.
    fn parameters(self, authentication: ClientAuthentication) -> Vec<&'static str> {
        let own: &[&str] = match self {
            GrantType::ClientCredentials => &["grant_type", "scope"],
            GrantType::RefreshToken => &["grant_type", "refresh_token"],
            GrantType::Password => &["grant_type", "username", "password", "scope"],
        };
        let client: &[&str] = match authentication {
            ClientAuthentication::Body => &["client_id", "client_secret"],
            ClientAuthentication::Basic => &[],
        };
        [own, client].concat()
    }
}

/// Reads `grants` of a token.
pub(super) fn grants(
    token: &Members,
    authentication: ClientAuthentication,
    diags: &mut Diagnostics,
) -> Option<IndexMap<GrantType, Grant>> {
    let value = token.wanted("grants", diags)?;
    let names = GRANTS.map(|(name, _)| name);
    let members = value.members(&names, diags)?;
    let mut grants = IndexMap::new();
    for (name, value) in value.entries(diags) {
        let Some((_, grant_type)) = GRANTS.iter().find(|(known, _)| *known == name) else { continue };
        let Some(grant) = value.members(&["send", "omit"], diags) else { continue };
        let default = || grant_type.parameters(authentication).into_iter().map(str::to_owned).collect();
        let known = MEMBERS.map(|name| (name, name));
        let mut names = |value: Value| value.distinct(diags, |item, diags| item.choice(&known, diags));
        let send = grant.get("send").map(&mut names);
        let omit = grant.get("omit").map(&mut names).unwrap_or_default();
        let mut send: Vec<String> =
            send.map_or_else(default, |send| send.into_iter().map(str::to_owned).collect());
        let omit: Vec<String> = omit.into_iter().map(str::to_owned).collect();
        send.retain(|name| !omit.contains(name));
        grants.insert(*grant_type, Grant { send, omit });
    }
    if grants.is_empty() {
        let help = format!("name at least one of {}", either(names));
        diags
            .error(Code::InvalidWord, &members.place)
            .message("a token cannot be had without a grant")
            .help(help);
    }
    Some(grants).filter(|grants| !grants.is_empty())
}
