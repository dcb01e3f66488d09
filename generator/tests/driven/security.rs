//! Credentials are sent as the document's security says, and tokens had by its flows.

use modules::runtime::Credential;
use modules::runtime::mock::{Received, Server};
use modules::runtime::token::ClientCredentials;
use serde_json::json;

use crate::support::{paths, server};

/// What shows who calls: the headers and the query.
fn shown(request: &Received) -> Vec<String> {
    let headers = ["authorization", "x-key", "cookie"];
    let headers = headers.iter().filter_map(|name| Some(format!("{name}: {}", request.header(name)?)));
    headers.chain(request.query().iter().map(|(name, value)| format!("?{name}={value}"))).collect()
}

fn last(server: &Server) -> Vec<String> {
    server.requests().last().map(shown).unwrap_or_default()
}

#[tokio::test]
async fn of_the_credentials_only_those_of_an_alternative_are_sent() {
    use modules::operations_security_has_alternatives_and_combinations::Client;
    let server = server();
    let with = |schemes: &[(&str, &str)]| {
        let builder = Client::builder().base_url(server.base_url());
        let all = schemes.iter().fold(builder, |builder, (name, text)| builder.credential(*name, Credential::text(*text)));
        all.build().unwrap()
    };
    let all = with(&[
        ("bearer", "t"), ("basic", "ada:p:w"), ("key", "k"), ("query", "q"), ("cookie", "c"), ("other", "o"),
    ]);
    _ = all.x().inherited().await;
    assert_eq!(last(&server), ["authorization: Bearer t"]);
    _ = all.x().either().await;
    assert_eq!(last(&server), ["authorization: Basic YWRhOnA6dw=="]);
    _ = with(&[("key", "k"), ("bearer", "t")]).x().either().await;
    assert_eq!(last(&server), ["authorization: Bearer t", "x-key: k"]);
    _ = with(&[("key", "k")]).x().either().await;
    assert_eq!(last(&server), [""; 0]);
    _ = all.x().open().await;
    assert_eq!(last(&server), [""; 0]);
    _ = all.x().optional().await;
    assert_eq!(last(&server), ["x-key: k"]);
    _ = with(&[("bearer", "t")]).x().optional().await;
    assert_eq!(last(&server), [""; 0]);
    _ = all.x().all().await;
    assert_eq!(last(&server), ["authorization: HOBA o", "x-key: k", "cookie: session=c", "?key=q"]);
}

#[tokio::test]
async fn what_a_call_gives_goes_before_the_credential() {
    use modules::operations_a_parameter_may_be_a_key_too::Client;
    let server = server();
    let builder = Client::builder().base_url(server.base_url());
    let client = builder.api_key("client").build().unwrap();
    _ = client.pets().list("q").await;
    assert_eq!(last(&server), ["x-key: client", "cookie: sid=client", "?api_key=q"]);
    _ = client.pets().list("q").x_key("h").sid("c").await;
    assert_eq!(last(&server), ["x-key: h", "cookie: sid=c", "?api_key=q"]);
}

#[tokio::test]
async fn a_certificate_counts_as_a_credential() {
    use modules::operations_a_client_certificate_is_a_credential::Client;
    let server = server();
    let builder = || {
        let builder = Client::builder().base_url(server.base_url());
        builder.credential("bearer", Credential::bearer("t")).credential("key", Credential::api_key("k"))
    };
    let without = builder().build().unwrap();
    _ = without.x().alone().await;
    assert_eq!(last(&server), [""; 0]);
    _ = without.x().both().await;
    assert_eq!(last(&server), ["x-key: k"]);
    let with = builder().identity_pem(CERTIFICATE, KEY).build().unwrap();
    _ = with.x().alone().await;
    assert_eq!(last(&server), [""; 0]);
    _ = with.x().both().await;
    assert_eq!(last(&server), ["authorization: Bearer t"]);
    _ = with.x().either().await;
    assert_eq!(last(&server), ["authorization: Bearer t"]);
    let refused = builder().credential("certificate", Credential::text("t")).build().unwrap_err().to_string();
    assert!(refused.ends_with("the scheme takes a client certificate, which `identity_pem` sets"), "{refused}");
}

#[tokio::test]
async fn a_programs_own_credentials_are_shown_in_the_header() {
    use modules::operations_oauth_flows_give_tokens::{Client, scopes};
    let server = server();
    server.answers_tokens_with("/token", json!({"access_token": "a", "expires_in": 60}));
    let scope = format!("{} {}", scopes::READ, scopes::WRITE);
    let credentials = ClientCredentials::new("id", "secret").scope(scope);
    let client = Client::builder().base_url(server.base_url()).auth(credentials).build().unwrap();
    _ = client.pets().create().await;
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some("Basic aWQ6c2VjcmV0"));
    assert_eq!(requests[0].body(), "grant_type=client_credentials&scope=read+write");
    assert_eq!((requests[1].path(), last(&server)), ("/pets", vec!["authorization: Bearer a".to_owned()]));
}

