//! Users who log in: in a browser, at a device, at an OpenID provider.

use std::time::Duration;

use clientsmith_runtime::runtime::token::code::{Authorization, ConsentBuilder};
use clientsmith_runtime::runtime::token::device::DeviceAuthorization;
use clientsmith_runtime::runtime::token::{
    AuthorizationCode, ClientCredentials, Grant, GrantKind, Password, RefreshToken, TokenSource, openid,
};
use clientsmith_runtime::runtime::{Client, Error, Method, Request};

use super::{STANDARD, credentials, protected, source};
use crate::server::{Answer, Seen, Server, answer};

static DEVICE: DeviceAuthorization = DeviceAuthorization { endpoint: "/device", tokens: &STANDARD };

const CODES: &str = r#"{"device_code":"dev-secret","user_code":"AB-CD","verification_uri":"https://x.test/go",
    "verification_uri_complete":"https://x.test/go?c=AB-CD","expires_in":30,"interval":2}"#;

fn json(status: u16, body: &'static str) -> Answer {
    answer(status, &[("content-type", "application/json")], body)
}

async fn call(client: &Client) -> Result<(), String> {
    let answer = Request::new(client, protected(Method::GET)).send_raw().await;
    answer.map(|_| ()).map_err(|error| format!("{error}: {error:?}"))
}

/// A server that gives codes, and then these answers to whoever asks for the token.
async fn devices(answers: &'static [&'static str]) -> Server {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |seen: &Seen| match seen.line.as_str() {
        "POST /device" => json(200, CODES),
        "POST /oauth/token" => {
            let at = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let body = answers[at.min(answers.len() - 1)];
            json(if body.contains("access_token") { 200 } else { 400 }, body)
        }
        _ => json(200, "{}"),
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn a_device_waits_for_its_user_as_often_as_the_server_wants() {
    let server = devices(&[
        r#"{"error":"authorization_pending"}"#,
        r#"{"error":"slow_down"}"#,
        r#"{"access_token":"a","refresh_token":"r","expires_in":60}"#,
    ])
    .await;
    let client = server.client();
    let login =
        client.start_device_login(&DEVICE, ClientCredentials::public("tv").scope("read")).await.unwrap();
    assert_eq!((login.user_code(), login.verification_uri()), ("AB-CD", "https://x.test/go"));
    assert_eq!(login.verification_uri_complete(), Some("https://x.test/go?c=AB-CD"));
    assert!(!format!("{login:?}").contains("secret"));
    let before = tokio::time::Instant::now();
    let grant = login.wait(&client).await.unwrap();
    assert_eq!(before.elapsed().as_secs(), 2 + 2 + 7);
    let logged_in = server.builder().token_grant(&STANDARD, grant).build().unwrap();
    call(&logged_in).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].body, "client_id=tv&scope=read");
    let device = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dev-secret&client_id=tv";
    assert_eq!(seen[1].body, device);
    assert_eq!(seen[4].header("authorization"), Some("Bearer a"));
}

