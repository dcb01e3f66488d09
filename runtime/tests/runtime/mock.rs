//! The stand-in server: what it answers, in which order, and what it tells afterwards.

use std::time::Duration;

use clientsmith_runtime::runtime::mock::{ANY, Response, Server};
use clientsmith_runtime::runtime::{Error, Json, StatusCode};
use serde_json::json;

use crate::mock_calls::{Invalid, Made, builder, create, delete, export, get, list, start};

async fn got(call: Made<'_>) -> Json {
    call.send().await.unwrap()
}

fn complaints(mock: &Server) -> Vec<String> {
    mock.verify().unwrap_err().complaints().to_vec()
}

#[tokio::test]
async fn calls_give_the_value_that_was_set_with_the_declared_status() {
    let (mock, client) = start().await;
    mock.on(create(&client)).respond(json!({ "id": 1 }));
    let answer = client_answer(create(&client)).await;
    assert_eq!((answer.0, answer.1.as_str()), (201, "application/json"));
    assert_eq!(got(create(&client)).await, json!({ "id": 1 }));
    mock.verify().unwrap();
}

async fn client_answer<T>(call: Made<'_, T>) -> (u16, String, String) {
    use clientsmith_runtime::runtime::Call as _;
    let answer = call.into_request().send_raw().await.unwrap();
    let media_type = answer.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    (answer.status().as_u16(), media_type.unwrap_or_default(), answer.text().into_owned())
}

#[tokio::test]
async fn nothing_is_answered_without_a_body() {
    let (mock, client) = start().await;
    mock.on(delete(&client)).respond(());
    assert_eq!(client_answer(delete(&client)).await, (204, String::new(), String::new()));
    mock.on(delete(&client)).respond_json(204, json!("left out"));
    assert_eq!(client_answer(delete(&client)).await.2, "");
}

#[tokio::test]
async fn text_is_answered_as_it_is() {
    let (mock, client) = start().await;
    mock.on(export(&client)).respond("a;\"b\"".to_owned());
    assert_eq!(client_answer(export(&client)).await, (200, "text/csv".to_owned(), "a;\"b\"".to_owned()));
}

#[tokio::test]
async fn declared_errors_come_back_as_they_were_set() {
    let (mock, client) = start().await;
    mock.on(create(&client)).fail(Invalid(json!({ "name": "taken" })));
    match create(&client).send().await.unwrap_err() {
        Error::Api(error, meta) => {
            assert_eq!(
                (error, meta.status()),
                (Invalid(json!({ "name": "taken" })), StatusCode::UNPROCESSABLE_ENTITY)
            );
        }
        other => unreachable!("{other}"),
    }
}

#[tokio::test]
async fn answers_can_be_of_any_status_and_kind() {
    let (mock, client) = start().await;
    mock.on(create(&client)).times(1).respond_json(409, json!([1]));
    mock.on(create(&client)).times(1).respond_raw(418, &[("x-a", "1"), ("content-type", "a/b")], "tea");
    assert_eq!(client_answer(create(&client)).await, (409, "application/json".to_owned(), "[1]".to_owned()));
    assert_eq!(client_answer(create(&client)).await, (418, "a/b".to_owned(), "tea".to_owned()));
}

#[tokio::test]
async fn answers_can_be_made_from_the_request() {
    let (mock, client) = start().await;
    mock.on(get(&client, ANY)).respond_with(|request| {
        let id = request.segments().pop().unwrap_or_default();
        Response::json(200, json!({ "id": id, "page": request.query_value("page") }))
    });
    assert_eq!(got(get(&client, "a/b").query("page", "2")).await, json!({ "id": "a/b", "page": "2" }));
}

#[tokio::test]
async fn limited_answers_make_a_sequence_and_then_the_unlimited_one_goes() {
    let (mock, client) = start().await;
    mock.on(list(&client)).respond(json!("then"));
    mock.on(list(&client)).times(2).respond(json!("first"));
    mock.on(list(&client)).times(1).respond(json!("second"));
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(got(list(&client)).await);
    }
    assert_eq!(answers, [json!("first"), json!("first"), json!("second"), json!("then"), json!("then")]);
    mock.verify().unwrap();
}

#[tokio::test]
async fn the_latest_unlimited_answer_goes_before_those_set_up_earlier() {
    let (mock, client) = start().await;
    mock.on(get(&client, ANY)).optional().respond(json!("any"));
    mock.on(get(&client, "1")).respond(json!("one"));
    assert_eq!(got(get(&client, "1")).await, json!("one"));
    assert_eq!(got(get(&client, "2")).await, json!("any"));
}

#[tokio::test]
async fn used_up_expectations_answer_no_more() {
    let (mock, client) = start().await;
    mock.on(list(&client)).times(1).respond(json!(1));
    got(list(&client)).await;
    let text = list(&client).refusal().await;
    assert!(text.contains(", but it answers no more than once\n"), "{text}");
    assert_eq!(complaints(&mock), [text]);
}

#[tokio::test]
async fn expectations_that_are_not_met_are_told() {
    let (mock, client) = start().await;
    mock.on(list(&client).query("page", "2")).respond(json!(1));
    mock.on(list(&client)).times(3).respond(json!(1));
    mock.on(get(&client, "1")).optional().respond(json!(1));
    mock.on(get(&client, "2")).times(2).optional().respond(json!(1));
    mock.on(get(&client, "3")).times(0).respond(json!(1));
    got(list(&client)).await;
    let line = line!() - 6;
    let file = file!();
    let expected = format!(
        "the calls were not as expected:\n\
         - contacts.list ({file}:{line}) was not called: GET /v1/contacts?page=2\n\
         - contacts.list ({file}:{}) was called once, not 3 times: GET /v1/contacts",
        line + 1
    );
    let unmet = mock.verify().unwrap_err();
    assert_eq!((unmet.to_string(), format!("{unmet:?}")), (expected.clone(), expected));
}

