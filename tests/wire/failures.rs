//! What becomes of answers that report an error, and of those that are not what the document says.

use std::error::Error as _;
use std::fmt::Debug;

use kajabi::runtime::Json;
use kajabi::{Error, ErrorDocument, contacts, forms, version};

use crate::oauth;
use crate::server::{JSON_API, Server, answer};

const ERRORS: &str = r#"{"errors":[{"status":"422","source":{"pointer":"/data/attributes/email"},"title":"Invalid","detail":"is taken"}]}"#;

/// The error's document is [`ERRORS`], with all its members.
fn check_document(document: &ErrorDocument) {
    let error = &document.errors[0];
    assert_eq!(error.detail.as_deref(), Some("is taken"));
    assert_eq!(error.source.as_ref().unwrap().pointer.as_deref(), Some("/data/attributes/email"));
    assert_eq!(serde_json::to_value(document).unwrap(), serde_json::from_str::<Json>(ERRORS).unwrap());
}

/// A declared error with this status and, in what it displays, this text.
fn check_declared<T: Debug, E: std::error::Error>(result: Result<T, Error<E>>, status: u16, text: &str) -> E {
    let error = result.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    assert!(error.to_string().contains(text), "{error}");
    match error {
        Error::Api(declared, _) => declared,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn bad_request_is_typed() {
    let server = Server::giving(400, ERRORS).await;
    let result = server.client().contacts().add_tags(&"1".into(), ["2".into()]).await;
    match check_declared(result, 400, "400 Bad Request") {
        contacts::AddTagsError::BadRequest(document) => check_document(&document),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn unauthorized_is_typed() {
    let server = Server::giving(401, ERRORS).await;
    match check_declared(server.client().contacts().list().await, 401, "401 Unauthorized") {
        contacts::ListError::Unauthorized(document) => check_document(&document),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn forbidden_is_typed() {
    let server = Server::giving(403, ERRORS).await;
    let result = server.client().forms().submit(&"1".into(), "Ada", "ada@example.com").await;
    match check_declared(result, 403, "403 Forbidden") {
        forms::SubmitError::Forbidden(document) => check_document(&document),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn not_found_is_typed() {
    let server = Server::giving(404, ERRORS).await;
    let result = server.client().contacts().list_offers(&"1".into()).await;
    match check_declared(result, 404, "404 Not Found") {
        contacts::ListOffersError::NotFound(document) => check_document(&document),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn unprocessable_content_is_typed() {
    let server = Server::giving(422, ERRORS).await;
    let result = server.client().contacts().create(&"7".into()).email("ada@example.com").await;
    match check_declared(result, 422, "is taken") {
        contacts::CreateError::UnprocessableEntity(document) => check_document(&document),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn service_unavailable_is_typed() {
    let server = Server::giving(503, ERRORS).await;
    match check_declared(server.client().version().get().await, 503, "503 Service Unavailable") {
        version::GetError::ServiceUnavailable(document) => check_document(&document),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_declared_error_without_content_is_typed() {
    let server = Server::giving(401, "revoked already").await;
    let result = server.client().authentication().revoke(&oauth::revoke()).await;
    match check_declared(result, 401, "401 Unauthorized: revoked already") {
        kajabi::authentication::RevokeError::Unauthorized(body) => assert_eq!(body, "revoked already"),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_status_that_is_not_declared_keeps_status_headers_and_body() {
    let server = Server::start(|_| {
        let mut answer = answer(429, "text/plain", "slow down");
        answer.headers_mut().insert("retry-after", "7".parse().unwrap());
        answer
    })
    .await;
    let error = server.client().contacts().list().await.unwrap_err();
    assert!(matches!(error, Error::Unexpected { .. }), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 429);
    assert_eq!(error.meta().unwrap().headers()["retry-after"], "7");
    assert_eq!(error.body().unwrap(), "slow down");
    assert_eq!(error.to_string(), "unexpected status 429 Too Many Requests: slow down");
}

#[tokio::test]
async fn the_error_document_is_at_hand_whether_the_status_is_declared_or_not() {
    for status in [401, 404, 409, 500] {
        let server = Server::giving(status, ERRORS).await;
        let error = server.client().contacts().get(&"1".into()).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        check_document(&error.document().unwrap());
    }
}

#[tokio::test]
async fn what_is_no_error_document_is_none() {
    let server = Server::start(|_| answer(500, "text/html", "<h1>blocked</h1>")).await;
    let error = server.client().contacts().get(&"1".into()).await.unwrap_err();
    assert_eq!(error.document(), None);
}

#[tokio::test]
async fn html_instead_of_json_is_told_as_such() {
    let html = "<html><h1>Be right back</h1></html>";
    let server = Server::start(move |_| answer(200, "text/html; charset=utf-8", html)).await;
    let error = server.client().contacts().list().await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.body().unwrap(), html);
    assert!(error.to_string().ends_with("(the server answered text/html)"), "{error}");
}

#[tokio::test]
async fn html_with_a_declared_status_keeps_status_and_body() {
    let server = Server::start(|_| answer(403, "text/html", "<h1>blocked</h1>")).await;
    let error = server.client().contacts().list().await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert_eq!(error.body().unwrap(), "<h1>blocked</h1>");
}

#[tokio::test]
async fn a_body_that_does_not_match_tells_the_member_and_keeps_the_bytes() {
    let body = r#"{"data":[{"id":"1"},{"id":"2","attributes":"none"}]}"#;
    let server = Server::start(move |_| answer(200, JSON_API, body)).await;
    let error = server.client().contacts().list().await.unwrap_err();
    let Error::Decode { meta, body: kept, source } = &error else { panic!("{error}") };
    assert_eq!(meta.status().as_u16(), 200);
    assert_eq!(kept, body);
    assert_eq!(source.path(), "data[1].attributes");
    assert!(error.to_string().contains("at data[1].attributes: invalid type"), "{error}");
}

#[tokio::test]
async fn a_list_where_an_object_is_declared_does_not_match() {
    let server = Server::giving(200, "[]").await;
    let error = server.client().contacts().list().await.unwrap_err();
    assert!(error.to_string().contains("expected an object"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_of_transport() {
    // Has a port of its own, so that nobody else listens there, and does not listen itself.
    let bound = tokio::net::TcpSocket::new_v4().unwrap();
    bound.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", bound.local_addr().unwrap());
    let client = kajabi::Client::builder().base_url(url).max_retries(0).build().unwrap();
    let error = client.contacts().list().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(error.source().is_some());
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn the_body_of_a_success_is_never_shown() {
    let server = Server::giving(200, r#"{"data":{"id":{},"token":"s3cr3t"}}"#).await;
    let error = server.client().contacts().get(&"1".into()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
}
