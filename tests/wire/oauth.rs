//! The two forms of the document: what is sent for a token, and to give one back.

use kajabi::types::{AuthenticationRevokeRequest, AuthenticationTokenRequest};

pub(crate) fn token() -> AuthenticationTokenRequest {
    AuthenticationTokenRequest::new()
        .grant_type("client_credentials")
        .client_id("id & co")
        .client_secret("s=cret+ä")
}

pub(crate) fn revoke() -> AuthenticationRevokeRequest {
    AuthenticationRevokeRequest::new("to ken")
}
