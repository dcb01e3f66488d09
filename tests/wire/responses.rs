//! What becomes of answers that report success.

use kajabi::{AnyResource, Client, ContactAttributes, Error, HookEvent};
use serde_json::json;

use crate::oauth;
use crate::server::{Server, answer};

/// The attributes that the client reads of a contact with these.
async fn attributes(body: &'static str) -> ContactAttributes {
    let server = Server::giving(200, body).await;
    server.client().contacts().get(&"1".into()).await.unwrap().data.attributes
}

#[tokio::test]
async fn a_list_is_read_with_its_members() {
    let server = Server::giving(
        200,
        r#"{
            "data": [
                {"id": "1", "type": "contacts", "attributes": {"name": "Ada", "email": "ada@example.com",
                    "subscribed": true, "created_at": "2024-01-15T10:30:00Z"},
                 "relationships": {"offers": {"data": [{"id": "2", "type": "offers"}]}}},
                {"id": "3", "type": "contacts"}
            ],
            "links": {"self": "https://api.kajabi.com/v1/contacts", "next": null},
            "meta": {"total_count": 2}
        }"#,
    )
    .await;
    let page = server.client().contacts().list().await.unwrap();
    assert_eq!(page.data.iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
    let ada = &page.data[0].attributes;
    assert_eq!(ada.name.as_deref(), Some("Ada"));
    assert_eq!(ada.subscribed, Some(true));
    assert_eq!(ada.created_at.unwrap().to_string(), "2024-01-15T10:30:00Z");
    let offers = page.data[0].relationships.as_ref().unwrap().offers.as_ref().unwrap();
    assert_eq!(offers.data[0].id, "2");
    assert_eq!(page.data[1].attributes, ContactAttributes::default());
    assert_eq!(page.links.self_.as_deref(), Some("https://api.kajabi.com/v1/contacts"));
    assert_eq!(page.links.next, None);
    assert_eq!(page.meta.unwrap().total_count, Some(2));
}

