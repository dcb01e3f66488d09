//! Which requests match an expectation.

use clientsmith_runtime::runtime::mock::ANY;
use clientsmith_runtime::runtime::{Client, Credential, Json};
use serde_json::json;

use crate::mock_calls::{Made, builder, create, delete, get, list, search, start};

/// Whether `exactly` is asked for.
const LOOSE: bool = false;
const EXACT: bool = true;

type Write = fn(&Client) -> Made<'_>;

async fn outcome(exact: bool, expected: Write, made: Write) -> Result<Json, String> {
    let (mock, client) = start().await;
    let expectation = mock.on(expected(&client));
    let expectation = if exact { expectation.exactly() } else { expectation };
    expectation.respond(json!("met"));
    made(&client).send().await.map_err(|error| {
        let body = error.body().cloned().unwrap_or_default();
        String::from_utf8_lossy(&body).into_owned()
    })
}

async fn check_match(expected: Write, made: Write) {
    assert_eq!(outcome(LOOSE, expected, made).await, Ok(json!("met")));
}

async fn check_mismatch(exact: bool, expected: Write, made: Write, reason: &str) {
    let text = outcome(exact, expected, made).await.unwrap_err();
    let found = text.lines().next().and_then(|line| line.split_once(", but ")).map(|parts| parts.1);
    assert_eq!(found, Some(reason), "{text}");
}

#[tokio::test]
async fn the_same_call_matches() {
    check_match(list, list).await;
    check_match(|c| get(c, "a/b %ü"), |c| get(c, "a/b %ü")).await;
}

#[tokio::test]
async fn methods_and_paths_are_equal() {
    check_mismatch(LOOSE, create, list, "the method is GET, not POST").await;
    check_mismatch(
        LOOSE,
        |c| get(c, "1"),
        |c| get(c, "2"),
        "the path is `/v1/contacts/2`, not `/v1/contacts/1`",
    )
    .await;
    check_mismatch(
        LOOSE,
        |c| get(c, ANY),
        list,
        "the path is `/v1/contacts`, not `/v1/contacts/%3C%3Cany%3E%3E`",
    )
    .await;
}

#[tokio::test]
async fn any_is_one_segment_whatever_it_holds() {
    check_match(|c| get(c, ANY), |c| get(c, "a/b")).await;
}

#[tokio::test]
async fn paths_are_below_that_of_the_clients_base_url() {
    let (mock, _) = start().await;
    let client = builder(&mock).base_url(format!("{}/api/", mock.base_url())).build().unwrap();
    mock.on(list(&client)).respond(json!(1));
    assert_eq!(list(&client).send().await.unwrap(), json!(1));
    assert_eq!(mock.requests()[0].path(), "/api/v1/contacts");
}

#[tokio::test]
async fn all_pairs_of_the_query_are_needed_and_others_ignored() {
    let expected: Write = |c| list(c).query("filter[a b]", "x&y").query("page", "2");
    check_match(expected, |c| list(c).query("page", "2").query("z", "").query("filter[a b]", "x&y")).await;
    check_mismatch(
        LOOSE,
        expected,
        |c| list(c).query("page", "3"),
        "query lacks `filter[a b]`, expected to be \"x&y\"; query `page` is \"3\", not \"2\"",
    )
    .await;
}

#[tokio::test]
async fn pairs_of_the_same_name_keep_their_order() {
    let expected: Write = |c| list(c).query("id", "1").query("id", "3");
    check_match(expected, |c| list(c).query("id", "1").query("id", "2").query("id", "3")).await;
    check_mismatch(
        LOOSE,
        expected,
        |c| list(c).query("id", "3").query("id", "1"),
        "query `id` is [\"3\", \"1\"], not [\"1\", \"3\"]",
    )
    .await;
}

#[tokio::test]
async fn any_is_every_value_of_a_query_parameter_that_is_there() {
    check_match(|c| list(c).query("q", ANY), |c| list(c).query("q", "")).await;
    check_mismatch(LOOSE, |c| list(c).query("q", ANY), list, "query lacks `q`, expected to be anything")
        .await;
}

#[tokio::test]
async fn exact_queries_have_nothing_else() {
    check_mismatch(
        EXACT,
        |c| list(c).query("a", "1"),
        |c| list(c).query("a", "1").query("b", "2"),
        "query has `b`, which is not expected",
    )
    .await;
    check_mismatch(
        EXACT,
        |c| list(c).query("a", "1"),
        |c| list(c).query("a", "1").query("a", "1"),
        "query `a` is [\"1\", \"1\"], not \"1\"",
    )
    .await;
}

#[tokio::test]
async fn headers_of_the_call_are_needed() {
    check_match(|c| list(c).header("x-one", "1"), |c| list(c).header("X-One", "1").header("x-two", "2"))
        .await;
    check_match(|c| list(c).header("x-one", ANY), |c| list(c).header("x-one", "7")).await;
    check_mismatch(
        LOOSE,
        |c| list(c).header("x-one", "1").header("x-two", ANY),
        |c| list(c).header("x-one", "2"),
        "header `x-one` is \"2\", not \"1\"; header `x-two` is missing",
    )
    .await;
}

#[tokio::test]
async fn the_operations_own_accept_header_is_no_matter() {
    check_match(list, |c| list(c).header("accept", "text/html")).await;
    check_mismatch(
        LOOSE,
        |c| list(c).header("accept", "text/html"),
        list,
        "header `accept` is \"application/json\", not \"text/html\"",
    )
    .await;
}

