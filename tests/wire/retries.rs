//! Which calls are made again, as the document's overlay has it. The clock is paused, so that nobody waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kajabi::{Client, Error, Retry};

use crate::server::{JSON_API, Server, answer};

/// A client of `server` with the retries of the document, and without time limits: with the paused clock, one would be over
/// whenever everyone waits for the network.
fn client(server: &Server) -> Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider);
    let tls = tls.with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    let http = reqwest::Client::builder().tls_backend_preconfigured(tls).build().unwrap();
    Client::builder().base_url(&server.url).http_client(http).build().unwrap()
}

/// A server that gives this status, and a client of it.
async fn refusing(status: u16) -> (Server, Client) {
    let server = Server::giving(status, "{}").await;
    let client = client(&server);
    (server, client)
}

#[tokio::test(start_paused = true)]
async fn reading_is_tried_four_times_where_the_server_is_out_of_order() {
    for status in [429, 502, 503, 504] {
        let (server, client) = refusing(status).await;
        let error = client.contacts().list().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(server.seen().len(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn writing_is_tried_again_only_if_there_were_too_many_calls() {
    for (status, calls) in [(429, 4), (502, 1), (503, 1), (504, 1)] {
        let (server, client) = refusing(status).await;
        client.contacts().create(&"7".into()).name("Ada").await.unwrap_err();
        assert_eq!(server.seen().len(), calls, "{status}");
        let bodies: Vec<_> = server.seen().iter().map(|seen| seen.body.clone()).collect();
        assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn other_statuses_are_final() {
    for status in [400, 401, 403, 404, 422, 500] {
        let (server, client) = refusing(status).await;
        client.contacts().list().await.unwrap_err();
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_succeeds_in_the_end_is_a_success() {
    let calls = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let is_first = calls.fetch_add(1, Ordering::Relaxed) == 0;
        answer(if is_first { 503 } else { 200 }, JSON_API, r#"{"data":[{"id":"1"}]}"#)
    })
    .await;
    let client = client(&server);
    assert_eq!(client.contacts().list().await.unwrap().data.len(), 1);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_told_not_to_be_made_again() {
    let (server, client) = refusing(503).await;
    let error = client.contacts().list().retry(Retry::off()).await.unwrap_err();
    assert!(matches!(error, Error::Unexpected { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}
