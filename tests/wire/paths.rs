//! Values in paths, and base URLs.

use kajabi::Error;

use crate::server::{Server, sent};

/// A contact of this id is asked for under this path.
async fn check_path(id: &str, path: &str) {
    let seen = sent(async |client| _ = client.contacts().get(&id.into()).await.unwrap()).await;
    assert_eq!(seen.line, format!("GET {path}"));
}

/// Nothing is sent for this id, and the error names the parameter.
async fn check_refused(id: &str, reason: &str) {
    let server = Server::giving_least().await;
    let error = server.client().contacts().update(&id.into()).name("Ada").await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(error.status().is_none());
    let message = error.to_string();
    assert!(message.contains("\"id\"") && message.contains(reason), "{message}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn whatever_is_in_a_value_it_stays_one_segment() {
    check_path("a/b?c", "/v1/contacts/a%2Fb%3Fc").await;
    check_path("two words", "/v1/contacts/two%20words").await;
    check_path("Zürich 東京", "/v1/contacts/Z%C3%BCrich%20%E6%9D%B1%E4%BA%AC").await;
    check_path("%2F", "/v1/contacts/%252F").await;
    check_path("a;b=c&d#e\\f", "/v1/contacts/a%3Bb%3Dc%26d%23e%5Cf").await;
    check_path("{id}", "/v1/contacts/%7Bid%7D").await;
    check_path("...", "/v1/contacts/...").await;
    check_path("-._~", "/v1/contacts/-._~").await;
}

#[tokio::test]
async fn values_that_would_name_another_resource_are_refused_before_anything_is_sent() {
    check_refused("", "empty").await;
    check_refused(".", "dot segment").await;
    check_refused("..", "dot segment").await;
}

#[tokio::test]
async fn encoded_dot_segments_stay_what_they_are() {
    check_path("%2e%2e", "/v1/contacts/%252e%252e").await;
}

#[tokio::test]
async fn a_value_in_the_middle_of_a_path_is_escaped_too() {
    let seen = sent(async |client| _ = client.contacts().list_tags(&"a/b".into()).await.unwrap()).await;
    assert_eq!(seen.line, "GET /v1/contacts/a%2Fb/relationships/tags");
}

#[tokio::test]
async fn a_base_url_can_have_a_path_with_or_without_a_slash() {
    for end in ["/proxy/kajabi", "/proxy/kajabi/"] {
        let server = Server::giving_least().await;
        let client = kajabi::Client::builder().base_url(format!("{}{end}", server.url)).build().unwrap();
        client.contacts().get(&"1".into()).await.unwrap();
        assert_eq!(server.only().line, "GET /proxy/kajabi/v1/contacts/1");
    }
}

#[test]
fn the_document_s_server_is_the_default() {
    let client = kajabi::Client::builder().build().unwrap();
    assert_eq!(client.base_url(), "https://api.kajabi.com");
}

#[test]
fn a_base_url_that_cannot_be_used_is_refused_without_being_repeated() {
    for url in
        ["ftp://example.com", "not a url", "https://user:s3cr3t@example.com", "https://example.com?x=s3cr3t"]
    {
        let error = kajabi::Client::builder().base_url(url).build().unwrap_err().to_string();
        assert!(error.starts_with("the base URL cannot be used"), "{error}");
        assert!(!error.contains("s3cr3t"), "{error}");
    }
}
