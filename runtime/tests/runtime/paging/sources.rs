//! Other ways to the next page: cursors, the last item, and counting.

use clientsmith_runtime::runtime::paging::{Next, PageStyle, Paging};
use clientsmith_runtime::runtime::{Json, RawResponse};
use serde_json::json;

use super::{CURSOR, Call, PLAIN, check, linked, turns, walk_by};
use crate::server::{Server, answer};

#[tokio::test]
async fn cursors_are_values_and_an_empty_one_is_none() {
    static CURSORS: Paging = Paging { style: CURSOR, next: &[Next::Value("/meta/next~1cursor")], ..PLAIN };
    let page = |item: u64, cursor: Json| json!({ "data": [item], "meta": { "next/cursor": cursor } });
    for end in [json!(""), Json::Null, json!(false)] {
        check(
            vec![page(1, json!("a b&c=")), page(2, json!(7)), page(3, end)],
            &CURSORS,
            &[("limit", "1")],
            &[1, 2, 3],
            &["?limit=1", "?limit=1&after=a%20b%26c%3D", "?limit=1&after=7"],
        )
        .await;
    }
    check(vec![json!({ "data": [1] })], &CURSORS, &[], &[1], &[""]).await;
}

#[tokio::test]
async fn the_first_source_that_is_there_decides() {
    static SEVERAL: Paging = Paging {
        next: &[Next::Value("/next"), Next::Link { pointer: "/links/next", take: Some("page[number]") }],
        ..PLAIN
    };
    let null_first = json!({ "data": [3], "next": null, "links": { "next": "?page[number]=9" } });
    check(
        vec![
            json!({ "data": [1], "next": 5, "links": { "next": "?page[number]=9" } }),
            linked(&[2], "?page[number]=6"),
            null_first,
        ],
        &SEVERAL,
        &[],
        &[1, 2, 3],
        &["", "?page[number]=5", "?page[number]=6"],
    )
    .await;
}

fn item(id: u64) -> Json {
    json!({ "key": { "id": id, "other": { "id": 99 } }, "id": 98 })
}

/// Reads the items of [`item`], in a list or in `data`.
fn ids(answer: RawResponse) -> Call<Vec<u64>> {
    let json: Json = answer.decode()?;
    let list = json.as_array().or_else(|| json["data"].as_array()).cloned().unwrap_or_default();
    Ok(list.iter().filter_map(|item| item["key"]["id"].as_u64()).collect())
}

#[tokio::test]
async fn the_last_item_is_a_cursor_until_a_page_is_empty() {
    static LAST: Paging = Paging { style: CURSOR, items: "", next: &[Next::LastItem("/key/id")], ..PLAIN };
    let server = turns(vec![json!([item(1), item(2)]), json!([item(3)]), json!([])]).await;
    let walked = walk_by(&server, &LAST, &[], ids).await;
    assert_eq!(walked, (vec![1, 2, 3], None, ["", "?after=2", "?after=3"].map(str::to_owned).into()));
}

#[tokio::test]
async fn more_pages_that_are_nowhere_to_be_found_are_an_error() {
    static MORE: Paging =
        Paging { style: CURSOR, next: &[Next::LastItem("/key/id")], more: Some("/has_more"), ..PLAIN };
    let page = |items: &[Json]| json!({ "data": items, "has_more": true });
    let server = turns(vec![page(&[item(1), item(2)]), page(&[])]).await;
    let error = "at has_more: there are more pages, but nothing says which";
    let walked = walk_by(&server, &MORE, &[], ids).await;
    assert_eq!(walked, (vec![1, 2], Some(error.to_owned()), ["", "?after=2"].map(str::to_owned).into()));
}

#[tokio::test]
async fn a_flag_ends_the_walk_and_passes_over_empty_pages() {
    static FLAGGED: Paging =
        Paging { style: CURSOR, next: &[Next::Value("/next")], more: Some("/more"), ..PLAIN };
    check(
        vec![
            json!({ "data": [1], "next": "b", "more": true }),
            json!({ "data": [], "next": "c", "more": true }),
            json!({ "data": [2], "next": "d", "more": false }),
        ],
        &FLAGGED,
        &[],
        &[1, 2],
        &["", "?after=b", "?after=c"],
    )
    .await;
}