#[tokio::test]
async fn calls_that_cannot_be_sent_are_told() {
    let (mock, client) = start().await;
    mock.on(get(&client, "..")).respond(json!(1));
    let told = complaints(&mock).join("");
    assert!(
        told.contains("contacts.get (") && told.contains("cannot be called: path parameter \"id\""),
        "{told}"
    );
    let text = list(&client).refusal().await;
    assert!(text.contains("nearest is contacts.get"), "{text}");
}

#[tokio::test]
async fn calls_to_another_server_are_told() {
    let (mock, _) = start().await;
    let other = builder(&mock).base_url("https://api.example.com").build().unwrap();
    mock.on(list(&other)).optional().respond(json!(1));
    let told = complaints(&mock).join("");
    assert!(told.ends_with("the base URL cannot be used: it is not that of this server"), "{told}");
}

#[tokio::test]
async fn answers_that_cannot_be_given_are_told() {
    let (mock, client) = start().await;
    mock.on(create(&client)).times(1).respond_raw(200, &[("x-a", "1\r\n2")], "");
    mock.on(create(&client)).times(1).respond_json(99, json!(1));
    mock.on(create(&client)).times(1).respond_with(|_| Response::new(200).header("content-length", "7"));
    for reason in
        ["header \"x-a\" cannot be sent", "99 is no status of an answer", "header \"content-length\" cannot"]
    {
        let (status, _, text) = client_answer(create(&client)).await;
        assert!(status == 500 && text.contains(" cannot be answered: ") && text.contains(reason), "{text}");
    }
    assert_eq!(complaints(&mock).len(), 3);
}

#[tokio::test]
async fn failed_assertions_in_a_closure_are_told_and_the_server_goes_on() {
    let (mock, client) = start().await;
    mock.on(create(&client)).respond_with(|request| {
        assert_eq!(request.query_value("a"), Some("1"), "a is one");
        Response::text(200, "1")
    });
    let (status, _, text) = client_answer(create(&client)).await;
    assert!(status == 500 && text.contains("its closure panicked: assertion"), "{text}");
    assert!(complaints(&mock)[0].contains("a is one"));
    assert_eq!(got(create(&client).query("a", "1")).await, json!(1));
}

#[tokio::test]
async fn tokens_are_given_out_unless_an_expectation_answers() {
    let (mock, client) = start().await;
    mock.answers_tokens("/v1/contacts", "t0");
    mock.answers_tokens("/v1/contacts", "t1");
    mock.on(create(&client)).times(1).respond(json!("mine"));
    assert_eq!(got(create(&client)).await, json!("mine"));
    let token = json!({ "access_token": "t1", "token_type": "Bearer", "expires_in": 7200 });
    assert_eq!(got(create(&client)).await, token);
    assert!(list(&client).refusal().await.starts_with("GET /v1/contacts is not expected"));
}

#[tokio::test]
async fn requests_are_kept_as_they_came() {
    let (mock, client) = start().await;
    mock.on(create(&client)).respond(json!(null));
    got(create(&client).query("a b", "c+d").header("x-one", "1").json(&json!({ "n": 1 }))).await;
    got(create(&client).with(|request| request.form(&json!({ "a": "x y", "b": [1, 2] })))).await;
    list(&client).refusal().await;
    let requests = mock.requests();
    let [first, second, third] = &requests[..] else { unreachable!("{requests:?}") };
    assert_eq!((first.method().as_str(), first.path()), ("POST", "/v1/contacts"));
    assert_eq!(first.query(), [("a b".to_owned(), "c+d".to_owned())]);
    assert_eq!((first.header("X-One"), first.headers().len() > 1), (Some("1"), true));
    assert_eq!((first.json().unwrap(), &first.body()[..]), (json!({ "n": 1 }), &b"{\"n\":1}"[..]));
    let pairs = [("a", "x y"), ("b", "1"), ("b", "2")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(second.form(), pairs);
    assert_eq!((third.method().as_str(), third.json().is_err()), ("GET", true));
}

#[tokio::test]
async fn closed_connections_are_errors_of_transport_and_the_server_goes_on() {
    let (mock, client) = start().await;
    mock.on(create(&client)).times(1).disconnect();
    mock.on(create(&client)).times(1).respond_with(|_| Response::disconnect());
    mock.on(create(&client)).respond(json!(1));
    for _ in 0..2 {
        let error = create(&client).send().await.unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if !error.is_timeout()), "{error:?}");
    }
    assert_eq!(got(create(&client)).await, json!(1));
}

#[tokio::test]
async fn delayed_answers_run_into_the_clients_timeout_and_hold_up_nobody_else() {
    let (mock, client) = start().await;
    let hasty = builder(&mock).timeout(Duration::from_millis(50)).build().unwrap();
    mock.on(create(&client)).delay(Duration::MAX).respond(json!(1));
    mock.on(list(&client)).delay(Duration::from_millis(1)).respond(json!(2));
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { create(&client).send().await.is_ok() }
    });
    assert!(create(&hasty).send().await.unwrap_err().is_timeout());
    assert_eq!(got(list(&client)).await, json!(2));
    // The pending answer does not keep the server from stopping.
    drop(mock);
    assert!(!waiting.await.unwrap());
}
