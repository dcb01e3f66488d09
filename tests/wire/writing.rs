//! Writing: forms, resources, absent and null members, relationships, deletion.

use kajabi::runtime::Json;
use kajabi::{Client, ContactTagId, OfferId, Patch, contacts};
use serde_json::json;

use crate::oauth;
use crate::server::{JSON_API, Server, sent};

/// What an update of contact 1 sends as its attributes.
async fn updated(change: impl for<'a> FnOnce(contacts::Update<'a>) -> contacts::Update<'a>) -> Json {
    let call = async |client: &Client| {
        _ = change(client.contacts().update(&"1".into())).email("ada@example.com").await.unwrap();
    };
    let seen = sent(call).await;
    assert_eq!(seen.line, "PATCH /v1/contacts/1");
    let mut body = seen.json();
    let attributes = body["data"]["attributes"].take();
    assert_eq!(body, json!({"data": {"id": "1", "type": "contacts", "attributes": null}}));
    attributes
}

#[tokio::test]
async fn a_form_is_url_encoded_and_leaves_absent_members_out() {
    let seen = sent(async |client| _ = client.authentication().token(&oauth::token()).await.unwrap()).await;
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
    server.client().authentication().revoke(&oauth::revoke()).await.unwrap();
    let seen = server.only();
    assert_eq!(seen.line, "POST /v1/oauth/revoke");
    assert_eq!(seen.body, "token=to+ken");
    assert_eq!(seen.header("accept"), Some("*/*"));
}

