//! What a client that waits within a tokio runtime does where there is none: an error, and never a panic.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientsmith_runtime::runtime::events::{self, EventStream, Reconnect};
use clientsmith_runtime::runtime::{
    BoxFuture, Bytes, HttpRequest, HttpResponse, Method, Request, Retry, Transport, TransportError, blocking,
};

use crate::server::operation;
use crate::source;

const NO_RUNTIME: &str = "this client waits within a tokio runtime, and there is none here";

/// Answers 503 at once, and counts how often.
#[derive(Clone, Default)]
struct Troubled(Arc<AtomicUsize>);

impl Transport for Troubled {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let mut answer = HttpResponse::new(Bytes::new().into());
        *answer.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        Box::pin(std::future::ready(Ok(answer)))
    }
}

#[test]
fn a_call_with_a_deadline_is_an_error() {
    let retry = Retry::standard().deadline(Duration::from_secs(5));
    let client = source::client("http://127.0.0.1:1").retry(retry).build().unwrap();
    let call = Request::new(&client, operation(Method::GET, "/")).send_raw();
    assert_eq!(blocking::wait(call).unwrap_err().to_string(), NO_RUNTIME);
}

#[test]
fn a_stream_of_events_is_one_error() {
    let client = source::client("http://127.0.0.1:1").build().unwrap();
    let request = Request::new(&client, operation(Method::GET, "/"));
    let open = |answer| events::open(answer, EventStream::text, |_| unreachable!(), |events| events);
    let events = events::reconnecting::<_, _, Infallible>(request, Reconnect::new(), open, Some);
    let came: Vec<_> = blocking::each(events).map(|event| event.unwrap_err().to_string()).collect();
    assert_eq!(came, [NO_RUNTIME]);
}

#[test]
fn a_transport_that_needs_none_is_asked_once() {
    let (transport, retry) = (Troubled::default(), Retry::standard().deadline(Duration::from_secs(5)));
    let client = source::client("http://x.test").transport(transport.clone());
    let client = client.retry(retry).build().unwrap();
    let call = |retry| {
        let mut request = Request::new(&client, operation(Method::GET, "/"));
        request.retry(retry);
        blocking::wait(request.send_raw())
    };
    assert_eq!(call(retry.max(0)).unwrap().status(), 503);
    assert_eq!(call(retry).unwrap_err().to_string(), NO_RUNTIME);
    assert_eq!(transport.0.load(Ordering::Relaxed), 2);
}

#[test]
fn a_download_that_does_not_come_on_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut body = runtime.block_on(async {
        let (url, _) = source::giving(2, Duration::from_secs(60)).await;
        let client = source::client(&url).build().unwrap();
        let request = Request::new(&client, operation(Method::GET, "/"));
        let opened = request.send_streamed::<_, Infallible>(|answer| Box::pin(async { Ok(answer) }));
        opened.await.unwrap().into_parts().1
    });
    assert_eq!(blocking::wait(body.next()).unwrap().unwrap_err().to_string(), NO_RUNTIME);
}
