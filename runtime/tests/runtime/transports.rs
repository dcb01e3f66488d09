//! What holds whoever sends the requests: one suite for the transport of `reqwest` and for that of `ureq`.

use std::io;
use std::time::Duration;

use clientsmith_runtime::runtime::{
    Bytes, Client, ClientBuilder, Credential, Error, Method, RawResponse, Request, Retry, StatusCode, Upload,
    blocking,
};
use futures_util::stream;

use crate::server::{Server, answer, operation, secured};
use crate::source::{self, PIECE};

type Outcome = Result<RawResponse, Error<std::convert::Infallible>>;

/// A transport under test.
pub(crate) trait Kind: 'static {
    /// What a proxy is asked for `http://api.invalid/a`.
    const BY_PROXY: &'static str;

    fn client(builder: ClientBuilder) -> ClientBuilder;

    /// Sends what `call` makes, and gives its result; servers run beside it.
    async fn run<T: Send + 'static>(
        client: Client,
        call: impl AsyncFnOnce(&Client) -> T + Send + 'static,
    ) -> T;
}

pub(crate) struct Reqwest;

impl Kind for Reqwest {
    const BY_PROXY: &'static str = "GET http://api.invalid/a";

    fn client(builder: ClientBuilder) -> ClientBuilder {
        builder
    }

    async fn run<T: Send + 'static>(
        client: Client,
        call: impl AsyncFnOnce(&Client) -> T + Send + 'static,
    ) -> T {
        call(&client).await
    }
}

pub(crate) struct Ureq;

impl Kind for Ureq {
    /// It asks for a tunnel.
    const BY_PROXY: &'static str = "CONNECT api.invalid:80";

    fn client(builder: ClientBuilder) -> ClientBuilder {
        builder.blocking()
    }

    /// On a thread that knows no runtime.
    async fn run<T: Send + 'static>(
        client: Client,
        call: impl AsyncFnOnce(&Client) -> T + Send + 'static,
    ) -> T {
        let (give, take) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || give.send(blocking::wait(call(&client))).is_ok());
        let result = take.await.unwrap();
        thread.join().unwrap();
        result
    }
}

