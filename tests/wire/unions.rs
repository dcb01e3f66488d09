//! Values that are one of several types: the webhook samples.

use kajabi::AnyResource;

use crate::server::Server;

/// The resources that the client reads of this sample.
async fn sample(body: &'static str) -> Vec<AnyResource> {
    let server = Server::giving(200, body).await;
    let sample = server.client().webhooks().tag_added_sample().await.unwrap();
    assert_eq!(server.only().line, "GET /v1/hooks/tag_added_sample");
    sample
}

#[tokio::test]
async fn resources_are_told_apart_by_their_type() {
    let read = sample(
        r#"[{"id":"1","type":"contact_tags","attributes":{"name":"VIP"}},
            {"id":"2","type":"contacts","attributes":{"email":"ada@example.com"}}]"#,
    )
    .await;
    match &read[..] {
        [AnyResource::ContactTag(tag), AnyResource::Contact(contact)] => {
            assert_eq!(tag.attributes.name.as_deref(), Some("VIP"));
            assert_eq!(contact.attributes.email.as_deref(), Some("ada@example.com"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_resource_of_an_unknown_type_is_kept_as_it_came() {
    let read = sample(r#"[{"id":"1","type":"moons","attributes":{"phase":"full"}},{"id":"2"},7]"#).await;
    let raw: Vec<_> = read
        .iter()
        .map(|resource| match resource {
            AnyResource::Unknown(raw) => raw.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(raw[0].contains(r#""phase":"full""#), "{}", raw[0]);
    assert_eq!(raw[1..], [r#"{"id":"2"}"#, "7"]);
}

#[tokio::test]
async fn a_resource_without_an_id_is_kept_as_it_came() {
    let read = sample(r#"[{"id":"1","type":"sites"},{"type":"contacts"}]"#).await;
    match &read[..] {
        [AnyResource::Site(site), AnyResource::Unknown(raw)] => {
            assert_eq!(site.id, "1");
            assert_eq!(raw.to_string(), r#"{"type":"contacts"}"#);
        }
        other => panic!("{other:?}"),
    }
}
