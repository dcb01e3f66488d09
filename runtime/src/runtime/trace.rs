//! Spans of calls and tries, by the names of OpenTelemetry's semantic conventions for HTTP; nothing without the feature `tracing`.
//!
//! They hold no secrets: neither headers and bodies nor the path's values and the query.

use super::transport::{HttpRequest, HttpResponse};
use super::transport_error::TransportError;

#[cfg(not(feature = "tracing"))]
pub(super) use off::{attempt, call};
#[cfg(feature = "tracing")]
pub(super) use on::{attempt, call};

/// What a try gives.
type Outcome = Result<HttpResponse, TransportError>;

#[cfg(not(feature = "tracing"))]
mod off {
    use super::super::operation::Operation;
    use super::{HttpRequest, Outcome};

    pub(in super::super) fn call<F: Future>(_: Option<&'static Operation>, call: F) -> F {
        call
    }

    pub(in super::super) fn attempt<F: Future<Output = Outcome>>(
        request: HttpRequest,
        send: impl FnOnce(HttpRequest) -> F,
    ) -> F {
        send(request)
    }
}

#[cfg(feature = "tracing")]
mod on {
    use tracing::{Instrument as _, Span, field};

    use super::super::operation::Operation;
    use super::super::transport::Attempt;
    use super::super::transport_error::TransportError;
    use super::{HttpRequest, Outcome};

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
        request: HttpRequest,
        send: impl FnOnce(HttpRequest) -> F,
    ) -> impl Future<Output = Outcome> {
        let span = span(&request);
        let sending = send(request);
        let noted = span.clone();
        let future = async move {
            let outcome = sending.await;
            note(&noted, &outcome);
            outcome
        };
        future.instrument(span)
    }

    fn span(request: &HttpRequest) -> Span {
        let attempt = request.extensions().get::<Attempt>();
        let template = attempt.and_then(Attempt::operation).map_or("", |operation| operation.path);
        let method = request.method().as_str();
        let span = tracing::info_span!(
            "request",
            otel.kind = "client",
            otel.name = field::Empty,
            http.request.method = method,
            http.request.resend_count = field::Empty,
            http.response.status_code = field::Empty,
            url.template = field::Empty,
            server.address = request.uri().host().unwrap_or_default(),
            server.port = port(request),
            "error.type" = field::Empty,
        );
        if template.is_empty() {
            span.record("otel.name", method);
        } else {
            span.record("otel.name", format!("{method} {template}"));
            span.record("url.template", template);
        }
        if let Some(number) = attempt.map(Attempt::number).filter(|number| *number > 0) {
            span.record("http.request.resend_count", number);
        }
        span
    }

    fn port(request: &HttpRequest) -> u16 {
        let usual = if request.uri().scheme_str() == Some("http") { 80 } else { 443 };
        request.uri().port_u16().unwrap_or(usual)
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
