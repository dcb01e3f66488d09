//! What the document does not name: more parameters, more headers, the response as it came.

use std::time::Duration;

use kajabi::Error;
use kajabi::runtime::Call;

use crate::server::{JSON_API, Server, answer, sent};

#[tokio::test]
async fn query_adds_a_parameter_after_the_others() {
    let seen = sent(async |client| {
        let list = client
            .blog_posts()
            .list()
            .page_number(1)
            .query("filter[author_id]", "7")
            .query("filter[tags_gt]", "a b");
        list.await.unwrap();
    })
    .await;
    let pairs = ["page%5Bnumber%5D=1", "filter%5Bauthor_id%5D=7", "filter%5Btags_gt%5D=a%20b"];
    assert_eq!(seen.query(), pairs);
}

#[tokio::test]
async fn header_sets_a_header_in_place_of_the_client_s() {
    let seen = sent(async |client| {
        let get = client
            .contacts()
            .get(&"1".into())
            .header("X-Request-Id", "42")
            .header("Accept", "application/json");
        get.await.unwrap();
    })
    .await;
    assert_eq!(seen.header("x-request-id"), Some("42"));
    assert_eq!(seen.headers.get_all("accept").iter().collect::<Vec<_>>(), ["application/json"]);
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_an_error_before_anything_is_sent() {
    let server = Server::giving(200, "{}").await;
    for (name, value) in [("X-Note", "a\r\nX-Other: b"), ("Content-Length", "1"), ("no name", "x")] {
        let error = server.client().contacts().list().header(name, value).await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_client_s_headers_are_sent_with_every_request() {
    let server = Server::giving_least().await;
    let client = server.builder().default_header("X-Tenant", "7").user_agent("mine/2").build().unwrap();
    client.contacts().get(&"1".into()).await.unwrap();
    client.contacts().get(&"1".into()).header("X-Tenant", "8").await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.iter().map(|seen| seen.header("x-tenant")).collect::<Vec<_>>(), [Some("7"), Some("8")]);
    assert_eq!(seen[0].header("user-agent"), Some("mine/2"));
}

#[tokio::test]
async fn send_raw_hands_over_any_status_with_headers_and_body() {
    for status in [200, 404, 418] {
        let server = Server::start(move |_| answer(status, JSON_API, "{\"any\": thing}")).await;
        let raw = server.client().contacts().create(&"7".into()).send_raw().await.unwrap();
        assert_eq!(raw.status().as_u16(), status);
        assert_eq!(raw.headers()["content-type"], JSON_API);
        assert_eq!(raw.text(), "{\"any\": thing}");
        assert!(raw.json::<kajabi::runtime::Json>().is_err());
    }
}

#[tokio::test]
async fn send_gives_status_and_headers_beside_the_value() {
    let server = Server::start(|_| answer(200, JSON_API, r#"{"data": []}"#)).await;
    let response = server.client().contacts().list().send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &JSON_API.parse().unwrap())
    );
    assert!(response.body().data.is_empty());
    let failing = Server::start(|_| answer(401, JSON_API, r#"{"errors": []}"#)).await;
    let client = failing.client();
    let error = generic(client.contacts().list()).await.unwrap_err();
    assert!(matches!(error, Error::Api(kajabi::contacts::ListError::Unauthorized(_), _)), "{error:?}");
}

/// Code that knows no operation sends any.
async fn generic<'a, C: Call<'a>>(call: C) -> Result<u16, Error<C::Error>> {
    Ok(call.send().await?.status().as_u16())
}

#[tokio::test]
async fn send_raw_sends_the_same_request() {
    let seen = sent(async |client| {
        _ = client.contacts().list().filter_site_id(&"7".into()).query("x", "y").send_raw().await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "GET /v1/contacts?filter%5Bsite_id%5D=7&x=y");
    assert_eq!(seen.header("authorization"), Some("Bearer secret"));
    assert_eq!(seen.header("accept"), Some(JSON_API));
}

#[tokio::test]
async fn an_answer_that_never_comes_is_a_timeout() {
    // Accepts connections in its backlog and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = kajabi::Client::builder()
        .base_url(url)
        .max_retries(0)
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = client.contacts().list().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}
