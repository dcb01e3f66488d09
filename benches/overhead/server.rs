//! The server that both sides call: the same answers, whoever asks.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

use super::Outcome;

pub(super) const GIGABYTE: u64 = 1 << 30;
pub(super) const PIECE: usize = 64 * 1024;

type Answer = Response<BoxBody<Bytes, Infallible>>;

/// What is answered, made once.
#[derive(Clone)]
struct Answers {
    page: Bytes,
    one: Bytes,
}

/// Says its address, and serves until it is ended.
pub(super) async fn serve() -> Outcome {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let one = json!({"data": contact(1)}).to_string().into();
    let answers = Answers { page: page().to_string().into(), one };
    loop {
        let (stream, _) = listener.accept().await?;
        let answers = answers.clone();
        let service = service_fn(move |request| answer(request, answers.clone()));
        let connection = hyper::server::conn::http1::Builder::new();
        tokio::spawn(async move { connection.serve_connection(TokioIo::new(stream), service).await.is_ok() });
    }
}

async fn answer(request: Request<Incoming>, answers: Answers) -> Result<Answer, hyper::Error> {
    let body = match (request.method(), request.uri().path()) {
        (&Method::PUT, "/big") => BodyExt::boxed(Full::from(length(request.into_body()).await?.to_string())),
        (&Method::GET, "/big") => {
            let zeros = Bytes::from_static(&[0; PIECE]);
            let pieces = (0..GIGABYTE / PIECE as u64).map(move |_| Ok(Frame::data(zeros.clone())));
            BodyExt::boxed(StreamBody::new(stream::iter(pieces)))
        }
        (&Method::GET, "/v1/contacts") => BodyExt::boxed(Full::from(answers.page)),
        _ => {
            length(request.into_body()).await?;
            BodyExt::boxed(Full::from(answers.one))
        }
    };
    let mut answer = Response::new(body);
    answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/vnd.api+json"));
    Ok(answer)
}

async fn length(mut body: Incoming) -> Result<usize, hyper::Error> {
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        length += frame?.data_ref().map_or(0, Bytes::len);
    }
    Ok(length)
}

fn page() -> Value {
    let links = |page: usize| format!("https://api.kajabi.com/v1/contacts?page%5Bnumber%5D={page}");
    json!({
        "data": (0..25).map(contact).collect::<Vec<_>>(),
        "links": {"self": links(1), "first": links(1), "last": links(9)},
        "meta": {"total_count": 225},
    })
}

fn contact(id: usize) -> Value {
    let text = |name: &str| format!("{name} of the contact {id}");
    let identifier = |kind: &str| json!({"id": id.to_string(), "type": kind});
    json!({
        "id": id.to_string(),
        "type": "contacts",
        "attributes": {
            "name": text("name"), "email": format!("contact.{id}@example.com"), "phone_number": "+1 555 0100",
            "business_number": null, "subscribed": id.is_multiple_of(2), "address_line_1": text("first line"),
            "address_line_2": null, "address_city": text("city"), "address_state": "CA",
            "address_country": "US", "external_user_id": text("external id"), "address_zip": "90210",
            "created_at": "2024-01-15T10:30:00Z", "updated_at": "2024-02-15T10:30:00.123Z",
        },
        "relationships": {
            "tags": {"data": [identifier("contact_tags"), identifier("contact_tags")]},
            "offers": {"data": [identifier("offers")]},
            "customer": {"data": identifier("customers")},
            "site": {"data": identifier("sites")},
        },
        "links": {"self": format!("https://api.kajabi.com/v1/contacts/{id}")},
    })
}
