//! What a value can be in JSON, so that the text of an option is read as that.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Plan;
use crate::emit::ty;
use crate::model::{EnumValues, JsonKind, MembersBy, Shape, Type, Untyped};

/// How deep unions in unions are looked into.
const MOST_UNIONS: usize = 8;

/// `&[runtime::Kind::Integer]`; empty for a value that can be anything.
pub(super) fn kinds(plan: &Plan<'_>, ty: &Type) -> TokenStream {
    let mut found = Vec::new();
    collect(plan, ty, 0, &mut found);
    if found.contains(&"") {
        found.clear();
    }
    let kinds = found.iter().map(|kind| {
        let kind = format_ident!("{kind}");
        quote!(runtime::Kind::#kind)
    });
    quote!(&[#(#kinds),*])
}

fn collect(plan: &Plan<'_>, ty: &Type, depth: usize, found: &mut Vec<&'static str>) {
    let mut add = |kind: &'static str| {
        if !found.contains(&kind) {
            found.push(kind);
        }
    };
    match ty::resolved(plan, ty) {
        Type::Scalar(scalar) => add(scalar.kind().name()),
        Type::List(_) => add("Array"),
        Type::Map(_) | Type::JsonApi(_) | Type::Json(Untyped::AnyObject) => add("Object"),
        Type::Foreign(id) => add(plan.api.foreign[id.index()].kind.map_or("", JsonKind::name)),
        Type::Json(Untyped::Anything | Untyped::Unsupported) => add(""),
        Type::Nullable(inner) => collect(plan, inner, depth, found),
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Object(known) if known.by == MembersBy::Position => add("Array"),
            Shape::Object(_) => add("Object"),
            Shape::Id(_) => add("String"),
            Shape::Enumeration(known) => add(match known.values {
                EnumValues::Strings(_) => "String",
                EnumValues::Integers(_) => "Integer",
            }),
            Shape::Alias(inner) => collect(plan, inner, depth + 1, found),
            Shape::Union(union) if depth < MOST_UNIONS => {
                for variant in &union.variants {
                    collect(plan, &variant.ty, depth + 1, found);
                }
            }
            Shape::Union(_) => add(""),
        },
    }
}

/// The values that an enumeration lists.
pub(super) fn values(plan: &Plan<'_>, ty: &Type) -> Vec<String> {
    let Type::Named(id) = ty::resolved(plan, ty) else { return Vec::new() };
    match &plan.api.type_def(plan.facts.canonical(*id)).shape {
        Shape::Enumeration(known) => match &known.values {
            EnumValues::Strings(values) => values.clone(),
            EnumValues::Integers(values) => values.iter().map(ToString::to_string).collect(),
        },
        Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_) => Vec::new(),
    }
}