#[tokio::test]
async fn members_that_are_absent_null_or_unknown_do_no_harm() {
    let read =
        attributes(r#"{"data":{"id":"1","attributes":{"name":null,"new":{"a":[1]},"email":"a@b"}}}"#).await;
    assert_eq!(read.name, None);
    assert_eq!(read.phone_number, None);
    assert_eq!(read.email.as_deref(), Some("a@b"));
    assert_eq!(read.extra["new"], json!({"a": [1]}));
}

#[tokio::test]
async fn an_attribute_of_another_type_is_kept_and_costs_only_itself() {
    let read = attributes(r#"{"data":{"id":"1","attributes":{"subscribed":"perhaps","name":"Ada"}}}"#).await;
    assert_eq!(read.subscribed, None);
    assert_eq!(read.extra["subscribed"], "perhaps");
    assert_eq!(read.name.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_moment_that_cannot_be_read_is_kept_as_text() {
    let read = attributes(r#"{"data":{"id":"1","attributes":{"created_at":"yesterday"}}}"#).await;
    assert_eq!(read.created_at, None);
    assert_eq!(read.extra["created_at"], "yesterday");
}

#[tokio::test]
async fn attributes_that_are_named_by_number_are_asked_for_by_number() {
    let read = attributes(r#"{"data":{"id":"1","attributes":{"custom_1":"Engine","custom_150":"x"}}}"#).await;
    assert_eq!(read.custom(1), Some("Engine"));
    assert_eq!(read.custom(150), Some("x"));
    assert_eq!(read.custom(2), None);
}

#[tokio::test]
async fn an_id_may_be_a_number() {
    let server = Server::giving(200, r#"{"data":{"id":123}}"#).await;
    let contact = server.client().contacts().get(&"123".into()).await.unwrap();
    assert_eq!(contact.data.id, "123");
}

#[tokio::test]
async fn a_byte_order_mark_is_passed_over() {
    let read = attributes("\u{feff}{\"data\":{\"id\":\"1\",\"attributes\":{\"name\":\"Ada\"}}}").await;
    assert_eq!(read.name.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_relationship_to_nothing_is_read() {
    let body = r#"{"data":[{"id":"1","relationships":{"customer":{"data":null}}}]}"#;
    let server = Server::giving(200, body).await;
    let contacts = server.client().contacts().list().await.unwrap().data;
    let relationships = contacts[0].relationships.as_ref().unwrap();
    assert!(relationships.customer.as_ref().is_some_and(|customer| customer.data.is_none()));
}

#[tokio::test]
async fn a_relationship_of_another_shape_is_kept_and_costs_only_itself() {
    let body = r#"{"data":[{"id":"1","relationships":{"offers":{"data":"3"},"moons":{"data":[]},
        "site":{"data":{"id":"7","type":"sites"}}}}]}"#;
    let server = Server::giving(200, body).await;
    let contacts = server.client().contacts().list().await.unwrap().data;
    let relationships = contacts[0].relationships.as_ref().unwrap();
    assert_eq!(relationships.offers, None);
    assert_eq!(relationships.extra["offers"], json!({"data": "3"}));
    assert_eq!(relationships.extra["moons"], json!({"data": []}));
    assert_eq!(relationships.site.as_ref().unwrap().data.as_ref().unwrap().id, "7");
}

#[tokio::test]
async fn included_resources_are_found_by_what_points_to_them() {
    let body = r#"{
        "data": {"id": "1", "type": "orders", "relationships": {
            "customer": {"data": {"id": "5", "type": "customers"}}, "site": {"data": {"id": "7", "type": "sites"}}}},
        "included": [{"id": "5", "type": "contacts"},
            {"id": "5", "type": "customers", "attributes": {"name": "Ada", "net_revenue": 100}}]
    }"#;
    let server = Server::giving(200, body).await;
    let order = server.client().orders().get(&"1".into()).await.unwrap();
    let relationships = order.data.relationships.as_ref().unwrap();
    match order.included_one(relationships.customer.as_ref().unwrap()) {
        Some(AnyResource::Customer(customer)) => assert_eq!(customer.attributes.name.as_deref(), Some("Ada")),
        other => panic!("{other:?}"),
    }
    assert!(order.included_one(relationships.site.as_ref().unwrap()).is_none());
}

#[tokio::test]
async fn a_relationship_is_read_as_ids_of_its_type() {
    let server =
        Server::giving(200, r#"{"data":[{"id":"2","type":"offers"},{"id":3,"type":"Offer"}]}"#).await;
    let offers = server.client().contacts().list_offers(&"1".into()).await.unwrap();
    assert_eq!(offers.data, [kajabi::OfferId::from("2"), kajabi::OfferId::from("3")]);
}

#[tokio::test]
async fn a_token_is_read_from_plain_json() {
    let server = Server::start(|_| {
        let body = r#"{"access_token":"a","refresh_token":"r","token_type":"Bearer","expires_in":7200}"#;
        answer(200, "application/json; charset=utf-8", body)
    })
    .await;
    let token = server.client().authentication().token(&oauth::token()).await.unwrap();
    assert_eq!(token.access_token.as_deref(), Some("a"));
    assert_eq!(token.expires_in, Some(7200));
    assert!(!format!("{token:?}").contains("\"a\""));
}

#[tokio::test]
async fn json_is_read_whatever_the_media_type_says() {
    for content_type in ["", "application/json", "text/plain"] {
        let server = Server::start(move |_| answer(200, content_type, r#"{"data":{"id":"1"}}"#)).await;
        let contact = server.client().contacts().get(&"1".into()).await.unwrap();
        assert_eq!(contact.data.id, "1");
    }
}

#[tokio::test]
async fn a_success_without_content_is_nothing() {
    let server = Server::giving(204, "").await;
    server.client().webhooks().delete(&"1".into()).await.unwrap();
    let server = Server::giving(200, "").await;
    server.client().contact_notes().delete(&"1".into()).await.unwrap();
}

#[tokio::test]
async fn a_body_where_none_is_declared_is_passed_over() {
    let server = Server::giving(200, r#"{"data":{}}"#).await;
    server.client().contact_notes().delete(&"1".into()).await.unwrap();
}

#[tokio::test]
async fn a_success_that_is_not_declared_is_read_like_one_that_is() {
    let server = Server::giving(202, r#"{"data":{"id":"9"}}"#).await;
    let created = server.client().contacts().create(&"7".into()).name("Ada").await.unwrap();
    assert_eq!(created.data.id, "9");
}

#[tokio::test]
async fn a_value_that_an_enumeration_does_not_list_is_kept() {
    let body =
        r#"{"data":[{"id":"1","attributes":{"event":"moon_landed","target_url":"https://example.com"}}]}"#;
    let server = Server::giving(200, body).await;
    let hooks = server.client().webhooks().list().await.unwrap().data;
    let event = hooks[0].attributes.event.as_ref().unwrap();
    assert_eq!(*event, HookEvent::Other("moon_landed".to_owned()));
    assert_eq!(event.to_string(), "moon_landed");
}

#[tokio::test]
async fn a_payload_that_is_told_in_prose_only_is_typed() {
    let body = r#"{"data":[{"id":"po_1","attributes":{"amount":100.5,"status":"paid"}}],
        "meta":{"total":1,"pagination":{"current":1,"next":null}}}"#;
    let server = Server::giving(200, body).await;
    let payouts = server.client().payouts().list(&"7".into()).await.unwrap();
    assert_eq!(payouts.data[0].id, "po_1");
    assert_eq!(payouts.data[0].attributes.amount, Some(100.5));
    assert_eq!(payouts.meta.unwrap().pagination.unwrap().current, Some(1));
}

#[tokio::test]
async fn an_empty_answer_to_a_request_for_data_does_not_match() {
    let server = Server::giving(200, "").await;
    let error = server.client().contacts().list().await.unwrap_err();
    assert!(matches!(&error, Error::Decode { .. }), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
}

#[tokio::test]
async fn an_empty_answer_to_a_deletion_counts_as_one_without_members() {
    let server = Server::giving(204, "").await;
    let answer = server.client().contacts().delete(&"1".into()).await.unwrap();
    assert!(answer.data.is_none());
}

#[tokio::test]
async fn an_answer_over_the_limit_is_not_read() {
    let server = Server::giving(200, r#"{"data":[]}"#).await;
    let client: Client = server.builder().max_body_size(4).build().unwrap();
    let Err(Error::Transport(error)) = client.contacts().list().await else { panic!("it was read") };
    assert!(error.is_body_too_large());
}
