//! The server as a test holds it.

use std::fmt;
use std::future::{Ready, ready};
use std::io;
use std::panic::Location;
use std::sync::Arc;

use serde_json::json;

use super::super::{Call, ClientBuilder, Json};
use super::expectation::Expectation;
use super::ledger::Shared;
use super::listener::Listener;
use super::received::Received;
use super::verify::Unmet;

/// A server of the API on a free port of the loopback address.
///
/// It runs on a thread of its own, so that it serves asynchronous tests of any runtime and blocking ones alike. It stops, and its
/// port is closed, when it is dropped.
pub struct Server {
    shared: Arc<Shared>,
    listener: Listener,
}

impl Server {
    /// Starts a server that expects nothing yet.
    ///
    /// # Errors
    ///
    /// The system gives no port or no thread.
    pub fn start() -> Ready<io::Result<Self>> {
        ready(Self::start_blocking())
    }

    /// As [`start`](Self::start), for a test that is not asynchronous.
    ///
    /// # Errors
    ///
    /// The system gives no port or no thread.
    pub fn start_blocking() -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let listener = Listener::start(&shared)?;
        Ok(Self { shared, listener })
    }

    /// The server's address, such as `http://127.0.0.1:49152`.
    pub fn base_url(&self) -> &str {
        self.listener.base_url()
    }

    /// Has a client call this server, also where the API's token endpoint is an absolute URL.
    pub fn serve(&self, client: ClientBuilder) -> ClientBuilder {
        client.base_url(self.base_url()).stand_in(self.base_url())
    }

    /// Expects a call. What it is answered with is told to the [`Expectation`] that comes back.
    ///
    /// The call has to be made from a client of this server. One that cannot be sent, for instance because a path parameter is
    /// empty, is never met, and [`verify`](Self::verify) tells why.
    #[track_caller]
    pub fn on<'a, C: Call<'a>>(&self, call: C) -> Expectation<'_, C::Output, C::Error> {
        Expectation::new(&self.shared, self.base_url(), &call.into_request(), Location::caller())
    }

    /// Gives out `access_token`, valid for two hours, to every `POST` to `path` that no expectation answers.
    ///
    /// The answer is that of RFC 6749, section 5.1; see [`answers_tokens_with`](Self::answers_tokens_with) for any other.
    pub fn answers_tokens(&self, path: &str, access_token: &str) {
        let answer = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": 7200 });
        self.answers_tokens_with(path, answer);
    }

    /// Answers every `POST` to `path` that no expectation answers with `answer`, in place of what was set for this path before.
    pub fn answers_tokens_with(&self, path: &str, answer: Json) {
        self.shared.lock().answer_tokens(path, answer);
    }

    /// As [`answers_tokens_with`](Self::answers_tokens_with), but keeps what was set for this path before.
    pub fn answers_tokens_unless_set(&self, path: &str, answer: Json) {
        self.shared.lock().answer_tokens_unless_set(path, answer);
    }

    /// All requests so far in the order in which they came, expected or not, those for tokens included.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.lock().received().to_vec()
    }

    /// Checks that every expectation was met and that nothing else was asked for.
    ///
    /// # Errors
    ///
    /// Lists expectations that were not met as often as they should be, requests that nothing matched, and answers that could
    /// not be given.
    pub fn verify(&self) -> Result<(), Unmet> {
        self.shared.lock().verify()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}
