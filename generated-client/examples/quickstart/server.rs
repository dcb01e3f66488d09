//! A server on the loopback interface that answers as the API's description says, from three contacts in memory.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;

const TOKEN: &str = "a-token-for-the-quickstart";

type Contacts = Arc<Mutex<Vec<Value>>>;

/// Starts the server and gives its address; it runs until the process ends.
pub async fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let contacts = Arc::new(Mutex::new(vec![
        contact(
            "101",
            &json!({"name": "Ada Lovelace", "email": "ada@example.com", "address_city": "London"}),
        ),
        contact(
            "102",
            &json!({"name": "Charles Babbage", "email": "charles@example.com", "phone_number": "555-0199"}),
        ),
        contact(
            "103",
            &json!({"name": "Mary Somerville", "email": "mary@example.com", "custom_7": "Astronomy"}),
        ),
    ]));
    tokio::spawn(accept(listener, contacts));
    Ok(url)
}

async fn accept(listener: TcpListener, contacts: Contacts) {
    while let Ok((stream, _)) = listener.accept().await {
        let contacts = Arc::clone(&contacts);
        let service = service_fn(move |request| answer(request, Arc::clone(&contacts)));
        let connection =
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("the server of the example: {error}");
            }
        });
    }
}

async fn answer(request: Request<Incoming>, contacts: Contacts) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    let known =
        head.headers.get("authorization").is_some_and(|value| value == format!("Bearer {TOKEN}").as_str());
    let mut contacts = contacts.lock().unwrap_or_else(PoisonError::into_inner);
    let path: Vec<&str> = head.uri.path().trim_start_matches('/').split('/').collect();
    show(&head, &body);
    let (status, body) = match (&head.method, &path[..]) {
        (&Method::POST, ["v1", "oauth", "token"]) => token(&body),
        _ if !known => refusal(StatusCode::UNAUTHORIZED, "/", "the token is missing"),
        (&Method::GET, ["v1", "sites"]) => {
            let site = json!({"id": "7", "type": "sites", "attributes": {"title": "Analytical Engines"}});
            (StatusCode::OK, json!({"data": [site]}))
        }
        (&Method::GET, ["v1", "contacts"]) => (StatusCode::OK, page(&contacts, &head.uri)),
        (&Method::POST, ["v1", "contacts"]) => create(&mut contacts, &body),
        (&Method::PATCH, ["v1", "contacts", id]) => update(&mut contacts, id, &body),
        _ => refusal(StatusCode::NOT_FOUND, "/", "there is no such resource"),
    };
    let mut response = Response::new(Full::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/vnd.api+json"));
    Ok(response)
}

/// Prints a request as it came, but for a form, which holds a secret.
fn show(head: &Parts, body: &[u8]) {
    let is_form =
        head.headers.get(CONTENT_TYPE).is_some_and(|value| value == "application/x-www-form-urlencoded");
    let body = if is_form { "…".into() } else { String::from_utf8_lossy(body) };
    println!("{}", format!("  > {} {} {body}", head.method, head.uri).trim_end());
}

fn token(form: &[u8]) -> (StatusCode, Value) {
    let form = String::from_utf8_lossy(form);
    if !form.split('&').any(|pair| pair == "grant_type=client_credentials") {
        return (StatusCode::BAD_REQUEST, json!({"error": "unsupported_grant_type"}));
    }
    (StatusCode::OK, json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 7200}))
}

/// The page of the contacts that the query asks for, with the link to the one after it.
fn page(contacts: &[Value], uri: &Uri) -> Value {
    let asked = |name: &str| {
        let pairs = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse::<usize>().ok());
        found.filter(|number| *number > 0)
    };
    let (number, size) = (asked("page%5Bnumber%5D").unwrap_or(1), asked("page%5Bsize%5D").unwrap_or(10));
    let data: Vec<&Value> = contacts.iter().skip((number - 1) * size).take(size).collect();
    let next = number + 1;
    let next = (number * size < contacts.len())
        .then(|| format!("https://api.kajabi.com/v1/contacts?page[number]={next}&page[size]={size}"));
    json!({"data": data, "links": {"next": next}, "meta": {"total_count": contacts.len()}})
}

fn create(contacts: &mut Vec<Value>, body: &[u8]) -> (StatusCode, Value) {
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let attributes = &sent["data"]["attributes"];
    if contacts.iter().any(|contact| contact["attributes"]["email"] == attributes["email"]) {
        let at = "/data/attributes/email";
        return refusal(StatusCode::UNPROCESSABLE_ENTITY, at, "has already been taken");
    }
    let created = contact(&(contacts.len() + 101).to_string(), attributes);
    contacts.push(created.clone());
    (StatusCode::CREATED, json!({"data": created}))
}

fn update(contacts: &mut [Value], id: &str, body: &[u8]) -> (StatusCode, Value) {
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(contact) = contacts.iter_mut().find(|contact| contact["id"] == id) else {
        return refusal(StatusCode::NOT_FOUND, "/data/id", "there is no such contact");
    };
    for (name, value) in sent["data"]["attributes"].as_object().into_iter().flatten() {
        contact["attributes"][name] = value.clone();
    }
    (StatusCode::OK, json!({"data": contact}))
}

fn contact(id: &str, attributes: &Value) -> Value {
    json!({"id": id, "type": "contacts", "attributes": attributes})
}

fn refusal(status: StatusCode, pointer: &str, detail: &str) -> (StatusCode, Value) {
    let error = json!({"status": status.as_str(), "source": {"pointer": pointer}, "detail": detail});
    (status, json!({"errors": [error]}))
}
