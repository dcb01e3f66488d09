//! No secret is shown by `Debug`, by `Display` or by an error.

use std::fmt::Debug;

use clientsmith_runtime::runtime::token::{ClientCredentials, Grant, Password, RefreshToken, StoredToken};
use clientsmith_runtime::runtime::{
    Client, ClientBuilder, Credential, Error, Json, Method, RawResponse, Request,
};

use crate::server::{DEFAULTS, Server, answer, got, secured};
use crate::token::STANDARD;

const SECRET: &str = "hunter2";

fn check_hidden(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
    // `hunter2` behind a user name in base64.
    assert!(!shown.contains("aHVudGVyMg") && !shown.contains("1bnRlcj"), "{shown}");
}

fn check_debug(value: &impl Debug) {
    check_hidden(&format!("{value:?}"));
    check_hidden(&format!("{value:#?}"));
}

fn check_chain(error: &(dyn std::error::Error + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        check_hidden(&error.to_string());
        check_hidden(&format!("{error:?}"));
        next = error.source();
    }
}

fn full(url: &str) -> ClientBuilder {
    ClientBuilder::new(DEFAULTS)
        .base_url(url)
        .default_header("X-Private", SECRET)
        .credential("Bearer", Credential::bearer(SECRET))
        .credential("Basic", Credential::basic("me", SECRET))
        .credential("Header", Credential::api_key(SECRET))
        .credential("Query", Credential::api_key(SECRET))
        .credential("Cookie", Credential::api_key(SECRET))
}

fn request(client: &Client) -> Request<'_> {
    Request::new(client, secured(Method::GET, "/v1", &[&["Bearer", "Header", "Query", "Cookie"]]))
}

#[test]
fn credentials_show_their_kind_only() {
    for (credential, kind) in [
        (Credential::bearer(SECRET), "Credential::Bearer(…)"),
        (Credential::basic(SECRET, SECRET), "Credential::Basic(…)"),
        (Credential::api_key(SECRET), "Credential::ApiKey(…)"),
    ] {
        assert_eq!(format!("{credential:?}"), kind);
    }
}

#[test]
fn clients_and_builders_show_names_only() {
    let builder = full("http://x.test");
    check_debug(&builder);
    let client = builder.build().unwrap();
    check_debug(&client);
    let shown = format!("{client:?}");
    assert!(
        shown.contains("http://x.test") && shown.contains("Bearer") && shown.contains("x-private"),
        "{shown}"
    );
}

#[test]
fn builders_do_not_show_a_base_url_that_holds_a_password() {
    let builder = ClientBuilder::new(DEFAULTS).base_url(format!("https://me:{SECRET}@x.test"));
    check_debug(&builder);
    check_chain(&builder.build().unwrap_err());
}

#[test]
fn refused_secrets_are_not_repeated() {
    let refused = format!("{SECRET}\r\n");
    let builder = || ClientBuilder::new(DEFAULTS).base_url("http://x.test");
    check_chain(&builder().credential("Bearer", Credential::bearer(&refused)).build().unwrap_err());
    check_chain(&builder().credential("Query", Credential::bearer(&refused)).build().unwrap_err());
    check_chain(&builder().default_header("X-Private", &refused).build().unwrap_err());
}

#[test]
fn requests_show_names_only() {
    let client = full("http://x.test").build().unwrap();
    let mut request = request(&client);
    request.header("Authorization", SECRET);
    request.query("token", SECRET);
    request.cookie("session", SECRET);
    request.form(&Json::from_iter([("password", SECRET)]));
    check_debug(&request);
    assert!(format!("{request:?}").contains("authorization"));
}

#[tokio::test]
async fn errors_of_transport_do_not_show_a_key_in_the_query() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = full(&url).build().unwrap();
    let error = request(&client).send_raw().await.unwrap_err();
    assert!(error.to_string().contains("/v1"), "{error}");
    check_chain(&error);
}

#[tokio::test]
async fn tokens_in_answers_are_not_shown() {
    let server = Server::start(|_| {
        let headers = [("set-cookie", "session=hunter2"), ("location", "/?code=hunter2")];
        answer(201, &headers, r#"{"access_token":"hunter2"}"#)
    })
    .await;
    let client = server.client();
    let answer: RawResponse = request(&client).send_raw().await.unwrap();
    check_debug(&answer);
    check_debug(answer.meta());
    let decode: Result<Vec<u8>, Error<std::fmt::Error>> = answer.clone().decode();
    check_chain(&decode.unwrap_err());
    let unexpected: Result<(), Error<std::fmt::Error>> = answer.unexpected();
    check_chain(&unexpected.unwrap_err());
}

#[tokio::test]
async fn raw_answers_show_the_start_of_an_error_body() {
    let shown = format!("{:?}", got(500, "text/plain", "out of order").await);
    assert!(shown.contains("out of order"), "{shown}");
}

#[test]
fn grants_show_their_kind_only() {
    let client = || ClientCredentials::new("id", SECRET);
    let grants: [Grant; 3] = [
        client().into(),
        RefreshToken::new(SECRET).or(client()).into(),
        Password::new("ada", SECRET).client(client()).into(),
    ];
    for grant in grants {
        check_debug(&grant);
        check_debug(&ClientBuilder::new(DEFAULTS).token_grant(&STANDARD, grant));
    }
    check_debug(&client());
    check_debug(&RefreshToken::new(SECRET));
    check_debug(&Password::new("ada", SECRET));
    check_debug(&StoredToken::new(SECRET).with_refresh_token(SECRET));
}

#[test]
fn json_bodies_in_the_making_are_not_shown() {
    let client = full("http://x.test").build().unwrap();
    let mut request = request(&client);
    request.json_set(&["password"], SECRET);
    check_debug(&request);
}

/// A client whose token endpoint gives this, and what becomes of its first call.
async fn first_call(
    status: u16,
    body: &'static str,
) -> (Client, Result<RawResponse, Error<std::convert::Infallible>>) {
    let server = Server::start(move |seen| match seen.line.as_str() {
        "POST /oauth/token" => answer(status, &[], body),
        _ => answer(401, &[], "no"),
    })
    .await;
    let builder = server.builder().token_grant(&STANDARD, ClientCredentials::new("id", SECRET).into());
    let client = builder.build().unwrap();
    let request = Request::new(&client, secured(Method::GET, "/", &[&["Bearer"]]));
    let result = request.send_raw().await;
    (client, result)
}

#[tokio::test]
async fn tokens_are_shown_neither_by_the_client_nor_by_an_answer() {
    let (client, result) = first_call(200, r#"{"access_token":"hunter2","refresh_token":"hunter2"}"#).await;
    check_debug(&client);
    check_debug(&result.unwrap());
}

#[tokio::test]
async fn token_endpoints_that_repeat_a_secret_do_not_get_it_into_an_error() {
    for (status, body) in [
        (400, r#"{"error":"hunter2","error_description":"hunter2","error_uri":"https://x.test/hunter2"}"#),
        (400, "hunter2"),
        (500, "<p>id=id&amp;client_secret=hunter2</p>"),
        (200, r#"{"access_token":"hunter2","token_type":"hunter2"}"#),
        (200, r#"{"access_token":"hunter2\n"}"#),
        (200, r#"{"token":"hunter2"}"#),
    ] {
        check_chain(&first_call(status, body).await.1.unwrap_err());
    }
}
