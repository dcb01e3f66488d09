//! Events in words.

use kajabi::runtime::json_api::Resource as _;
use kajabi::{AnyResource, HookEvent, WebhookEvent};

/// Prints an event and, a line each, what it carries.
pub(crate) fn event(event: &WebhookEvent) {
    match &event.event {
        // An event that came after this client was made is read like any other.
        HookEvent::Other(name) => println!("{name:?}, which is new"),
        known => println!("{known}"),
    }
    for resource in &event.payload {
        println!("  {}", line(resource));
    }
}

/// What comes from outside is quoted, so that it cannot pass for a line of its own.
fn line(resource: &AnyResource) -> String {
    match resource {
        AnyResource::Contact(contact) => {
            let of = &contact.attributes;
            format!("contact {}: {}, {}", contact.id, text(of.name.as_ref()), text(of.email.as_ref()))
        }
        AnyResource::ContactTag(tag) => format!("tag {}: {}", tag.id, text(tag.attributes.name.as_ref())),
        AnyResource::FormSubmission(submission) => {
            let of = &submission.attributes;
            format!("submission {}: {}, {}", submission.id, text(of.name.as_ref()), text(of.email.as_ref()))
        }
        AnyResource::Form(form) => format!("form {}: {}", form.id, text(form.attributes.title.as_ref())),
        AnyResource::Purchase(purchase) => {
            let cents = purchase.attributes.amount_in_cents.unwrap_or_default();
            let currency = text(purchase.attributes.currency.as_ref());
            format!("purchase {}: {cents} cents, currency {currency}", purchase.id)
        }
        AnyResource::Offer(offer) => format!("offer {}: {}", offer.id, text(offer.attributes.title.as_ref())),
        // Nothing is lost: what this client has no type for is there as it came.
        AnyResource::Unknown(json) => format!("unknown: {json}"),
        other => {
            let (kind, id) = other.identifier();
            format!("{kind} {id}")
        }
    }
}

fn text(value: Option<&String>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:?}"))
}
