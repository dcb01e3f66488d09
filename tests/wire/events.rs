//! What the API sends by itself.

use kajabi::{AnyResource, HookEvent, WebhookEvent};

#[test]
fn an_event_has_the_resources_it_is_about() {
    let body = br#"{"id":"h1","event":"tag_added","payload":[
        {"id":"0","type":"contacts","attributes":{"email":"ada@example.com"}},
        {"id":"0","type":"contact_tags","attributes":{"name":"Tag"}}]}"#;
    let event = WebhookEvent::parse(body).unwrap();
    assert_eq!((event.id.as_str(), &event.event), ("h1", &HookEvent::TagAdded));
    let [AnyResource::Contact(contact), AnyResource::ContactTag(tag)] = &event.payload[..] else {
        panic!("{:?}", event.payload);
    };
    assert_eq!(contact.attributes.email.as_deref(), Some("ada@example.com"));
    assert_eq!(tag.attributes.name.as_deref(), Some("Tag"));
}

#[test]
fn events_and_resources_that_nobody_knows_are_kept() {
    let body = br#"{"id":"h1","event":"moon_landed","payload":[{"id":"7","type":"moons","attributes":{"far":true}}]}"#;
    let event = WebhookEvent::parse(body).unwrap();
    assert_eq!(event.event, HookEvent::Other("moon_landed".to_owned()));
    let AnyResource::Unknown(moon) = &event.payload[0] else { panic!("{:?}", event.payload) };
    assert_eq!(moon["attributes"]["far"], true);
}

#[test]
fn what_is_no_event_is_an_error_with_a_place() {
    let error = WebhookEvent::parse(br#"{"id":"h1","event":7,"payload":[]}"#).unwrap_err();
    assert_eq!(error.path(), "event");
    assert!(WebhookEvent::parse(b"<html>").is_err());
}