#[tokio::test]
async fn cookies_of_the_call_are_needed() {
    let with = |name, value| move |c| list(c).with(|request| request.cookie(name, value));
    let (mock, client) = start().await;
    mock.on(with("a", "1;2")(&client)).respond(json!("met"));
    let made = with("b", "3")(&client).with(|request| request.cookie("a", "1;2"));
    assert_eq!(made.send().await.unwrap(), json!("met"));
    let text = with("a", "2")(&client).refusal().await;
    assert!(text.contains("cookie `a` is \"2\", not \"1;2\""), "{text}");
}

#[tokio::test]
async fn json_bodies_hold_what_is_expected() {
    let expected: Write = |c| create(c).json(&json!({ "a": { "b": [1, { "c": ANY }] } }));
    check_match(expected, |c| {
        create(c).json(&json!({ "z": 0, "a": { "b": [1.0, { "c": null, "d": 2 }], "y": 0 } }))
    })
    .await;
    let different = [
        (json!({ "a": { "b": [2, { "c": 1 }] } }), "body at `/a/b/0` is 2, not 1"),
        (json!({ "a": { "b": [1] } }), "body at `/a/b` is [1], not [1,{\"c\":\"<<any>>\"}]"),
        (json!({ "a": { "b": [1, {}] } }), "body lacks `/a/b/1/c`, expected to be anything"),
        (json!([]), "body is [], not {\"a\":{\"b\":[1,{\"c\":\"<<any>>\"}]}}"),
    ];
    for (body, reason) in different {
        let (mock, client) = start().await;
        mock.on(expected(&client)).respond(json!(null));
        let text = create(&client).json(&body).refusal().await;
        assert!(text.contains(&format!(", but {reason}\n")), "{text}");
    }
}

#[tokio::test]
async fn exact_json_bodies_have_no_other_members() {
    check_mismatch(
        EXACT,
        |c| create(c).json(&json!({ "a": { "b": 1 } })),
        |c| create(c).json(&json!({ "a": { "b": 1, "c/d": 2 } })),
        "body has `/a/c/d`, which is not expected",
    )
    .await;
}

#[tokio::test]
async fn a_call_without_a_body_matches_any_unless_exactly() {
    check_match(create, |c| create(c).json(&json!(1))).await;
    check_mismatch(EXACT, create, |c| create(c).json(&json!(1)), "a body came, and none is expected").await;
}

#[tokio::test]
async fn bodies_that_are_not_json_are_told() {
    let text = outcome(
        LOOSE,
        |c| create(c).json(&json!({})),
        |c| create(c).with(|request| request.body("application/json", "{")),
    )
    .await;
    assert!(text.unwrap_err().contains("the body is not JSON: EOF while parsing"));
}

#[tokio::test]
async fn forms_have_all_pairs() {
    let expected: Write = |c| create(c).with(|request| request.form(&json!({ "a": "x y", "b": ANY })));
    check_match(expected, |c| {
        create(c).with(|request| request.form(&json!({ "a": "x y", "b": "&", "c": 1 })))
    })
    .await;
    check_mismatch(
        LOOSE,
        expected,
        |c| create(c).with(|request| request.form(&json!({ "a": "x+y", "b": "" }))),
        "form `a` is \"x+y\", not \"x y\"",
    )
    .await;
}

#[tokio::test]
async fn other_bodies_are_equal() {
    let expected: Write = |c| create(c).with(|request| request.body("text/csv", "a;b"));
    check_match(expected, expected).await;
    check_match(|c| create(c).with(|request| request.body("text/csv", ANY)), expected).await;
    check_mismatch(
        LOOSE,
        expected,
        |c| create(c).with(|request| request.body("text/csv", "a;c")),
        "body is \"a;c\", not \"a;b\"",
    )
    .await;
    check_mismatch(
        LOOSE,
        expected,
        |c| create(c).with(|request| request.body("text/csv", vec![0xFF])),
        "body is 1 bytes, not \"a;b\"",
    )
    .await;
}

#[tokio::test]
async fn credentials_need_not_be_expected_and_are_not_told() {
    let (mock, _) = start().await;
    let client = builder(&mock).credential("Query", Credential::api_key("s3cret")).build().unwrap();
    mock.on(search(&client).query("q", "1")).exactly().respond(json!("met"));
    assert_eq!(search(&client).query("q", "1").send().await.unwrap(), json!("met"));
    let text = search(&client).query("q", "2").refusal().await;
    assert!(text.contains("?q=2&api_key=…") && !text.contains("s3cret"), "{text}");
    let list = list(&client).header("authorization", "Bearer s3cret");
    mock.on(list).respond(json!("met"));
    let text = crate::mock_calls::list(&client).header("authorization", "Bearer other").refusal().await;
    assert!(text.contains("header `authorization` is not the one expected"), "{text}");
    assert!(!text.contains("s3cret") && !format!("{:?}", mock.requests()).contains("s3cret"));
}

#[tokio::test]
async fn the_nearest_expectation_is_named_with_its_place() {
    let (mock, client) = start().await;
    mock.on(delete(&client)).optional().respond(());
    mock.on(list(&client).query("page", "1").query("size", "5")).respond(json!(1));
    let line = line!() + 1;
    mock.on(list(&client).query("page", "2")).respond(json!(2));
    mock.on(get(&client, "1")).respond(json!(3));
    let text = list(&client).query("page", "3").refusal().await;
    let expected = format!(
        "GET /v1/contacts is not expected; nearest is contacts.list ({}:{line}), but query `page` is \"3\", not \"2\"\n  \
         came:     GET /v1/contacts?page=3\n  expected: GET /v1/contacts?page=2",
        file!(),
    );
    assert_eq!(text, expected);
}

#[tokio::test]
async fn without_expectations_there_is_nothing_near() {
    let (_mock, client) = start().await;
    let text = list(&client).refusal().await;
    assert_eq!(text, "GET /v1/contacts is not expected, nor is anything else");
}
