//! Lists are walked in every style of pages.

use modules::runtime::mock::Response;
use serde_json::json;

use crate::support::{all, queries, server};

#[tokio::test]
async fn an_offset_goes_on_by_what_a_page_had() {
    use modules::paging_an_offset_counts_items::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.books().list()).respond_with(|request| {
        let skip: usize = request.query_value("skip").unwrap_or("0").parse().unwrap();
        let items: Vec<_> = (skip..5).take(2).map(|id| json!({"id": id.to_string()})).collect();
        Response::json(200, json!({"items": items, "total": 5}))
    });
    let books = all(client.books().list().limit(2).stream()).await;
    let ids: Vec<_> = books.iter().map(|book| book.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["0", "1", "2", "3", "4"]);
    assert_eq!(queries(&server), ["limit=2", "limit=2&skip=2", "limit=2&skip=4"]);
}

#[tokio::test]
async fn a_cursor_is_taken_from_the_body() {
    use modules::paging_a_cursor_is_in_the_body::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.events().list()).respond_with(|request| {
        let body = match request.query_value("after") {
            None => json!({"data": [{"id": 1}], "paging": {"next": "b c", "has_more": true}}),
            Some("b c") => json!({"data": null, "paging": {"next": "d", "has_more": true}}),
            Some(_) => json!({"data": [{"id": 2}], "paging": {"next": "e", "has_more": false}}),
        };
        Response::json(200, body)
    });
    let ids: Vec<_> = all(client.events().list().stream()).await.iter().map(|event| event.id).collect();
    assert_eq!(ids, [Some(1), Some(2)]);
    assert_eq!(queries(&server), ["", "after=b c", "after=d"]);
    assert_eq!(all(client.events().list().after("d").pages()).await.len(), 1);
}

#[tokio::test]
async fn a_link_header_is_followed() {
    use modules::paging_a_link_header_names_the_next_page::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.repos().list()).respond_with(|request| match request.query_value("page") {
        None => Response::json(200, json!([{"name": "a"}, {"name": "b"}]))
            .header("Link", "<https://elsewhere.example/repos?page=2&per_page=2>; rel=\"next\""),
        Some(_) => Response::json(200, json!([{"name": "c"}])),
    });
    let repos = all(client.repos().list().per_page(2).stream()).await;
    let names: Vec<_> = repos.iter().map(|repo| repo.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(queries(&server), ["per_page=2", "page=2&per_page=2"]);
}

#[tokio::test]
async fn the_last_item_says_where_the_next_page_begins() {
    use modules::paging_the_last_item_is_the_cursor::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.charges().list()).respond_with(|request| {
        let more = request.query_value("starting_after").is_none();
        let ids = if more { ["ch_1", "ch_2"] } else { ["ch_3", "ch_4"] };
        Response::json(200, json!({"data": ids.map(|id| json!({"id": id})), "has_more": more}))
    });
    let charges = all(client.charges().list().stream()).await;
    let ids: Vec<_> = charges.iter().map(|charge| charge.id.as_str()).collect();
    assert_eq!(ids, ["ch_1", "ch_2", "ch_3", "ch_4"]);
    assert_eq!(queries(&server), ["", "starting_after=ch_2"]);
}

#[tokio::test]
async fn pages_are_counted_and_may_lack_their_items() {
    use modules::paging_items_may_be_nested_and_missing::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.nodes().list()).respond_with(|request| {
        let body = match request.query_value("page") {
            None => json!({"result": {"found": {"items": ["a", "b"]}, "pages": 2}}),
            Some(_) => json!({"result": {"pages": 2}}),
        };
        Response::json(200, body)
    });
    assert_eq!(all(client.nodes().list().stream()).await, ["a", "b"]);
    assert_eq!(queries(&server), ["", "page=1"]);
}
