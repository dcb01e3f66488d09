//! What stands between a client and its transport, and transports of one's own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime::runtime::{
    Attempt, BoxFuture, ByteStream, Bytes, ClientBuilder, Credential, HttpRequest, HttpResponse, Method,
    Middleware, Next, Request, Retry, Stage, TimeLimit, Transport, TransportError,
};

use crate::server::{DEFAULTS, Server, operation, own_http_client, secured};

type Log = Arc<Mutex<Vec<String>>>;

/// Writes down what it sees, under its name.
struct Noting(&'static str, Log);

impl Middleware for Noting {
    fn handle<'a>(
        &'a self,
        mut request: HttpRequest,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let Self(name, log) = self;
            let attempt = request.extensions().get::<Attempt>().unwrap();
            let seen = format!("{name} {} {}", attempt.operation().unwrap().name, attempt.number());
            log.lock().unwrap().push(seen);
            request.headers_mut().append("x-through", name.parse().unwrap());
            let mut answer = next.run(request).await?;
            log.lock().unwrap().push(format!("{name} {}", answer.status().as_u16()));
            answer.headers_mut().append("x-back", name.parse().unwrap());
            Ok(answer)
        })
    }
}

/// Answers without a network: fails as often as it is told, then gives what was asked for.
struct Canned(Mutex<u32>, Stage);

impl Transport for Canned {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let mut left = self.0.lock().unwrap();
        if *left > 0 {
            *left -= 1;
            return Box::pin(std::future::ready(Err(TransportError::new(self.1, "not now"))));
        }
        let limit = request.extensions().get::<Attempt>().unwrap().time_limit();
        let text = format!("{} {} {limit:?}", request.method(), request.uri());
        Box::pin(std::future::ready(Ok(HttpResponse::new(Bytes::from(text).into()))))
    }
}

fn canned(failures: u32, stage: Stage) -> ClientBuilder {
    let retry = Retry::standard().initial_delay(Duration::from_millis(1));
    let builder = ClientBuilder::new(DEFAULTS).base_url("http://x.test").retry(retry);
    builder.transport(Canned(Mutex::new(failures), stage))
}

async fn text(builder: ClientBuilder, method: Method) -> Result<String, TransportError> {
    let client = builder.build().unwrap();
    match Request::new(&client, operation(method, "/a")).send_raw().await {
        Ok(answer) => Ok(answer.text().into_owned()),
        Err(clientsmith_runtime::runtime::Error::Transport(error)) => Err(error),
        Err(other) => unreachable!("{other}"),
    }
}

#[tokio::test]
async fn the_first_middleware_is_the_outermost_and_each_sees_every_try() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let turn = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        crate::server::answer([503, 200][turn.min(1)], &[], "")
    })
    .await;
    let log = Log::default();
    let builder = server.builder().retry(Retry::standard().initial_delay(Duration::from_millis(1)));
    let builder = builder.middleware(Noting("a", Arc::clone(&log))).middleware(Noting("b", Arc::clone(&log)));
    let client = builder.build().unwrap();
    let answer = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
    let log = log.lock().unwrap().join("; ");
    assert_eq!(
        log,
        "a tests.call 0; b tests.call 0; b 503; a 503; a tests.call 1; b tests.call 1; b 200; a 200"
    );
    assert_eq!(answer.headers().get_all("x-back").iter().collect::<Vec<_>>(), ["b", "a"]);
    let through: Vec<_> = server.seen()[0].headers.get_all("x-through").iter().cloned().collect();
    assert_eq!(through, ["a", "b"]);
}

/// Counts the bytes of answers while they come.
struct Counting(Arc<Mutex<usize>>);

impl Middleware for Counting {
    fn handle<'a>(
        &'a self,
        request: HttpRequest,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let count = Arc::clone(&self.0);
            Ok(next.run(request).await?.map(|body| {
                let length = body.length();
                let counted = futures_util::StreamExt::inspect(body, move |piece| {
                    *count.lock().unwrap() += piece.as_ref().map_or(0, Bytes::len);
                });
                ByteStream::new(Box::pin(counted), length)
            }))
        })
    }
}

