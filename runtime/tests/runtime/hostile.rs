//! Servers that do what none should: whatever comes, a call ends with an answer or an error, and the next one with its own.

use std::time::Duration;

use clientsmith_runtime::runtime::{
    Bytes, Client, ClientBuilder, Error, Json, Method, RawResponse, Request, Response, Retry, StatusCode,
    Streamed, Upload, events,
};
use futures_util::stream;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::recorder;
use crate::server::{DEFAULTS, answer, operation};
use crate::transports::{Kind, Reqwest, Ureq, suite};

type Outcome = Result<RawResponse, Error<std::convert::Infallible>>;

/// A server that answers each request on a connection with the next of `answers`, and ends the connection after the last.
async fn server(answers: &'static [&'static [u8]]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                for answer in answers {
                    if !matches!(stream.read(&mut [0; 4096]).await, Ok(1..)) {
                        return;
                    }
                    _ = stream.write_all(answer).await;
                }
                _ = stream.shutdown().await;
            });
        }
    });
    url
}

/// The outcomes of as many calls, one after another.
async fn outcomes<K: Kind>(answers: &'static [&'static [u8]], calls: usize) -> Vec<Outcome> {
    let builder = ClientBuilder::new(DEFAULTS).base_url(server(answers).await);
    let client = K::client(builder.timeout(Duration::from_secs(5))).build().unwrap();
    K::run(client, async move |client: &Client| {
        let mut outcomes = Vec::new();
        for _ in 0..calls {
            outcomes.push(Request::new(client, operation(Method::GET, "/a")).send_raw().await);
        }
        outcomes
    })
    .await
}

async fn outcome<K: Kind>(answer: &'static str) -> Outcome {
    let answers: &'static [&'static [u8]] = Box::leak(Box::new([answer.as_bytes()]));
    outcomes::<K>(answers, 1).await.remove(0)
}

async fn check_transport_error<K: Kind>(answer: &'static str) {
    let error = outcome::<K>(answer).await.unwrap_err();
    let is_of_transport = matches!(error, Error::Transport(_)) && !error.is_connect() && !error.is_timeout();
    assert!(is_of_transport, "{answer:.60?}: {error:?}");
}

async fn statuses_beyond_the_usual_are_answers<K: Kind>() {
    for status in [200, 226, 300, 304, 399, 418, 451, 499, 599, 600, 999] {
        let head = format!("HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n\r\n");
        let answer = outcome::<K>(head.leak()).await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
    }
}

async fn answers_that_only_inform_are_passed_over<K: Kind>() {
    let informed =
        "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
    assert_eq!(outcome::<K>(informed).await.unwrap().text(), "a");
}

async fn a_head_that_makes_no_sense_is_an_error_of_transport<K: Kind>() {
    for answer in [
        "",
        "HTTP/1.1 200",
        "hello\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 -1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\na\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\na\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ] {
        check_transport_error::<K>(answer).await;
    }
}

async fn heads_without_end_are_errors_of_transport<K: Kind>() {
    let long = format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\n\r\n", "a".repeat(4 << 20));
    check_transport_error::<K>(long.leak()).await;
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Many: a\r\n".repeat(20_000));
    check_transport_error::<K>(many.leak()).await;
}

async fn what_follows_an_answer_is_not_the_next_one<K: Kind>() {
    const OWN: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown";
    for forged in [
        "HTTP/1.1 204 No Content\r\nContent-Length: 45\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 45\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
    ] {
        let answers: &'static [&'static [u8]] = Box::leak(Box::new([forged.as_bytes(), OWN]));
        let outcomes = outcomes::<K>(answers, 2).await;
        let second = outcomes[1].as_ref().map(|answer| answer.text().into_owned());
        // A connection that is known to be spoilt may be given up with the call that used it.
        assert_ne!(second.unwrap_or_default(), "forged", "{forged:.30}");
    }
}

async fn a_body_where_there_can_be_none_is_none<K: Kind>() {
    let answer = outcome::<K>("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello").await.unwrap();
    assert_eq!((answer.status(), answer.body().len()), (StatusCode::NO_CONTENT, 0));
}

async fn header_values_that_are_no_text_are_kept<K: Kind>() {
    const ODD: &[u8] = b"HTTP/1.1 200 OK\r\nX-Odd: a\xFF\xC3\r\nX-Text: b\r\nContent-Length: 0\r\n\r\n";
    let answer = outcomes::<K>(&[ODD], 1).await.remove(0).unwrap();
    assert_eq!(answer.headers().get("x-odd").unwrap().as_bytes(), b"a\xFF\xC3");
    assert_eq!((answer.meta().text("x-odd"), answer.meta().text("x-text")), (None, Some("b")));
    assert!(!format!("{answer:?}").contains('\u{FFFD}'));
}

