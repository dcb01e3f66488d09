//! Walking through pages.

mod links;
mod sources;

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};

use clientsmith_runtime::runtime::paging::{Next, PageStyle, Paging, items, pages};
use clientsmith_runtime::runtime::{
    BoxStream, Client, ClientBuilder, Error, Json, Method, RawResponse, Request, StatusCode,
};
use http_body_util::Full;
use serde::Deserialize;
use serde_json::json;

use crate::server::{Answer, DEFAULTS, Seen, Server, operation};

/// A declared error.
#[derive(Debug)]
struct Refused(Json);

type Call<T> = Result<T, Error<Refused>>;

/// As emitted for an operation whose success is a list in `data`.
fn decode(answer: RawResponse) -> Call<Vec<u64>> {
    match answer.status() {
        StatusCode::OK => {
            let page: BTreeMap<String, Json> = answer.decode()?;
            Ok(serde_json::from_value(page.get("data").cloned().unwrap_or_default()).unwrap_or_default())
        }
        StatusCode::FORBIDDEN => answer.api_error(Refused),
        _ => answer.unexpected(),
    }
}

async fn next<T>(stream: &mut BoxStream<'_, T>) -> Option<T> {
    poll_fn(|context| stream.as_mut().poll_next(context)).await
}

fn body(status: u16, headers: &[(&str, &str)], json: &Json) -> Answer {
    let mut answer = hyper::Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    answer.body(Full::from(json.to_string())).unwrap()
}

fn ok(json: &Json) -> Answer {
    body(200, &[], json)
}

/// A server that gives the answers in turn, and then always the last.
async fn turns(answers: Vec<Json>) -> Server {
    let turn = AtomicUsize::new(0);
    Server::start(move |_| {
        let turn = turn.fetch_add(1, Ordering::Relaxed);
        ok(&answers[turn.min(answers.len() - 1)])
    })
    .await
}

fn request<'a>(client: &'a Client, query: &[(&str, &str)]) -> Request<'a> {
    let mut request = Request::new(client, operation(Method::GET, "/v1/things"));
    for (name, value) in query {
        request.query(name, value);
    }
    request
}

fn targets(server: &Server) -> Vec<String> {
    server
        .seen()
        .into_iter()
        .map(|seen| seen.line.replace("GET /v1/things", "").replace("%5B", "[").replace("%5D", "]"))
        .collect()
}

/// Walks to the end: the items, the error after them, and the queries that were sent.
type Walked = (Vec<u64>, Option<String>, Vec<String>);

async fn walk(server: &Server, paging: &'static Paging, query: &[(&str, &str)]) -> Walked {
    walk_by(server, paging, query, decode).await
}

async fn walk_by(
    server: &Server,
    paging: &'static Paging,
    query: &[(&str, &str)],
    decode: fn(RawResponse) -> Call<Vec<u64>>,
) -> Walked {
    let client = server.client();
    let mut stream = items(request(&client, query), paging, decode, |page| page);
    let (mut found, mut error) = (Vec::new(), None);
    while let Some(item) = next(&mut stream).await {
        assert!(error.is_none(), "nothing comes after an error");
        match item {
            Ok(item) => found.push(item),
            Err(failed) => error = Some(shown(&failed)),
        }
    }
    assert!(next(&mut stream).await.is_none(), "the end stays the end");
    (found, error, targets(server))
}

fn shown(error: &Error<Refused>) -> String {
    match error {
        Error::Decode { source, .. } => source.to_string(),
        other => format!("{other:?}"),
    }
}

async fn check(
    answers: Vec<Json>,
    paging: &'static Paging,
    query: &[(&str, &str)],
    found: &[u64],
    sent: &[&str],
) {
    let server = turns(answers).await;
    assert_eq!(
        walk(&server, paging, query).await,
        (found.to_vec(), None, sent.iter().map(|&line| line.to_owned()).collect())
    );
}

/// Checks that the items of the first page come, then `error`, then nothing.
async fn check_lost(answer: Json, paging: &'static Paging, error: &str) {
    let server = turns(vec![answer]).await;
    assert_eq!(walk(&server, paging, &[]).await, (vec![1], Some(error.to_owned()), vec![String::new()]));
}

const NUMBER: PageStyle = PageStyle::Number { parameter: "page[number]", first: 1 };
const CURSOR: PageStyle = PageStyle::Cursor { parameter: "after" };
const PLAIN: Paging = Paging { style: NUMBER, items: "/data", next: &[], more: None, total: &[], pages: &[] };

/// JSON:API's way: a link, of which the number is taken.
static LINKED: Paging =
    Paging { next: &[Next::Link { pointer: "/links/next", take: Some("page[number]") }], ..PLAIN };
/// A link, of which everything is taken.
static WHOLE: Paging =
    Paging { style: PageStyle::Link, next: &[Next::Link { pointer: "/next", take: None }], ..PLAIN };

fn linked(items: &[u64], next: &str) -> Json {
    json!({ "data": items, "links": { "next": next } })
}

fn last(items: &[u64]) -> Json {
    json!({ "data": items, "links": { "next": null } })
}

