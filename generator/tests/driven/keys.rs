//! Calls that may do harm twice are made again with a key.

use std::time::Duration;

use modules::operations_a_key_makes_a_call_repeatable::Client;
use modules::runtime::Retry;

use crate::support::server;

#[tokio::test]
async fn a_call_with_a_key_is_made_again_with_that_key() {
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let again = Retry::standard().initial_delay(Duration::ZERO);
    server.on(client.pets().create()).respond_json(503, ());
    server.on(client.pets().order()).respond_json(503, ());
    client.pets().create().retry(again).await.unwrap_err();
    client.pets().create().idempotency_key("a 1").retry(again).await.unwrap_err();
    client.pets().order().retry(again).await.unwrap_err();
    client.pets().order().idempotency_key("o").retry(again).await.unwrap_err();
    let requests = server.requests();
    let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    let (created, ordered) = ([Some("a 1"); 3], [Some("o"); 3]);
    assert_eq!(keys, [&[None][..], &created, &[None], &ordered].concat());
}

#[tokio::test]
async fn a_key_that_tells_nothing_apart_is_refused() {
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    for key in ["", "a\r\nX-Admin: 1"] {
        let error = client.pets().create().idempotency_key(key).await.unwrap_err().to_string();
        assert!(error.contains("\"Idempotency-Key\" cannot be sent"), "{error}");
        assert!(!error.contains("Admin"), "{error}");
    }
    assert!(server.requests().is_empty());
}
