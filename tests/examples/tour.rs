//! `tour`: the program as it stands, with another address of the service.

use std::env;
use std::process::Command;
use std::sync::{Arc, Mutex};

use kajabi::contacts::CreateError;
use kajabi::mock::{self, Received, Response, Server};
use kajabi::{Client, ContactId, ContactTagId, HookEvent, OfferId, SiteId};
use serde_json::{Value, json};

use super::program::Ended;

const ADDRESS: &str = "TOUR_BASE_URL";

/// The client, but that it calls the server that the environment names.
mod api {
    pub(crate) use ::kajabi::*;

    pub(crate) struct Client;

    impl Client {
        pub(crate) fn builder() -> ::kajabi::ClientBuilder {
            ::kajabi::Client::builder().base_url(std::env::var(super::ADDRESS).unwrap())
        }
    }
}

mod program {
    use super::api as kajabi;

    include!("../../generated-client/examples/tour.rs");

    pub(super) fn run() -> Result<(), Box<dyn std::error::Error>> {
        main()
    }
}

/// Not a test but what the tests run in a process of its own, because the tour reads its credentials from the environment.
#[test]
fn program() {
    if env::var_os(ADDRESS).is_some() {
        program::run().unwrap();
    }
}

/// The tour against `server`, and its own lines of what the process printed.
fn tour(server: &Server) -> Ended {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "tour::program", "--nocapture", "--quiet"]).env(ADDRESS, server.base_url());
    let mut ended = Ended::of(&mut command, Some(("the id", "the secret")));
    let after = ended.out.split_once("running 1 test\n");
    if let Some((lines, _)) = after.and_then(|(_, after)| after.rsplit_once(".\n")) {
        ended.out = lines.to_owned();
    }
    ended
}

/// A server that does all that the tour asks for, and remembers the contact that it makes.
fn server() -> Server {
    let server = Server::start_blocking().unwrap();
    let kajabi = server.client().build().unwrap();
    let (site, ada) = (SiteId::from("1"), ContactId::from("77"));
    let contact: Arc<Mutex<Value>> = Arc::default();

    server
        .on(kajabi.sites().list())
        .respond_json(200, json!({ "data": [{ "type": "sites", "id": "1", "attributes": {} }] }));
    server.on(kajabi.contacts().list().page_size(100)).respond_with(page);
    let made = Arc::clone(&contact);
    server.on(kajabi.contacts().create(&site)).respond_with(move |request| {
        let mut made = made.lock().unwrap();
        *made = request.json().unwrap()["data"].take();
        made["id"] = json!("77");
        Response::json(201, json!({ "data": *made }))
    });
    server.on(kajabi.contacts().update(&ada)).respond_with(move |request| {
        let mut contact = contact.lock().unwrap();
        let changes = request.json().unwrap()["data"]["attributes"].take();
        for (name, value) in changes.as_object().unwrap() {
            contact["attributes"][name] = value.clone();
        }
        Response::json(200, json!({ "data": *contact }))
    });
    server
        .on(kajabi.contacts().add_tags(&ada, [ContactTagId::from(mock::ANY)]))
        .respond_with(|request| Response::json(200, request.json().unwrap()));
    server.on(kajabi.contacts().grant_offers(&ada, [OfferId::from(mock::ANY)])).respond_json(
        200,
        json!({ "data": [{ "type": "offers", "id": "122" }, { "type": "offers", "id": "123" }] }),
    );
    server.on(kajabi.webhooks().create(&site, HookEvent::TagAdded, mock::ANY)).respond_with(|request| {
        let mut hook = request.json().unwrap();
        hook["data"]["id"] = json!("9");
        Response::json(201, hook)
    });
    server
}

/// Two contacts on the first page of the list and one on the second. The link leads to another host, as Kajabi's do.
fn page(request: &Received) -> Response {
    let contact =
        |id: &str, attributes: Value| json!({ "type": "contacts", "id": id, "attributes": attributes });
    Response::json(
        200,
        match request.query_value("page[number]") {
            None => json!({
                "data": [contact("5", json!({ "email": "e@example.com" })), contact("4", json!({ "name": "D" }))],
                "links": { "next": "https://app.kajabi.com/api/v1/contacts?page[number]=2&page[size]=100" },
            }),
            Some(_) => {
                json!({ "data": [contact("3", json!({ "email": "c@example.com" }))], "links": { "next": null } })
            }
        },
    )
}

