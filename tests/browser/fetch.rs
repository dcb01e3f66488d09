//! The runtime as a browser has it, where `fetch` sends: in Node, which has `fetch` and a server to call.
//!
//! `cargo test -p browser-tests --target wasm32-unknown-unknown` with `wasm-bindgen-test-runner` as the runner of that target.
#![cfg(all(test, target_arch = "wasm32"))]
// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::convert::Infallible;
use std::time::Duration;

use clientsmith_runtime::runtime::multipart::{FilePart, Multipart};
use clientsmith_runtime::runtime::{
    ByteStream, Client, ClientBuilder, ClientDefaults, Error, Json, Operation, RawResponse, Request, Retry,
    TransportError,
};
use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const DEFAULTS: ClientDefaults = ClientDefaults {
    servers: &[],
    scattered: None,
    user_agent: "test/1.0",
    schemes: &[],
    retry: Retry::off(),
    idempotency_header: "Idempotency-Key",
    check: None,
};

/// A server that says what it was asked, or does what the path says; what it is called is its address.
const SERVER: &str = r#"
const tries = {};
const drip = (answer, piece, left) => {
    if (left === 0) return answer.end();
    answer.write(piece);
    setTimeout(() => drip(answer, piece, left - 1), 50);
};
const does = {
    "/again": answer => {
        tries.again = (tries.again ?? 0) + 1;
        answer.writeHead(tries.again < 3 ? 503 : 200, { "retry-after": "0" }).end(`${tries.again}`);
    },
    "/silent": () => {},
    "/cut": answer => {
        answer.writeHead(200, { "content-length": "100" }).write("{");
        setTimeout(() => answer.destroy(), 20);
    },
    "/drip": answer => drip(answer.writeHead(200), "1", 40),
    "/event": answer => {
        answer.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
        answer.on("close", () => tries.closed = true);
    },
    "/closed": answer => answer.end(`${tries.closed ?? false}`),
};
const server = process.getBuiltinModule("node:http").createServer((request, answer) => {
    const pieces = [];
    request.on("data", piece => pieces.push(piece)).on("end", () => {
        const known = does[request.url];
        if (known) return known(answer);
        const { method, url, headers } = request;
        const body = Buffer.concat(pieces).toString("latin1");
        answer.writeHead(200, { "content-type": "application/json" });
        answer.end(JSON.stringify({ method, url, headers, body }));
    });
});
server.unref();
return new Promise(ready => server.listen(0, "127.0.0.1", () => ready(`http://127.0.0.1:${server.address().port}`)));
"#;

async fn server() -> ClientBuilder {
    let started = Function::new_no_args(SERVER).call0(&js_sys::global()).unwrap();
    let address = JsFuture::from(Promise::from(started)).await.unwrap();
    ClientBuilder::new(DEFAULTS).base_url(address.as_string().unwrap())
}

async fn client() -> Client {
    server().await.build().unwrap()
}

fn operation(method: &'static str, path: &'static str) -> &'static Operation {
    Box::leak(Box::new(Operation {
        name: "tests.call",
        method,
        path,
        accept: "application/json",
        security: &[],
        servers: &[],
        success: 200,
        repeatable: None,
    }))
}

fn get<'a>(client: &'a Client, path: &'static str) -> Request<'a> {
    Request::new(client, operation("GET", path))
}

/// What a call is that is given up after so many milliseconds.
async fn late(path: &'static str, milliseconds: u64) -> Error<Infallible> {
    let client = client().await;
    let mut request = get(&client, path);
    request.timeout(Duration::from_millis(milliseconds));
    request.send_raw().await.unwrap_err()
}

async fn stream(client: &Client, path: &'static str, limit: Duration) -> ByteStream {
    let mut request = get(client, path);
    request.timeout(limit);
    let opened =
        request.send_streamed::<_, Infallible>(|answer| answer.success_or(RawResponse::unexpected::<(), _>));
    opened.await.unwrap().into_parts().1
}

#[wasm_bindgen_test]
async fn what_is_asked_reaches_the_server() {
    let client = client().await;
    let mut request = Request::new(&client, operation("POST", "/seen"));
    let mut body = Multipart::new(&[]);
    body.value("title", "t");
    body.file("file", FilePart::from(vec![1, 2, 3]));
    request.query("q", "a b&");
    request.header("X-Own", "1");
    request.multipart("multipart/form-data", body);
    // A limit of more milliseconds than a timer takes is none.
    request.timeout(Duration::MAX);
    let seen: Json = request.send_raw().await.unwrap().json().unwrap();
    assert_eq!((&seen["method"], &seen["url"]), (&"POST".into(), &"/seen?q=a%20b%26".into()));
    assert_eq!(
        (&seen["headers"]["x-own"], &seen["headers"]["accept"]),
        (&"1".into(), &"application/json".into())
    );
    let body = seen["body"].as_str().unwrap();
    assert!(body.contains("name=\"title\"") && body.contains("\u{1}\u{2}\u{3}"), "{body}");
}

#[wasm_bindgen_test]
async fn calls_are_tried_again() {
    let client = client().await;
    let mut request = get(&client, "/again");
    request.retry(Retry::standard());
    assert_eq!(request.send_raw().await.unwrap().text(), "3");
}

#[wasm_bindgen_test]
async fn time_has_a_limit_before_and_within_the_answer() {
    for path in ["/silent", "/drip"] {
        let error = late(path, 200).await;
        assert!(error.is_timeout(), "{path}: {error:?}");
    }
    let error = late("/cut", 5000).await;
    assert!(matches!(&error, Error::Transport(_)) && !error.is_timeout(), "{error:?}");
}

#[wasm_bindgen_test]
async fn answers_come_piece_by_piece() {
    let client = client().await;
    let mut drops = stream(&client, "/drip", Duration::from_secs(1)).await;
    let (mut pieces, mut length) = (0, 0);
    while let Some(piece) = drops.next().await {
        length += piece.unwrap().len();
        pieces += 1;
    }
    // Longer than the limit, which is that of a piece here.
    assert!(length == 40 && pieces > 10, "{pieces}");
    let mut events = stream(&client, "/event", Duration::from_millis(200)).await;
    assert_eq!(&events.next().await.unwrap().unwrap()[..], b"data: 1\n\n");
    let silence: TransportError = events.next().await.unwrap().unwrap_err();
    assert!(silence.is_timeout() && events.next().await.is_none(), "{silence:?}");
    let mut closed = false;
    for _ in 0..100 {
        closed = closed || get(&client, "/closed").send_raw().await.unwrap().text() == "true";
    }
    assert!(closed);
}

#[wasm_bindgen_test]
async fn answers_have_a_size() {
    let client = server().await.max_body_size(10).build().unwrap();
    let error = get(&client, "/drip").send_raw().await.unwrap_err();
    assert!(error.to_string().contains("10"), "{error}");
}