/// Sends one request of `method` that `fill` has filled in.
async fn send<K: Kind>(
    builder: ClientBuilder,
    method: Method,
    fill: impl FnOnce(&mut Request<'_>) + Send + 'static,
) -> Outcome {
    K::run(K::client(builder).build().unwrap(), async move |client: &Client| {
        let mut request = Request::new(client, operation(method, "/a"));
        fill(&mut request);
        request.send_raw().await
    })
    .await
}

async fn headers_and_bodies_are_as_they_were_set<K: Kind>() {
    let server = Server::start(|_| answer(201, &[("x-one", "1")], "made")).await;
    let made = send::<K>(server.builder(), Method::POST, |request| {
        request.query("q", "a b");
        request.header("X-Two", "2");
        request.json("application/json", &[1]);
    });
    let made = made.await.unwrap();
    assert_eq!((made.status(), &*made.text()), (StatusCode::CREATED, "made"));
    assert_eq!(made.headers().get("x-one").unwrap(), "1");
    let seen = server.only();
    assert_eq!((seen.line.as_str(), seen.body.as_str()), ("POST /a?q=a%20b", "[1]"));
    for (name, value) in [
        ("x-two", "2"),
        ("content-type", "application/json"),
        ("content-length", "3"),
        ("accept", "application/json"),
        ("user-agent", "test/1.0"),
    ] {
        assert_eq!(seen.header(name), Some(value), "{name}");
    }
    assert_eq!((seen.header("referer"), seen.header("transfer-encoding")), (None, None));
}

async fn any_method_may_have_a_body_or_none<K: Kind>() {
    for method in ["GET", "DELETE", "PATCH", "OPTIONS", "QUERY"] {
        let server = Server::giving(200, "text/plain", "").await;
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        send::<K>(server.builder(), method.clone(), |_| ()).await.unwrap();
        send::<K>(server.builder(), method, |request| request.body("text/plain", "x")).await.unwrap();
        let bodies: Vec<_> = server.seen().into_iter().map(|seen| seen.body).collect();
        assert_eq!(bodies, ["", "x"]);
    }
}

async fn errors_of_the_server_are_answers<K: Kind>() {
    let server = Server::giving(503, "text/plain", "out of order").await;
    let result = send::<K>(server.builder(), Method::GET, |_| ()).await.unwrap();
    assert_eq!((result.status().as_u16(), &*result.text()), (503, "out of order"));
}

async fn streams_are_sent_as_they_come<K: Kind>() {
    let server = Server::giving(200, "text/plain", "").await;
    for length in [None, Some(4)] {
        send::<K>(server.builder(), Method::POST, move |request| {
            let pieces = ["a;", "b\n"].map(|piece| Ok::<_, io::Error>(Bytes::from(piece)));
            request.upload("text/csv", Upload::stream(stream::iter(pieces), length));
        })
        .await
        .unwrap();
    }
    let seen = server.seen();
    assert_eq!([&*seen[0].body, &*seen[1].body], ["a;b\n"; 2]);
    let framing = |at: usize| (seen[at].header("transfer-encoding"), seen[at].header("content-length"));
    assert_eq!([framing(0), framing(1)], [(Some("chunked"), None), (None, Some("4"))]);
}

async fn files_are_sent_in_pieces<K: Kind>() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    std::fs::write(&path, "x".repeat(300_000)).unwrap();
    let server = Server::giving(200, "text/plain", "").await;
    send::<K>(server.builder(), Method::PUT, move |request| request.upload("text/plain", Upload::file(path)))
        .await
        .unwrap();
    let seen = server.only();
    assert_eq!((seen.header("content-length"), seen.body.len()), (Some("300000"), 300_000));
}

async fn answers_can_be_read_while_they_come<K: Kind>() {
    let (url, server) = source::giving(40, Duration::ZERO).await;
    let client = K::client(source::client(&url).max_body_size(10)).build().unwrap();
    let sum = K::run(client, async |client: &Client| {
        let request = Request::new(client, operation(Method::GET, "/"));
        let opened =
            request.send_streamed::<_, std::convert::Infallible>(|answer| Box::pin(async { Ok(answer) }));
        let (_, mut body) = opened.await.unwrap().into_parts();
        let mut sum = 0;
        while let Some(piece) = body.next().await {
            sum += piece.unwrap().len();
        }
        sum
    });
    assert_eq!(sum.await, 40 * PIECE);
    server.abort();
}

async fn bodies_have_a_limit<K: Kind>() {
    let server = Server::giving(200, "text/plain", "123456").await;
    let error = send::<K>(server.builder().max_body_size(5), Method::GET, |_| ()).await.unwrap_err();
    assert_eq!(error.to_string(), "the answer's body is larger than the limit of 5 bytes");
    assert_eq!(error.meta().unwrap().text("content-type"), Some("text/plain"));
}

async fn redirects_stay_within_the_origin<K: Kind>() {
    let other = Server::giving(200, "text/plain", "stolen").await;
    let away = format!("{}/b", other.url);
    let server = Server::start(move |seen| match seen.line.as_str() {
        "POST /a?to=away" => answer(307, &[("location", &away)], ""),
        "POST /a?to=get" => answer(303, &[("location", "/b")], ""),
        "POST /a" => answer(308, &[("location", "/b")], ""),
        "GET /a" => answer(302, &[("location", "/a")], ""),
        _ => answer(200, &[], "end"),
    })
    .await;
    for (to, status) in [("away", 307), ("get", 200), ("", 200)] {
        let result = send::<K>(server.builder(), Method::POST, move |request| {
            if !to.is_empty() {
                request.query("to", to);
            }
            request.body("text/plain", "x");
        });
        assert_eq!(result.await.unwrap().status(), status, "{to}");
    }
    let seen: Vec<_> = server.seen().into_iter().map(|seen| (seen.line, seen.body)).collect();
    assert_eq!((&*seen[2].0, &*seen[2].1), ("GET /b", ""));
    assert_eq!((&*seen[4].0, &*seen[4].1), ("POST /b", "x"));
    assert!(other.seen().is_empty());
    assert_eq!(send::<K>(server.builder(), Method::GET, |_| ()).await.unwrap().status(), 302);
    assert_eq!(server.seen().len(), 5 + 11);
}

