//! Compressed answers, where the features are on.

use clientsmith_runtime::runtime::{ClientBuilder, Error, Method, Request};
use http_body_util::Full;
use hyper::body::Bytes;

use crate::recorder::{Answer, Server};
use crate::server::operation;

const TEXT: &str = r#"{"a":[1,2,3]}"#;

/// A body in hexadecimal digits, made with the formats' own tools.
fn compressed(encoding: &str, digits: &str) -> Answer {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    let body: Bytes = (0..digits.len()).step_by(2).map(byte).collect();
    hyper::Response::builder().header("content-encoding", encoding).body(Full::from(body)).unwrap()
}

async fn check_reads(encoding: &'static str, digits: &'static str) {
    let server = Server::start(move |_| compressed(encoding, digits)).await;
    let client = server.client();
    let answer = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
    assert_eq!(answer.text(), TEXT);
    assert!(server.only().header("accept-encoding").unwrap().contains(encoding));
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn gzip_is_asked_for_and_read() {
    check_reads("gzip", "1f8b0800000000000203ab564a54b28a36d431d2318ead0500911a11870d000000").await;
}

#[cfg(feature = "brotli")]
#[tokio::test]
async fn brotli_is_asked_for_and_read() {
    check_reads("br", "c000107b2261223a5b312c322c335d7d03").await;
}

#[cfg(feature = "zstd")]
#[tokio::test]
async fn zstd_is_asked_for_and_read() {
    check_reads("zstd", "28b52ffd200d6900007b2261223a5b312c322c335d7d").await;
}

/// A thousand bytes of gzip that are a million zeros.
#[cfg(feature = "gzip")]
fn bomb() -> String {
    format!("1f8b0800000000000203edc101010000008220ffaf6e484001{}af069ecb791240420f00", "00".repeat(968))
}

#[cfg(feature = "gzip")]
async fn check_stopped(kind: impl FnOnce(ClientBuilder) -> ClientBuilder) {
    let server = Server::start(|_| compressed("gzip", &bomb())).await;
    let client = kind(server.builder().max_body_size(999_999)).build().unwrap();
    let call = async move {
        let result = Request::new(&client, operation(Method::GET, "/")).send_raw().await;
        result.unwrap_err().to_string()
    };
    let error = tokio::spawn(call).await.unwrap();
    assert_eq!(error, "the answer's body is larger than the limit of 999999 bytes");
}

#[cfg(feature = "gzip")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_counts_what_is_decompressed() {
    check_stopped(|builder| builder).await;
    #[cfg(feature = "blocking")]
    check_stopped(ClientBuilder::blocking).await;
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn what_is_not_as_it_says_is_an_error_of_transport() {
    let server = Server::start(|_| compressed("gzip", "6e6f20677a6970")).await;
    let client = server.client();
    let error = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}