#[tokio::test]
async fn one_item_costs_one_request() {
    let server = turns(vec![linked(&[1, 2], "?page[number]=2"), last(&[3])]).await;
    let client = server.client();
    let mut stream = items(request(&client, &[]), &LINKED, decode, |page| page);
    assert!(server.seen().is_empty());
    for requests in [1, 1, 2] {
        next(&mut stream).await.unwrap().unwrap();
        assert_eq!(server.seen().len(), requests);
    }
    assert!(next(&mut stream).await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn pages_come_one_by_one() {
    let server = turns(vec![linked(&[1, 2], "?page[number]=2"), last(&[3])]).await;
    let client = server.client();
    let mut stream = pages(request(&client, &[]), &LINKED, decode);
    assert_eq!(next(&mut stream).await.unwrap().unwrap(), [1, 2]);
    assert_eq!(server.seen().len(), 1);
    assert_eq!(next(&mut stream).await.unwrap().unwrap(), [3]);
    assert!(next(&mut stream).await.is_none());
}

static ALIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// Counts how many there are at a time.
struct Counted(u64);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(source)?;
        MOST.fetch_max(ALIVE.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        Ok(Self(number))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

fn decode_counted(answer: RawResponse) -> Call<BTreeMap<String, Vec<Counted>>> {
    answer.decode()
}

#[tokio::test]
async fn ten_thousand_items_are_held_a_page_at_a_time() {
    fn number(seen: &Seen) -> u64 {
        seen.line.split_once("page%5Bnumber%5D=").map_or(1, |(_, number)| number.parse().unwrap())
    }
    let server = Server::start(|seen| {
        let from = (number(seen) - 1) * 100;
        let data: Vec<u64> = (from..from + 100).filter(|item| *item < 10_000).collect();
        ok(&json!({ "data": data }))
    })
    .await;
    let client = server.client();
    let mut stream = items(request(&client, &[]), &PLAIN, decode_counted, |mut page| {
        page.remove("data").unwrap_or_default()
    });
    let mut expected = 0;
    while let Some(item) = next(&mut stream).await {
        assert_eq!(item.unwrap().0, expected);
        expected += 1;
    }
    assert_eq!((expected, server.seen().len()), (10_000, 101));
    assert_eq!((MOST.load(Ordering::SeqCst), ALIVE.load(Ordering::SeqCst)), (100, 0));
}

#[tokio::test]
async fn circles_end() {
    let to = |number| linked(&[1], &format!("?page[number]={number}"));
    check(vec![to(2), to(3), to(2)], &LINKED, &[], &[1, 1, 1], &["", "?page[number]=2", "?page[number]=3"])
        .await;
    check(vec![to(1)], &LINKED, &[("page[number]", "1")], &[1], &["?page[number]=1"]).await;
}

#[tokio::test]
async fn pages_without_items_end_the_walk() {
    for empty in [json!([]), Json::Null] {
        let second = json!({ "data": empty, "links": { "next": "?page[number]=3" } });
        check(vec![linked(&[1], "?page[number]=2"), second], &LINKED, &[], &[1], &["", "?page[number]=2"])
            .await;
    }
}

#[tokio::test]
async fn errors_come_after_the_items_before_them_and_end_the_walk() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "GET /v1/things" => ok(&linked(&[1, 2], "?page[number]=2")),
        _ => body(403, &[], &json!({ "why": "no" })),
    })
    .await;
    let client = server.client();
    let mut stream = items(request(&client, &[]), &LINKED, decode, |page| page);
    assert!(matches!(next(&mut stream).await, Some(Ok(1))));
    assert!(matches!(next(&mut stream).await, Some(Ok(2))));
    let Some(Err(Error::Api(Refused(json), meta))) = next(&mut stream).await else { panic!("no error") };
    assert_eq!((json, meta.status()), (json!({ "why": "no" }), StatusCode::FORBIDDEN));
    assert!(next(&mut stream).await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn pages_that_cannot_be_read_end_the_walk() {
    let server = Server::start(|_| crate::server::answer(200, &[], "{\"data\": [")).await;
    let (found, error, sent) = walk(&server, &LINKED, &[]).await;
    assert_eq!((found, sent.len()), (vec![], 1));
    assert!(error.unwrap().contains("EOF while parsing"));
}

#[tokio::test]
async fn requests_that_cannot_be_built_are_errors() {
    let server = turns(vec![last(&[1])]).await;
    let client = server.client();
    let mut bad = request(&client, &[]);
    bad.header("Host", "x");
    let mut stream = items(bad, &LINKED, decode, |page| page);
    assert!(matches!(next(&mut stream).await, Some(Err(Error::Build(_)))));
    assert!(next(&mut stream).await.is_none());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn connections_that_fail_are_errors() {
    let server = turns(vec![last(&[1])]).await;
    let client = server.builder().base_url("http://127.0.0.1:1").build().unwrap();
    let mut stream = pages(request(&client, &[]), &LINKED, decode);
    assert!(matches!(next(&mut stream).await, Some(Err(Error::Transport(_)))));
    assert!(next(&mut stream).await.is_none());
}

#[tokio::test]
async fn streams_move_between_threads() {
    fn check_send<T: Send>(_: &T) {}
    let client = ClientBuilder::new(DEFAULTS).base_url("http://127.0.0.1:1").build().unwrap();
    check_send(&items(request(&client, &[]), &LINKED, decode, |page| page));
    check_send(&pages(request(&client, &[]), &LINKED, decode));
}
