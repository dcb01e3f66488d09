//! Tokens that outlast the program.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime::runtime::token::{Grant, StoredToken, TokenStore};
use clientsmith_runtime::runtime::{BoxFuture, Timestamp};

use super::{STANDARD, api, api_with, asked, call, client, credentials, numbered, used};
use crate::server::{Seen, answer};

/// A store in memory.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Option<StoredToken>>>);

impl Memory {
    pub(super) fn holding(token: StoredToken) -> Self {
        Self(Arc::new(Mutex::new(Some(token))))
    }

    pub(super) fn held(&self) -> Option<StoredToken> {
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

pub(super) fn stored_with(store: &Memory) -> Grant {
    Grant::from(credentials()).stored(store.clone())
}

pub(super) fn in_seconds(seconds: i64) -> Timestamp {
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

/// A store that has one token and cannot save another.
struct ReadOnly(StoredToken);

impl TokenStore for ReadOnly {
    fn load(&self) -> BoxFuture<'_, Option<StoredToken>> {
        Box::pin(async { Some(self.0.clone()) })
    }

    fn save<'a>(&'a self, _: &'a StoredToken) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_could_not_be_saved_is_used_nevertheless() {
    let renewed = |before, _: &Seen| {
        numbered(before, format!(r#","expires_in":60,"refresh_token":"r{}""#, before + 1).leak())
    };
    let server = api(renewed).await;
    let stored = StoredToken::new("old").with_refresh_token("r0").with_expires_at(in_seconds(-10));
    let client = client(&server, &STANDARD, Grant::from(credentials()).stored(ReadOnly(stored)));
    for _ in 0..3 {
        call(&client).await.unwrap();
        tokio::time::advance(Duration::from_secs(60)).await;
    }
    let asked = asked(&server);
    let sent: Vec<bool> =
        ["r0", "r1", "r2"].iter().zip(&asked).map(|(token, body)| body.contains(token)).collect();
    assert_eq!((sent, asked.len()), (vec![true; 3], 3), "{asked:?}");
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