#[tokio::test]
async fn a_creation_sends_type_and_relationship_by_itself() {
    let seen = sent(async |client| {
        let create = client.contacts().create(&"7".into()).name("Ada").email("ada@example.com");
        create.subscribed(true).custom(7, "Engine").await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "POST /v1/contacts");
    let attributes =
        json!({"name": "Ada", "email": "ada@example.com", "subscribed": true, "custom_7": "Engine"});
    let site = json!({"data": {"id": "7", "type": "sites"}});
    let data = json!({"type": "contacts", "attributes": attributes, "relationships": {"site": site}});
    assert_eq!(seen.json(), json!({"data": data}));
}

#[tokio::test]
async fn members_that_have_to_be_there_are_sent_though_they_are_empty() {
    let seen = sent(async |client| _ = client.contacts().create(&"7".into()).await.unwrap()).await;
    assert_eq!(seen.json()["data"]["attributes"], json!({}));
    let seen = sent(async |client| _ = client.contacts().update(&"1".into()).await.unwrap()).await;
    assert_eq!(seen.json(), json!({"data": {"id": "1", "type": "contacts", "attributes": {}}}));
}

#[tokio::test]
async fn what_is_sent_has_the_declared_media_type_without_parameters() {
    let seen = sent(async |client| {
        _ = client.contacts().create(&"7".into()).name("Ada").await.unwrap();
    })
    .await;
    assert_eq!(seen.header("content-type"), Some(JSON_API));
    assert_eq!(seen.header("accept"), Some(JSON_API));
    assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
}

#[tokio::test]
async fn what_a_creation_has_to_send_are_arguments() {
    let seen = sent(async |client| {
        _ = client.contact_notes().create(&"1".into(), "Hello").await.unwrap();
    })
    .await;
    let contact = json!({"data": {"id": "1", "type": "contacts"}});
    let data = json!({"type": "contact_notes", "attributes": {"body": "Hello"}, "relationships": {"contact": contact}});
    assert_eq!(seen.json(), json!({"data": data}));
}

#[tokio::test]
async fn an_update_sends_its_id_also_in_the_body() {
    let seen = sent(async |client| {
        _ = client.contact_notes().update(&"5".into(), "Hello again").await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "PATCH /v1/contact_notes/5");
    let data = json!({"id": "5", "type": "contact_notes", "attributes": {"body": "Hello again"}});
    assert_eq!(seen.json(), json!({"data": data}));
}

#[tokio::test]
async fn an_update_puts_relationships_beside_the_attributes() {
    let seen = sent(async |client| {
        let tags = [ContactTagId::from("3"), ContactTagId::from("4")];
        _ = client.contacts().update(&"1".into()).name("Ada").tags(tags).await.unwrap();
    })
    .await;
    let tags = json!({"data": [{"id": "3", "type": "contact_tags"}, {"id": "4", "type": "contact_tags"}]});
    assert_eq!(seen.json()["data"]["relationships"], json!({"tags": tags}));
    assert_eq!(seen.json()["data"]["attributes"], json!({"name": "Ada"}));
}

#[tokio::test]
async fn a_submission_names_its_form_in_the_path_only() {
    let seen = sent(async |client| {
        let submit = client.forms().submit(&"default".into(), "Ada", "ada@example.com");
        submit.mobile_phone_number("12134567890").custom(12, Patch::Null).await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "POST /v1/forms/default/submit");
    let attributes = json!({"name": "Ada", "email": "ada@example.com", "mobile_phone_number": "12134567890",
        "custom_12": null});
    assert_eq!(seen.json(), json!({"data": {"type": "form_submissions", "attributes": attributes}}));
}

#[tokio::test]
async fn an_enumeration_is_sent_as_its_value_even_an_unknown_one() {
    for event in ["tag_added", "tag_moved"] {
        let seen = sent(async |client| {
            let create = client.webhooks().create(&"7".into(), event, "https://example.com/hook");
            create.resource_id("456").await.unwrap();
        })
        .await;
        let attributes =
            json!({"event": event, "target_url": "https://example.com/hook", "resource_id": "456"});
        assert_eq!(seen.json()["data"]["attributes"], attributes);
    }
}

#[tokio::test]
async fn what_an_update_does_not_mention_is_not_sent() {
    let only = json!({"email": "ada@example.com"});
    assert_eq!(updated(|update| update).await, only);
    assert_eq!(updated(|update| update.phone_number(Patch::Absent).custom(1, Patch::Absent)).await, only);
}

#[tokio::test]
async fn an_update_can_empty_a_member() {
    let expected = json!({"email": "ada@example.com", "phone_number": null, "custom_1": null});
    assert_eq!(updated(|update| update.phone_number(Patch::Null).custom(1, Patch::Null)).await, expected);
    assert_eq!(updated(|update| update.phone_number(None).custom(1, None)).await, expected);
}

#[tokio::test]
async fn an_update_sets_a_member_to_a_value_also_an_empty_one() {
    let read =
        updated(|update| update.phone_number("555").custom(1, "").custom(2, Some("x".to_owned()))).await;
    let expected =
        json!({"email": "ada@example.com", "phone_number": "555", "custom_1": "", "custom_2": "x"});
    assert_eq!(read, expected);
}

#[tokio::test]
async fn the_last_value_of_a_member_is_the_one_that_is_sent() {
    let read = updated(|update| update.phone_number("1").phone_number(Patch::Null).phone_number("2")).await;
    assert_eq!(read["phone_number"], "2");
}

#[tokio::test]
async fn a_deletion_without_a_body_sends_none() {
    let seen = sent(async |client| client.contact_notes().delete(&"1".into()).await.unwrap()).await;
    assert_eq!(seen.line, "DELETE /v1/contact_notes/1");
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn a_deletion_with_a_body_sends_it() {
    let offers = [OfferId::from("2"), OfferId::from("1")];
    let seen = sent(async |client| {
        _ = client.contacts().revoke_offers(&"1".into(), offers).await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "DELETE /v1/contacts/1/relationships/offers");
    assert_eq!(seen.header("content-type"), Some(JSON_API));
    assert_eq!(seen.json(), json!({"data": [{"type": "offers", "id": "2"}, {"type": "offers", "id": "1"}]}));
}

#[tokio::test]
async fn a_relationship_can_be_emptied() {
    let none: [ContactTagId; 0] = [];
    let seen = sent(async |client| {
        _ = client.contacts().replace_tags(&"1".into(), none).await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "PATCH /v1/contacts/1/relationships/tags");
    assert_eq!(seen.json(), json!({"data": []}));
}

#[tokio::test]
async fn a_post_without_a_declared_body_has_no_content_type() {
    let seen = sent(async |client| _ = client.purchases().deactivate(&"1".into()).await.unwrap()).await;
    assert_eq!(seen.line, "POST /v1/purchases/1/deactivate");
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn members_beside_the_data_are_sent() {
    let seen = sent(async |client| {
        let grant = client.contacts().grant_offers(&"1".into(), [OfferId::from("2")]);
        grant.send_customer_welcome_email(false).await.unwrap();
    })
    .await;
    let expected =
        json!({"data": [{"id": "2", "type": "offers"}], "meta": {"send_customer_welcome_email": false}});
    assert_eq!(seen.json(), expected);
}
