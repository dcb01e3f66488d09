//! How long a token is kept, and how another is had.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use clientsmith_runtime::runtime::token::{Password, RefreshToken};
use clientsmith_runtime::runtime::{Bytes, Method, Request, Upload};
use futures_util::stream;
use tokio::task::JoinSet;
use tokio::time::advance;

use super::{
    STANDARD, api, api_with, asked, call, client, credentials, json, numbered, protected, source, used,
};
use crate::server::{Answer, Seen, Server, answer};

/// The grant of each request for a token.
fn grants(server: &Server) -> Vec<String> {
    let grant = |body: &String| body.split('&').next().unwrap().replace("grant_type=", "");
    asked(server).iter().map(grant).collect()
}

/// How many tokens are asked for by two calls with `seconds` between them, if the answer has these members.
async fn asked_for(members: &'static str, seconds: u64) -> usize {
    let server = api(move |before, _| numbered(before, members)).await;
    let client = client(&server, &STANDARD, credentials());
    call(&client).await.unwrap();
    advance(Duration::from_secs(seconds)).await;
    call(&client).await.unwrap();
    asked(&server).len()
}

#[tokio::test(start_paused = true)]
async fn tokens_are_renewed_before_they_expire() {
    assert_eq!(asked_for(r#","expires_in":7200"#, 7139).await, 1);
    assert_eq!(asked_for(r#","expires_in":7200"#, 7141).await, 2);
    assert_eq!(asked_for(r#","expires_in":"7200""#, 7139).await, 1);
}

#[tokio::test(start_paused = true)]
async fn tokens_that_are_valid_for_a_short_time_are_used_for_half_of_it() {
    assert_eq!(asked_for(r#","expires_in":30"#, 14).await, 1);
    assert_eq!(asked_for(r#","expires_in":30"#, 16).await, 2);
}

#[tokio::test(start_paused = true)]
async fn tokens_of_unknown_life_are_kept_as_long_as_the_api_is_said_to() {
    for members in ["", r#","expires_in":null"#] {
        assert_eq!(asked_for(members, 3539).await, 1);
        assert_eq!(asked_for(members, 3541).await, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_whose_life_makes_no_sense_are_used_once() {
    for members in [
        r#","expires_in":0"#,
        r#","expires_in":-5"#,
        r#","expires_in":"soon""#,
        r#","expires_in":[]"#,
        r#","expires_in":true"#,
        r#","expires_in":1e300"#,
    ] {
        assert_eq!(asked_for(members, 0).await, 2, "{members}");
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_that_are_said_to_live_for_ever_are_kept() {
    assert_eq!(asked_for(r#","expires_in":99999999999"#, 86_400).await, 1);
}

/// Takes every token but `t1`.
fn rejecting_the_first(seen: &Seen) -> Answer {
    let first = seen.header("authorization") == Some("Bearer t1");
    answer(if first { 401 } else { 200 }, &[], "")
}

#[tokio::test]
async fn a_rejected_token_is_replaced_and_the_call_made_once_more() {
    let server = api_with(|before, _| numbered(before, ""), rejecting_the_first).await;
    let client = client(&server, &STANDARD, credentials());
    let mut request = Request::new(&client, protected(Method::POST));
    request.json("application/json", &7);
    assert_eq!(request.send_raw().await.unwrap().status(), 200);
    assert_eq!(used(&server), ["Bearer t1", "Bearer t2"]);
    assert_eq!(server.seen().pop().unwrap().body, "7");
    call(&client).await.unwrap();
    assert_eq!(asked(&server).len(), 2);
}

#[tokio::test]
async fn a_rejected_token_is_replaced_for_the_next_call_where_the_body_cannot_be_sent_again() {
    let server = api_with(|before, _| numbered(before, ""), rejecting_the_first).await;
    let client = client(&server, &STANDARD, credentials());
    for status in [401, 200] {
        let mut request = Request::new(&client, protected(Method::POST));
        let piece = Ok::<_, std::io::Error>(Bytes::from("x"));
        request.upload("text/plain", Upload::stream(stream::iter([piece]), None));
        assert_eq!(request.send_raw().await.unwrap().status(), status);
    }
    assert_eq!(used(&server), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test]
async fn a_server_that_rejects_every_token_is_asked_twice() {
    let server = api_with(|before, _| numbered(before, ""), |_| answer(401, &[], "no")).await;
    let response = call(&client(&server, &STANDARD, credentials())).await.unwrap();
    assert_eq!((response.status().as_u16(), response.text().as_ref()), (401, "no"));
    assert_eq!(used(&server), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test]
async fn the_rejected_token_given_once_more_is_no_loop() {
    let server = api_with(|_, _| numbered(0, ""), rejecting_the_first).await;
    let client = client(&server, &STANDARD, credentials());
    assert_eq!(call(&client).await.unwrap().status(), 401);
    assert_eq!((asked(&server).len(), used(&server).len()), (2, 2));
}

#[tokio::test]
async fn many_rejected_calls_ask_for_one_other_token() {
    let server = api_with(|before, _| numbered(before, ""), rejecting_the_first).await;
    let client = client(&server, &STANDARD, credentials());
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await.unwrap().status() });
    }
    assert!(calls.join_all().await.iter().all(|status| *status == 200));
    assert_eq!(asked(&server).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_goes_before_the_credentials() {
    let tokens = |before, _: &Seen| match before {
        0 => numbered(before, r#","refresh_token":"r1""#),
        1 => numbered(before, r#","refresh_token":"r2""#),
        // None: the last one stays good.
        _ => numbered(before, ""),
    };
    let server = api(tokens).await;
    let client = client(&server, &STANDARD, credentials());
    for _ in 0..4 {
        call(&client).await.unwrap();
        advance(Duration::from_secs(3600)).await;
    }
    let refreshed =
        |token| format!("grant_type=refresh_token&refresh_token={token}&client_id=id&client_secret=s3cret");
    assert_eq!(asked(&server)[1..], [refreshed("r1"), refreshed("r2"), refreshed("r2")]);
    assert_eq!(used(&server).last().unwrap(), "Bearer t4");
}

#[tokio::test(start_paused = true)]
async fn the_order_can_be_another() {
    let server = api(|before, _| numbered(before, r#","refresh_token":"r""#)).await;
    let order = &[clientsmith_runtime::runtime::token::GrantKind::ClientCredentials];
    let client = client(&server, source(|source| source.order = order), credentials());
    call(&client).await.unwrap();
    advance(Duration::from_secs(3600)).await;
    call(&client).await.unwrap();
    assert_eq!(grants(&server), ["client_credentials", "client_credentials"]);
}

/// Gives tokens, but answers refresh tokens with `status`.
fn refusing_refresh(status: u16) -> impl Fn(usize, &Seen) -> Answer {
    move |before, seen| {
        if seen.body.contains("grant_type=refresh_token") {
            json(status, r#"{"error":"invalid_grant"}"#.to_owned())
        } else {
            numbered(before, "")
        }
    }
}

#[tokio::test]
async fn a_refused_refresh_token_gives_way_to_the_credentials() {
    for status in [400, 401, 403] {
        let server = api(refusing_refresh(status)).await;
        let grant = RefreshToken::new("r0").or(credentials());
        call(&client(&server, &STANDARD, grant)).await.unwrap();
        assert_eq!(grants(&server), ["refresh_token", "client_credentials"]);
        assert_eq!(used(&server), ["Bearer t2"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_refresh_token_is_not_sent_again() {
    let tokens = |before, seen: &Seen| match before {
        0 => numbered(before, r#","refresh_token":"r1""#),
        _ => refusing_refresh(400)(before, seen),
    };
    let server = api(tokens).await;
    let client = client(&server, &STANDARD, credentials());
    for _ in 0..3 {
        call(&client).await.unwrap();
        advance(Duration::from_secs(3600)).await;
    }
    let expected = ["client_credentials", "refresh_token", "client_credentials", "client_credentials"];
    assert_eq!(grants(&server), expected);
}

#[tokio::test]
async fn an_endpoint_in_trouble_says_nothing_about_a_refresh_token() {
    for status in [408, 429, 500, 503] {
        let server = api(refusing_refresh(status)).await;
        let client = client(&server, &STANDARD, RefreshToken::new("r0").or(credentials()));
        assert!(call(&client).await.is_err());
        assert!(call(&client).await.is_err());
        assert_eq!(grants(&server), ["refresh_token", "refresh_token"]);
    }
}

#[tokio::test]
async fn without_another_way_the_refusal_is_the_error() {
    let server = api(refusing_refresh(400)).await;
    let error = call(&client(&server, &STANDARD, RefreshToken::new("r0"))).await.unwrap_err();
    assert_eq!(error.to_string(), "authorization failed with status 400: invalid_grant");
}

#[tokio::test]
async fn a_refresh_that_brings_the_rejected_token_gives_way_to_the_credentials() {
    let tokens = |before, seen: &Seen| {
        let refresh = seen.body.contains("grant_type=refresh_token");
        numbered(if refresh { 0 } else { before }, r#","refresh_token":"r1""#)
    };
    let server = api_with(tokens, rejecting_the_first).await;
    let client = client(&server, &STANDARD, credentials());
    assert_eq!(call(&client).await.unwrap().status(), 200);
    assert_eq!(grants(&server), ["client_credentials", "refresh_token", "client_credentials"]);
    assert_eq!(used(&server), ["Bearer t1", "Bearer t3"]);
}

#[tokio::test(start_paused = true)]
async fn passwords_are_sent_again_when_there_is_no_refresh_token() {
    let server = api(|before, _| numbered(before, "")).await;
    let client = client(&server, &STANDARD, Password::new("ada", "pw"));
    call(&client).await.unwrap();
    advance(Duration::from_secs(3600)).await;
    call(&client).await.unwrap();
    assert_eq!(grants(&server), ["password", "password"]);
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_fetches_lets_the_next_one_go_on() {
    let server = api(|before, _| numbered(before, "")).await;
    let client = client(&server, &STANDARD, credentials());
    let mut first = Box::pin(call(&client));
    let mut second = Box::pin(call(&client));
    for future in [&mut first, &mut second] {
        let pending = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await;
        assert!(pending);
    }
    drop(first);
    second.await.unwrap();
    assert!(used(&server).iter().all(|value| value.starts_with("Bearer t")));
}