/// The reason why a body of these bytes is no JSON, and that the bytes are kept.
async fn check_undecodable<K: Kind>(body: &'static [u8], reason: &str) {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer: &'static [u8] = [head.as_bytes(), body].concat().leak();
    let answers: &'static [&'static [u8]] = Box::leak(Box::new([answer]));
    let answer = outcomes::<K>(answers, 1).await.remove(0).unwrap();
    let error = answer.decode::<Json, std::convert::Infallible>().unwrap_err();
    assert!(matches!(&error, Error::Decode { body: kept, .. } if &**kept == body), "{error:?}");
    let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    assert!(source.contains(reason) || error.to_string().contains(reason), "{error} {source}");
}

async fn what_is_no_json_keeps_its_bytes<K: Kind>() {
    check_undecodable::<K>(b"", "EOF").await;
    check_undecodable::<K>(b" \r\n", "EOF").await;
    check_undecodable::<K>(b"{\"a\": \"\xFF\"}", "invalid unicode").await;
    check_undecodable::<K>(br#"{"a": "\ud800"}"#, "unexpected end of hex escape").await;
    check_undecodable::<K>(b"{\"a\": NaN}", "expected value").await;
    check_undecodable::<K>(b"{\"a\": 1} {\"a\": 2}", "trailing characters").await;
    check_undecodable::<K>(b"{\"a\": 1e999}", "out of range").await;
    check_undecodable::<K>("[".repeat(100_000).leak().as_bytes(), "recursion limit").await;
}

/// What is kept of an answer that breaks off: its body and what is said of it.
async fn broken<K: Kind>(answer: &'static str) -> (String, String) {
    let error = outcome::<K>(answer).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(207), "{error:?}");
    assert_eq!(error.meta().unwrap().text("x-one"), Some("1"));
    let came = String::from_utf8(error.body().unwrap().to_vec()).unwrap();
    assert!(matches!(error, Error::Transport(_)) && !format!("{error:?}").contains("hello"), "{error:?}");
    assert!(std::error::Error::source(&error).is_some());
    (came, error.to_string())
}

async fn what_came_of_an_answer_that_breaks_off_is_kept<K: Kind>() {
    let known = "HTTP/1.1 207 OK\r\nX-One: 1\r\nContent-Length: 100\r\n\r\nhello";
    let said = "the answer broke off after 5 of 100 bytes";
    assert_eq!(broken::<K>(known).await, ("hello".to_owned(), said.to_owned()));
    let nothing = "HTTP/1.1 207 OK\r\nX-One: 1\r\nContent-Length: 5\r\n\r\n";
    let said = "the answer broke off after 0 of 5 bytes";
    assert_eq!(broken::<K>(nothing).await, (String::new(), said.to_owned()));
    for end in ["", "5\r\n", "zz\r\n", "5\r\nab"] {
        let head = "HTTP/1.1 207 OK\r\nX-One: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
        let (came, said) = broken::<K>(format!("{head}{end}").leak()).await;
        // `ureq` does not give what it took together with a size that is none.
        let may_be = if end == "zz\r\n" { ["hello", ""] } else { ["hello", "helloab"] };
        assert!(may_be.contains(&&*came), "{end:?}: {came}");
        assert_eq!(said, format!("the answer broke off after {} bytes", came.len()));
    }
    let error = outcome::<K>("HTTP/1.1 200").await.unwrap_err();
    assert_eq!((error.status(), error.body()), (None, None));
}

async fn as_much_of_an_answer_is_kept_as_it_may_be_large<K: Kind>() {
    const CHUNKS: &[u8] =
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n";
    let builder = ClientBuilder::new(DEFAULTS).base_url(server(&[CHUNKS]).await).max_body_size(7);
    let outcome = K::run(K::client(builder).build().unwrap(), async |client: &Client| {
        Request::new(client, operation(Method::GET, "/a")).send_raw().await
    });
    let error = outcome.await.unwrap_err();
    assert_eq!((error.status(), &**error.body().unwrap()), (Some(StatusCode::OK), &b"hellowo"[..]));
    assert_eq!(error.to_string(), "the answer's body is larger than the limit of 7 bytes");
}

