//! Writing: forms, JSON, absent and null members, deletion.

use kajabi::types::HookEvent;
use kajabi::{Client, Patch};

use crate::bodies;
use crate::server::{JSON_API, Server, sent};

/// What the update of a contact sends as attributes.
async fn updated(attributes: kajabi::types::ContactsAttributesInput) -> String {
    let body = bodies::contact_update(attributes);
    let seen = sent(async |client| _ = client.contacts().update("1", &body).await.unwrap()).await;
    assert_eq!(seen.line, "PATCH /v1/contacts/1");
    let start = r#"{"data":{"id":"1","type":"contacts","attributes":"#;
    seen.body.strip_prefix(start).unwrap().strip_suffix("}}").unwrap().to_owned()
}

#[tokio::test]
async fn a_form_is_url_encoded_and_leaves_absent_members_out() {
    let seen = sent(async |client| _ = client.authentication().token(&bodies::token()).await.unwrap()).await;
    assert_eq!(seen.line, "POST /v1/oauth/token");
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(seen.header("accept"), Some("application/json"));
    let mut pairs: Vec<&str> = seen.body.split('&').collect();
    pairs.sort_unstable();
    let expected =
        ["client_id=id+%26+co", "client_secret=s%3Dcret%2B%C3%A4", "grant_type=client_credentials"];
    assert_eq!(pairs, expected);
}

#[tokio::test]
async fn an_operation_that_answers_nothing_asks_for_nothing_in_particular() {
    let server = Server::giving(200, "").await;
    server.client().authentication().revoke(&bodies::revoke()).await.unwrap();
    let seen = server.only();
    assert_eq!(seen.line, "POST /v1/oauth/revoke");
    assert_eq!(seen.body, "token=to+ken");
    assert_eq!(seen.header("accept"), Some("*/*"));
}

#[tokio::test]
async fn a_creation_sends_json_with_the_declared_media_type() {
    let body = bodies::contact(bodies::attributes().name("Ada").email("ada@example.com").subscribed(true));
    let seen = sent(async |client| _ = client.contacts().create(&body).await.unwrap()).await;
    assert_eq!(seen.line, "POST /v1/contacts");
    assert_eq!(seen.header("content-type"), Some(JSON_API));
    assert_eq!(seen.header("accept"), Some(JSON_API));
    let expected = concat!(
        r#"{"data":{"type":"contacts","attributes":{"name":"Ada","email":"ada@example.com","subscribed":true},"#,
        r#""relationships":{"site":{"data":{"id":"7","type":"sites"}}}}}"#
    );
    assert_eq!(seen.body, expected);
    assert_eq!(seen.header("content-length"), Some(expected.len().to_string().as_str()));
}

#[tokio::test]
async fn a_type_with_one_value_is_sent_without_being_asked_for() {
    let seen = sent(async |client| _ = client.contact_notes().create(&bodies::note()).await.unwrap()).await;
    let expected = concat!(
        r#"{"data":{"type":"contact_notes","attributes":{"body":"Hello"},"#,
        r#""relationships":{"contact":{"data":{"id":"1","type":"contacts"}}}}}"#
    );
    assert_eq!(seen.body, expected);
}

#[tokio::test]
async fn an_enumeration_is_sent_as_its_value_even_an_unknown_one() {
    for (event, sent_as) in [(HookEvent::TagAdded, "tag_added"), (HookEvent::from("tag_moved"), "tag_moved")]
    {
        let body = bodies::hook(event);
        let seen = sent(async |client| _ = client.webhooks().create(&body).await.unwrap()).await;
        assert!(seen.body.contains(&format!(r#""event":"{sent_as}""#)), "{}", seen.body);
    }
}

#[tokio::test]
async fn what_an_update_does_not_mention_is_not_sent() {
    assert_eq!(updated(bodies::attributes()).await, "{}");
    assert_eq!(updated(bodies::attributes().custom_1(Patch::Absent)).await, "{}");
}

#[tokio::test]
async fn an_update_can_empty_a_member() {
    assert_eq!(updated(bodies::attributes().custom_1(Patch::Null)).await, r#"{"custom_1":null}"#);
    assert_eq!(updated(bodies::attributes().custom_1(None)).await, r#"{"custom_1":null}"#);
}

#[tokio::test]
async fn an_update_sets_a_member_to_a_value_also_an_empty_one() {
    let attributes = bodies::attributes().phone_number("555").custom_1("").custom_2(Some("x".to_owned()));
    assert_eq!(updated(attributes).await, r#"{"phone_number":"555","custom_1":"","custom_2":"x"}"#);
}

#[tokio::test]
async fn a_deletion_without_a_body_sends_none() {
    let seen = sent(async |client| client.contact_notes().delete("1").await.unwrap()).await;
    assert_eq!(seen.line, "DELETE /v1/contact_notes/1");
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn a_deletion_with_a_body_sends_it() {
    let body = bodies::offers();
    let seen = sent(async |client| _ = client.contacts().remove_offers("1", &body).await.unwrap()).await;
    assert_eq!(seen.line, "DELETE /v1/contacts/1/relationships/offers");
    assert_eq!(seen.header("content-type"), Some(JSON_API));
    assert_eq!(seen.body, r#"{"data":[{"id":"2","type":"offers"}]}"#);
}

#[tokio::test]
async fn a_post_without_a_declared_body_has_no_content_type() {
    let call = async |client: &Client| _ = client.purchases().deactivate("1").await.unwrap();
    let seen = sent(call).await;
    assert_eq!(seen.line, "POST /v1/purchases/1/deactivate");
    assert_eq!(seen.header("content-type"), None);
}

#[tokio::test]
async fn members_beside_the_data_are_sent() {
    let body = bodies::granted_offers();
    let seen = sent(async |client| _ = client.contacts().add_offers("1", &body).await.unwrap()).await;
    let expected = r#"{"data":[{"id":"2","type":"offers"}],"meta":{"send_customer_welcome_email":false}}"#;
    assert_eq!(seen.body, expected);
}
