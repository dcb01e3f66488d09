//! Builders as emitted code has them, for the tests of the stand-in server.

use std::fmt;

use clientsmith_runtime::runtime::mock::Server;
use clientsmith_runtime::runtime::{
    Answered, ApiError, Call, Client, ClientBuilder, Error, Json, Operation, RawResponse, Request,
};

use crate::server::DEFAULTS;

const PLAIN: Operation = Operation {
    name: "contacts.list",
    method: "GET",
    path: "/v1/contacts",
    accept: "application/json",
    security: &[],
    servers: &[],
    success: 200,
    repeatable: None,
};
static LIST: Operation = PLAIN;
static GET: Operation = Operation { name: "contacts.get", path: "/v1/contacts/{id}", ..PLAIN };
static CREATE: Operation = Operation { name: "contacts.create", method: "POST", success: 201, ..PLAIN };
static DELETE: Operation =
    Operation { name: "contacts.delete", method: "DELETE", accept: "", success: 204, ..PLAIN };
static EXPORT: Operation =
    Operation { name: "contacts.export", path: "/v1/export", accept: "text/csv", ..PLAIN };
static SEARCH: Operation =
    Operation { name: "contacts.search", path: "/v1/search", security: &[&["Query"]], ..PLAIN };

/// A declared error with status 422.
#[derive(Debug, PartialEq)]
pub(crate) struct Invalid(pub(crate) Json);

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "422: {}", self.0)
    }
}

impl std::error::Error for Invalid {}

impl ApiError for Invalid {
    fn answer(&self) -> (u16, Vec<u8>) {
        (422, self.0.to_string().into_bytes())
    }
}

type Decoded<T> = Result<T, Error<Invalid>>;

/// A builder of one operation.
#[must_use]
pub(crate) struct Made<'a, T = Json> {
    request: Request<'a>,
    decode: fn(RawResponse) -> Decoded<T>,
}

impl<'a, T: 'a> Call<'a> for Made<'a, T> {
    type Output = T;
    type Error = Invalid;

    fn request_mut(&mut self) -> &mut Request<'a> {
        &mut self.request
    }

    fn into_request(self) -> Request<'a> {
        self.request
    }

    fn send(self) -> Answered<'a, T, Invalid> {
        self.request.send_with_meta(self.decode)
    }
}

impl<'a, T: 'a> Made<'a, T> {
    pub(crate) fn with(mut self, fill: impl FnOnce(&mut Request<'a>)) -> Self {
        fill(&mut self.request);
        self
    }

    pub(crate) fn query(self, name: &str, value: &str) -> Self {
        self.with(|request| request.query(name, value))
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        self.with(|request| request.header(name, value))
    }

    pub(crate) fn json(self, body: &Json) -> Self {
        self.with(|request| request.json("application/json", body))
    }

    pub(crate) async fn send(self) -> Decoded<T> {
        self.request.send(self.decode).await
    }

    /// The text with which the server answers a call that it does not expect.
    pub(crate) async fn refusal(self) -> String {
        let answer = self.request.send_raw().await.unwrap();
        assert_eq!(answer.status(), 501, "{}", answer.text());
        answer.text().into_owned()
    }
}

fn read_json(response: RawResponse) -> Decoded<Json> {
    match response.status().as_u16() {
        200..=299 => response.decode(),
        422 => response.api_error(Invalid),
        _ => response.unexpected(),
    }
}

pub(crate) fn list(client: &Client) -> Made<'_> {
    Made { request: Request::new(client, &LIST), decode: read_json }
}

pub(crate) fn get<'a>(client: &'a Client, id: &str) -> Made<'a> {
    let request = Request::new(client, &GET);
    Made { request, decode: read_json }.with(|request| request.path("id", id))
}

pub(crate) fn create(client: &Client) -> Made<'_> {
    Made { request: Request::new(client, &CREATE), decode: read_json }
}

pub(crate) fn delete(client: &Client) -> Made<'_, ()> {
    Made { request: Request::new(client, &DELETE), decode: RawResponse::empty }
}

pub(crate) fn export(client: &Client) -> Made<'_, String> {
    Made { request: Request::new(client, &EXPORT), decode: RawResponse::text_body }
}

/// Takes an API key in the query.
pub(crate) fn search(client: &Client) -> Made<'_> {
    Made { request: Request::new(client, &SEARCH), decode: read_json }
}

pub(crate) fn builder(mock: &Server) -> ClientBuilder {
    ClientBuilder::new(DEFAULTS).base_url(mock.base_url())
}

pub(crate) async fn start() -> (Server, Client) {
    let mock = Server::start().await.unwrap();
    let client = builder(&mock).build().unwrap();
    (mock, client)
}
