//! An expectation in the making.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::super::{ApiError, Bytes, Operation, Request};
use super::compare::Precision;
use super::ledger::{Entry, Need, Shared};
use super::outline::Outline;
use super::received::Received;
use super::response::{Answer, Response};

/// A call that is expected, from [`Server::on`](super::Server::on), until it is told how it is answered.
///
/// `T` is what the operation gives on success and `E` its declared errors.
#[must_use = "an expectation without an answer is none"]
pub struct Expectation<'m, T, E> {
    shared: &'m Shared,
    operation: &'static Operation,
    entry: Entry,
    types: PhantomData<fn(T, E)>,
}

impl<'m, T, E> Expectation<'m, T, E> {
    pub(super) fn new(
        shared: &'m Shared,
        address: &str,
        request: &Request<'_>,
        place: &'static Location<'static>,
    ) -> Self {
        let operation = request.operation();
        let entry = Entry {
            operation: operation.name,
            place,
            outline: Outline::of(request, address),
            precision: Precision::Contains,
            limit: None,
            need: Need::Required,
            delay: Duration::ZERO,
            answer: Answer::Fixed(Response::new(operation.success)),
            calls: 0,
        };
        Self { shared, operation, entry, types: PhantomData }
    }

    /// Answers `calls` requests and no more, and expects no fewer; without it, any number but none.
    pub fn times(mut self, calls: usize) -> Self {
        self.entry.limit = Some(calls);
        self
    }

    /// Expects nothing: it does not matter to [`Server::verify`](super::Server::verify) how often the call is made.
    pub fn optional(mut self) -> Self {
        self.entry.need = Need::Optional;
        self
    }

    /// Matches requests only whose query, form or JSON body holds nothing else, and that have no body if the call has none.
    ///
    /// Headers and cookies are not counted, nor is a query parameter in which a credential is sent.
    pub fn exactly(mut self) -> Self {
        self.entry.precision = Precision::Exact;
        self
    }

    /// Lets time pass before the answer, for instance more than the client's timeout.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.entry.delay = delay;
        self
    }

    /// Answers with the operation's success, with the status that the API's description declares for it.
    pub fn respond(self, answer: T)
    where
        T: Serialize,
    {
        let Operation { success, accept, .. } = *self.operation;
        self.answered(Answer::Fixed(Response::success(success, accept, &answer)));
    }

    /// Answers with one of the operation's declared errors, with its status.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "as `respond`, so that a call reads as the answer it gives"
    )]
    pub fn fail(self, error: E)
    where
        E: ApiError,
    {
        let (status, body) = error.answer();
        self.answered(Answer::Fixed(Response::failure(status, body)));
    }

    /// Answers with any status and JSON.
    pub fn respond_json(self, status: u16, body: impl Serialize) {
        self.answered(Answer::Fixed(Response::json(status, body)));
    }

    /// Answers with any status, headers and body. Without a `Content-Type` among the headers, there is none.
    pub fn respond_raw(self, status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) {
        let response = Response { body: body.into(), ..Response::new(status) };
        let add = |response: Response, &(name, value): &(&str, &str)| response.header(name, value);
        self.answered(Answer::Fixed(headers.iter().fold(response, add)));
    }

    /// Answers each request with what `answer` makes of it.
    ///
    /// `answer` runs on the server's own thread, so it must not wait for anything. If it panics, the request is answered with status 500,
    /// and [`Server::verify`](super::Server::verify) tells of it.
    pub fn respond_with(self, answer: impl Fn(&Received) -> Response + Send + Sync + 'static) {
        self.answered(Answer::From(Arc::new(answer)));
    }

    /// Closes the connection without an answer, which the client reports as an error of transport.
    pub fn disconnect(self) {
        self.answered(Answer::Fixed(Response::disconnect()));
    }

    fn answered(self, answer: Answer) {
        self.shared.lock().expect(Entry { answer, ..self.entry });
    }
}
