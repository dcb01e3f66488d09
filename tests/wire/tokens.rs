//! Tokens of the API: had with the client's credentials, kept and renewed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kajabi::{Client, ClientCredentials, Error, Password, RefreshToken};

use crate::recorder::{Answer, Seen, Server};
use crate::server::{JSON_API, answer};

/// Gives the tokens `t1`, `t2`… and accepts `accepted` only.
async fn api(accepted: &'static str) -> Server {
    let given = Arc::new(AtomicUsize::new(0));
    Server::start(move |seen| respond(seen, accepted, &given)).await
}

fn respond(seen: &Seen, accepted: &str, given: &AtomicUsize) -> Answer {
    if seen.line == "POST /v1/oauth/token" {
        let number = given.fetch_add(1, Ordering::Relaxed) + 1;
        let body = format!(
            r#"{{"access_token":"t{number}","refresh_token":"r{number}","token_type":"Bearer","expires_in":7200}}"#
        );
        return answer(200, "application/json", body);
    }
    match seen.header("authorization") {
        Some(token) if token == format!("Bearer {accepted}") => answer(200, JSON_API, r#"{"data":[]}"#),
        _ => answer(401, JSON_API, r#"{"errors":[]}"#),
    }
}

fn client(server: &Server) -> Client {
    server.builder().auth(ClientCredentials::new("id", "hush")).build().unwrap()
}

fn token_requests(server: &Server) -> Vec<Seen> {
    server.seen().into_iter().filter(|seen| seen.line == "POST /v1/oauth/token").collect()
}

#[tokio::test]
async fn a_hundred_calls_at_once_cost_one_token() {
    let server = api("t1").await;
    let kajabi = client(&server);
    let calls = (0..100).map(|_| async { kajabi.contacts().list().await.map(|page| page.data.len()) });
    let answers = futures_util::future::join_all(calls).await;
    assert!(answers.iter().all(|answer| matches!(answer, Ok(0))));
    assert_eq!((token_requests(&server).len(), server.seen().len()), (1, 101));
}

#[tokio::test]
async fn credentials_are_sent_as_the_document_has_it() {
    let server = api("t1").await;
    client(&server).sites().list().await.unwrap();
    let request = &token_requests(&server)[0];
    assert_eq!(request.body, "client_id=id&client_secret=hush&grant_type=client_credentials");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_by_way_of_the_refresh_token() {
    let server = api("t2").await;
    client(&server).sites().list().await.unwrap();
    let bodies: Vec<String> = token_requests(&server).into_iter().map(|seen| seen.body).collect();
    assert_eq!(bodies[1], "refresh_token=r1&grant_type=refresh_token");
    let refused = api("never").await;
    let error = client(&refused).sites().list().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!((token_requests(&refused).len(), refused.seen().len()), (2, 4));
}

#[tokio::test]
async fn a_password_is_sent_without_a_grant_type() {
    let server = api("t1").await;
    let kajabi = server.builder().auth(Password::new("ada", "hush")).build().unwrap();
    kajabi.sites().list().await.unwrap();
    assert_eq!(token_requests(&server)[0].body, "username=ada&password=hush");
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_gives_way_to_the_credentials() {
    let server = Server::start(|seen| match (seen.line.as_str(), seen.body.contains("refresh_token")) {
        ("POST /v1/oauth/token", true) => answer(401, "application/json", r#"{"error":"invalid_grant"}"#),
        ("POST /v1/oauth/token", false) => answer(200, "application/json", r#"{"access_token":"t"}"#),
        _ => answer(200, JSON_API, r#"{"data":[]}"#),
    })
    .await;
    let grant = RefreshToken::new("old").or(ClientCredentials::new("id", "hush"));
    let kajabi = server.builder().auth(grant).build().unwrap();
    kajabi.sites().list().await.unwrap();
    assert_eq!(token_requests(&server).len(), 2);
}

#[tokio::test]
async fn operations_without_security_need_no_token() {
    let server = api("t1").await;
    _ = client(&server).version().get().await;
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn a_refusal_of_credentials_says_what_the_server_said_and_no_secret() {
    let body = r#"{"error":"invalid client hush"}"#;
    let server = Server::giving(401, body).await;
    let error = client(&server).sites().list().await.unwrap_err();
    assert!(matches!(error, Error::Auth(..)), "{error:?}");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("invalid client") && !shown.contains("hush"), "{shown}");
}

#[tokio::test]
async fn a_revoked_token_is_forgotten() {
    let server = api("t1").await;
    let kajabi = client(&server);
    kajabi.sites().list().await.unwrap();
    _ = kajabi.revoke_token().await;
    let revoked = server.seen().into_iter().find(|seen| seen.line == "POST /v1/oauth/revoke").unwrap();
    assert_eq!(revoked.body, "token=t1");
    assert_eq!(revoked.header("authorization"), Some("Bearer t1"));
}
