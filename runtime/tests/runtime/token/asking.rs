//! The request for a token, and when there is one.

use clientsmith_runtime::runtime::token::{
    AnswerMembers, ClientAuthentication, ClientCredentials, Content, Grant, Password, RefreshToken,
    TokenSource,
};
use clientsmith_runtime::runtime::{Method, Request};
use tokio::task::JoinSet;

use super::{
    STANDARD, api, api_giving, asked, call, client, credentials, json, numbered, protected, source, used,
};
use crate::server::{Seen, Server, operation};

/// The request for a token by `grant`.
async fn request_for(source: &'static TokenSource, grant: impl Into<Grant>) -> Seen {
    let server = api(|before, _| numbered(before, "")).await;
    call(&client(&server, source, grant)).await.unwrap();
    assert_eq!(used(&server), ["Bearer t1"]);
    server.only_token_request()
}

fn check_refused(source: &'static TokenSource, grant: impl Into<Grant>, reason: &str) {
    let builder = clientsmith_runtime::runtime::ClientBuilder::new(crate::server::DEFAULTS);
    let built = builder.base_url("http://x.test").token_grant(source, grant.into()).build();
    assert_eq!(
        built.unwrap_err().to_string(),
        format!("the credential for \"Bearer\" cannot be used: {reason}")
    );
}

#[tokio::test]
async fn a_hundred_calls_at_once_ask_for_one_token() {
    let server = api(|before, _| numbered(before, "")).await;
    let client = client(&server, &STANDARD, credentials());
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await.unwrap().status() });
    }
    assert!(calls.join_all().await.iter().all(|status| *status == 200));
    assert_eq!(asked(&server).len(), 1);
    assert_eq!(used(&server), vec!["Bearer t1"; 100]);
}

#[tokio::test]
async fn client_credentials_are_sent_as_a_form() {
    let seen = request_for(&STANDARD, ClientCredentials::new("i d", "a+b&c")).await;
    assert_eq!(seen.line, "POST /oauth/token");
    assert_eq!(seen.body, "grant_type=client_credentials&client_id=i+d&client_secret=a%2Bb%26c");
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("user-agent"), Some("test/1.0"));
    assert_eq!(seen.header("authorization"), None);
}

#[tokio::test]
async fn scopes_are_asked_for() {
    let seen = request_for(&STANDARD, credentials().scope("a b")).await;
    assert!(seen.body.ends_with("&scope=a+b"), "{}", seen.body);
    let seen = request_for(&STANDARD, Password::new("ada", "pw").scope("c")).await;
    assert_eq!(seen.body, "grant_type=password&username=ada&password=pw&scope=c");
}

#[tokio::test]
async fn clients_can_be_authenticated_by_a_header() {
    let source = source(|source| source.authentication = ClientAuthentication::Basic);
    let seen = request_for(source, ClientCredentials::new("i:d", "s cret")).await;
    assert_eq!(seen.body, "grant_type=client_credentials");
    // `i%3Ad:s+cret`
    assert_eq!(seen.header("authorization"), Some("Basic aSUzQWQ6cytjcmV0"));
}

#[tokio::test]
async fn requests_can_be_json() {
    let source = source(|source| source.content = Content::Json);
    let seen = request_for(source, credentials()).await;
    assert_eq!(seen.header("content-type"), Some("application/json"));
    let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    let expected = r#"{"client_id":"id","client_secret":"s3cret","grant_type":"client_credentials"}"#;
    assert_eq!(body, serde_json::from_str::<serde_json::Value>(expected).unwrap());
}

#[tokio::test]
async fn only_the_members_that_the_api_takes_are_sent() {
    let source = source(|source| {
        source.password = Some(&["username", "password"]);
        source.refresh_token = Some(&["refresh_token", "grant_type"]);
    });
    let password = Password::new("ada", "pw").client(credentials());
    assert_eq!(request_for(source, password).await.body, "username=ada&password=pw");
    let refresh = RefreshToken::new("r1").or(credentials());
    assert_eq!(request_for(source, refresh).await.body, "refresh_token=r1&grant_type=refresh_token");
}

#[tokio::test]
async fn a_refresh_token_is_sent_with_who_asks() {
    let seen = request_for(&STANDARD, RefreshToken::new("r1").or(credentials())).await;
    assert_eq!(seen.body, "grant_type=refresh_token&refresh_token=r1&client_id=id&client_secret=s3cret");
    let seen = request_for(&STANDARD, Password::new("ada", "pw").client(credentials())).await;
    assert_eq!(seen.body, "grant_type=password&username=ada&password=pw&client_id=id&client_secret=s3cret");
}

#[test]
fn grants_that_the_api_does_not_have_are_refused() {
    let source = source(|source| {
        (source.client_credentials, source.refresh_token, source.password) = (None, None, None);
    });
    check_refused(source, credentials(), "the API gives no tokens for client credentials");
    check_refused(source, RefreshToken::new("r"), "the API takes no refresh tokens");
    check_refused(source, Password::new("a", "b"), "the API gives no tokens for a user's name and password");
}

