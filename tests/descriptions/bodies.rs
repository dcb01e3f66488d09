//! The examples that are bodies of requests, and the calls that send them.

use std::convert::Infallible;

use kajabi::runtime::{BoxFuture, RawResponse};
use kajabi::{Client, ContactTagId, Error, HookEvent, OfferId};

type Call<'a> = BoxFuture<'a, Result<RawResponse, Error<Infallible>>>;

/// The call that sends the `number`th example of the description of `operation`, if that is a body.
pub(crate) fn call<'a>(client: &'a Client, operation: &str, number: usize) -> Option<Call<'a>> {
    let (contacts, customers) = (client.contacts(), client.customers());
    let (john, email, target) = ("John Doe", "john.doe@example.com", "https://example.com/webhook");
    let offer = [OfferId::from("123")];
    let offers = [OfferId::from("456"), OfferId::from("789")];
    let tag = [ContactTagId::from("456")];
    let tags = [ContactTagId::from("123"), ContactTagId::from("456")];
    let hook = client.webhooks().create(&"456".into(), HookEvent::TagAdded, target);
    Some(match (operation, number) {
        ("POST /v1/contacts", 0) => contacts.create(&"123".into()).name(john).email(email).send_raw(),
        ("PATCH /v1/contacts/{id}", 0) => {
            contacts.update(&"456".into()).phone_number("12134567890").send_raw()
        }
        ("POST /v1/contacts/{contact_id}/relationships/offers", 0) => {
            contacts.grant_offers(&"1".into(), offer).send_customer_welcome_email(false).send_raw()
        }
        ("DELETE /v1/contacts/{contact_id}/relationships/offers", 0) => {
            contacts.revoke_offers(&"1".into(), offer).send_raw()
        }
        ("PATCH /v1/contacts/{contact_id}/relationships/offers", 0) => {
            contacts.replace_offers(&"1".into(), offers).send_raw()
        }
        ("POST /v1/contacts/{contact_id}/relationships/tags", 0) => {
            contacts.add_tags(&"1".into(), tag).send_raw()
        }
        ("DELETE /v1/contacts/{contact_id}/relationships/tags", 0) => {
            contacts.remove_tags(&"1".into(), tag).send_raw()
        }
        ("PATCH /v1/contacts/{contact_id}/relationships/tags", 0) => {
            contacts.replace_tags(&"1".into(), tags).send_raw()
        }
        ("POST /v1/customers/{customer_id}/relationships/offers", 0) => {
            customers.grant_offers(&"1".into(), offer).send_raw()
        }
        ("DELETE /v1/customers/{customer_id}/relationships/offers", 0) => {
            customers.revoke_offers(&"1".into(), offer).send_raw()
        }
        ("PATCH /v1/customers/{customer_id}/relationships/offers", 0) => {
            customers.replace_offers(&"1".into(), offers).send_raw()
        }
        ("POST /v1/forms/{id}/submit", 0) => client.forms().submit(&"15".into(), john, email).send_raw(),
        ("POST /v1/hooks", 0) => hook.resource_id("123").send_raw(),
        ("POST /v1/hooks", 1) => hook.send_raw(),
        _ => return None,
    })
}
