//! What becomes of answers that report success.

use kajabi::types::{ContactsAttributes, HookEvent};
use kajabi::{Client, Error};

use crate::bodies;
use crate::server::{Server, answer};

/// The attributes that the client reads of a contact with these.
async fn attributes(body: &'static str) -> ContactsAttributes {
    let server = Server::giving(200, body).await;
    let contact = server.client().contacts().get("1").await.unwrap();
    contact.data.unwrap().attributes.unwrap()
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
    let list = server.client().contacts().list().await.unwrap();
    let contacts = list.data.unwrap();
    assert_eq!(
        contacts.iter().map(|contact| contact.id.as_deref()).collect::<Vec<_>>(),
        [Some("1"), Some("3")]
    );
    let ada = contacts[0].attributes.as_ref().unwrap();
    assert_eq!(ada.name.as_deref(), Some("Ada"));
    assert_eq!(ada.subscribed, Some(true));
    assert_eq!(ada.created_at.unwrap().to_string(), "2024-01-15T10:30:00Z");
    let offers = contacts[0].relationships.as_ref().unwrap().offers.as_ref().unwrap();
    assert_eq!(offers.data.as_ref().unwrap()[0].id, "2");
    assert_eq!(contacts[1].attributes, None);
    assert_eq!(list.links.unwrap().self_.as_deref(), Some("https://api.kajabi.com/v1/contacts"));
}

#[tokio::test]
async fn members_that_are_absent_null_or_unknown_do_no_harm() {
    let read =
        attributes(r#"{"data":{"id":"1","attributes":{"name":null,"new":{"a":[1]},"email":"a@b"}}}"#).await;
    assert_eq!(read.name, None);
    assert_eq!(read.phone_number, None);
    assert_eq!(read.email.as_deref(), Some("a@b"));
}

#[tokio::test]
async fn a_byte_order_mark_is_passed_over() {
    let read = attributes("\u{feff}{\"data\":{\"attributes\":{\"name\":\"Ada\"}}}").await;
    assert_eq!(read.name.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_relationship_to_nothing_is_read() {
    let body = r#"{"data":[{"id":"1","relationships":{"customer":{"data":null}}}]}"#;
    let server = Server::giving(200, body).await;
    let contacts = server.client().contacts().list().await.unwrap().data.unwrap();
    let relationships = contacts[0].relationships.as_ref().unwrap();
    assert!(relationships.customer.as_ref().is_some_and(|customer| customer.data.is_none()));
}

#[tokio::test]
async fn a_token_is_read_from_plain_json() {
    let server = Server::start(|_| {
        let body = r#"{"access_token":"a","refresh_token":"r","token_type":"Bearer","expires_in":7200}"#;
        answer(200, "application/json; charset=utf-8", body)
    })
    .await;
    let token = server.client().authentication().token(&bodies::token()).await.unwrap();
    assert_eq!(token.access_token.as_deref(), Some("a"));
    assert_eq!(token.expires_in, Some(7200));
    assert!(!format!("{token:?}").contains("\"a\""));
}

#[tokio::test]
async fn json_is_read_whatever_the_media_type_says() {
    for content_type in ["", "application/json", "text/plain"] {
        let server = Server::start(move |_| answer(200, content_type, r#"{"data":{"id":"1"}}"#)).await;
        let contact = server.client().contacts().get("1").await.unwrap();
        assert_eq!(contact.data.unwrap().id.as_deref(), Some("1"));
    }
}

#[tokio::test]
async fn a_success_without_content_is_nothing() {
    let server = Server::giving(204, "").await;
    server.client().webhooks().delete("1").await.unwrap();
    let server = Server::giving(200, "").await;
    server.client().contact_notes().delete("1").await.unwrap();
}

#[tokio::test]
async fn a_body_where_none_is_declared_is_passed_over() {
    let server = Server::giving(200, r#"{"data":{}}"#).await;
    server.client().contact_notes().delete("1").await.unwrap();
}

#[tokio::test]
async fn a_success_that_is_not_declared_is_read_like_one_that_is() {
    let server = Server::giving(202, r#"{"data":{"id":"9"}}"#).await;
    let body = bodies::contact(bodies::attributes().name("Ada"));
    let created = server.client().contacts().create(&body).await.unwrap();
    assert_eq!(created.data.unwrap().id.as_deref(), Some("9"));
}

#[tokio::test]
async fn a_value_that_an_enumeration_does_not_list_is_kept() {
    let body =
        r#"{"data":[{"id":"1","attributes":{"event":"moon_landed","target_url":"https://example.com"}}]}"#;
    let server = Server::giving(200, body).await;
    let hooks = server.client().webhooks().list().await.unwrap().data.unwrap();
    let event = &hooks[0].attributes.as_ref().unwrap().event;
    assert_eq!(*event, HookEvent::Other("moon_landed".to_owned()));
    assert_eq!(event.to_string(), "moon_landed");
}

#[tokio::test]
async fn a_payload_that_is_told_in_prose_only_comes_raw() {
    let server = Server::giving(200, r#"{"data":[{"id":"po_1"}],"meta":{"total":1}}"#).await;
    let payouts = server.client().kajabi_payments_payouts().list("7").await.unwrap();
    assert_eq!(payouts.status().as_u16(), 200);
    let json: kajabi::runtime::Json = payouts.json().unwrap();
    assert_eq!(json["data"][0]["id"], "po_1");
}

#[tokio::test]
async fn an_empty_answer_to_a_request_for_data_does_not_match() {
    let server = Server::giving(200, "").await;
    let error = server.client().contacts().list().await.unwrap_err();
    assert!(matches!(&error, Error::Decode { .. }), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
}

#[tokio::test]
async fn an_empty_answer_to_a_change_counts_as_one_without_members() {
    let server = Server::giving(204, "").await;
    let answer = server.client().contacts().delete("1").await.unwrap();
    assert_eq!(answer.data, None);
}

#[tokio::test]
async fn an_answer_over_the_limit_is_not_read() {
    let server = Server::giving(200, r#"{"data":[]}"#).await;
    let client: Client = server.builder().max_body_size(4).build().unwrap();
    let Err(Error::Transport(error)) = client.contacts().list().await else { panic!("it was read") };
    assert!(error.is_body_too_large());
}
