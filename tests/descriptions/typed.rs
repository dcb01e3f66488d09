//! What the client keeps of JSON, and what of it has a type.

use kajabi::runtime::json_api::{Document, Linkage, Page, ResourceId};
use kajabi::runtime::{Json, Map, Timestamp};
use kajabi::{AnyResource, WebhookEvent};
use serde::Serialize;

/// Something that is read whole, with typed members and some that are kept as they came.
pub(crate) trait Typed: Serialize {
    /// The members that have no type, by their names: `Contact.shoe_size`.
    fn untyped(&self) -> Vec<String>;
}

fn names(of: &str, extra: &Map<Json>) -> Vec<String> {
    extra.keys().map(|member| format!("{of}.{member}")).collect()
}

macro_rules! resources {
    (related: $($related:ident)*; alone: $($alone:ident)*;) => {
        $(impl Typed for kajabi::$related {
            fn untyped(&self) -> Vec<String> {
                let name = stringify!($related);
                let mut found = [names(name, &self.extra), names(name, &self.attributes.extra)].concat();
                if let Some(relationships) = &self.relationships {
                    found.extend(names(name, &relationships.extra));
                }
                found
            }
        })*

        $(impl Typed for kajabi::$alone {
            fn untyped(&self) -> Vec<String> {
                let name = stringify!($alone);
                [names(name, &self.extra), names(name, &self.attributes.extra)].concat()
            }
        })*

        impl Typed for AnyResource {
            fn untyped(&self) -> Vec<String> {
                match self {
                    $(Self::$related(resource) => resource.untyped(),)*
                    $(Self::$alone(resource) => resource.untyped(),)*
                    other => vec![format!("{other:?}")],
                }
            }
        }
    };
}

resources! {
    related: BlogPost Contact ContactNote ContactTag Course CustomField Customer Form FormSubmission Hook LandingPage Offer
        Order OrderItem Podcast Product Purchase Transaction WebsitePage;
    alone: Field Lesson Media Module Payout Site;
}

impl<T: Typed> Typed for Vec<T> {
    fn untyped(&self) -> Vec<String> {
        self.iter().flat_map(Typed::untyped).collect()
    }
}

impl<T: Typed> Typed for Document<T, AnyResource> {
    fn untyped(&self) -> Vec<String> {
        [self.data.untyped(), self.included.untyped(), names("Document", &self.extra)].concat()
    }
}

impl<T: Typed, M: Serialize> Typed for Page<T, M, AnyResource> {
    fn untyped(&self) -> Vec<String> {
        [self.data.untyped(), self.included.untyped(), names("Page", &self.extra)].concat()
    }
}

impl<I: ResourceId> Typed for Linkage<I> {
    fn untyped(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Typed for WebhookEvent {
    fn untyped(&self) -> Vec<String> {
        self.payload.untyped()
    }
}

/// What `kept` lacks of `sent`: places with their values. A member that is null may be absent.
pub(crate) fn lost(sent: &Json, kept: &Json) -> Vec<String> {
    let mut found = Vec::new();
    compare("", sent, kept, &mut found);
    found
}

fn compare(at: &str, sent: &Json, kept: &Json, found: &mut Vec<String>) {
    match (sent, kept) {
        (Json::Object(sent), Json::Object(kept)) => {
            for (name, value) in sent {
                compare(&format!("{at}/{name}"), value, kept.get(name).unwrap_or(&Json::Null), found);
            }
        }
        (Json::Array(sent), Json::Array(kept)) if sent.len() == kept.len() => {
            for (index, (sent, kept)) in sent.iter().zip(kept).enumerate() {
                compare(&format!("{at}/{index}"), sent, kept, found);
            }
        }
        _ if is_same(sent, kept) => {}
        _ => found.push(format!("{at}: {sent}")),
    }
}

/// Whether two values stand for the same: also a number and its text, and two spellings of a point in time.
fn is_same(one: &Json, other: &Json) -> bool {
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (one, other) = (text(one), text(other));
    let number = |text: &str| text.parse::<f64>().ok().map(f64::to_bits);
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    one == other
        || number(&one).is_some_and(|one| number(&other) == Some(one))
        || instant(&one).is_some_and(|one| instant(&other) == Some(one))
}
