//! Token endpoints that give no token.

use std::time::Duration;

use clientsmith_runtime::runtime::token::ClientCredentials;
use clientsmith_runtime::runtime::{ClientBuilder, Error, Retry, StatusCode};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::{STANDARD, api, api_giving, asked, call, client, credentials, numbered, used};
use crate::server::{DEFAULTS, Server, answer, own_http_client};

/// The whole error of a call for which the endpoint has this answer; no call is made.
async fn refusal(status: u16, body: &'static str) -> String {
    let server = api_giving(status, body).await;
    let error = call(&client(&server, &STANDARD, credentials())).await.unwrap_err();
    assert!(matches!(&error, Error::Auth(_, meta) if meta.status() == status), "{error:?}");
    assert_eq!((used(&server).len(), asked(&server).len()), (0, 1));
    error.to_string()
}

async fn check_refusal(status: u16, body: &'static str, expected: &str) {
    assert_eq!(refusal(status, body).await, format!("authorization failed with status {status}: {expected}"));
}

#[tokio::test]
async fn the_server_s_words_are_shown() {
    let body =
        r#"{"error":"invalid_client","error_description":"unknown client","error_uri":"https://x.test/e"}"#;
    check_refusal(401, body, "invalid_client: unknown client (https://x.test/e)").await;
    check_refusal(400, r#"{"error":"invalid_grant"}"#, "invalid_grant").await;
    check_refusal(200, r#"{"error":"bad_verification_code"}"#, "bad_verification_code").await;
}

#[tokio::test]
async fn other_ways_to_say_it_are_understood() {
    check_refusal(401, r#"{"errors":[{"status":"401","detail":"wrong key"}]}"#, "wrong key").await;
    check_refusal(401, r#"{"errors":["wrong key"]}"#, "wrong key").await;
    check_refusal(403, r#"{"error":{"code":"no_plan","message":"upgrade first"}}"#, "no_plan: upgrade first")
        .await;
    check_refusal(500, r#"{"message":"out of order"}"#, "out of order").await;
    check_refusal(400, "{}", "the answer holds no access token").await;
}

#[tokio::test]
async fn errors_have_parts() {
    let server = api_giving(400, r#"{"error":"invalid_grant","error_description":"used before"}"#).await;
    let error = call(&client(&server, &STANDARD, credentials())).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    let Error::Auth(error, _) = error else { panic!("{error}") };
    assert_eq!(
        (error.code(), error.description(), error.uri()),
        (Some("invalid_grant"), Some("used before"), None)
    );
}

#[tokio::test]
async fn words_are_cut_and_harmless() {
    let body = format!(r#"{{"error":"a\nb\u202e","error_description":"{}"}}"#, "é".repeat(300));
    let shown = refusal(400, body.leak()).await;
    assert!(shown.ends_with(&format!(": a b : {}…", "é".repeat(200))), "{shown}");
}

#[tokio::test]
async fn secrets_that_the_server_repeats_are_taken_out() {
    let bodies = [
        r#"{"error":"invalid_client","error_description":"no client with secret h/nter2"}"#,
        r#"{"error":"h%2Fnter2"}"#,
        "<html>client_secret=h/nter2",
        "you sent h%2Fnter2",
    ];
    for body in bodies {
        let server = api_giving(400, body).await;
        let grant = ClientCredentials::new("id", "h/nter2");
        let error = call(&client(&server, &STANDARD, grant)).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("nter2"), "{error}");
        assert!(error.to_string().contains('…'), "{error}");
    }
}

#[tokio::test]
async fn a_secret_at_the_cut_does_not_show_its_start() {
    let body = format!(r#"{{"error_description":"{}s3cret"}}"#, "x".repeat(197));
    assert!(!refusal(400, body.leak()).await.contains("s3c"));
}

#[tokio::test]
async fn pages_in_place_of_an_answer_are_shown_in_part() {
    check_refusal(502, "<html>\nBad gateway", "the answer is not JSON: <html> Bad gateway").await;
    check_refusal(200, "<html>Log in</html>", "the answer is not JSON: <html>Log in</html>").await;
    let long = refusal(503, "x".repeat(500).leak()).await;
    assert!(long.contains(&"x".repeat(100)) && long.len() < 250, "{long}");
    check_refusal(404, "", "the answer is not JSON").await;
}

#[tokio::test]
async fn successes_without_a_usable_token_are_not_shown() {
    check_refusal(200, r#"{"acess_token":"hunter2"}"#, "the answer holds no access token").await;
    check_refusal(200, r#"{"message":"hunter2"}"#, "the answer holds no access token").await;
    check_refusal(200, r#"{"access_token":"hunter2""#, "the answer is not JSON").await;
    check_refusal(200, "hunter2", "the answer is not JSON").await;
    check_refusal(200, r#"{"access_token":["hunter2"]}"#, "the answer holds no access token").await;
    check_refusal(200, "[]", "the answer holds no access token").await;
}

#[tokio::test]
async fn tokens_that_cannot_be_sent_are_refused() {
    let unsendable = "the token is empty or holds what a header cannot carry";
    check_refusal(200, r#"{"access_token":"hunter2\r\nX-Admin: 1"}"#, unsendable).await;
    check_refusal(200, r#"{"access_token":"hunter2 x"}"#, unsendable).await;
    check_refusal(200, r#"{"access_token":"hünter2"}"#, unsendable).await;
    check_refusal(200, r#"{"access_token":""}"#, unsendable).await;
}

#[tokio::test]
async fn tokens_of_another_type_are_refused() {
    let body = r#"{"access_token":"hunter2","token_type":"mac"}"#;
    check_refusal(200, body, "the token is of another type than Bearer").await;
}

#[tokio::test]
async fn redirects_to_another_origin_do_not_get_the_secret() {
    let other = api(|before, _| numbered(before, "")).await;
    let target: &'static str = format!("{}/oauth/token", other.url).leak();
    let server = api(move |_, _| answer(307, &[("location", target)], "")).await;
    let builder = server.builder().token_grant(&STANDARD, credentials().into());
    let error = call(&builder.build().unwrap()).await.unwrap_err().to_string();
    assert!(error.ends_with("the answer leads elsewhere, where no secret is sent"), "{error}");
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn large_answers_are_not_read() {
    let server = api_giving(200, " ".repeat(1024 * 1024 + 1).leak()).await;
    let error = call(&client(&server, &STANDARD, credentials())).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_body_too_large()), "{error:?}");
    // A token may be in what came.
    assert!(error.meta().is_none() && error.body().is_none());
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_reached_is_an_error_of_transport() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = ClientBuilder::new(DEFAULTS).base_url(url);
    let client = builder.token_grant(&STANDARD, credentials().into()).build().unwrap();
    assert!(call(&client).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn all_who_wait_share_a_failure() {
    let server = api_giving(400, r#"{"error":"invalid_client"}"#).await;
    let client = client(&server, &STANDARD, credentials());
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await.unwrap_err().to_string() });
    }
    let errors = calls.join_all().await;
    assert!(errors.iter().all(|error| error.ends_with("invalid_client")), "{errors:?}");
    assert_eq!(asked(&server).len(), 1);
    // Whoever comes later tries anew.
    assert!(call(&client).await.is_err());
    assert_eq!(asked(&server).len(), 2);
}

/// An API whose token endpoint has trouble at first.
async fn troubled(status: u16) -> Server {
    api(move |before, _| match before {
        0 => answer(status, &[("retry-after", "7")], ""),
        _ => numbered(before, ""),
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_in_trouble_is_left_alone_as_long_as_it_asks() {
    for status in [429, 503] {
        let server = troubled(status).await;
        let builder = server.builder().http_client(own_http_client()).retry(Retry::standard());
        let client = builder.token_grant(&STANDARD, credentials().into()).build().unwrap();
        let start = Instant::now();
        call(&client).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), Duration::from_secs(7).as_secs());
        assert_eq!((asked(&server).len(), used(&server)), (2, vec!["Bearer t2".to_owned()]));
    }
}
