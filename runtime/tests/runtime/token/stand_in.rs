//! Tokens of the stand-in server.

use clientsmith_runtime::runtime::mock::{Received, Server};
use clientsmith_runtime::runtime::token::{AnswerMembers, GrantKind, TokenSource};
use clientsmith_runtime::runtime::{Client, ClientBuilder};
use serde_json::json;

use super::{call, credentials, source};
use crate::server::DEFAULTS;

const NESTED: AnswerMembers = AnswerMembers {
    access_token: "/data/attributes/token",
    refresh_token: "/data/attributes/refresh",
    expires_in: "/data/lifetime",
};

/// A client as emitted code starts it.
fn client(mock: &Server, source: &'static TokenSource) -> Client {
    mock.answers_token_source(source);
    mock.serve(ClientBuilder::new(DEFAULTS)).token_grant(source, credentials().into()).build().unwrap()
}

/// The paths of all requests, and the token of the last.
async fn check(mock: &Server, source: &'static TokenSource, expected: &[&str], token: &str) {
    call(&client(mock, source)).await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests.iter().map(Received::path).collect::<Vec<_>>(), expected);
    let sent = requests.last().and_then(|last| last.header("authorization").map(str::to_owned));
    assert_eq!(sent, Some(format!("Bearer {token}")));
}

#[tokio::test]
async fn tokens_are_answered_where_the_source_reads_them() {
    let mock = Server::start().await.unwrap();
    let nested = source(|source| source.answer = NESTED);
    check(&mock, nested, &["/oauth/token", "/things"], "token-of-the-stand-in-server").await;
}

#[tokio::test]
async fn an_answer_that_was_set_before_is_kept() {
    let mock = Server::start().await.unwrap();
    mock.answers_tokens("/oauth/token", "mine");
    check(&mock, source(|_| ()), &["/oauth/token", "/things"], "mine").await;
}

#[tokio::test]
async fn absolute_token_endpoints_are_stood_in_for() {
    let mock = Server::start().await.unwrap();
    let elsewhere = source(|source| source.endpoint = "https://login.invalid/realm/token");
    check(&mock, elsewhere, &["/realm/token", "/things"], "token-of-the-stand-in-server").await;
    mock.answers_tokens_with("/realm/token", json!({ "access_token": "other" }));
    check(&mock, elsewhere, &["/realm/token", "/things", "/realm/token", "/things"], "other").await;
}

#[tokio::test]
async fn tokens_are_renewed_where_the_source_says() {
    let mock = Server::start().await.unwrap();
    let first = json!({ "access_token": "first", "refresh_token": "r", "expires_in": 0 });
    mock.answers_tokens_with("/oauth/token", first);
    let renewed = source(|source| source.renewals = &[(GrantKind::ClientCredentials, "/renew")]);
    let client = client(&mock, renewed);
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    let paths: Vec<String> = mock.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(paths, ["/oauth/token", "/things", "/renew", "/things"]);
}
