//! Bodies that are never in memory as a whole, in both directions.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientsmith_runtime::runtime::{
    Bytes, Client, Error, Method, Request, Retry, Streamed, TransportError, Upload,
};
use futures_util::{StreamExt as _, stream};

use crate::server::{Server, answer, operation};
use crate::source::{self, PIECE};

async fn opened(client: &Client, method: Method) -> Result<Streamed, Error<Infallible>> {
    Request::new(client, operation(method, "/")).send_streamed(|answer| Box::pin(async { Ok(answer) })).await
}

fn stream_of(pieces: &[&'static str]) -> Upload {
    let pieces: Vec<_> =
        pieces.iter().map(|piece| Ok::<_, io::Error>(Bytes::from_static(piece.as_bytes()))).collect();
    Upload::stream(stream::iter(pieces), None)
}

#[tokio::test]
async fn a_stream_is_sent_as_it_comes() {
    let server = Server::giving(200, "text/plain", "").await;
    let client = server.client();
    let mut request = Request::new(&client, operation(Method::POST, "/"));
    request.upload("text/csv", stream_of(&["a;", "", "b\n"]));
    request.send_raw().await.unwrap();
    let seen = server.only();
    assert_eq!((seen.header("content-type"), seen.body.as_str()), (Some("text/csv"), "a;b\n"));
    assert_eq!((seen.header("transfer-encoding"), seen.header("content-length")), (Some("chunked"), None));
}

#[tokio::test]
async fn the_server_is_told_a_length_that_is_known() {
    let server = Server::giving(200, "text/plain", "").await;
    let client = server.client();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    std::fs::write(&path, "x".repeat(200_000)).unwrap();
    let pieces = stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"abc"))]);
    for upload in [Upload::stream(pieces, Some(3)), Upload::file(&path), "abc".into()] {
        let mut request = Request::new(&client, operation(Method::PUT, "/"));
        request.upload("application/octet-stream", upload);
        request.send_raw().await.unwrap();
    }
    let lengths: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| (seen.header("content-length").unwrap().to_owned(), seen.body.len()))
        .collect();
    assert_eq!(lengths, [("3".to_owned(), 3), ("200000".to_owned(), 200_000), ("3".to_owned(), 3)]);
}

#[tokio::test]
async fn files_that_are_not_there_are_errors_before_anything_is_sent() {
    let server = Server::giving(200, "text/plain", "").await;
    let client = server.client();
    for path in ["/nowhere/at/all", "/"] {
        let mut request = Request::new(&client, operation(Method::PUT, "/"));
        request.upload("application/octet-stream", Upload::file(path));
        let error = request.send_raw().await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_file_is_sent_again_and_a_stream_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    std::fs::write(&path, "abc").unwrap();
    for (upload, requests, status) in [(Upload::file(&path), 2, 200), (stream_of(&["abc"]), 1, 503)] {
        let turn = AtomicUsize::new(0);
        let server =
            Server::start(move |_| answer([503, 200][turn.fetch_add(1, Ordering::Relaxed).min(1)], &[], ""))
                .await;
        let builder = server.builder().http_client(crate::server::own_http_client());
        let client = builder.retry(Retry::standard()).build().unwrap();
        let mut request = Request::new(&client, operation(Method::PUT, "/"));
        request.upload("text/plain", upload);
        assert_eq!(request.send_raw().await.unwrap().status(), status);
        let bodies: Vec<_> = server.seen().into_iter().map(|seen| seen.body).collect();
        assert_eq!(bodies, vec!["abc"; requests]);
    }
}

#[tokio::test]
async fn a_stream_cannot_be_sent_by_two_clones_of_a_request() {
    let server = Server::giving(200, "text/plain", "").await;
    let client = server.client();
    let mut request = Request::new(&client, operation(Method::POST, "/"));
    request.upload("text/plain", stream_of(&["abc"]));
    request.clone().send_raw().await.unwrap();
    let error = request.send_raw().await.unwrap_err();
    assert_eq!(error.to_string(), "the body is a stream, which can be sent once, and has been sent");
    server.only();
}

#[tokio::test]
async fn an_upload_that_fails_is_an_error_of_transport() {
    let server = Server::giving(200, "text/plain", "").await;
    let client = server.client();
    let mut request = Request::new(&client, operation(Method::POST, "/"));
    let pieces = [Ok(Bytes::from_static(b"abc")), Err(io::Error::other("the disk is gone"))];
    request.upload("text/plain", Upload::stream(stream::iter(pieces), None));
    let error = request.send_raw().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_download_has_no_limit_and_is_not_gathered() {
    let (url, server) = source::giving(64, Duration::ZERO).await;
    let client = source::client(&url).max_body_size(10).build().unwrap();
    let (_, mut body) = opened(&client, Method::GET).await.unwrap().into_parts();
    assert_eq!(body.length(), Some(64 * PIECE as u64));
    let (mut sum, mut largest) = (0, 0);
    while let Some(piece) = body.next().await {
        let length = piece.unwrap().len();
        (sum, largest) = (sum + length, largest.max(length));
    }
    assert_eq!(sum, 64 * PIECE);
    // What the HTTP implementation reads at once, and not the whole.
    assert!(largest <= 16 * PIECE, "{largest}");
    server.abort();
}

#[tokio::test]
async fn a_download_takes_as_long_as_it_comes_on() {
    let (url, server) = source::giving(8, Duration::from_millis(60)).await;
    let client = source::client(&url).timeout(Duration::from_millis(300)).build().unwrap();
    let answer = opened(&client, Method::GET).await.unwrap();
    assert_eq!(answer.read().await.unwrap().body().len(), 8 * PIECE);
    // What is read as a whole has one limit for the whole.
    let error = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    server.abort();
}

#[tokio::test]
async fn a_download_that_stops_runs_into_the_timeout() {
    let (url, server) = source::giving(2, Duration::from_secs(60)).await;
    let client = source::client(&url).timeout(Duration::from_millis(80)).build().unwrap();
    let (_, body) = opened(&client, Method::GET).await.unwrap().into_parts();
    let pieces: Vec<Result<Bytes, TransportError>> = body.collect().await;
    let error = pieces.last().unwrap().as_ref().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    server.abort();
}

#[tokio::test]
async fn an_upload_takes_as_long_as_it_comes_on() {
    let server = Server::giving(200, "text/plain", "").await;
    let client = server.builder().timeout(Duration::from_millis(300)).build().unwrap();
    let pieces = stream::iter(0..8).then(|_| async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        Ok::<_, io::Error>(Bytes::from_static(b"x"))
    });
    let mut request = Request::new(&client, operation(Method::POST, "/"));
    request.upload("text/plain", Upload::stream(pieces, None));
    request.send_raw().await.unwrap();
    assert_eq!(server.only().body, "xxxxxxxx");
}

#[tokio::test]
async fn no_more_of_an_upload_is_read_than_the_server_takes() {
    let (url, server) = source::deaf().await;
    let client = source::client(&url).timeout(Duration::from_millis(200)).build().unwrap();
    let read = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&read);
    let pieces = stream::iter(0..100_000).map(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        Ok::<_, io::Error>(Bytes::from_static(&[0; PIECE]))
    });
    let mut request = Request::new(&client, operation(Method::POST, "/"));
    request.upload("text/plain", Upload::stream(pieces, None));
    assert!(request.send_raw().await.unwrap_err().is_timeout());
    // What lies in the buffers of the two sockets, and not the 1.6 GB that there are.
    let read = read.load(Ordering::Relaxed) * PIECE;
    assert!(read < 32 << 20, "{read}");
    server.abort();
}