async fn redirects_make_a_get_of_a_post_alone<K: Kind>() {
    let server = Server::start(|seen| {
        let asked = seen.line.split_once("?status=").map(|(_, status)| status.parse().unwrap());
        answer(asked.unwrap_or(200), &[("location", "/b")], "")
    })
    .await;
    for (method, status, followed) in [
        ("POST", 301, "GET /b "),
        ("POST", 302, "GET /b "),
        ("PUT", 301, "PUT /b x"),
        ("PATCH", 302, "PATCH /b x"),
        ("DELETE", 302, "DELETE /b x"),
        ("QUERY", 301, "QUERY /b x"),
        ("PUT", 303, "GET /b "),
        ("PUT", 307, "PUT /b x"),
    ] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let sent = send::<K>(server.builder(), method, move |request| {
            request.query("status", &status.to_string());
            request.body("text/plain", "x");
        });
        assert_eq!(sent.await.unwrap().status(), 200);
        let last = server.seen().pop().unwrap();
        assert_eq!(format!("{} {}", last.line, last.body), followed);
        assert_eq!(last.header("content-type").is_some(), followed.ends_with('x'), "{followed}");
    }
}

async fn redirects_that_ask_for_a_stream_again_are_handed_back<K: Kind>() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "PUT /a" => answer(301, &[("location", "/b")], ""),
        "POST /a" => answer(302, &[("location", "/b")], ""),
        _ => answer(200, &[], "end"),
    })
    .await;
    for (method, status) in [(Method::PUT, 301), (Method::POST, 200)] {
        let sent = send::<K>(server.builder(), method, |request| {
            let pieces = stream::iter([Ok::<_, io::Error>(Bytes::from("x"))]);
            request.upload("text/plain", Upload::stream(pieces, None));
        });
        assert_eq!(sent.await.unwrap().status().as_u16(), status);
    }
    let seen: Vec<_> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(seen, ["PUT /a", "POST /a", "GET /b"]);
}

async fn calls_are_made_again<K: Kind>() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let turn = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        answer(if turn == 0 { 503 } else { 200 }, &[], "")
    })
    .await;
    let retry = Retry::standard().initial_delay(Duration::from_millis(5));
    let result = send::<K>(server.builder().retry(retry), Method::GET, |_| ()).await;
    assert_eq!((result.unwrap().status().as_u16(), server.seen().len()), (200, 2));
}

async fn connections_are_used_again<K: Kind>() {
    let (url, count) = source::counting().await;
    let client = K::client(source::client(&url)).build().unwrap();
    K::run(client, async |client: &Client| {
        for _ in 0..5 {
            Request::new(client, operation(Method::GET, "/")).send_raw().await.unwrap();
        }
    })
    .await;
    assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 1);
}

async fn a_silent_server_runs_into_the_timeout<K: Kind>() {
    let (url, server) = source::deaf().await;
    let builder = source::client(&url).timeout(Duration::from_millis(80));
    let error = send::<K>(builder, Method::GET, |_| ()).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    let builder = source::client(&url).retry(Retry::off().deadline(Duration::from_millis(80)));
    assert!(send::<K>(builder, Method::GET, |_| ()).await.unwrap_err().is_timeout());
    server.abort();
}

