//! A stand-in for Kajabi with made-up contacts of two sites.

use kajabi::mock::{Received, Response, Server};
use serde_json::{Value, json};

const CONTACTS: usize = 250;

/// Starts the server, which answers one request: a page of the list of contacts.
pub(crate) async fn start() -> super::Result<Server> {
    let server = Server::start().await?;
    // Which request is answered is said by making it.
    server.on(server.client().build()?.contacts().list()).respond_with(page);
    Ok(server)
}

fn page(request: &Received) -> Response {
    let parameter = |name: &str| request.query_value(name).and_then(|value| value.parse::<usize>().ok());
    let number = parameter("page[number]").unwrap_or(1).max(1);
    let size = parameter("page[size]").unwrap_or(20).clamp(1, 100);
    let of_site =
        |id: &usize| request.query_value("filter[site_id]").is_none_or(|wanted| wanted == site(*id));
    let ids: Vec<usize> = (1..=CONTACTS).filter(of_site).collect();
    let data: Vec<Value> = ids.iter().skip((number - 1) * size).take(size).map(|id| contact(*id)).collect();
    let pages = ids.len().div_ceil(size);
    let link = format!("https://api.kajabi.com/v1/contacts?page[number]={}&page[size]={size}", number + 1);
    Response::json(
        200,
        json!({
            "data": data,
            "links": { "next": (number < pages).then_some(link) },
            "meta": { "current_page": number, "total_pages": pages, "total_count": ids.len() },
        }),
    )
}

fn site(id: usize) -> &'static str {
    if id.is_multiple_of(5) { "2" } else { "1" }
}

fn contact(id: usize) -> Value {
    let first = ["Ada", "Grace", "Alan", "Katherine", "Edsger"][id % 5];
    let last = ["Lovelace", "Hopper", "Turing", "Johnson", "Dijkstra"][id / 5 % 5];
    let city = ["London", "Arlington", "Manchester"][id % 3];
    json!({
        "type": "contacts",
        "id": id.to_string(),
        "attributes": {
            "name": format!("{last}, {first}"),
            "email": format!("{first}.{id}@example.com").to_lowercase(),
            "phone_number": id.is_multiple_of(3).then(|| format!("555 0{id:03}")),
            "address_city": city,
            "address_country": null,
            "subscribed": !id.is_multiple_of(4),
            "created_at": format!("2026-01-{:02}T{:02}:00:00Z", 1 + id / 24 % 28, id % 24),
        },
        "relationships": { "site": { "data": { "type": "sites", "id": site(id) } } },
    })
}
