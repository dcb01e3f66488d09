//! Spans of calls and tries, as a subscriber sees them.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime::runtime::{Credential, Method, Request, Retry};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, answer, secured};
use crate::source::client;

type Fields = BTreeMap<String, String>;

/// Keeps all spans, by their number.
#[derive(Clone, Default)]
struct Collector {
    spans: Arc<Mutex<BTreeMap<u64, (&'static str, Fields)>>>,
    next: Arc<AtomicU64>,
}

struct Reader<'a>(&'a mut Fields);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("clientsmith_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut fields = Fields::new();
        span.record(&mut Reader(&mut fields));
        self.spans.lock().unwrap().insert(number, (span.metadata().name(), fields));
        Id::from_u64(number)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.spans.lock().unwrap();
        values.record(&mut Reader(&mut spans.get_mut(&span.into_u64()).unwrap().1));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_has_a_span_and_each_try_has_one_with_the_names_of_opentelemetry() {
    let turn = AtomicUsize::new(0);
    let server =
        Server::start(move |_| answer([503, 200][turn.fetch_add(1, Ordering::Relaxed).min(1)], &[], ""))
            .await;
    let retry = Retry::standard().initial_delay(Duration::from_millis(1));
    let builder = server.builder().retry(retry).credential("Query", Credential::api_key("hunter2"));
    let client = builder.credential("Bearer", Credential::bearer("hunter2")).build().unwrap();
    let mut request = Request::new(&client, secured(Method::GET, "/c/{id}", &[&["Bearer", "Query"]]));
    request.path("id", "hunter2");
    request.query("q", "hunter2");
    let collector = Collector::default();
    let guard = tracing::subscriber::set_default(collector.clone());
    request.send_raw().await.unwrap();
    drop(guard);
    let spans: Vec<_> = collector.spans.lock().unwrap().values().cloned().collect();
    assert!(!format!("{spans:?}").contains("hunter2"), "{spans:?}");
    let [(_, call), (_, first), (_, second)] = &spans[..] else { unreachable!("{spans:?}") };
    assert_eq!(call["otel.name"], "tests.call");
    let port = server.url.rsplit(':').next().unwrap();
    for (span, status) in [(first, "503"), (second, "200")] {
        for (name, value) in [
            ("otel.kind", "client"),
            ("otel.name", "GET /c/{id}"),
            ("http.request.method", "GET"),
            ("url.template", "/c/{id}"),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
            ("http.response.status_code", status),
        ] {
            assert_eq!(span[name], value, "{name}");
        }
    }
    assert_eq!((first.get("http.request.resend_count"), first["error.type"].as_str()), (None, "503"));
    assert_eq!((second["http.request.resend_count"].as_str(), second.get("error.type")), ("1", None));
}

/// The span of the one try of a call that reaches nobody.
async fn tried(url: &str, method: &str) -> Fields {
    let client = client(url).build().unwrap();
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = Request::new(&client, secured(method, "/c", &[]));
    let collector = Collector::default();
    let guard = tracing::subscriber::set_default(collector.clone());
    request.send_raw().await.unwrap_err();
    drop(guard);
    let spans = collector.spans.lock().unwrap();
    spans.values().find(|(name, _)| *name == "request").unwrap().1.clone()
}

#[tokio::test]
async fn methods_that_http_does_not_define_are_others() {
    let span = tried("http://127.0.0.1:1", "COPY").await;
    assert_eq!((&*span["http.request.method"], &*span["otel.name"]), ("_OTHER", "HTTP /c"));
    assert_eq!(span["http.request.method_original"], "COPY");
    let span = tried("http://127.0.0.1:1", "QUERY").await;
    assert_eq!((&*span["http.request.method"], &*span["otel.name"]), ("QUERY", "QUERY /c"));
    assert_eq!(span.get("http.request.method_original"), None);
}

#[tokio::test]
async fn addresses_are_without_brackets() {
    assert_eq!(tried("http://[::1]:1", "GET").await["server.address"], "::1");
}
