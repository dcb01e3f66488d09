//! Which operations are sent the bearer token.

use kajabi::Credential;

use crate::oauth;
use crate::server::{Server, sent};

#[tokio::test]
async fn operations_that_ask_for_the_token_get_it() {
    let seen = sent(async |client| _ = client.contacts().list().await.unwrap()).await;
    assert_eq!(seen.header("authorization"), Some("Bearer secret"));
    let server = Server::giving(200, "").await;
    server.client().authentication().revoke(&oauth::revoke()).await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer secret"));
}

#[tokio::test]
async fn operations_without_security_do_not_get_the_token() {
    let seen = sent(async |client| _ = client.authentication().token(&oauth::token()).await.unwrap()).await;
    assert_eq!(seen.header("authorization"), None);
    let seen = sent(async |client| _ = client.version().get().await.unwrap()).await;
    assert_eq!(seen.header("authorization"), None);
}

#[tokio::test]
async fn without_a_token_the_request_is_sent_without_one() {
    let server = Server::giving(200, r#"{"data":[]}"#).await;
    server.builder().build().unwrap().contacts().list().await.unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn a_header_of_the_call_goes_before_the_client_s_token() {
    let seen = sent(async |client| {
        _ = client.contacts().list().header("Authorization", "Bearer other").await.unwrap();
    })
    .await;
    assert_eq!(seen.header("authorization"), Some("Bearer other"));
}

#[tokio::test]
async fn the_document_s_name_of_the_scheme_sets_the_same_credential() {
    let server = Server::giving(200, r#"{"data":[]}"#).await;
    let client = server.builder().credential("Bearer", Credential::bearer("named")).build().unwrap();
    client.contacts().list().await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer named"));
}

#[test]
fn a_scheme_that_the_document_does_not_have_is_refused() {
    let client = kajabi::Client::builder().credential("Basic", Credential::bearer("x")).build();
    assert!(client.unwrap_err().to_string().contains("no security scheme of this name"));
}

#[test]
fn no_secret_is_shown() {
    let client = kajabi::Client::builder().bearer_token("s3cr3t").build().unwrap();
    let body = kajabi::types::AuthenticationTokenRequest::new().client_secret("s3cr3t").password("s3cr3t");
    let shown = format!("{client:?} {body:?} {:?}", client.authentication().token(&body));
    assert!(!shown.contains("s3cr3t"), "{shown}");
}