/// `POST /v1/contacts?name=value`, with the query in the order in which it came.
fn line(request: &Received) -> String {
    let pairs: Vec<String> = request.query().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let separator = if pairs.is_empty() { "" } else { "?" };
    format!("{} {}{separator}{}", request.method(), request.path(), pairs.join("&"))
}

fn body(request: &Received) -> Value {
    if request.header("content-type").is_some_and(|kind| kind == "application/x-www-form-urlencoded") {
        return request.form().into_iter().map(|(name, value)| (name, Value::from(value))).collect();
    }
    if request.body().is_empty() { Value::Null } else { request.json().unwrap() }
}

#[test]
fn it_prints_what_it_finds_and_ends_well() {
    let server = server();
    let ended = tour(&server);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(
        ended.out,
        "\
5 e@example.com
4 (not asked for)
3 c@example.com
2 offers
hook 9
tag None
"
    );
    server.verify().unwrap();
}

#[test]
fn it_sends_what_its_calls_say() {
    let server = server();
    tour(&server);
    let requests = server.requests();
    let sent: Vec<(String, Value)> = requests.iter().map(|request| (line(request), body(request))).collect();
    let list = "GET /v1/contacts?filter[site_id]=1&filter[created_in_last]=30&filter[subscribed]=true\
                &fields[contacts]=name,email&sort=-created_at&page[size]=100";
    let tagged = |kind: &str, id: &str| json!({ "type": kind, "id": id });
    let site = json!({ "site": { "data": tagged("sites", "1") } });
    let expected = [
        (
            "POST /v1/oauth/token",
            json!({ "client_id": "the id", "client_secret": "the secret", "grant_type": "client_credentials" }),
        ),
        ("GET /v1/sites", Value::Null),
        (list, Value::Null),
        (&format!("{list}&page[number]=2"), Value::Null),
        (
            "POST /v1/contacts",
            json!({ "data": {
                "type": "contacts",
                "attributes": {
                    "name": "Ada Lovelace", "email": "ada@example.com", "custom_7": "Analytical Engine",
                },
                "relationships": site,
            } }),
        ),
        ("POST /v1/contacts/77/relationships/tags", json!({ "data": [tagged("contact_tags", "456")] })),
        (
            "POST /v1/contacts/77/relationships/offers",
            json!({ "data": [tagged("offers", "123")], "meta": { "send_customer_welcome_email": false } }),
        ),
        (
            "PATCH /v1/contacts/77",
            json!({ "data": {
                "type": "contacts", "id": "77", "attributes": { "custom_7": null, "phone_number": "12134567890" },
            } }),
        ),
        (
            "POST /v1/hooks",
            json!({ "data": {
                "type": "hooks",
                "attributes": {
                    "event": "tag_added", "target_url": "https://example.com/hook", "resource_id": "456",
                },
                "relationships": site,
            } }),
        ),
    ];
    assert_eq!(sent, expected.map(|(line, body)| (line.to_owned(), body)));
}

#[test]
fn it_asks_for_one_token_and_shows_it_with_every_call() {
    let server = server();
    tour(&server);
    let shown: Vec<Option<String>> =
        server.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect();
    assert_eq!(shown[0], None);
    assert!(shown[1..].iter().all(|token| token.is_some() && *token == shown[1]), "{shown:?}");
}

#[test]
fn it_prints_why_a_contact_is_not_created() {
    let server = server();
    let kajabi: Client = server.client().build().unwrap();
    let problem = serde_json::from_value(json!({ "errors": [
        { "source": { "pointer": "/data/attributes/email" }, "detail": "has already been taken" },
        { "title": "no detail" },
    ] }));
    server
        .on(kajabi.contacts().create(&SiteId::from("1")))
        .fail(CreateError::UnprocessableEntity(problem.unwrap()));
    let ended = tour(&server);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(ended.err, "/data/attributes/email: has already been taken\n/data: invalid\n");
    assert_eq!(server.requests().len(), 5);
}
