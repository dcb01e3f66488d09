//! Event streams and records, wherever their bytes are cut.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime::runtime::events::{self, Event, EventStream, Reconnect};
use clientsmith_runtime::runtime::records::{self, Framing, Records};
use clientsmith_runtime::runtime::{
    Answered, BoxFuture, ByteStream, Bytes, Client, ClientBuilder, Error, HttpRequest, HttpResponse, Json,
    Method, RawResponse, Request, Streamed, Transport, TransportError,
};
use futures_util::{StreamExt as _, stream};

use crate::server::{DEFAULTS, operation};

/// Answers each call with the next of the bodies, cut where the lengths say, over and over.
struct Cut {
    media_type: &'static str,
    bodies: Vec<Vec<u8>>,
    lengths: Vec<usize>,
    calls: AtomicUsize,
    ids: Arc<Mutex<Vec<Option<String>>>>,
}

impl Transport for Cut {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let id = request
            .headers()
            .get("last-event-id")
            .map(|id| String::from_utf8(id.as_bytes().to_vec()).unwrap());
        self.ids.lock().unwrap().push(id);
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        let mut head = http::Response::builder().header("content-type", self.media_type);
        if call >= self.bodies.len() {
            head = head.status(204);
        }
        let mut rest: &[u8] = self.bodies.get(call).map_or(&[], Vec::as_slice);
        let mut lengths = self.lengths.iter().cycle();
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at((*lengths.next().unwrap()).min(rest.len()));
            pieces.push(Ok(Bytes::copy_from_slice(piece)));
            rest = after;
        }
        let body = ByteStream::new(Box::pin(stream::iter(pieces)), None);
        Box::pin(async move { Ok(head.body(body).unwrap()) })
    }
}

pub(crate) fn cut(
    media_type: &'static str,
    bodies: &[&[u8]],
    lengths: &[usize],
) -> (Client, Arc<Mutex<Vec<Option<String>>>>) {
    let ids = Arc::<Mutex<Vec<Option<String>>>>::default();
    let transport = Cut {
        media_type,
        bodies: bodies.iter().map(|body| body.to_vec()).collect(),
        lengths: lengths.to_vec(),
        calls: AtomicUsize::new(0),
        ids: Arc::clone(&ids),
    };
    let builder = ClientBuilder::new(DEFAULTS).base_url("http://api.example").transport(transport);
    (builder.build().unwrap(), ids)
}

type Texts = EventStream<String>;

fn open(response: Streamed) -> Answered<'static, Texts, Infallible> {
    events::open(response, EventStream::text, RawResponse::unexpected, |events| events)
}

async fn texts(body: &[u8], lengths: &[usize]) -> Vec<Event<String>> {
    let (client, _) = cut("text/event-stream", &[body], lengths);
    let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(open);
    call.await.unwrap().into_body().map(Result::unwrap).collect().await
}

async fn check(body: &str, expected: &[(&str, &str)]) {
    for lengths in [&[1][..], &[2], &[3], &[1000]] {
        let came = texts(body.as_bytes(), lengths).await;
        let came: Vec<_> = came
            .iter()
            .map(|event| (event.event.as_deref().unwrap_or_default(), event.data.as_str()))
            .collect();
        assert_eq!(came, expected, "{body:?} cut into {lengths:?}");
    }
}

#[tokio::test]
async fn events_are_read_by_the_letter() {
    check("data: a\n\n", &[("", "a")]).await;
    check("\u{FEFF}data: a\r\rdata:b\r\n\r\n", &[("", "a"), ("", "b")]).await;
    check("event: e\ndata: a\ndata\ndata:  b\n\n", &[("e", "a\n\n b")]).await;
    check(": comment\nother: x\ndata\n\n", &[("", "")]).await;
    check("event: lost\n\ndata: a\n\ndata: cut", &[("", "a")]).await;
    check("data: \u{1F600}ö\r\n\r\n", &[("", "\u{1F600}ö")]).await;
}