async fn limits_may_be_as_long_as_can_be_said<K: Kind>() {
    let server = Server::giving(200, "text/plain", "").await;
    let builder = || server.builder().timeout(Duration::MAX).connect_timeout(Duration::MAX);
    send::<K>(builder(), Method::GET, |_| ()).await.unwrap();
    let builder = builder().retry(Retry::off().deadline(Duration::MAX));
    send::<K>(builder, Method::POST, |request| {
        request.timeout(Duration::MAX);
        let pieces = stream::iter([Ok::<_, io::Error>(Bytes::from("x"))]);
        request.upload("text/plain", Upload::stream(pieces, None));
    })
    .await
    .unwrap();
    assert_eq!(server.seen().len(), 2);
}

async fn a_download_that_stops_runs_into_the_timeout<K: Kind>() {
    let (url, server) = source::giving(2, Duration::from_secs(60)).await;
    let builder = source::client(&url).timeout(Duration::from_millis(80));
    let error = send::<K>(builder, Method::GET, |_| ()).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    server.abort();
}

async fn a_closed_port_is_an_error_of_connecting<K: Kind>() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = send::<K>(source::client(&url), Method::GET, |_| ()).await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
}

async fn errors_do_not_show_the_query<K: Kind>() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = source::client(&url).credential("Query", Credential::api_key("hunter2"));
    let error = K::run(K::client(builder).build().unwrap(), async |client: &Client| {
        Request::new(client, secured(Method::GET, "/", &[&["Query"]])).send_raw().await.unwrap_err()
    });
    assert!(!format!("{:?}", error.await).contains("hunter2"));
}

async fn a_proxy_gets_the_request_and_its_password<K: Kind>() {
    let proxy = Server::giving(200, "text/plain", "by proxy").await;
    let address = proxy.url.replace("http://", "http://me:hunter2@");
    let builder = source::client("http://api.invalid").proxy(address);
    assert!(!format!("{builder:?}").contains("hunter2"));
    // This proxy makes no tunnels.
    _ = send::<K>(builder, Method::GET, |_| ()).await;
    let seen = proxy.only();
    assert_eq!(seen.line, K::BY_PROXY);
    assert_eq!(seen.header("proxy-authorization"), Some("Basic bWU6aHVudGVyMg=="));
}

/// Each test by both transports, which stand beside the tests by their names.
macro_rules! suite {
    ($($name:ident)+) => {
        mod by_reqwest {
            $(#[tokio::test] async fn $name() { super::$name::<super::Reqwest>().await; })+
        }
        mod by_ureq {
            $(#[tokio::test] async fn $name() { super::$name::<super::Ureq>().await; })+
        }
    };
}

pub(crate) use suite;

suite! {
    a_closed_port_is_an_error_of_connecting
    a_download_that_stops_runs_into_the_timeout
    a_proxy_gets_the_request_and_its_password
    a_silent_server_runs_into_the_timeout
    answers_can_be_read_while_they_come
    any_method_may_have_a_body_or_none
    bodies_have_a_limit
    calls_are_made_again
    connections_are_used_again
    errors_do_not_show_the_query
    errors_of_the_server_are_answers
    files_are_sent_in_pieces
    headers_and_bodies_are_as_they_were_set
    limits_may_be_as_long_as_can_be_said
    redirects_make_a_get_of_a_post_alone
    redirects_stay_within_the_origin
    redirects_that_ask_for_a_stream_again_are_handed_back
    streams_are_sent_as_they_come
}

#[test]
fn without_a_runtime_an_asynchronous_client_gives_an_error() {
    let client = source::client("http://127.0.0.1:1").retry(Retry::standard()).build().unwrap();
    let request = Request::new(&client, operation(Method::GET, "/"));
    let error = blocking::wait(request.send_raw()).unwrap_err();
    assert_eq!(error.to_string(), "this client waits within a tokio runtime, and there is none here");
}

#[test]
fn streams_are_walked_through_on_the_thread() {
    assert_eq!(blocking::each(stream::iter([1, 2, 3])).sum::<i32>(), 6);
}