#[tokio::test]
async fn answers_can_have_other_members() {
    let server =
        api(|_, _| json(200, r#"{"data":{"token":"a1","token_type":"bearer","ttl":"3600"}}"#.to_owned()))
            .await;
    let source = source(|source| {
        source.answer = AnswerMembers {
            access_token: "/data/token",
            refresh_token: "/data/refresh",
            expires_in: "/data/ttl",
        };
    });
    let client = client(&server, source, credentials());
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(asked(&server).len(), 1);
    assert_eq!(used(&server), ["Bearer a1", "Bearer a1"]);
}

#[tokio::test]
async fn operations_without_security_need_no_token() {
    let server = api(|before, _| numbered(before, "")).await;
    let client = client(&server, &STANDARD, credentials());
    Request::new(&client, operation(Method::GET, "/version")).send_raw().await.unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn a_header_of_the_request_goes_before_a_token() {
    let server = api(|before, _| numbered(before, "")).await;
    let client = client(&server, &STANDARD, credentials());
    let mut request = Request::new(&client, protected(Method::GET));
    request.header("Authorization", "Bearer mine");
    request.send_raw().await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer mine"));
}

#[tokio::test]
async fn requests_that_cannot_be_built_need_no_token() {
    let server = api(|before, _| numbered(before, "")).await;
    let client = client(&server, &STANDARD, credentials());
    let mut request = Request::new(&client, protected(Method::GET));
    request.header("a b", "");
    assert!(request.send_raw().await.is_err());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn default_headers_go_along_to_the_own_origin_without_credentials() {
    let server = api(|before, _| numbered(before, "")).await;
    let builder = server.builder().default_header("X-Tenant", "7").default_header("Cookie", "a=b");
    let builder = builder.default_header("Authorization", "Basic x");
    let client = builder.token_grant(&STANDARD, credentials().into()).build().unwrap();
    call(&client).await.unwrap();
    let seen = server.only_token_request();
    assert_eq!(
        [seen.header("x-tenant"), seen.header("cookie"), seen.header("authorization")],
        [Some("7"), None, None]
    );
    assert_eq!(used(&server), ["Bearer t1"]);
}

#[tokio::test]
async fn another_origin_gets_no_default_headers() {
    let server = Server::giving(200, "text/plain", "ok").await;
    let tokens = api(|before, _| numbered(before, "")).await;
    let endpoint: &'static str = format!("{}/oauth/token", tokens.url).leak();
    let source = source(|source| source.endpoint = endpoint);
    let builder = server.builder().default_header("X-Private", "7");
    let client = builder.token_grant(source, credentials().into()).build().unwrap();
    call(&client).await.unwrap();
    let seen = tokens.only();
    assert_eq!([seen.header("x-private"), seen.header("user-agent")], [None, Some("test/1.0")]);
    assert_eq!(server.only().header("x-private"), Some("7"));
    assert_eq!(used(&server), ["Bearer t1"]);
}

#[tokio::test]
async fn a_relative_endpoint_is_below_the_base_url() {
    let server = api(|before, _| numbered(before, "")).await;
    let builder = server.builder().base_url(format!("{}/proxy", server.url));
    let client = builder.token_grant(&STANDARD, credentials().into()).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(server.only_token_request().line, "POST /proxy/oauth/token");
}

#[tokio::test]
async fn endpoints_that_would_send_secrets_elsewhere_or_in_clear_are_refused() {
    let server = api_giving(200, "").await;
    for endpoint in ["ftp://x.test/token", "@x.test/token", ".x.test/token", "/../token"] {
        let source = source(|source| source.endpoint = endpoint);
        let error = call(&client(&server, source, credentials())).await.unwrap_err();
        assert!(matches!(error, clientsmith_runtime::runtime::Error::Build(_)), "{endpoint}: {error}");
    }
    assert!(server.seen().is_empty());
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn endpoints_in_clear_are_refused_where_the_api_is_not() {
    let source = source(|source| source.endpoint = "http://127.0.0.1:1/token");
    let builder = clientsmith_runtime::runtime::ClientBuilder::new(crate::server::DEFAULTS);
    let builder = builder.base_url("https://x.test").http_client(crate::server::own_http_client());
    let client = builder.token_grant(source, credentials().into()).build().unwrap();
    let error = call(&client).await.unwrap_err().to_string();
    assert!(error.ends_with("its token endpoint is not an https address"), "{error}");
}

#[test]
fn credentials_come_from_the_environment() {
    // Every system sets the one, and nobody the other.
    assert!(ClientCredentials::from_env("PATH", "PATH").is_ok());
    let error = ClientCredentials::from_env("PATH", "SURELY_NOT_SET").unwrap_err();
    assert_eq!(error.to_string(), "the environment variable \"SURELY_NOT_SET\" is not set");
    assert_eq!(error.variable(), "SURELY_NOT_SET");
}