#[tokio::test(start_paused = true)]
async fn a_device_whose_user_refuses_or_forgets_gets_nothing() {
    for (said, code) in [
        (r#"{"error":"access_denied"}"#, Some("access_denied")),
        (r#"{"error":"authorization_pending"}"#, None),
    ] {
        let server = devices(Box::leak(Box::new([said]))).await;
        let client = server.client();
        let login = client.start_device_login(&DEVICE, credentials()).await.unwrap();
        let error =
            tokio::time::timeout(Duration::from_secs(40), login.wait(&client)).await.unwrap().unwrap_err();
        let Error::Auth(error, _) = error else { panic!("{error:?}") };
        assert_eq!(error.code(), code);
        assert_eq!(server.seen()[0].body, "client_id=id&client_secret=s3cret");
    }
}

#[tokio::test]
async fn codes_that_a_server_does_not_give_are_an_error_of_its() {
    let server = Server::giving(400, "application/json", r#"{"error":"invalid_client"}"#).await;
    let error = server.client().start_device_login(&DEVICE, credentials()).await.unwrap_err();
    assert!(matches!(error, Error::Auth(error, _) if error.code() == Some("invalid_client")));
}

#[tokio::test(start_paused = true)]
async fn a_device_does_not_wait_for_ever() {
    for (times, longest) in
        [("", 1805), (r#","expires_in":"30","interval":7e9"#, 30), (r#","interval":"3""#, 1803)]
    {
        let codes =
            format!(r#"{{"device_code":"d","user_code":"u","verification_uri":"https://x.test/"{times}}}"#);
        let codes: &'static str = codes.leak();
        let server = Server::start(move |seen: &Seen| match seen.line.as_str() {
            "POST /device" => json(200, codes),
            _ => json(400, r#"{"error":"authorization_pending"}"#),
        });
        let server = server.await;
        let client = server.client();
        let login = client.start_device_login(&DEVICE, credentials()).await.unwrap();
        let before = tokio::time::Instant::now();
        let error = login.wait(&client).await.unwrap_err();
        assert!(error.to_string().contains("in time"), "{error}");
        assert!((30..=longest).contains(&before.elapsed().as_secs()), "{times}: {:?}", before.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_device_does_not_wait_for_what_cannot_be() {
    let server = devices(&["{}"]).await;
    let tokens = source(|source| source.others = &[(GrantKind::DeviceCode, "ftp://x.test/token")]);
    let device = Box::leak(Box::new(DeviceAuthorization { endpoint: "/device", tokens }));
    let client = server.client();
    let login = client.start_device_login(device, credentials()).await.unwrap();
    let before = tokio::time::Instant::now();
    assert!(matches!(login.wait(&client).await.unwrap_err(), Error::Build(_)));
    assert_eq!(before.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn a_token_is_renewed_where_it_was_had() {
    let tokens = source(|source| {
        source.others = &[(GrantKind::AuthorizationCode, "/code"), (GrantKind::RefreshToken, "/likely")];
        source.renewals = &[(GrantKind::Password, "/renew")];
    });
    let code = AuthorizationCode::new("c0de", credentials());
    let password = Password::new("ada", "pass").client(credentials());
    let grants: [(Grant, &[&str]); 3] = [
        (code.into(), &["/code", "/code"]),
        (password.into(), &["/oauth/token", "/renew"]),
        (RefreshToken::new("r").into(), &["/likely", "/likely"]),
    ];
    for (grant, expected) in grants {
        let server = Server::giving(
            200,
            "application/json",
            r#"{"access_token":"a","refresh_token":"r","expires_in":0}"#,
        );
        let server = server.await;
        let client = server.builder().token_grant(tokens, grant).build().unwrap();
        call(&client).await.unwrap();
        call(&client).await.unwrap();
        let lines: Vec<_> = server.seen().into_iter().map(|seen| seen.line).collect();
        let asked: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("POST ")).collect();
        assert_eq!(asked, expected);
    }
}

#[tokio::test]
async fn a_code_is_shown_once() {
    let server = Server::start(|seen: &Seen| match seen.line.as_str() {
        "POST /oauth/token" => json(400, r#"{"error":"invalid_grant","error_description":"c0de is spent"}"#),
        _ => json(200, "{}"),
    })
    .await;
    let code = AuthorizationCode::new("c0de", credentials()).verifier("veri");
    let client = server.builder().token_grant(&STANDARD, code.into()).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert!(error.contains("invalid_grant") && !error.contains("c0de") && !error.contains("veri"), "{error}");
    assert!(call(&client).await.is_err());
    assert_eq!(
        server.only().body,
        "grant_type=authorization_code&code=c0de&code_verifier=veri&client_id=id&client_secret=s3cret"
    );
}

#[test]
fn a_consent_cannot_be_guessed_and_is_not_shown() {
    static AUTHORIZATION: Authorization = Authorization { scheme: "Bearer", url: "https://x.test/start" };
    let ask = || {
        ConsentBuilder::new(&AUTHORIZATION, ClientCredentials::public("app"), "app:/back").start().unwrap()
    };
    let (one, other) = (ask(), ask());
    assert!(
        one.state() != other.state() && one.verifier() != other.verifier() && one.state() != one.verifier()
    );
    // RFC 7636, section 4.1: 43 to 128 unreserved characters.
    assert_eq!((one.verifier().len(), one.url().contains(one.verifier())), (43, false));
    assert!(one.url().contains("code_challenge_method=S256"));
    assert_eq!(format!("{one:?}"), "Consent(…)");
    let state = one.state().to_owned();
    for wrong in
        ["", "?", "code=a", "?state=", &format!("?state={state}"), &format!("?state={state}x&code=a")]
    {
        assert!(one.clone().accept(wrong).is_err(), "{wrong}");
    }
    assert!(one.accept(&format!("https://app.test/back?state={state}&code=a#x")).is_ok());
}

/// What is said at the provider's address, with its own address for `HERE`; then the error of a call, and what the server saw.
async fn provider(said: &'static str) -> (Result<(), String>, Vec<Seen>) {
    let server = Server::start(move |seen: &Seen| {
        let here = format!("http://{}", seen.header("host").unwrap_or_default());
        match seen.line.as_str() {
            "GET /.well-known/openid-configuration" => json(200, said.replace("HERE", &here).leak()),
            "POST /there" => json(200, r#"{"access_token":"a","expires_in":60}"#),
            _ => json(200, "{}"),
        }
    })
    .await;
    let url: &'static str = format!("{}/.well-known/openid-configuration", server.url).leak();
    let found = source(|source| source.discovery = Some(openid::provider(url)));
    let builder =
        server.builder().default_header("X-Api", "private").token_grant(found, credentials().into());
    let client = builder.build().unwrap();
    let first = call(&client).await;
    if first.is_ok() {
        call(&client).await.unwrap();
    }
    (first, server.seen())
}

#[tokio::test]
async fn a_provider_says_once_where_tokens_are_had() {
    let (called, seen) = provider(r#"{"issuer":"HERE","token_endpoint":"HERE/there"}"#).await;
    called.unwrap();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, ["GET /.well-known/openid-configuration", "POST /there", "GET /things", "GET /things"]);
    assert_eq!((seen[0].header("x-api"), seen[0].header("authorization")), (None, None));
}

#[tokio::test]
async fn a_provider_that_is_another_or_names_no_safe_place_is_not_trusted() {
    for said in [
        r#"{"issuer":"https://evil.test","token_endpoint":"HERE/there"}"#,
        r#"{"issuer":"HERE/other","token_endpoint":"HERE/there"}"#,
        r#"{"issuer":"HERE","token_endpoint":"http://evil.test/there"}"#,
        r#"{"issuer":"HERE","token_endpoint":7}"#,
        r#"{"token_endpoint":"HERE/there"}"#,
        "<html>",
    ] {
        let (called, seen) = provider(said).await;
        assert!(called.is_err() && seen.len() == 1, "{said}");
    }
}

/// A provider that says where everything is, and gives codes and tokens there.
async fn whole_provider() -> (Server, &'static TokenSource) {
    let server = Server::start(|seen: &Seen| {
        let here = format!("http://{}", seen.header("host").unwrap_or_default());
        match seen.line.as_str() {
            "GET /.well-known/openid-configuration" => json(
                200,
                format!(
                    r#"{{"issuer":"{here}","token_endpoint":"{here}/there","authorization_endpoint":"{here}/ask?tenant=1",
                        "device_authorization_endpoint":"{here}/device"}}"#
                )
                .leak(),
            ),
            "POST /device" => json(200, CODES),
            "POST /there" => json(200, r#"{"access_token":"a","expires_in":60}"#),
            _ => json(200, "{}"),
        }
    })
    .await;
    let url: &'static str = format!("{}/.well-known/openid-configuration", server.url).leak();
    let found = source(|source| {
        source.endpoint = "";
        source.discovery = Some(openid::provider(url));
    });
    (server, found)
}

#[tokio::test]
async fn a_provider_says_where_users_are_asked() {
    let (server, source) = whole_provider().await;
    let client = server.client();
    let asked =
        client.start_consent(source, ClientCredentials::public("app"), "https://app.test/back".to_owned());
    let consent = asked.await.unwrap().scope("openid").start().unwrap();
    let (page, query) = consent.url().split_once('?').unwrap();
    assert_eq!(page, format!("{}/ask", server.url));
    assert!(query.starts_with(
        "tenant=1&response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fapp.test%2Fback&scope=openid"
    ));
    let code = consent.clone().accept(&format!("?code=c&state={}", consent.state())).unwrap();
    let logged_in = server.builder().token_grant(source, code.into()).build().unwrap();
    call(&logged_in).await.unwrap();
    let lines: Vec<String> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    let description = "GET /.well-known/openid-configuration";
    assert_eq!(lines, [description, description, "POST /there", "GET /things"]);
}

#[tokio::test(start_paused = true)]
async fn a_provider_says_where_devices_ask() {
    let (server, source) = whole_provider().await;
    let client = server.client();
    let device: &'static DeviceAuthorization =
        Box::leak(Box::new(DeviceAuthorization { endpoint: "", tokens: source }));
    let login = client.start_device_login(device, ClientCredentials::public("tv")).await.unwrap();
    assert_eq!(login.user_code(), "AB-CD");
    let grant = login.wait(&client).await.unwrap();
    call(&server.builder().token_grant(source, grant).build().unwrap()).await.unwrap();
    let lines: Vec<String> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    let description = "GET /.well-known/openid-configuration";
    assert_eq!(lines, [description, "POST /device", description, "POST /there", "GET /things"]);
}

#[tokio::test]
async fn what_a_provider_does_not_say_is_an_error() {
    let said =
        r#"{"issuer":"HERE","token_endpoint":"HERE/there","authorization_endpoint":"http://evil.test/ask"}"#;
    let server = Server::start(move |seen: &Seen| {
        json(200, said.replace("HERE", &format!("http://{}", seen.header("host").unwrap_or_default())).leak())
    })
    .await;
    let url: &'static str = format!("{}/.well-known/openid-configuration", server.url).leak();
    let found = source(|source| source.discovery = Some(openid::provider(url)));
    let client = server.client();
    let error = client
        .start_consent(found, ClientCredentials::public("a"), String::new())
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("names no https address at which users are asked"), "{error}");
    let device: &'static DeviceAuthorization =
        Box::leak(Box::new(DeviceAuthorization { endpoint: "", tokens: found }));
    let error =
        client.start_device_login(device, ClientCredentials::public("a")).await.unwrap_err().to_string();
    assert!(error.contains("names no https address at which devices ask"), "{error}");
    let error =
        client.start_consent(&STANDARD, ClientCredentials::public("a"), String::new()).await.unwrap_err();
    assert!(error.to_string().contains("names no provider to ask"), "{error}");
}
