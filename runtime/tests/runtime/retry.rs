//! When a call is made again, and how long it waits before.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientsmith_runtime::runtime::{
    Authorizer, BoxFuture, Client, ClientBuilder, ClientDefaults, Error, HeaderValue, Method, Operation,
    RawResponse, Repeat, Request, Retry,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::server::{DEFAULTS, Server, answer, operation, own_http_client};

const SECOND: Duration = Duration::from_secs(1);

/// A server that gives the statuses in order and the last of them from then on.
async fn giving(statuses: &'static [u16], headers: &'static [(&'static str, &'static str)]) -> Server {
    let next = AtomicUsize::new(0);
    Server::start(move |_| {
        let turn = next.fetch_add(1, Ordering::Relaxed).min(statuses.len() - 1);
        answer(statuses[turn], headers, "")
    })
    .await
}

/// A client whose only timers are waits between tries.
fn retrying(server: &Server, retry: Retry) -> Client {
    let builder = server.builder().http_client(own_http_client());
    builder.retry(retry).build().unwrap()
}

async fn call(client: &Client, method: Method) -> Result<RawResponse, Error<Infallible>> {
    Request::new(client, operation(method, "/")).send_raw().await
}

/// The number of requests and the last status of one call that `fill` has changed.
async fn tries(
    statuses: &'static [u16],
    operation: &'static Operation,
    retry: Retry,
    fill: impl FnOnce(&mut Request<'_>),
) -> (usize, u16) {
    let server = giving(statuses, &[]).await;
    let client = retrying(&server, retry);
    let mut request = Request::new(&client, operation);
    fill(&mut request);
    let status = request.send_raw().await.unwrap().status().as_u16();
    (server.seen().len(), status)
}

/// The number of requests of a GET whose answer has these headers, and how long it takes.
async fn waited(headers: &'static [(&'static str, &'static str)]) -> (usize, Duration) {
    let server = giving(&[503, 200], headers).await;
    let client = retrying(&server, Retry::standard());
    let start = Instant::now();
    call(&client, Method::GET).await.unwrap();
    (server.seen().len(), start.elapsed())
}

fn get() -> &'static Operation {
    operation(Method::GET, "/")
}

fn post() -> &'static Operation {
    operation(Method::POST, "/")
}

#[tokio::test(start_paused = true)]
async fn failures_that_may_pass_are_tried_again() {
    for statuses in [&[429, 200], &[502, 200], &[503, 200], &[504, 200]] {
        assert_eq!(tries(statuses, get(), Retry::standard(), |_| ()).await, (2, 200));
    }
}

