//! Spans of calls and tries, by the names of OpenTelemetry's semantic conventions for HTTP; nothing without the feature `tracing`.
//!
//! They hold no secrets: neither headers and bodies nor the path's values and the query.

use super::transport::HttpResponse;
use super::transport_error::TransportError;

#[cfg(not(feature = "tracing"))]
pub(super) use off::{attempt, call};
#[cfg(feature = "tracing")]
pub(super) use on::{attempt, call};

/// What a try gives.
type Outcome = Result<HttpResponse, TransportError>;

#[cfg(not(feature = "tracing"))]
mod off {
    use super::super::exchange::Call;
    use super::super::operation::Operation;
    use super::Outcome;

    pub(in super::super) fn call<F: Future>(_: Option<&'static Operation>, call: F) -> F {
        call
    }

    pub(in super::super) fn attempt<F: Future<Output = Outcome>>(_: &Call<'_>, _: u32, sending: F) -> F {
        sending
    }
}

#[cfg(feature = "tracing")]
mod on {
    use tracing::{Instrument as _, Span, field};

    use super::super::exchange::Call;
    use super::super::operation::Operation;
    use super::super::transport_error::TransportError;
    use super::Outcome;

    /// The methods that the conventions know; a span of any other is named `HTTP`.
    const KNOWN_METHODS: [&str; 10] =
        ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"];

    /// A span for the whole of a call: all tries and the waits between them.
    pub(in super::super) fn call<F: Future>(
        operation: Option<&'static Operation>,
        call: F,
    ) -> impl Future<Output = F::Output> {
        let name = operation.map_or("token", |operation| operation.name);
        call.instrument(tracing::info_span!("call", otel.name = name))
    }

    /// A span for one try, until status and headers are here.
    pub(in super::super) fn attempt<F: Future<Output = Outcome>>(
        call: &Call<'_>,
        number: u32,
        sending: F,
    ) -> impl Future<Output = Outcome> + use<F> {
        let span = span(call, number);
        let noted = span.clone();
        let future = async move {
            let outcome = sending.await;
            note(&noted, &outcome);
            outcome
        };
        future.instrument(span)
    }

    fn span(call: &Call<'_>, number: u32) -> Span {
        let template = call.operation.map_or("", |operation| operation.path);
        let original = call.method.as_str();
        let is_known = KNOWN_METHODS.contains(&original);
        let (method, named) = if is_known { (original, original) } else { ("_OTHER", "HTTP") };
        // An IPv6 address stands in brackets in a URL alone.
        let address = call.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let span = tracing::info_span!(
            "request",
            otel.kind = "client",
            otel.name = field::Empty,
            http.request.method = method,
            http.request.method_original = field::Empty,
            http.request.resend_count = field::Empty,
            http.response.status_code = field::Empty,
            url.template = field::Empty,
            server.address = address,
            server.port = call.url.port_or_known_default().unwrap_or_default(),
            "error.type" = field::Empty,
        );
        if template.is_empty() {
            span.record("otel.name", named);
        } else {
            span.record("otel.name", format!("{named} {template}"));
            span.record("url.template", template);
        }
        if !is_known {
            span.record("http.request.method_original", original);
        }
        if number > 0 {
            span.record("http.request.resend_count", number);
        }
        span
    }

    fn note(span: &Span, outcome: &Outcome) {
        match outcome {
            Ok(answer) => {
                let status = answer.status();
                span.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    span.record("error.type", status.as_str());
                }
            }
            Err(error) => _ = span.record("error.type", kind(error)),
        }
    }

    fn kind(error: &TransportError) -> &'static str {
        match (error.is_timeout(), error.is_connect()) {
            (true, _) => "timeout",
            (false, true) => "connect",
            (false, false) => "transport",
        }
    }
}
