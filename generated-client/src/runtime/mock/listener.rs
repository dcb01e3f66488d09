//! The thread that listens, and HTTP/1.1 on its connections.

use std::io;
use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::super::{Bytes, StatusCode};
use super::ledger::Shared;
use super::received::{Received, pairs};
use super::response::{Ending, Response};

/// The largest body that is taken.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// A thread that serves; it ends when this is dropped.
pub(super) struct Listener {
    base_url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    pub(super) fn start(shared: &Arc<Shared>) -> io::Result<Self> {
        let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::clone(shared);
        let (stop, stopped) = oneshot::channel();
        let (report, started) = mpsc::channel();
        // The thread makes its runtime itself: dropping one within another, as in a test, is not allowed.
        let thread = thread::Builder::new().name("mock-server".to_owned()).spawn(move || {
            let (runtime, result) = match serve(listener, shared) {
                Ok(runtime) => (Some(runtime), Ok(())),
                Err(error) => (None, Err(error)),
            };
            _ = report.send(result);
            // Ends when the sender is dropped, and all connections with it.
            runtime.map(|runtime| runtime.block_on(stopped));
        })?;
        let listener = Self { base_url, stop: Some(stop), thread: Some(thread) };
        started.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())).map(|()| listener)
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.stop.take());
        // A closure that answers may hold the server itself.
        let other = |thread: &JoinHandle<()>| thread.thread().id() != thread::current().id();
        if let Some(thread) = self.thread.take().filter(other) {
            _ = thread.join();
        }
    }
}

fn serve(listener: StdListener, shared: Arc<Shared>) -> io::Result<Runtime> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    let listener = {
        let _inside = runtime.enter();
        TcpListener::from_std(listener)?
    };
    runtime.spawn(accept(listener, shared));
    Ok(runtime)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut http = http1::Builder::new();
    // A client that has closed its side may still wait for the answer.
    http.half_close(true);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, for instance; some may be free soon.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        // Without it answers in several packets wait for each other; with an error they only take longer.
        _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| answer(Arc::clone(&shared), request));
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
    }
}

/// An error closes the connection.
async fn answer(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> io::Result<hyper::Response<Full<Bytes>>> {
    let Some(request) = read(request).await? else {
        let text = format!("a request with a body of more than {BODY_LIMIT} bytes came");
        shared.lock().complain(text.clone());
        return written(Response::text(413, text));
    };
    let turn = shared.lock().take(&request);
    let response = turn.answer.to(&request).unwrap_or_else(|problem| {
        let text = format!("{} cannot be answered: {problem}", turn.title);
        if turn.answer.problem().is_none() {
            shared.lock().complain(text.clone());
        }
        Response::text(500, text)
    });
    if !turn.delay.is_zero() {
        tokio::time::sleep(turn.delay).await;
    }
    written(response)
}

/// Reads a request; `None` if its body is too large.
async fn read(request: hyper::Request<Incoming>) -> io::Result<Option<Received>> {
    let (head, body) = request.into_parts();
    if body.size_hint().lower() > BODY_LIMIT as u64 {
        return Ok(None);
    }
    let body = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Ok(None),
        Err(error) => return Err(io::Error::other(error)),
    };
    Ok(Some(Received {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: pairs(head.uri.query().unwrap_or_default()),
        headers: head.headers,
        body,
    }))
}

fn written(response: Response) -> io::Result<hyper::Response<Full<Bytes>>> {
    if response.ending == Ending::Disconnect {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    let bodiless = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&response.status);
    let body = if bodiless { Bytes::new() } else { response.body };
    let mut written = hyper::Response::new(Full::new(body));
    *written.status_mut() = response.status;
    *written.headers_mut() = response.headers;
    Ok(written)
}