#[tokio::test(start_paused = true)]
async fn other_failures_are_not() {
    for statuses in [&[400, 200], &[401, 200], &[408, 200], &[500, 200], &[501, 200]] {
        assert_eq!(tries(statuses, get(), Retry::standard(), |_| ()).await, (1, statuses[0]));
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_answer_comes_back_after_the_greatest_number_of_tries() {
    assert_eq!(tries(&[503, 503, 504, 200], get(), Retry::standard(), |_| ()).await, (3, 504));
    assert_eq!(tries(&[503, 503, 504, 200], get(), Retry::standard().max(5), |_| ()).await, (4, 200));
}

#[tokio::test(start_paused = true)]
async fn retries_can_be_switched_off() {
    assert_eq!(tries(&[503, 200], get(), Retry::off(), |_| ()).await, (1, 503));
    let server = giving(&[503], &[]).await;
    let client = server.builder().retry(Retry::standard()).max_retries(0).build().unwrap();
    assert_eq!(call(&client, Method::GET).await.unwrap().status(), 503);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_can_have_a_retry_of_its_own() {
    let once = |request: &mut Request<'_>| request.retry(Retry::off());
    assert_eq!(tries(&[503, 200], get(), Retry::standard(), once).await, (1, 503));
    let twice = |request: &mut Request<'_>| request.retry(Retry::standard());
    assert_eq!(tries(&[503, 200], get(), Retry::off(), twice).await, (2, 200));
}

#[tokio::test(start_paused = true)]
async fn the_statuses_and_methods_can_be_others() {
    let retry = Retry::standard().statuses(&[500]).methods(&["POST"]);
    assert_eq!(tries(&[500, 200], post(), retry, |_| ()).await, (2, 200));
    assert_eq!(tries(&[503, 200], post(), retry, |_| ()).await, (1, 503));
    assert_eq!(tries(&[500, 200], get(), retry, |_| ()).await, (1, 500));
}

#[tokio::test(start_paused = true)]
async fn the_same_request_is_sent_again() {
    let server = giving(&[503, 200], &[]).await;
    let client = retrying(&server, Retry::standard());
    let mut request = Request::new(&client, operation(Method::PUT, "/{id}"));
    request.path("id", "7");
    request.query("a", "b");
    request.header("X-One", "1");
    request.cookie("c", "d");
    request.json("application/json", &["é"]);
    request.send_raw().await.unwrap();
    let [first, second] = &server.seen()[..] else { panic!("not two requests") };
    assert_eq!((&first.line, &first.headers, &first.body), (&second.line, &second.headers, &second.body));
    assert_eq!((second.line.as_str(), second.body.as_str()), ("PUT /7?a=b", r#"["é"]"#));
}

#[tokio::test(start_paused = true)]
async fn calls_that_may_do_harm_twice_are_made_once() {
    for method in [Method::POST, Method::PATCH] {
        let operation = operation(method, "/");
        assert_eq!(tries(&[503, 200], operation, Retry::standard(), |_| ()).await, (1, 503));
        assert_eq!(tries(&[429, 200], operation, Retry::standard(), |_| ()).await, (1, 429));
    }
}

/// An operation of which the API's description says this.
const fn saying(repeatable: Option<bool>, method: &'static str) -> Operation {
    Operation {
        name: "tests.call",
        method,
        path: "/",
        accept: "",
        security: &[],
        servers: &[],
        success: 200,
        repeatable,
    }
}

#[tokio::test(start_paused = true)]
async fn calls_that_the_description_makes_repeatable_are_made_again() {
    static REPEATABLE: Operation = saying(Some(true), "POST");
    assert_eq!(tries(&[503, 200], &REPEATABLE, Retry::standard(), |_| ()).await, (2, 200));
}

#[tokio::test(start_paused = true)]
async fn calls_that_the_description_says_must_not_be_repeated_are_not() {
    static ONCE: Operation = saying(Some(false), "GET");
    assert_eq!(tries(&[503, 200], &ONCE, Retry::standard(), |_| ()).await, (1, 503));
}

#[tokio::test(start_paused = true)]
async fn calls_with_a_key_of_idempotency_are_made_again() {
    let keyed = |request: &mut Request<'_>| request.header("idempotency-key", "1");
    assert_eq!(tries(&[503, 200], post(), Retry::standard(), keyed).await, (2, 200));
}

#[tokio::test(start_paused = true)]
async fn what_the_api_says_of_a_call_goes_before_a_key_of_idempotency() {
    static SAYING: [Operation; 3] =
        [saying(None, "POST"), saying(Some(true), "POST"), saying(Some(false), "POST")];
    for (operation, requests) in SAYING.iter().zip([2, 2, 1]) {
        let keyed = |request: &mut Request<'_>| request.header("idempotency-key", "1");
        assert_eq!(tries(&[503, 200], operation, Retry::standard(), keyed).await.0, requests);
    }
}

#[tokio::test(start_paused = true)]
async fn the_key_of_idempotency_can_have_another_name() {
    let server = giving(&[503, 503, 200], &[]).await;
    let defaults = ClientDefaults { idempotency_header: "X-Request-Key", ..DEFAULTS };
    let builder = ClientBuilder::new(defaults).base_url(&server.url).http_client(own_http_client());
    let client = builder.retry(Retry::standard()).build().unwrap();
    for (name, status) in [("Idempotency-Key", 503), ("X-Request-Key", 200)] {
        let mut request = Request::new(&client, post());
        request.header(name, "1");
        assert_eq!(request.send_raw().await.unwrap().status().as_u16(), status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_sent_as_the_header_that_the_api_has_for_it() {
    let server = giving(&[503, 200], &[]).await;
    let defaults = ClientDefaults { idempotency_header: "X-Request-Key", ..DEFAULTS };
    let builder = ClientBuilder::new(defaults).base_url(server.url.as_str());
    let client = builder.http_client(own_http_client()).retry(Retry::standard()).build().unwrap();
    let mut request = Request::new(&client, post());
    request.idempotency_key("k");
    assert_eq!(request.send_raw().await.unwrap().status(), 200);
    let seen = server.seen();
    assert_eq!(seen.iter().map(|seen| seen.header("x-request-key")).collect::<Vec<_>>(), [Some("k"); 2]);
    let empty = |request: &mut Request<'_>| request.header("idempotency-key", "");
    assert_eq!(tries(&[503, 200], post(), Retry::standard(), empty).await, (1, 503));
}

#[tokio::test(start_paused = true)]
async fn statuses_that_come_before_the_server_acts_are_followed_by_any_call() {
    let retry = Retry::standard().always(&[429]);
    assert_eq!(tries(&[429, 200], post(), retry, |_| ()).await, (2, 200));
    assert_eq!(tries(&[503, 200], post(), retry, |_| ()).await, (1, 503));
}

/// Counts how often it is asked, which is once a try.
struct Counter(&'static AtomicUsize);

impl Authorizer for Counter {
    fn authorize<'a>(&'a self, _: &'a Client) -> BoxFuture<'a, Result<HeaderValue, Error<Infallible>>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready(Ok(HeaderValue::from_static("Bearer t"))))
    }

    fn rejected(&self, _: &HeaderValue) -> Repeat {
        Repeat::Never
    }
}

#[tokio::test(start_paused = true)]
async fn any_call_that_did_not_reach_the_server_is_made_again() {
    static TRIES: AtomicUsize = AtomicUsize::new(0);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = ClientBuilder::new(DEFAULTS).base_url(url).http_client(own_http_client());
    let client = builder.retry(Retry::standard()).authorizer("Bearer", Counter(&TRIES)).build().unwrap();
    let operation = crate::server::secured(Method::POST, "/", &[&["Bearer"]]);
    assert!(Request::new(&client, operation).send_raw().await.unwrap_err().is_connect());
    assert_eq!(TRIES.load(Ordering::Relaxed), 3);
}

/// The result of a call to a server that closes its first connection after `first`.
async fn after_a_broken_connection(
    method: Method,
    first: &'static str,
) -> Result<RawResponse, Error<Infallible>> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        for text in [first, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"] {
            let (mut stream, _) = listener.accept().await.unwrap();
            _ = stream.read(&mut [0; 4096]).await;
            _ = stream.write_all(text.as_bytes()).await;
            _ = stream.shutdown().await;
        }
    });
    let builder = ClientBuilder::new(DEFAULTS).base_url(url).http_client(own_http_client());
    let client = builder.retry(Retry::standard()).build().unwrap();
    let result = call(&client, method).await;
    server.abort();
    result
}

#[tokio::test(start_paused = true)]
async fn connections_that_break_before_the_answer_are_followed_if_that_does_no_harm() {
    assert_eq!(after_a_broken_connection(Method::GET, "").await.unwrap().text(), "ok");
    let error = after_a_broken_connection(Method::POST, "").await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if !error.is_connect()), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn connections_that_break_within_the_answer_are_not_followed() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234";
    assert!(after_a_broken_connection(Method::GET, cut).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_up_to_a_limit_that_doubles() {
    let server = giving(&[503], &[]).await;
    let client = retrying(&server, Retry::standard().max(4).max_delay(SECOND));
    let start = Instant::now();
    call(&client, Method::GET).await.unwrap();
    assert_eq!(server.seen().len(), 5);
    // Half a second, and three times the greatest delay; a timer may be a millisecond late.
    let waited = start.elapsed();
    assert!(waited > Duration::ZERO && waited < Duration::from_millis(3510), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn the_server_may_ask_for_a_wait_in_seconds() {
    let (requests, waited) = waited(&[("retry-after", "7")]).await;
    assert_eq!((requests, waited.as_secs()), (2, 7));
}

#[tokio::test(start_paused = true)]
async fn the_server_may_ask_for_a_wait_until_a_date() {
    let by_its_clock =
        &[("date", "Wed, 21 Oct 2015 07:28:00 GMT"), ("retry-after", "Wed, 21 Oct 2015 07:28:09 GMT")];
    let (requests, waited) = waited(by_its_clock).await;
    assert_eq!((requests, waited.as_secs()), (2, 9));
}

#[tokio::test(start_paused = true)]
async fn the_server_may_write_the_date_in_an_obsolete_form() {
    for headers in [
        &[("date", "Sun, 06 Nov 1994 08:49:30 GMT"), ("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT")],
        &[("date", "Sun, 06 Nov 1994 08:49:30 GMT"), ("retry-after", "Sun Nov  6 08:49:37 1994")],
        &[("date", "Sunday, 06-Nov-94 08:49:30 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
        &[("date", "Sun, 06 Nov 2044 08:49:30 GMT"), ("retry-after", "Sunday, 06-Nov-44 08:49:37 GMT")],
    ] {
        let (requests, waited) = waited(headers).await;
        assert_eq!((requests, waited.as_secs()), (2, 7), "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_no_wait_is_ignored() {
    let past: &[_] = &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")];
    for headers in [
        past,
        &[("retry-after", "-5")],
        &[("retry-after", "soon")],
        &[("retry-after", "")],
        &[("retry-after", "0")],
        &[("retry-after", "1.5")],
        &[("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT")],
        &[("retry-after", "Sunday, 06-Nov- 08:49:37 GMT")],
        &[("retry-after", "Sun Foo 6 08:49:37 1994")],
    ] {
        let (requests, waited) = waited(headers).await;
        assert_eq!(requests, 2, "{headers:?}");
        assert!(waited < SECOND, "{headers:?} {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_a_long_wait_is_not_asked_again() {
    for asked in ["31", "99999999999", "99999999999999999999999999", "Tue, 31 Dec 2999 23:59:59 GMT"] {
        let headers: &'static [_] = Box::leak(Box::new([("retry-after", asked)]));
        let (requests, waited) = waited(headers).await;
        assert_eq!(requests, 1, "{asked}");
        assert!(waited < SECOND, "{asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_begun_that_reaches_beyond_the_deadline() {
    let server = giving(&[503], &[("retry-after", "7")]).await;
    let client = retrying(&server, Retry::standard().deadline(Duration::from_secs(10)));
    assert_eq!(call(&client, Method::GET).await.unwrap().status(), 503);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_try_ends_at_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let builder = ClientBuilder::new(DEFAULTS).base_url(url).http_client(own_http_client());
    let client = builder.retry(Retry::off().deadline(SECOND)).build().unwrap();
    let error = call(&client, Method::GET).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.to_string(), "all tries together took longer than the call's deadline");
}

#[tokio::test(start_paused = true)]
async fn a_server_in_trouble_is_not_hammered() {
    let server = giving(&[503], &[]).await;
    let client = retrying(&server, Retry::standard());
    for _ in 0..100 {
        call(&client, Method::GET).await.unwrap();
    }
    let further = server.seen().len() - 100;
    assert!((25..=30).contains(&further), "{further}");
}
