//! Tokens: how they are asked for, kept, renewed, stored and given back.

mod asking;
mod logins;
mod refusals;
mod renewal;
mod revoking;
#[cfg(feature = "mock")]
mod stand_in;
mod storing;

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use clientsmith_runtime::runtime::token::{ClientCredentials, Grant, TokenSource};
use clientsmith_runtime::runtime::{Client, Error, Method, Operation, RawResponse, Request};

use crate::server::{Answer, Seen, Server, answer, own_http_client, secured};

pub(crate) static STANDARD: TokenSource = TokenSource::standard("Bearer", "/oauth/token");

type Call<T> = Result<T, Error<Infallible>>;

/// A token source that is like [`STANDARD`] but for what `change` does.
fn source(change: impl FnOnce(&mut TokenSource)) -> &'static TokenSource {
    let mut source = STANDARD;
    change(&mut source);
    Box::leak(Box::new(source))
}

fn credentials() -> ClientCredentials {
    ClientCredentials::new("id", "s3cret")
}

fn protected(method: Method) -> &'static Operation {
    secured(method, "/things", &[&["Bearer"]])
}

fn is_token_request(seen: &Seen) -> bool {
    seen.line.ends_with("/oauth/token")
}

/// An API whose token endpoint is `tokens`, given how many requests it had before; all other answers are `other`.
async fn api_with(
    tokens: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static,
    other: impl Fn(&Seen) -> Answer + Send + Sync + 'static,
) -> Server {
    let before = AtomicUsize::new(0);
    Server::start(move |seen| {
        if is_token_request(seen) {
            tokens(before.fetch_add(1, Ordering::Relaxed), seen)
        } else {
            other(seen)
        }
    })
    .await
}

/// An API that takes every token.
async fn api(tokens: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static) -> Server {
    api_with(tokens, |_| answer(200, &[], "ok")).await
}

/// An API that gives `body` for a token.
async fn api_giving(status: u16, body: &'static str) -> Server {
    api(move |_, _| answer(status, &[], body)).await
}

/// The answer with the token `t1`, `t2`, … and these further members.
fn numbered(before: usize, members: &str) -> Answer {
    json(200, format!(r#"{{"access_token":"t{}","token_type":"Bearer"{members}}}"#, before + 1))
}

fn json(status: u16, body: String) -> Answer {
    answer(status, &[("content-type", "application/json")], body.leak())
}

/// A client whose only timers are waits between tries.
fn client(server: &Server, source: &'static TokenSource, grant: impl Into<Grant>) -> Client {
    server.builder().http_client(own_http_client()).token_grant(source, grant.into()).build().unwrap()
}

async fn call(client: &Client) -> Call<RawResponse> {
    Request::new(client, protected(Method::GET)).send_raw().await
}

/// The bodies of the requests for tokens.
fn asked(server: &Server) -> Vec<String> {
    server.seen().into_iter().filter(is_token_request).map(|seen| seen.body).collect()
}

/// The `Authorization` headers of all other requests.
fn used(server: &Server) -> Vec<String> {
    let others = server.seen().into_iter().filter(|seen| !is_token_request(seen));
    others.map(|seen| seen.header("authorization").unwrap_or("none").to_owned()).collect()
}

impl Server {
    /// The only request for a token that there was.
    fn only_token_request(&self) -> Seen {
        let requests: Vec<Seen> = self.seen().into_iter().filter(is_token_request).collect();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().unwrap()
    }
}
