//! A stand-in for Kajabi with a site, four tags and some contacts, which remembers what is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kajabi::mock::{self, Received, Response, Server};
use kajabi::{ContactId, ContactTagId};
use serde_json::{Value, json};

/// What is wished for if the command line does not say.
pub(crate) const WISHES: &str = "\
email,tag
ada@example.com,Customer
ada@example.com,Book club
alan@example.com,Newsletter
grace@example.com,
";

const TAGS: [(&str, &str); 4] = [("1", "Newsletter"), ("2", "Trial"), ("3", "Customer"), ("4", "Book club")];

/// Ids and addresses. A search for the first address finds the second contact as well.
const CONTACTS: [(&str, &str); 4] = [
    ("10", "not.ada@example.com"),
    ("11", "Ada@example.com"),
    ("12", "alan@example.com"),
    ("13", "grace@example.com"),
];

/// The ids of each contact's tags.
type State = Arc<Mutex<BTreeMap<String, BTreeSet<String>>>>;

/// Starts the server.
pub(crate) async fn start() -> super::Result<Server> {
    let server = Server::start().await?;
    let kajabi = server.client().build()?;
    let any = ContactId::from(mock::ANY);
    let has = [("11", ["2", "4"].as_slice()), ("12", &["1"]), ("13", &["1"])];
    let has = has.map(|(id, tags)| (id.to_owned(), tags.iter().map(ToString::to_string).collect()));
    let state: State = Arc::new(Mutex::new(has.into()));

    server
        .on(kajabi.sites().list())
        .respond_json(200, json!({ "data": [{ "type": "sites", "id": "1", "attributes": {} }] }));
    let named = |(id, name): (&str, &str)| json!({ "type": "contact_tags", "id": id, "attributes": { "name": name } });
    server.on(kajabi.contact_tags().list()).respond_json(200, json!({ "data": TAGS.map(named) }));
    server.on(kajabi.contacts().list()).respond_with(found);

    let before = Arc::clone(&state);
    server.on(kajabi.contacts().list_tags(&any)).respond_with(move |request| linkage(&before, request));
    // An expected list has as many items as the one that comes.
    for count in 1..=TAGS.len() {
        let tags = || vec![ContactTagId::from(mock::ANY); count];
        let before = Arc::clone(&state);
        server.on(kajabi.contacts().add_tags(&any, tags())).respond_with(move |request| {
            lock(&before).entry(contact(request)).or_default().extend(ids(request));
            linkage(&before, request)
        });
        let before = Arc::clone(&state);
        server.on(kajabi.contacts().remove_tags(&any, tags())).respond_with(move |request| {
            let removed = ids(request);
            lock(&before).entry(contact(request)).or_default().retain(|id| !removed.contains(id));
            linkage(&before, request)
        });
    }
    // The first contact to get one tag meets a server that is busy, and the call is made again.
    let one = [ContactTagId::from(mock::ANY)];
    server.on(kajabi.contacts().add_tags(&any, one)).times(1).respond_json(503, json!({}));
    Ok(server)
}

/// As Kajabi's search, finds parts of addresses.
fn found(request: &Received) -> Response {
    let sought = request.query_value("filter[search]").unwrap_or_default().to_lowercase();
    let found = CONTACTS.iter().filter(|(_, email)| email.to_lowercase().contains(&sought));
    let data = found
        .map(|(id, email)| json!({ "type": "contacts", "id": id, "attributes": { "email": email } }))
        .collect::<Vec<_>>();
    Response::json(200, json!({ "data": data }))
}

fn linkage(state: &State, request: &Received) -> Response {
    let state = lock(state);
    let ids = state.get(&contact(request)).into_iter().flatten();
    let data: Vec<Value> = ids.map(|id| json!({ "type": "contact_tags", "id": id })).collect();
    Response::json(200, json!({ "data": data }))
}

/// The id in `/v1/contacts/{id}/relationships/tags`.
fn contact(request: &Received) -> String {
    request.segments().into_iter().nth(2).unwrap_or_default()
}

/// The ids in the body.
fn ids(request: &Received) -> Vec<String> {
    let body = request.json().unwrap_or_default();
    let identifiers = body["data"].as_array().into_iter().flatten();
    identifiers.filter_map(|identifier| identifier["id"].as_str()).map(str::to_owned).collect()
}

fn lock(state: &State) -> MutexGuard<'_, BTreeMap<String, BTreeSet<String>>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