async fn what_came_before_the_time_was_over_is_kept<K: Kind>() {
    const LIMIT: Duration = Duration::from_millis(200);
    let of_a_try = |builder: ClientBuilder| builder.timeout(LIMIT);
    let of_the_call = |builder: ClientBuilder| builder.retry(Retry::off().deadline(LIMIT));
    for limited in [of_a_try as fn(ClientBuilder) -> ClientBuilder, of_the_call] {
        let url = dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n").await;
        let builder = limited(ClientBuilder::new(DEFAULTS).base_url(url));
        let outcome = K::run(K::client(builder).build().unwrap(), async |client: &Client| {
            Request::new(client, operation(Method::GET, "/a")).send_raw().await
        });
        let error = outcome.await.unwrap_err();
        let came = error.body().unwrap();
        assert!(error.is_timeout() && !came.is_empty() && came.iter().all(|byte| *byte == b'a'), "{error:?}");
        let said = format!("(after {} of 1000000 bytes of the answer)", came.len());
        assert!(error.to_string().ends_with(&said), "{error}");
    }
}

async fn an_answer_that_drips_ends_with_the_time_limit<K: Kind>() {
    for head in ["HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Drip: "] {
        let builder = ClientBuilder::new(DEFAULTS).base_url(dripping(head).await);
        let client = K::client(builder.timeout(Duration::from_millis(200))).build().unwrap();
        let start = std::time::Instant::now();
        let outcome = K::run(client, async |client: &Client| {
            Request::new(client, operation(Method::GET, "/a")).send_raw().await
        });
        let error = outcome.await.unwrap_err();
        assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(4), "{error:?}");
    }
}

/// How a call ends that is redirected for ever by a server that takes its time, and how many requests there were.
async fn slowly_redirected<K: Kind>(
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
    fill: impl FnOnce(&mut Request<'_>) + Send + 'static,
) -> (bool, usize) {
    let server = recorder::Server::start(|_| {
        std::thread::sleep(Duration::from_millis(40));
        answer(302, &[("location", "/start")], "")
    })
    .await;
    let client = K::client(set(server.builder())).build().unwrap();
    let result = K::run(client, async move |client: &Client| {
        let mut request = Request::new(client, operation(Method::POST, "/start"));
        fill(&mut request);
        request.send_raw().await
    });
    (result.await.is_err_and(|error| error.is_timeout()), server.seen().len())
}

async fn redirects_are_within_the_time_limit_of_the_try<K: Kind>() {
    const LIMIT: Duration = Duration::from_millis(200);
    let limited = |builder: ClientBuilder| builder.timeout(LIMIT);
    let ending = |builder: ClientBuilder| builder.retry(Retry::off().deadline(LIMIT));
    let upload = |request: &mut Request<'_>| {
        let pieces = stream::iter([Ok::<_, std::io::Error>(Bytes::from("x"))]);
        request.upload("text/plain", Upload::stream(pieces, None));
    };
    for (is_timeout, requests) in [
        slowly_redirected::<K>(limited, |_| ()).await,
        slowly_redirected::<K>(ending, |_| ()).await,
        slowly_redirected::<K>(limited, upload).await,
    ] {
        assert!(is_timeout && requests < 11, "{is_timeout} {requests}");
    }
}

suite! {
    redirects_are_within_the_time_limit_of_the_try
    a_body_where_there_can_be_none_is_none
    a_head_that_makes_no_sense_is_an_error_of_transport
    an_answer_that_drips_ends_with_the_time_limit
    answers_that_only_inform_are_passed_over
    as_much_of_an_answer_is_kept_as_it_may_be_large
    header_values_that_are_no_text_are_kept
    heads_without_end_are_errors_of_transport
    statuses_beyond_the_usual_are_answers
    what_came_before_the_time_was_over_is_kept
    what_came_of_an_answer_that_breaks_off_is_kept
    what_follows_an_answer_is_not_the_next_one
    what_is_no_json_keeps_its_bytes
}

/// A server whose answer comes on, a byte at a time, for as long as anyone reads.
async fn dripping(head: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        _ = stream.read(&mut [0; 4096]).await;
        _ = stream.write_all(head.as_bytes()).await;
        while stream.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    url
}

/// Events of which each piece is one line without end, held up to the limit of an event and no further.
#[tokio::test]
async fn a_line_of_events_without_end_is_not_gathered() {
    let url = dripping("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ").await;
    let client = ClientBuilder::new(DEFAULTS).base_url(url).build().unwrap();
    let opened = Request::new(&client, operation(Method::GET, "/a"))
        .send_streamed::<_, std::convert::Infallible>(|answer: Streamed| {
            let opened = events::open(answer, events::EventStream::text, RawResponse::unexpected, |events| {
                events.max_event_size(64)
            });
            Box::pin(async { opened.await.map(Response::into_body) })
        });
    let mut events = opened.await.unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("64"), "{error}");
    assert!(events.next().await.is_none());
}