#[tokio::test]
async fn ids_and_times_are_kept() {
    let body = b"id: 1\nretry: 10\ndata: a\n\nid: x\0y\nretry: 1s\ndata: b\n\nid\nretry: 99999999999999999999999\ndata: c\n\n";
    let came = texts(body, &[1]).await;
    let kept: Vec<_> = came.iter().map(|event| (event.id.as_deref(), event.retry)).collect();
    assert_eq!(kept, [(Some("1"), Some(10)), (None, None), (Some(""), Some(u64::MAX))]);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_replaced() {
    assert_eq!(texts(b"data: a\xFF\xC3\n\n", &[1]).await[0].data, "a\u{FFFD}\u{FFFD}");
}

#[tokio::test]
async fn a_hundred_thousand_events_survive_every_cut() {
    let endings = ["\n", "\r\n", "\r"];
    let mut body = String::new();
    for number in 0..100_000 {
        let end = endings[number % 3];
        write!(body, "id: {number}{end}data: ö\u{1F600}{end}data: {number}{end}{end}").unwrap();
    }
    for lengths in [&[1, 2, 3, 5, 7, 11, 13][..], &[1]] {
        let came = texts(body.as_bytes(), lengths).await;
        assert_eq!(came.len(), 100_000);
        for (number, event) in came.iter().enumerate() {
            assert_eq!(event.data, format!("ö\u{1F600}\n{number}"));
        }
    }
}

#[tokio::test]
async fn an_event_without_end_is_an_error() {
    let (client, _) = cut("text/event-stream", &[&b"data: a\n\ndata: bbbbbbbbbbbbbbbbbbbb"[..]], &[100]);
    let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(open);
    let mut events = call.await.unwrap().into_body().max_event_size(16);
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(matches!(events.next().await, Some(Err(Error::Transport(error))) if error.is_body_too_large()));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn comments_are_no_part_of_an_event() {
    let pings = ": ping\nunknown: x\n".repeat(20);
    let body = format!("{pings}data: 1\n{pings}data: 2\n\n{pings}data: 34567\ndata\n\n:{}", "x".repeat(16));
    for lengths in [&[1][..], &[3], &[10_000]] {
        let (client, _) = cut("text/event-stream", &[body.as_bytes()], lengths);
        let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(open);
        let came: Vec<_> = call.await.unwrap().into_body().max_event_size(16).collect().await;
        let [Ok(first), Ok(second), Err(Error::Transport(error))] = &came[..] else { panic!("{came:?}") };
        assert_eq!((&*first.data, &*second.data), ("1\n2", "34567\n"));
        assert!(error.is_body_too_large());
    }
}

#[tokio::test]
async fn an_event_of_many_lines_has_a_limit() {
    for lines in ["data\n", "id: 1\n", "data: 1\n:\n"] {
        for lengths in [&[1][..], &[10_000]] {
            let (client, _) = cut("text/event-stream", &[lines.repeat(20).as_bytes()], lengths);
            let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(open);
            let came = call.await.unwrap().into_body().max_event_size(16).next().await;
            assert!(matches!(came, Some(Err(Error::Transport(error))) if error.is_body_too_large()));
        }
    }
}

#[tokio::test]
async fn a_value_has_a_limit() {
    for lengths in [&[1][..], &[9], &[10_000]] {
        let body = b"1234567890\n\n  12345678\r\n12345678901\n1\n";
        let (client, _) = cut("application/jsonl", &[&body[..]], lengths);
        let opened =
            values(&client, |answer| records::open(answer, Framing::Lines, |all| all.max_record_size(10)));
        let came: Vec<_> = opened.await.collect().await;
        let [Ok(first), Ok(second), Err(Error::Transport(error))] = &came[..] else { panic!("{came:?}") };
        assert_eq!((first, second), (&Json::from(1_234_567_890), &Json::from(12_345_678)));
        assert!(error.is_body_too_large());
    }
}

#[tokio::test]
async fn an_answer_that_is_no_event_stream_is_kept() {
    let (client, _) = cut("text/html", &[&b"<h1>Down</h1>"[..]], &[100]);
    let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(|answer| {
        events::open(
            answer,
            EventStream::text,
            |raw| events::read(raw, EventStream::text),
            |events: Texts| events,
        )
    });
    let error: Error<Infallible> = call.await.map(|_| ()).unwrap_err();
    assert!(matches!(&error, Error::Decode { body, .. } if body == "<h1>Down</h1>"), "{error}");
}

#[tokio::test]
async fn data_that_does_not_fit_costs_one_event() {
    let (client, _) = cut(
        "text/event-stream",
        &[&b"data: [1]\n\ndata: x\n\ndata: [2]\n\ndata: end\n\ndata: [3]\n\n"[..]],
        &[4],
    );
    let open = |answer| -> Answered<'static, EventStream<Vec<u8>>, Infallible> {
        events::open(answer, EventStream::json, RawResponse::unexpected, |events| events.until("end"))
    };
    let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(open);
    let came: Vec<_> = call.await.unwrap().into_body().collect().await;
    assert_eq!(came.len(), 3);
    assert!(matches!(&came[1], Err(Error::Decode { body, .. }) if body == "x"));
    assert_eq!(came[2].as_ref().unwrap().data, [2]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_where_it_was_cut() {
    // What the server would not see of the id, since it is in a header then, is not sent.
    let bodies = [
        "id: é1 \nretry: 5000\ndata: a\n\nid: 2\ndata: cut".as_bytes(),
        b"",
        b"id: 2\ndata: b\n\n",
        b"id\n\n",
    ];
    let (client, ids) = cut("text/event-stream", &bodies, &[3]);
    let request = Request::new(&client, operation(Method::GET, "/"));
    let began = tokio::time::Instant::now();
    let events = events::reconnecting(request, Reconnect::new(), open, Some);
    let came: Vec<_> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(came, ["a", "b"]);
    let known = |id: &str| Some(id.to_owned());
    assert_eq!(*ids.lock().unwrap(), [None, known("é1"), known("é1"), known("2"), None]);
    // The time that the server said counts until it says another.
    assert_eq!(began.elapsed(), Duration::from_secs(4 * 5));
}

#[tokio::test]
async fn what_was_not_given_yet_is_not_behind_the_last_id() {
    let (client, _) =
        cut("text/event-stream", &[b"id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: cut"], &[99]);
    let call = Request::new(&client, operation(Method::GET, "/")).send_streamed(open);
    let mut events = call.await.unwrap().into_body();
    assert_eq!(events.last_id(), None);
    for id in ["1", "2"] {
        events.next().await.unwrap().unwrap();
        assert_eq!(events.last_id(), Some(id));
    }
    assert!(events.next().await.is_none());
    assert_eq!(events.last_id(), Some("2"));
}

#[tokio::test]
async fn records_are_read_wherever_they_are_cut() {
    let kinds: [(Framing, &[u8]); 2] = [
        (Framing::Lines, b"{\"a\":1}\r\n\n[2]\n\"\xC3\xB6\""),
        (Framing::Sequence, b"\x1E{\"a\":1}\n\x1E[2]\n\x1E\"\xC3\xB6\"\n"),
    ];
    for (framing, body) in kinds {
        for lengths in [&[1][..], &[2], &[100]] {
            let (client, _) = cut("application/jsonl", &[body], lengths);
            let opened: Records<Json> = match framing {
                Framing::Lines => {
                    values(&client, |answer| records::open(answer, Framing::Lines, |all| all)).await
                }
                Framing::Sequence => {
                    values(&client, |answer| records::open(answer, Framing::Sequence, |all| all)).await
                }
            };
            let came: Vec<Json> = opened.map(Result::unwrap).collect().await;
            assert_eq!(came, [serde_json::json!({"a": 1}), serde_json::json!([2]), "ö".into()]);
        }
    }
}

#[tokio::test]
async fn a_number_in_a_sequence_that_nothing_ends_may_be_another() {
    let (client, _) = cut("application/json-seq", &[b"\x1E12\n\x1E12\x1E[3]\x1Etrue \x1E45"], &[1]);
    let opened = values(&client, |answer| records::open(answer, Framing::Sequence, |all| all)).await;
    let came: Vec<_> = opened.map(|value| value.ok().map(|value| value.to_string())).collect().await;
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(came, [some("12"), None, some("[3]"), some("true"), None]);
}

async fn values(
    client: &Client,
    open: fn(Streamed) -> Answered<'static, Records<Json>, Infallible>,
) -> Records<Json> {
    Request::new(client, operation(Method::GET, "/")).send_streamed(open).await.unwrap().into_body()
}

#[tokio::test]
async fn a_download_is_written_as_it_comes() {
    let (client, _) = cut("application/octet-stream", &[&b"0123456789"[..]], &[3]);
    let opened = |answer: Streamed| answer.success_or(RawResponse::bytes_body::<Infallible>);
    let answer = Request::new(&client, operation(Method::GET, "/")).send_streamed(opened).await.unwrap();
    let mut sink = Vec::new();
    assert_eq!(answer.copy_to(&mut sink).await.unwrap(), 10);
    assert_eq!(sink, b"0123456789");
}

#[tokio::test]
async fn the_media_type_is_the_same_or_a_range_or_the_first() {
    for (came, offered, expected) in [
        ("application/json", &["text/csv", "application/json; charset=utf-8"][..], 1),
        ("application/json;v=2", &["application/json; v=1", "application/json; v=2"], 1),
        ("a/b; v=2; charset=utf-8", &["a/b; v=1", "a/b; v=2"], 1),
        ("a/b; charset=utf-8; v=2", &["a/b", "a/b; v=2", "a/b; V=\"2\"; CharSet=\"UTF-8\""], 2),
        ("a/b; v=1; w=1", &["a/b", "a/b; v=1; w=2", "a/b; w=1", "a/b; v=1"], 2),
        ("a/b; x=\"; v=2\"", &["a/b; v=2", "a/b; v=1", "a/b"], 2),
        ("a/b; v=B", &["a/b; v=b", "a/b; v=B"], 1),
        ("a/b", &["a/b; v=1", "a/*"], 0),
        ("text/html; charset=x", &["application/json", "*/*", "text/*"], 2),
        ("image/png", &["application/json", "*/*", "text/*"], 1),
        ("image/png", &["application/json", "text/*"], 0),
    ] {
        let (client, _) = cut(came, &[&b""[..]], &[1]);
        let answer = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
        assert_eq!(answer.media(offered), expected, "{came}");
    }
}
