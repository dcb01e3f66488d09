//! Servers of large bodies, written by hand so that the pieces and the time between them are known.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientsmith_runtime::runtime::ClientBuilder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::server::DEFAULTS;

/// The bytes of one piece.
pub(crate) const PIECE: usize = 16 * 1024;

pub(crate) fn client(url: &str) -> ClientBuilder {
    ClientBuilder::new(DEFAULTS).base_url(url)
}

/// A server whose every answer is so many pieces, with a pause before each.
pub(crate) async fn giving(pieces: usize, pause: Duration) -> (String, JoinHandle<()>) {
    let (url, listener) = listening().await;
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            write(stream, pieces, pause).await;
        }
    });
    (url, task)
}

async fn write(mut stream: TcpStream, pieces: usize, pause: Duration) {
    _ = stream.read(&mut [0; 4096]).await;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", pieces * PIECE);
    _ = stream.write_all(head.as_bytes()).await;
    for _ in 0..pieces {
        tokio::time::sleep(pause).await;
        if stream.write_all(&[0; PIECE]).await.is_err() {
            break;
        }
    }
}

/// A server that accepts connections and reads nothing.
pub(crate) async fn deaf() -> (String, JoinHandle<()>) {
    let (url, listener) = listening().await;
    let task = tokio::spawn(async move {
        let mut streams = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            streams.push(stream);
        }
    });
    (url, task)
}

async fn listening() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (format!("http://{}", listener.local_addr().unwrap()), listener)
}

/// A server that counts the connections it gets.
#[allow(dead_code, reason = "only blocking calls are counted")]
pub(crate) async fn counting() -> (String, Arc<AtomicUsize>) {
    let (url, listener) = listening().await;
    let count = Arc::new(AtomicUsize::new(0));
    let connections = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            connections.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                while stream.read(&mut [0; 4096]).await.is_ok_and(|length| length > 0) {
                    _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
                }
            });
        }
    });
    (url, count)
}