#[tokio::test]
async fn a_user_consents_in_a_browser_and_the_token_is_renewed_elsewhere() {
    use modules::operations_oauth_flows_give_tokens::Client;
    let server = server();
    server.answers_tokens_with("/token", json!({"access_token": "a", "refresh_token": "r", "expires_in": 0}));
    server.answers_tokens_with("/renew", json!({"access_token": "b", "expires_in": 60}));
    let client = ClientCredentials::public("app");
    let consent = Client::ask_consent(client, "http://127.0.0.1:1/back").scope("read").start().unwrap();
    let query: Vec<_> = consent.url().split(['?', '&']).collect();
    assert_eq!(query[..5], [
        "https://login.example.com/start", "tenant=a", "response_type=code", "client_id=app",
        "redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fback",
    ]);
    let back = format!("/back?code=c+d&state={}", consent.state());
    assert!(consent.clone().accept("/back?code=c&state=guessed").is_err());
    let refused = consent.clone().accept(&format!("/back?error=access_denied&state={}", consent.state()));
    assert_eq!(refused.unwrap_err().code(), Some("access_denied"));
    let verifier = consent.verifier().to_owned();
    let code = consent.accept(&back).unwrap();
    let client = Client::builder().base_url(server.base_url()).auth(code).build().unwrap();
    _ = client.pets().list().await;
    _ = client.pets().list().await;
    assert_eq!(paths(&server), ["/token", "/pets", "/renew", "/pets"]);
    let requests = server.requests();
    let sent = "grant_type=authorization_code&code=c+d&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fback&code_verifier=";
    assert_eq!(requests[0].body(), format!("{sent}{verifier}&client_id=app").as_bytes());
    assert_eq!(requests[2].body(), "grant_type=refresh_token&refresh_token=r&client_id=app");
    assert_eq!(last(&server), ["authorization: Bearer b"]);
}

#[tokio::test]
async fn a_token_is_renewed_where_it_was_had() {
    use modules::operations_oauth_flows_give_tokens::Client;
    use modules::runtime::token::{Password, RefreshToken};
    let server = server();
    for endpoint in ["/password", "/renew"] {
        server.answers_tokens_with(endpoint, json!({"access_token": "a", "refresh_token": "r", "expires_in": 0}));
    }
    let builder = || Client::builder().base_url(server.base_url());
    let client = builder().auth(Password::new("ada", "secret")).build().unwrap();
    _ = client.pets().list().await;
    _ = client.pets().list().await;
    _ = builder().auth(RefreshToken::new("from a browser")).build().unwrap().pets().list().await;
    assert_eq!(paths(&server), ["/password", "/pets", "/password", "/pets", "/renew", "/pets"]);
}

#[tokio::test]
async fn a_token_endpoint_may_stand_beside_the_server() {
    use modules::operations_token_addresses_are_seen_from_the_server::Client;
    use modules::runtime::token::{ClientCredentials, Password};
    let server = server();
    for endpoint in ["/oauth/token", "/v1/below"] {
        server.answers_tokens_with(endpoint, json!({"access_token": "a"}));
    }
    let builder = || Client::builder().base_url(&format!("{}/v1", server.base_url()));
    _ = builder().auth(ClientCredentials::new("app", "secret")).build().unwrap().pets().list().await;
    _ = builder().auth(Password::new("ada", "secret")).build().unwrap().pets().list().await;
    assert_eq!(paths(&server), ["/oauth/token", "/v1/pets", "/v1/below", "/v1/pets"]);
}

/// Made for this test, and trusted by nobody.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBijCCAS+gAwIBAgIUfCoWelbA3gmr18K/4qiRTcM4erEwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOY2xpZW50LmV4YW1wbGUwIBcNMjYxMTI3MTM1MjA4WhgPMjEy
NjExMDMxMzUyMDhaMBkxFzAVBgNVBAMMDmNsaWVudC5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAE6dN/lp0JayyQjKMFQBToMuar3pEpPtNmlPkXx3n5
Oi/zDtjxU3KsBRXBQF4JkjqUq9cWRJAeTdOAmgcNCr0hYqNTMFEwHQYDVR0OBBYE
FGox+j6EkxXgk0r81O3wanxo1l7WMB8GA1UdIwQYMBaAFGox+j6EkxXgk0r81O3w
anxo1l7WMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhALliufOC
tSCmImi9f/SIaYiX3SlNthi9qnRTGHtzOXYeAiEAmkwtU+GR/SX5On97H4sb7u7I
lOTGRRxO3QtmXbhaq2U=
-----END CERTIFICATE-----
";
const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgG6M9WE7F70nstcLb
M8t2KUjec7BhsqGxWkYpXOxLC5GhRANCAATp03+WnQlrLJCMowVAFOgy5qvekSk+
02aU+RfHefk6L/MO2PFTcqwFFcFAXgmSOpSr1xZEkB5N04CaBw0KvSFi
-----END PRIVATE KEY-----
";
