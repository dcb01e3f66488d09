//! Credentials that are asked for call by call.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clientsmith_runtime::runtime::{
    Authorizer, BoxFuture, BuildError, Client, ClientBuilder, Credential, Error, HeaderValue, Method,
    RawResponse, Repeat, Request,
};

use crate::server::{DEFAULTS, Server, answer, secured};

/// Gives `v1`, `v2`, … until it has none left.
#[derive(Clone)]
struct Signer {
    given: Arc<AtomicUsize>,
    left: usize,
    repeat: Repeat,
}

impl Signer {
    fn new(left: usize, repeat: Repeat) -> Self {
        Self { given: Arc::default(), left, repeat }
    }

    fn given(&self) -> usize {
        self.given.load(Ordering::Relaxed)
    }
}

impl Authorizer for Signer {
    fn authorize<'a>(&'a self, _: &'a Client) -> BoxFuture<'a, Result<HeaderValue, Error<Infallible>>> {
        Box::pin(async {
            let number = self.given.fetch_add(1, Ordering::Relaxed) + 1;
            if number > self.left {
                let scheme = "Bearer".to_owned();
                return Err(BuildError::Credential { scheme, reason: "there is no ink left" }.into());
            }
            Ok(HeaderValue::from_str(&format!("v{number}")).unwrap())
        })
    }

    fn rejected(&self, _: &HeaderValue) -> Repeat {
        self.repeat
    }
}

async fn call(
    server: &Server,
    scheme: &'static str,
    signer: &Signer,
) -> Result<RawResponse, Error<Infallible>> {
    let client = server.builder().authorizer(scheme, signer.clone()).build().unwrap();
    let security: &'static [&'static [&'static str]] = vec![&*vec![scheme].leak()].leak();
    Request::new(&client, secured(Method::POST, "/", security)).send_raw().await
}

#[tokio::test]
async fn the_value_stands_in_the_header_of_the_scheme() {
    for (scheme, header) in [("Bearer", "authorization"), ("Header", "x-api-key"), ("Hoba", "authorization")]
    {
        let server = Server::giving(200, "text/plain", "").await;
        call(&server, scheme, &Signer::new(9, Repeat::Once)).await.unwrap();
        assert_eq!(server.only().header(header), Some("v1"), "{scheme}");
    }
}

#[tokio::test]
async fn after_a_rejection_another_value_is_asked_for_once() {
    let server = Server::giving(401, "text/plain", "").await;
    assert_eq!(call(&server, "Bearer", &Signer::new(9, Repeat::Once)).await.unwrap().status(), 401);
    let seen = server.seen();
    let values: Vec<_> = seen.iter().map(|seen| seen.header("authorization").unwrap()).collect();
    assert_eq!(values, ["v1", "v2"]);
}

#[tokio::test]
async fn an_authorizer_can_leave_it_at_the_rejection() {
    let server = Server::giving(401, "text/plain", "").await;
    assert_eq!(call(&server, "Bearer", &Signer::new(9, Repeat::Never)).await.unwrap().status(), 401);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn without_a_value_nothing_is_sent() {
    let server = Server::giving(200, "text/plain", "").await;
    let error = call(&server, "Bearer", &Signer::new(0, Repeat::Once)).await.unwrap_err();
    assert_eq!(error.to_string(), "the credential for \"Bearer\" cannot be used: there is no ink left");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_request_that_is_not_authorized_by_it_is_not_replayed() {
    let server = Server::giving(401, "text/plain", "").await;
    let signer = Signer::new(9, Repeat::Once);
    let client = server.builder().authorizer("Bearer", signer.clone()).build().unwrap();
    let mut own = Request::new(&client, secured(Method::GET, "/", &[&["Bearer"]]));
    own.header("Authorization", "mine");
    own.send_raw().await.unwrap();
    Request::new(&client, secured(Method::GET, "/", &[])).send_raw().await.unwrap();
    assert_eq!((server.seen().len(), signer.given()), (2, 0));
}

#[tokio::test]
async fn a_later_credential_replaces_an_authorizer_and_the_other_way_round() {
    let server = Server::start(|_| answer(200, &[], "")).await;
    let signer = Signer::new(9, Repeat::Once);
    let fixed = |builder: ClientBuilder| builder.credential("Bearer", Credential::bearer("fixed"));
    let clients = [
        fixed(server.builder().authorizer("Bearer", signer.clone())).build().unwrap(),
        fixed(server.builder()).authorizer("Bearer", signer).build().unwrap(),
    ];
    for client in clients {
        let request = Request::new(&client, secured(Method::GET, "/", &[&["Bearer"]]));
        request.send_raw().await.unwrap();
    }
    let seen = server.seen();
    let values: Vec<_> = seen.iter().map(|seen| seen.header("authorization").unwrap()).collect();
    assert_eq!(values, ["Bearer fixed", "v1"]);
}

#[test]
fn schemes_that_are_not_sent_in_a_header_have_no_authorizer() {
    for (scheme, reason) in [
        ("Query", "the scheme is not sent in a header"),
        ("Cookie", "the scheme is not sent in a header"),
        ("Other", "the API's description has no security scheme of this name"),
    ] {
        let builder = ClientBuilder::new(DEFAULTS).base_url("http://x.test");
        let built = builder.authorizer(scheme, Signer::new(0, Repeat::Never)).build();
        let expected = format!("the credential for {scheme:?} cannot be used: {reason}");
        assert_eq!(built.unwrap_err().to_string(), expected);
    }
}