#[tokio::test]
async fn a_middleware_sees_bodies_while_they_come() {
    let server = Server::giving(200, "text/plain", "12345").await;
    let count = Arc::default();
    let client = server.builder().middleware(Counting(Arc::clone(&count))).build().unwrap();
    Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
    assert_eq!(*count.lock().unwrap(), 5);
}

/// Sends requests elsewhere.
struct Rewriting(String);

impl Middleware for Rewriting {
    fn handle<'a>(
        &'a self,
        mut request: HttpRequest,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        *request.uri_mut() = self.0.parse().unwrap();
        next.run(request)
    }
}

#[tokio::test]
async fn a_middleware_may_change_where_a_request_goes() {
    let server = Server::giving(200, "text/plain", "").await;
    let builder = ClientBuilder::new(DEFAULTS).base_url("http://x.invalid").http_client(own_http_client());
    let client = builder.middleware(Rewriting(format!("{}/other?a=b", server.url))).build().unwrap();
    Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
    assert_eq!(server.only().line, "GET /other?a=b");
}

#[tokio::test]
async fn a_transport_is_told_how_long_a_try_may_take() {
    let sixty = TimeLimit::Whole(Duration::from_secs(60));
    let expected = format!("GET http://x.test/a {:?}", Some(sixty));
    assert_eq!(text(canned(0, Stage::Connect), Method::GET).await.unwrap(), expected);
}

#[tokio::test]
async fn what_a_transport_says_of_a_failure_decides_whether_the_call_is_made_again() {
    assert!(text(canned(1, Stage::Connect), Method::POST).await.is_ok());
    assert!(text(canned(1, Stage::Request), Method::GET).await.is_ok());
    for (stage, method) in [(Stage::Request, Method::POST), (Stage::Answer, Method::GET)] {
        let error = text(canned(1, stage), method).await.unwrap_err();
        assert_eq!((error.to_string().as_str(), error.is_connect()), ("not now", false));
    }
    assert!(text(canned(9, Stage::Connect), Method::GET).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn what_is_known_of_a_try_shows_no_secret() {
    struct Shown(Log);
    impl Transport for Shown {
        fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
            let attempt = request.extensions().get::<Attempt>().unwrap();
            self.0.lock().unwrap().push(format!("{attempt:?} {:?}", request.headers()));
            Box::pin(std::future::ready(Err(TransportError::timed_out(Stage::Request))))
        }
    }
    let log = Log::default();
    let builder = ClientBuilder::new(DEFAULTS).base_url("http://x.test").transport(Shown(Arc::clone(&log)));
    let builder = builder.credential("Query", Credential::api_key("hunter2"));
    let client = builder.credential("Bearer", Credential::bearer("hunter2")).build().unwrap();
    let request = Request::new(&client, secured(Method::GET, "/", &[&["Bearer", "Query"]]));
    assert!(request.send_raw().await.unwrap_err().is_timeout());
    assert!(!log.lock().unwrap()[0].contains("hunter2"));
}

#[test]
fn proxies_and_client_certificates_are_checked_when_the_client_is_made() {
    let refused = |builder: ClientBuilder| builder.base_url("http://x.test").build().unwrap_err().to_string();
    let builder = || ClientBuilder::new(DEFAULTS);
    for (proxy, reason) in
        [("proxy:3128", "its scheme is neither `http` nor `https`"), ("hunter2", "it is not an absolute URL")]
    {
        assert_eq!(refused(builder().proxy(proxy)), format!("the proxy cannot be used: {reason}"));
    }
    assert!(refused(builder().identity_pem("hunter2", "hunter2")).starts_with("the client certificate"));
    assert!(!format!("{:?}", builder().identity_pem("hunter2", "hunter2")).contains("hunter2"));
}
