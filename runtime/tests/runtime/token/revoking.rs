//! Tokens that are given back.

use clientsmith_runtime::runtime::Client;
use clientsmith_runtime::runtime::token::{
    ClientAuthentication, Grant, RefreshToken, Revocation, RevocationAuthentication, StoredToken, TokenKind,
    TokenSource,
};

use super::storing::{Memory, in_seconds, stored_with};
use super::{STANDARD, api, api_with, call, client, credentials, json, numbered, source, used};
use crate::server::{Seen, Server, answer};

const REVOCATION: Revocation = Revocation {
    endpoint: "/oauth/revoke",
    send: &[("token", TokenKind::Access), ("refresh", TokenKind::Refresh)],
    authentication: RevocationAuthentication::Bearer,
};

fn revocable(revocation: Revocation) -> &'static TokenSource {
    source(|source| source.revocation = Some(revocation))
}

/// An API that answers a revocation with `status`, and a client that has a token.
async fn with_token(status: u16, source: &'static TokenSource) -> (Server, Client) {
    let other = move |seen: &Seen| match seen.line.as_str() {
        "POST /oauth/revoke" => json(status, r#"{"error":"no token t1"}"#.to_owned()),
        _ => answer(200, &[], ""),
    };
    let server = api_with(|before, _| numbered(before, ""), other).await;
    let client = client(&server, source, credentials());
    call(&client).await.unwrap();
    (server, client)
}

#[tokio::test]
async fn a_revoked_token_is_not_used_again() {
    let (server, client) = with_token(200, revocable(REVOCATION)).await;
    client.revoke_token().await.unwrap();
    let seen = server.seen().pop().unwrap();
    assert_eq!((seen.line.as_str(), seen.body.as_str()), ("POST /oauth/revoke", "token=t1"));
    assert_eq!(seen.header("authorization"), Some("Bearer t1"));
    call(&client).await.unwrap();
    assert_eq!(used(&server).pop().unwrap(), "Bearer t2");
}

#[tokio::test]
async fn a_client_can_revoke_with_its_own_credentials() {
    let client_auth = Revocation { authentication: RevocationAuthentication::Client, ..REVOCATION };
    let (server, client) = with_token(200, revocable(client_auth)).await;
    client.revoke_token().await.unwrap();
    let seen = server.seen().pop().unwrap();
    assert_eq!((seen.body.as_str(), seen.header("authorization")), {
        ("token=t1&client_id=id&client_secret=s3cret", None)
    });
    let basic = source(|source| {
        source.revocation = Some(client_auth);
        source.authentication = ClientAuthentication::Basic;
    });
    let (server, client) = with_token(200, basic).await;
    client.revoke_token().await.unwrap();
    let seen = server.seen().pop().unwrap();
    assert_eq!((seen.body.as_str(), seen.header("authorization")), {
        ("token=t1", Some("Basic aWQ6czNjcmV0"))
    });
}

#[tokio::test]
async fn a_token_that_the_server_does_not_take_any_more_counts_as_revoked() {
    let (server, client) = with_token(401, revocable(REVOCATION)).await;
    client.revoke_token().await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(used(&server).pop().unwrap(), "Bearer t2");
}

#[tokio::test]
async fn a_token_that_could_not_be_revoked_is_kept() {
    let (server, client) = with_token(400, revocable(REVOCATION)).await;
    let error = client.revoke_token().await.unwrap_err();
    assert_eq!(error.to_string(), "authorization failed with status 400: no token …");
    call(&client).await.unwrap();
    assert_eq!(used(&server).pop().unwrap(), "Bearer t1");
}

#[tokio::test]
async fn where_nothing_can_be_revoked_the_token_is_forgotten() {
    let (server, client) = with_token(200, &STANDARD).await;
    client.revoke_token().await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(used(&server), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test]
async fn without_a_token_there_is_nothing_to_revoke() {
    let server = api(|before, _| numbered(before, "")).await;
    client(&server, revocable(REVOCATION), credentials()).revoke_token().await.unwrap();
    server.builder().build().unwrap().revoke_token().await.unwrap();
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_saved_token_can_be_revoked() {
    let server = api(|before, _| numbered(before, "")).await;
    let store = Memory::holding(StoredToken::new("old").with_refresh_token("r"));
    let grant = Grant::from(RefreshToken::new("r0")).stored(store.clone());
    client(&server, revocable(REVOCATION), grant).revoke_token().await.unwrap();
    assert_eq!(server.only().body, "token=old&refresh=r");
    assert!(store.held().is_none());
}

/// The lines and bodies of all requests, without what identifies the client.
fn sent(server: &Server) -> Vec<String> {
    let line = |seen: Seen| format!("{} {}", seen.line.trim_start_matches("POST /oauth/"), seen.body);
    let sent = server.seen().into_iter().map(line);
    sent.map(|line| line.replace("&client_id=id&client_secret=s3cret", "")).collect()
}

/// An API whose tokens have a refresh token, and which takes no other access tokens than the new ones.
async fn renewing() -> Server {
    let other = |seen: &Seen| {
        let new = seen.header("authorization").is_none_or(|value| value.starts_with("Bearer t"));
        answer(if new { 200 } else { 401 }, &[], "")
    };
    api_with(|before, _| numbered(before, r#","refresh_token":"next""#), other).await
}

const RENEWED: [&str; 2] =
    ["token grant_type=refresh_token&refresh_token=live", "revoke token=t1&refresh=next"];

#[tokio::test]
async fn an_expired_token_is_renewed_to_be_revoked_with_its_refresh_token() {
    let server = renewing().await;
    let token = StoredToken::new("old").with_refresh_token("live").with_expires_at(in_seconds(-10));
    let store = Memory::holding(token);
    client(&server, revocable(REVOCATION), stored_with(&store)).revoke_token().await.unwrap();
    assert_eq!(sent(&server), RENEWED);
    assert!(store.held().is_none());
}

#[tokio::test]
async fn a_refresh_token_that_was_not_used_yet_is_revoked() {
    let server = renewing().await;
    client(&server, revocable(REVOCATION), RefreshToken::new("live")).revoke_token().await.unwrap();
    assert_eq!(sent(&server), RENEWED);
}

#[tokio::test]
async fn a_token_that_the_server_does_not_take_is_renewed_to_be_revoked() {
    let server = renewing().await;
    let store = Memory::holding(StoredToken::new("old").with_refresh_token("live"));
    client(&server, revocable(REVOCATION), stored_with(&store)).revoke_token().await.unwrap();
    assert_eq!(sent(&server)[0], "revoke token=old&refresh=live");
    assert_eq!(sent(&server)[1..], RENEWED);
}

#[tokio::test]
async fn a_refresh_token_alone_is_revoked_where_that_is_enough() {
    let revocation = Revocation { authentication: RevocationAuthentication::Client, ..REVOCATION };
    let server = renewing().await;
    client(&server, revocable(revocation), RefreshToken::new("live")).revoke_token().await.unwrap();
    assert_eq!(sent(&server), ["revoke refresh=live"]);
}

#[tokio::test]
async fn a_refresh_token_that_the_server_calls_useless_counts_as_revoked() {
    for (error, revoked) in [("invalid_grant", true), ("invalid_client", false), ("server_error", false)] {
        let server = api(move |_, _| json(400, format!(r#"{{"error":"{error}"}}"#))).await;
        let client = client(&server, revocable(REVOCATION), RefreshToken::new("live"));
        assert_eq!(client.revoke_token().await.is_ok(), revoked, "{error}");
        assert_eq!(server.seen().len(), 1, "{error}");
    }
}
