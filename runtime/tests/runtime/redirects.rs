//! Redirects: followed within an origin, handed back otherwise.

use clientsmith_runtime::runtime::{Credential, Method, RawResponse, Request, StatusCode};

use crate::server::{Server, answer, secured};

async fn call(server: &Server, method: Method) -> RawResponse {
    let builder = server.builder().credential("Bearer", Credential::bearer("b"));
    let client = builder.credential("Query", Credential::api_key("q")).build().unwrap();
    let mut request = Request::new(&client, secured(method.clone(), "/start", &[&["Bearer", "Query"]]));
    if method == Method::POST {
        request.json("application/json", &1);
    }
    request.send_raw().await.unwrap()
}

#[tokio::test]
async fn redirects_to_another_origin_are_handed_back() {
    let other = Server::giving(200, "text/plain", "stolen").await;
    let target = format!("{}/elsewhere", other.url);
    let server = Server::start(move |_| answer(307, &[("location", &target)], "")).await;
    let response = call(&server, Method::POST).await;
    assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(response.headers().get("location").unwrap(), &format!("{}/elsewhere", other.url));
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn redirects_to_another_scheme_are_handed_back() {
    let server = Server::start(|seen| {
        let host = seen.header("host").unwrap();
        answer(301, &[("location", &format!("https://{host}/"))], "")
    })
    .await;
    assert_eq!(call(&server, Method::GET).await.status(), StatusCode::MOVED_PERMANENTLY);
}

#[tokio::test]
async fn redirects_within_the_origin_are_followed_with_credential_and_body() {
    let server = Server::start(|seen| {
        if seen.line.contains("/start") {
            answer(308, &[("location", "/end")], "")
        } else {
            answer(200, &[], "end")
        }
    })
    .await;
    assert_eq!(call(&server, Method::POST).await.text(), "end");
    let last = server.seen().pop().unwrap();
    assert_eq!((last.line.as_str(), last.body.as_str()), ("POST /end", "1"));
    assert_eq!(last.header("authorization"), Some("Bearer b"));
    assert_eq!(last.header("referer"), None);
}

#[tokio::test]
async fn a_redirect_loop_is_handed_back_after_ten() {
    let server = Server::start(|_| answer(302, &[("location", "/start")], "")).await;
    assert_eq!(call(&server, Method::GET).await.status(), StatusCode::FOUND);
    assert_eq!(server.seen().len(), 11);
}

#[tokio::test]
async fn redirects_without_a_usable_location_are_handed_back() {
    let server = Server::giving(302, "text/plain", "nowhere").await;
    assert_eq!(call(&server, Method::GET).await.status(), StatusCode::FOUND);
}
