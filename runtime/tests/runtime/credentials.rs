//! Which credential is sent, and where.

use clientsmith_runtime::runtime::{ClientBuilder, Credential, Method, Request};

use crate::server::{DEFAULTS, Seen, Server, own_http_client, secured};

async fn seen_with(
    credentials: &[(&str, Credential)],
    security: &'static [&'static [&'static str]],
    fill: impl FnOnce(&mut Request<'_>),
) -> Seen {
    let server = Server::giving(200, "text/plain", "").await;
    let mut builder = server.builder();
    for (scheme, credential) in credentials {
        builder = builder.credential(*scheme, credential.clone());
    }
    let client = builder.build().unwrap();
    let mut request = Request::new(&client, secured(Method::GET, "/", security));
    fill(&mut request);
    request.send_raw().await.unwrap();
    server.only()
}

fn check_refused(scheme: &str, credential: Credential, reason: &str) {
    let builder = ClientBuilder::new(DEFAULTS).base_url("http://x.test").credential(scheme, credential);
    let error = builder.build().unwrap_err().to_string();
    assert_eq!(error, format!("the credential for {scheme:?} cannot be used: {reason}"));
}

#[tokio::test]
async fn each_kind_is_sent_in_its_place() {
    let bearer = [("Bearer", Credential::bearer("t0ken"))];
    assert_eq!(
        seen_with(&bearer, &[&["Bearer"]], |_| ()).await.header("authorization"),
        Some("Bearer t0ken")
    );
    let basic = [("Basic", Credential::basic("Aladdin", "open sesame"))];
    assert_eq!(
        seen_with(&basic, &[&["Basic"]], |_| ()).await.header("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    let hoba = [("Hoba", Credential::api_key("k"))];
    assert_eq!(seen_with(&hoba, &[&["Hoba"]], |_| ()).await.header("authorization"), Some("HOBA k"));
    let header = [("Header", Credential::api_key("k3y"))];
    assert_eq!(seen_with(&header, &[&["Header"]], |_| ()).await.header("x-api-key"), Some("k3y"));
    let query = [("Query", Credential::api_key("k&y"))];
    assert_eq!(seen_with(&query, &[&["Query"]], |_| ()).await.line, "GET /?api_key=k%26y");
    let cookie = [("Cookie", Credential::api_key("k3y"))];
    assert_eq!(seen_with(&cookie, &[&["Cookie"]], |_| ()).await.header("cookie"), Some("session=k3y"));
}

#[tokio::test]
async fn the_first_set_with_all_its_credentials_is_used() {
    let set = [("Query", Credential::api_key("q")), ("Bearer", Credential::bearer("b"))];
    let seen = seen_with(&set, &[&["Header", "Query"], &["Bearer", "Query"], &["Query"]], |_| ()).await;
    assert_eq!((seen.line.as_str(), seen.header("authorization")), ("GET /?api_key=q", Some("Bearer b")));
}

#[tokio::test]
async fn optional_security_uses_a_credential_if_there_is_one() {
    let set = [("Bearer", Credential::bearer("b"))];
    let seen = seen_with(&set, &[&[], &["Bearer"]], |_| ()).await;
    assert_eq!(seen.header("authorization"), Some("Bearer b"));
}

#[tokio::test]
async fn operations_without_security_get_no_credential() {
    let set = [("Bearer", Credential::bearer("b")), ("Query", Credential::api_key("q"))];
    let seen = seen_with(&set, &[], |_| ()).await;
    assert_eq!((seen.line.as_str(), seen.header("authorization")), ("GET /", None));
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_and_the_server_decides() {
    let seen = seen_with(&[], &[&["Bearer"], &["Query"]], |_| ()).await;
    assert_eq!((seen.line.as_str(), seen.header("authorization")), ("GET /", None));
}

#[tokio::test]
async fn a_header_of_the_request_goes_before_the_credential() {
    let set = [("Bearer", Credential::bearer("b"))];
    let seen =
        seen_with(&set, &[&["Bearer"]], |request| request.header("Authorization", "Bearer other")).await;
    assert_eq!(seen.header("authorization"), Some("Bearer other"));
}

#[tokio::test]
async fn a_pair_of_the_request_goes_before_the_credential() {
    let set = [("Query", Credential::api_key("k"))];
    let seen = seen_with(&set, &[&["Query"]], |request| request.query("api_key", "other")).await;
    assert_eq!(seen.line, "GET /?api_key=other");
    let seen = seen_with(&set, &[&["Query"]], |request| request.query("api_key2", "other")).await;
    assert_eq!(seen.line, "GET /?api_key2=other&api_key=k");
}

#[tokio::test]
async fn a_cookie_of_the_request_goes_before_the_credential() {
    let set = [("Cookie", Credential::api_key("k"))];
    let seen = seen_with(&set, &[&["Cookie"]], |request| request.cookie("session", "other")).await;
    assert_eq!(seen.header("cookie"), Some("session=other"));
    let by_hand = |request: &mut Request<'_>| request.header("Cookie", "a=1; session=other");
    assert_eq!(seen_with(&set, &[&["Cookie"]], by_hand).await.header("cookie"), Some("a=1; session=other"));
}

#[tokio::test]
async fn a_cookie_of_the_client_gives_way_to_the_credential() {
    let server = Server::giving(200, "text/plain", "").await;
    let builder = server.builder().default_header("Cookie", "session=old; a=1");
    let client = builder.credential("Cookie", Credential::api_key("k")).build().unwrap();
    Request::new(&client, secured(Method::GET, "/", &[&["Cookie"]])).send_raw().await.unwrap();
    assert_eq!(server.only().header("cookie"), Some("a=1; session=k"));
}

#[tokio::test]
async fn cookies_of_the_request_and_the_credential_share_a_header() {
    let set = [("Cookie", Credential::api_key("k"))];
    let seen = seen_with(&set, &[&["Cookie"]], |request| request.cookie("a", "1")).await;
    assert_eq!(seen.header("cookie"), Some("a=1; session=k"));
}

#[test]
fn credentials_that_cannot_be_sent_are_refused_without_repeating_them() {
    let unsendable = "it holds a line break or another character that a header cannot carry";
    check_refused("Bearer", Credential::bearer("t0ken\n"), unsendable);
    check_refused("Header", Credential::api_key("kéy"), unsendable);
    check_refused("Basic", Credential::basic("a:b", "c"), "a user name cannot hold a colon");
    check_refused("Cookie", Credential::api_key("a; b"), "it holds a character that a cookie cannot carry");
}

#[test]
fn credentials_fit_the_kind_of_their_scheme() {
    check_refused("Bearer", Credential::api_key("k"), "the scheme takes a bearer token");
    check_refused("Basic", Credential::bearer("k"), "the scheme takes a user name and password");
    check_refused("Query", Credential::basic("u", "p"), "the scheme takes an API key");
    check_refused(
        "Other",
        Credential::bearer("k"),
        "the API's description has no security scheme of this name",
    );
}

#[tokio::test]
async fn a_later_credential_replaces_an_earlier_one() {
    let set = [("Bearer", Credential::bearer("old")), ("Bearer", Credential::bearer("new"))];
    let seen = seen_with(&set, &[&["Bearer"]], |_| ()).await;
    assert_eq!(seen.header("authorization"), Some("Bearer new"));
}

#[tokio::test]
async fn who_has_a_certificate_is_known_where_the_client_makes_the_connections() {
    let server = Server::giving(200, "text/plain", "").await;
    let security: &[&[&str]] = &[&["Certificate", "Bearer"], &["Query"]];
    let builder = || {
        let bearer = server.builder().credential("Bearer", Credential::bearer("b"));
        bearer.credential("Query", Credential::api_key("q"))
    };
    let own = builder().build().unwrap();
    Request::new(&own, secured(Method::GET, "/", security)).send_raw().await.unwrap();
    let of_caller = builder().http_client(own_http_client()).build().unwrap();
    Request::new(&of_caller, secured(Method::GET, "/", security)).send_raw().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen[0].line.as_str(), seen[0].header("authorization")), ("GET /?api_key=q", None));
    assert_eq!((seen[1].line.as_str(), seen[1].header("authorization")), ("GET /", Some("Bearer b")));
    let reason = "the scheme takes a client certificate, which `identity_pem` sets";
    check_refused("Certificate", Credential::bearer("t"), reason);
    check_refused("Certificate", Credential::text("t"), reason);
}
