//! Fields and variants.

use super::ident::{FieldName, VariantName};
use super::scope::Scope;
use super::{case, reserved};
use crate::model::{EnumValues, Object, Shape, singular};

/// The fields of an object, and the constructors of an id.
pub(super) fn fields(shape: &Shape) -> Vec<FieldName> {
    match shape {
        Shape::Object(object) => {
            let mut scope = scope(object);
            let mut field = |name: &str| FieldName::new(scope.give([case::snake(name, "field").as_str()]));
            object.members.iter().map(|member| field(&member.name)).collect()
        }
        Shape::Id(id) => {
            let mut scope = Scope::new(reserved::IDS);
            // `FormId::default_form()`: the value alone may be what a trait's method is called.
            let thing = id.resource.as_deref().map_or_else(|| "id".to_owned(), singular);
            let mut constructor = |value: &str| {
                let text = format!("{value} {thing}");
                FieldName::new(scope.give([case::snake(&text, "id").as_str()]))
            };
            id.special.iter().map(|value| constructor(value)).collect()
        }
        Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) => Vec::new(),
    }
}

/// What the fields of an object cannot be called.
fn scope(object: &Object) -> Scope {
    let mut scope = Scope::new(reserved::FIELDS);
    if object.additional.is_some() {
        scope.take(reserved::REST);
    }
    scope
}

/// The accessors of members whose names follow a pattern; where the object is sent, its fields have setters beside them.
pub(super) fn patterns(shape: &Shape, fields: &[FieldName]) -> Vec<FieldName> {
    let Shape::Object(object) = shape else { return Vec::new() };
    let mut scope = scope(object);
    for field in fields {
        scope.take(field.as_str());
    }
    let mut accessor = |prefix: &str| FieldName::new(scope.give([case::snake(prefix, "member").as_str()]));
    object.patterns.iter().map(|pattern| accessor(&pattern.prefix)).collect()
}

/// The variants of an enumeration or a union.
pub(super) fn variants(shape: &Shape) -> Vec<VariantName> {
    let mut scope = Scope::new(reserved::VARIANTS);
    let mut variant =
        |name: &str, fallback: &str| VariantName::new(scope.give([case::camel(name, fallback).as_str()]));
    match shape {
        Shape::Enumeration(enumeration) => match &enumeration.values {
            EnumValues::Strings(values) => {
                values.iter().map(|value| variant(value, empty_or(value))).collect()
            }
            EnumValues::Integers(values) => {
                values.iter().map(|value| variant(&value.to_string(), "Value")).collect()
            }
        },
        Shape::Union(union) => union.variants.iter().map(|known| variant(&known.hint, "Variant")).collect(),
        Shape::Object(_) | Shape::Alias(_) | Shape::Id(_) => Vec::new(),
    }
}

fn empty_or(value: &str) -> &'static str {
    if value.is_empty() { "Empty" } else { "Value" }
}
