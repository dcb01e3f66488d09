//! Calls that follow on answers.

use modules::links_an_answer_leads_to_the_next_call::Client;

use crate::support::server;

#[tokio::test]
async fn a_link_makes_the_call_that_follows() {
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let users = client.users();
    let json = [("content-type", "application/json"), ("x-request", "r 1")];
    server.on(users.create()).respond_raw(201, &json, r#"{"id": 7, "orders": [{"id": "o/1"}]}"#);
    server.on(users.get(7).limit(10)).times(1).respond_raw(200, &json[..1], r#"{"id": 7}"#);
    server.on(users.get(7).x_after("r 1")).times(1).respond_raw(200, &json[..1], r#"{"id": 8}"#);
    server.on(client.orders().order("o/1").of("7")).times(1).respond_raw(204, &[], "");
    let created = users.create().send().await.unwrap();
    let (meta, user) = created.into_parts();
    assert_eq!(users.create_then_repeat(&user).await.unwrap().id, 7);
    assert_eq!(users.create_then_self(&user, &meta).unwrap().await.unwrap().id, 8);
    users.create_then_first_order(&user).unwrap().await.unwrap();
    server.verify().unwrap();
}

#[tokio::test]
async fn what_an_answer_lacks_is_no_call() {
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let users = client.users();
    server.on(users.create()).respond_raw(
        201,
        &[("content-type", "application/json")],
        r#"{"id": 7, "orders": []}"#,
    );
    let (meta, user) = users.create().send().await.unwrap().into_parts();
    assert!(users.create_then_first_order(&user).is_none());
    assert!(users.create_then_self(&user, &meta).is_none());
}

#[tokio::test]
async fn what_was_read_is_sent() {
    use modules::links_what_is_read_can_be_sent::{Client, types::Text};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let drafts = client.drafts();
    let draft = r#"{"text": {"words": ["a"]}, "notes": ["n"]}"#;
    server.on(drafts.get("1")).respond_raw(200, &[("content-type", "application/json")], draft);
    let draft = drafts.get("1").await.unwrap();
    server.on(drafts.publish(&Text::new(vec!["a".to_owned()]))).times(1).respond_raw(204, &[], "");
    server.on(drafts.duplicate().body(&draft)).times(1).respond_raw(204, &[], "");
    server.on(drafts.note("n")).times(1).respond_raw(204, &[], "");
    drafts.get_then_publish(&draft).await.unwrap();
    drafts.get_then_copy(&draft).await.unwrap();
    drafts.get_then_note(&draft).unwrap().await.unwrap();
    server.verify().unwrap();
}

#[tokio::test]
async fn a_link_is_followed_at_its_own_server() {
    use modules::links_a_link_is_followed_at_its_own_server::Client;
    let server = server();
    let host = server.base_url().strip_prefix("http://").unwrap();
    // Nobody answers at the API's own server.
    let client = Client::builder().server_variable("host", host).build().unwrap();
    let id = serde_json::from_str("{\"id\": \"7\"}").unwrap();
    client.jobs().start_then_result(&id).await.unwrap_err();
    assert_eq!(crate::support::paths(&server), ["/results/jobs/7"]);
}

#[tokio::test]
async fn answers_of_any_method_lead_on() {
    use modules::links_answers_of_any_method_lead_on::{Client, types::callbacks};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    client.found().find_then_first("a").await.unwrap_err();
    client.found().copy_then_first("b").await.unwrap_err();
    assert_eq!(crate::support::paths(&server), ["/found/a", "/found/b"]);
    assert_eq!(callbacks::read_later(b"3").unwrap(), 3);
    assert_eq!(callbacks::read_copied(br#""c""#).unwrap(), "c");
}
