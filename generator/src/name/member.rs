//! Fields and variants.

use super::ident::{FieldName, VariantName};
use super::scope::Scope;
use super::{case, reserved};
use crate::model::{EnumValues, Shape};

/// The fields of an object.
pub(super) fn fields(shape: &Shape) -> Vec<FieldName> {
    match shape {
        Shape::Object(object) => {
            let mut scope = Scope::new(reserved::FIELDS);
            let mut field = |name: &str| FieldName::new(scope.give([case::snake(name, "field").as_str()]));
            object.members.iter().map(|member| field(&member.name)).collect()
        }
        Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) => Vec::new(),
    }
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
        Shape::Object(_) | Shape::Alias(_) => Vec::new(),
    }
}

fn empty_or(value: &str) -> &'static str {
    if value.is_empty() { "Empty" } else { "Value" }
}
