//! Tokens that outlast the program, and tokens that are given back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime::runtime::token::{
    ClientAuthentication, Grant, RefreshToken, Revocation, RevocationAuthentication, StoredToken, TokenKind,
    TokenSource, TokenStore,
};
use clientsmith_runtime::runtime::{BoxFuture, Client, Timestamp};

use super::{STANDARD, api, api_with, asked, call, client, credentials, json, numbered, source, used};
use crate::server::{Seen, Server, answer};

/// A store in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Option<StoredToken>>>);

impl Memory {
    fn holding(token: StoredToken) -> Self {
        Self(Arc::new(Mutex::new(Some(token))))
    }

    fn held(&self) -> Option<StoredToken> {
        self.0.lock().unwrap().clone()
    }
}

impl TokenStore for Memory {
    fn load(&self) -> BoxFuture<'_, Option<StoredToken>> {
        Box::pin(async { self.held() })
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, ()> {
        Box::pin(async { *self.0.lock().unwrap() = Some(token.clone()) })
    }

    fn forget(&self) -> BoxFuture<'_, ()> {
        Box::pin(async { *self.0.lock().unwrap() = None })
    }
}

fn stored_with(store: &Memory) -> Grant {
    Grant::from(credentials()).stored(store.clone())
}

fn in_seconds(seconds: i64) -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap()
}

#[tokio::test]
async fn new_tokens_are_saved() {
    let server = api(|before, _| numbered(before, r#","refresh_token":"r1","expires_in":7200"#)).await;
    let store = Memory::default();
    call(&client(&server, &STANDARD, stored_with(&store))).await.unwrap();
    let saved = store.held().unwrap();
    assert_eq!((saved.access_token(), saved.refresh_token()), ("t1", Some("r1")));
    let left = saved.expires_at().unwrap().as_second() - Timestamp::now().as_second();
    assert!((7000..=7200).contains(&left), "{left}");
}

#[tokio::test]
async fn a_saved_token_is_used_by_the_next_client() {
    let server = api(|before, _| numbered(before, r#","expires_in":7200"#)).await;
    let store = Memory::default();
    for _ in 0..2 {
        call(&client(&server, &STANDARD, stored_with(&store))).await.unwrap();
    }
    assert_eq!((asked(&server).len(), used(&server)), (1, vec!["Bearer t1".to_owned(); 2]));
}

#[tokio::test]
async fn a_saved_token_without_an_end_is_used() {
    let server = api(|before, _| numbered(before, "")).await;
    let store = Memory::holding(StoredToken::new("old"));
    call(&client(&server, &STANDARD, stored_with(&store))).await.unwrap();
    assert_eq!(used(&server), ["Bearer old"]);
}

#[tokio::test]
async fn of_an_expired_token_the_refresh_token_is_used() {
    for seconds in [-10, 0, 30] {
        let server = api(|before, _| numbered(before, "")).await;
        let token = StoredToken::new("old").with_refresh_token("r9").with_expires_at(in_seconds(seconds));
        call(&client(&server, &STANDARD, stored_with(&Memory::holding(token)))).await.unwrap();
        assert!(asked(&server)[0].contains("refresh_token=r9"));
        assert_eq!(used(&server), ["Bearer t1"]);
    }
}

#[tokio::test]
async fn a_saved_token_that_is_rejected_is_replaced() {
    let rejecting_old = |seen: &Seen| {
        let old = seen.header("authorization") == Some("Bearer old");
        answer(if old { 401 } else { 200 }, &[], "")
    };
    let server = api_with(|before, _| numbered(before, ""), rejecting_old).await;
    let store = Memory::holding(StoredToken::new("old"));
    assert_eq!(call(&client(&server, &STANDARD, stored_with(&store))).await.unwrap().status(), 200);
    assert_eq!(used(&server), ["Bearer old", "Bearer t1"]);
    assert_eq!(store.held().unwrap().access_token(), "t1");
}

#[tokio::test(start_paused = true)]
async fn what_another_process_has_renewed_is_used() {
    let server = api(|before, _| numbered(before, "")).await;
    let store = Memory::default();
    let client = client(&server, &STANDARD, stored_with(&store));
    call(&client).await.unwrap();
    *store.0.lock().unwrap() = Some(StoredToken::new("other"));
    tokio::time::advance(Duration::from_secs(3600)).await;
    call(&client).await.unwrap();
    assert_eq!((asked(&server).len(), used(&server)), (1, vec!["Bearer t1".into(), "Bearer other".into()]));
}

#[tokio::test]
async fn a_saved_token_that_cannot_be_sent_is_passed_over() {
    let server = api(|before, _| numbered(before, "")).await;
    let store = Memory::holding(StoredToken::new("a\r\nb"));
    call(&client(&server, &STANDARD, stored_with(&store))).await.unwrap();
    assert_eq!(used(&server), ["Bearer t1"]);
}

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

#[tokio::test(start_paused = true)]
async fn a_store_that_takes_long_holds_up_calls_and_nothing_else() {
    struct Slow;
    impl TokenStore for Slow {
        fn load(&self) -> BoxFuture<'_, Option<StoredToken>> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(5)).await;
                None
            })
        }
        fn save<'a>(&'a self, _: &'a StoredToken) -> BoxFuture<'a, ()> {
            Box::pin(tokio::time::sleep(Duration::from_secs(5)))
        }
    }
    let server = api(|before, _| numbered(before, "")).await;
    call(&client(&server, &STANDARD, Grant::from(credentials()).stored(Slow))).await.unwrap();
    assert_eq!(used(&server), ["Bearer t1"]);
}