#[tokio::test]
async fn numbers_are_counted_from_where_the_caller_starts() {
    let answers = vec![json!({ "data": [1] }), json!({ "data": [2] }), json!({ "data": [] })];
    check(answers.clone(), &PLAIN, &[], &[1, 2], &["", "?page[number]=2", "?page[number]=3"]).await;
    let sent = ["?page[number]=5&x=1", "?page[number]=6&x=1", "?page[number]=7&x=1"];
    check(answers, &PLAIN, &[("page[number]", "5"), ("x", "1")], &[1, 2], &sent).await;
}

#[tokio::test]
async fn numbers_are_counted_up_to_the_number_of_pages() {
    static COUNTED: Paging = Paging { pages: &["/meta/no", "/meta/pages"], total: &["/meta/total"], ..PLAIN };
    let page = |item: u64, meta: Json| json!({ "data": [item], "meta": meta });
    let pages = json!({ "pages": 2, "no": null });
    check(vec![page(1, pages.clone()), page(2, pages)], &COUNTED, &[], &[1, 2], &["", "?page[number]=2"])
        .await;
    let total = json!({ "total": "2" });
    check(vec![page(1, total.clone()), page(2, total)], &COUNTED, &[], &[1, 2], &["", "?page[number]=2"])
        .await;
}

#[tokio::test]
async fn offsets_are_counted_by_the_items_that_came() {
    static OFFSET: Paging = Paging { style: PageStyle::Offset { parameter: "skip", first: 0 }, ..PLAIN };
    static TOTAL: Paging =
        Paging { style: PageStyle::Offset { parameter: "skip", first: 0 }, total: &["/total"], ..PLAIN };
    let size = ("limit", "50");
    check(
        vec![json!({ "data": [1, 2] }), json!({ "data": [3] }), json!({ "data": [] })],
        &OFFSET,
        &[size],
        &[1, 2, 3],
        &["?limit=50", "?limit=50&skip=2", "?limit=50&skip=3"],
    )
    .await;
    let page = |items: &[u64]| json!({ "data": items, "total": 13 });
    check(vec![page(&[1, 2]), page(&[3])], &TOTAL, &[("skip", "10")], &[1, 2, 3], &["?skip=10", "?skip=12"])
        .await;
}

#[tokio::test]
async fn counting_needs_a_list() {
    check(vec![json!({ "other": [] })], &PLAIN, &[], &[], &[""]).await;
    check(vec![json!({ "data": "x" })], &PLAIN, &[], &[], &[""]).await;
    let most = u64::MAX.to_string();
    let sent = format!("?page[number]={most}");
    check(vec![json!({ "data": [1] })], &PLAIN, &[("page[number]", &most)], &[1], &[&sent]).await;
}

#[tokio::test]
async fn places_may_be_within_lists_and_bodies_may_start_with_a_byte_order_mark() {
    static NESTED: Paging =
        Paging { style: CURSOR, items: "/0/data", next: &[Next::Value("/1/next")], ..PLAIN };
    fn nested(response: RawResponse) -> Call<Vec<u64>> {
        let json: Json = response.decode()?;
        Ok(serde_json::from_value(json[0]["data"].clone()).unwrap_or_default())
    }
    let server = Server::start(|seen| match seen.line.as_str() {
        "GET /v1/things" => answer(200, &[], "\u{FEFF}[{\"data\":[1]},{\"next\":\"n\"}]"),
        _ => answer(200, &[], "[{\"data\":[2]},{\"next\":null}]"),
    })
    .await;
    let walked = walk_by(&server, &NESTED, &[], nested).await;
    assert_eq!(walked, (vec![1, 2], None, ["", "?after=n"].map(str::to_owned).into()));
}
