//! The parts of JSON:API 1.1 (<https://jsonapi.org/format/>) that are the same for every API that speaks it.
//!
//! Whole answers: [`Document`] and [`Page`], and [`Linkage`] where an answer is a relationship. In resources: [`ToOne`],
//! [`ToMany`] and [`Links`]. What the format leaves open is kept as JSON, and what a server gets slightly wrong is read as it
//! was meant: a list that is `null` is empty, an id may be a number, and a relationship to one may stand in a list.

mod body;
mod document;
mod linkage;
mod links;
mod page;

use super::Json;

pub use self::document::Document;
pub use self::linkage::{Identifier, Linkage, ToMany, ToOne};
pub use self::links::{Links, PageLinks};
pub use self::page::Page;

/// An id of resources of one type.
pub trait ResourceId: AsRef<str> {
    /// The resources' `type`.
    const TYPE: &'static str;
}

/// A resource that relationships can point to.
pub trait Resource {
    /// `type` and `id`.
    fn identifier(&self) -> (&str, &str);
}

/// `type` and `id` of a resource that was read as it came; empty where it has none.
pub fn identifier_of(resource: &Json) -> (&str, &str) {
    let text = |name: &str| resource.get(name).and_then(Json::as_str).unwrap_or_default();
    (text("type"), text("id"))
}

/// The resource that `wanted` points to; the first one if there are several.
fn find<'d, I: Resource>(included: &'d [I], wanted: &Identifier) -> Option<&'d I> {
    included.iter().find(|resource| resource.identifier() == (wanted.type_.as_str(), wanted.id.as_str()))
}
