//! serde's traits of unions: a value is read as it is, and then looked at.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Form;
use super::{Plan, ty, union};
use crate::model::{JsonKind, Membership, Scalar, Shape, Tag, Type, TypeId, Union};
use crate::name::VariantName;

pub(super) fn write(plan: &Plan<'_>, id: TypeId, union: &Union, form: Form) -> TokenStream {
    let name = ty::name(plan, id, form);
    let variants = plan.names.variants(id);
    let arms = union.variants.iter().zip(variants).map(|(variant, name)| {
        let cfg = union::cfg(plan, union, &variant.ty);
        match (&union.tag, variant.tags.as_slice()) {
            (Tag::Member(member), [tag, ..]) if !holds(plan, &variant.ty, member, 0) => {
                quote!(#cfg Self::#name(value) => runtime::tagged(value, #member, #tag, sink),)
            }
            (Tag::Member(_) | Tag::Shape | Tag::Event(_), _) => {
                quote!(#cfg Self::#name(value) => Serialize::serialize(value, sink),)
            }
        }
    });
    quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => Serialize::serialize(value, sink),
                }
            }
        }
    }
}

/// Whether values of `ty` hold the member that tells a union's variants apart, so that it is read and written with them.
fn holds(plan: &Plan<'_>, ty: &Type, member: &str, depth: usize) -> bool {
    let Type::Named(id) = ty::resolved(plan, ty) else { return true };
    match &plan.api.type_def(plan.facts.canonical(*id)).shape {
        Shape::Object(object) => {
            let is_fixed = object.tag.as_ref().is_some_and(|(name, _)| name == member);
            is_fixed || object.members.iter().any(|known| known.name == member)
        }
        Shape::Union(union) => {
            let mut variants = union.variants.iter();
            depth >= MOST_UNIONS || variants.all(|variant| holds(plan, &variant.ty, member, depth + 1))
        }
        Shape::Alias(_) | Shape::Enumeration(_) | Shape::Id(_) => true,
    }
}

/// How a variant is read from `value`; a tag that its type does not declare is none of the type's additional members.
fn read_variant(plan: &Plan<'_>, (name, ty): Case<'_>, tag: Option<&str>) -> TokenStream {
    let shape = ty::resolved(plan, ty).named().map(|id| &plan.api.type_def(plan.facts.canonical(id)).shape);
    let keeps = matches!(shape, Some(Shape::Object(object)) if object.additional.is_some());
    let undeclared = tag.filter(|member| keeps && !holds(plan, ty, member, 0));
    let value = undeclared.map_or_else(|| quote!(value), |member| quote!(runtime::untagged(value, #member)));
    quote!(runtime::from_json(#value).map(Self::#name))
}

/// Reads a value as it is and then looks which variant it is; one that fits none is kept as it is.
pub(super) fn read(plan: &Plan<'_>, id: TypeId, union: &Union, form: Form) -> TokenStream {
    let name = ty::name(plan, id, form);
    let choice = match &union.tag {
        Tag::Member(member) => by_tag(plan, id, union, member),
        Tag::Shape | Tag::Event(_) => by_shape(plan, id, union),
    };
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> {
                let value = runtime::Json::deserialize(source)?;
                #choice
            }
        }
    }
}

/// The variant with the value's tag; of several with the same, the one that declares most of the members.
fn by_tag(plan: &Plan<'_>, id: TypeId, union: &Union, member: &str) -> TokenStream {
    let mut by_tag: IndexMap<&str, Vec<Case<'_>>> = IndexMap::new();
    for (variant, known) in plan.names.variants(id).iter().zip(&union.variants) {
        for tag in &known.tags {
            by_tag.entry(tag).or_default().push((variant, &known.ty));
        }
    }
    let mut arms: Vec<(Vec<Case<'_>>, Vec<&str>)> = Vec::new();
    for (tag, cases) in by_tag {
        match arms.iter_mut().find(|(known, _)| *known == cases) {
            Some((_, tags)) => tags.push(tag),
            None => arms.push((cases, vec![tag])),
        }
    }
    let default = union.default.and_then(|at| plan.names.variants(id).get(at));
    let other = default.map_or_else(
        || quote!(Ok(Self::Unknown(value))),
        |default| quote!(Ok(runtime::offered(value, Self::#default, Self::Unknown))),
    );
    if arms.is_empty() {
        return other;
    }
    let arms = arms.iter().map(|(cases, tags)| {
        let choice = match (union.membership, cases.as_slice()) {
            // One resource that cannot be read does not cost the whole answer.
            (Membership::Offered, [(only, _)]) => {
                quote!(Ok(runtime::offered(value, Self::#only, Self::Unknown)))
            }
            (Membership::Offered | Membership::Needed, _) => best(plan, cases, Some(member)),
        };
        let cfg = offered(plan, union, cases);
        quote!(#cfg #(Some(#tags))|* => #choice,)
    });
    quote!(match runtime::tag(&value, #member) { #(#arms)* _ => #other, })
}

/// The condition under which the only one of `cases` is there, in a union that brings no types along.
fn offered(plan: &Plan<'_>, union: &Union, cases: &[Case<'_>]) -> TokenStream {
    match cases {
        [(_, ty)] => union::cfg(plan, union, ty),
        _ => TokenStream::new(),
    }
}

/// A variant with the type it holds.
type Case<'p> = (&'p VariantName, &'p Type);

/// The only one of `cases`, or that which declares most of the members that are there.
fn best(plan: &Plan<'_>, cases: &[Case<'_>], tag: Option<&str>) -> TokenStream {
    if let [only] = cases {
        return read_variant(plan, *only, tag);
    }
    let lists = cases.iter().map(|(_, ty)| {
        let names = member_names(plan, ty);
        quote!(&[#(#names),*])
    });
    let arms = cases.iter().enumerate().map(|(at, case)| {
        let read = read_variant(plan, *case, tag);
        quote!(Some(#at) => #read,)
    });
    quote!(match runtime::best_match(&value, &[#(#lists),*]) { #(#arms)* _ => Ok(Self::Unknown(value)), })
}

/// The first variant of the value's JSON type; of several objects, the one that declares most of the members.
fn by_shape(plan: &Plan<'_>, id: TypeId, union: &Union) -> TokenStream {
    let variants = plan.names.variants(id);
    let mut objects: Vec<Case<'_>> = Vec::new();
    let mut others: IndexMap<&str, Vec<Case<'_>>> = IndexMap::new();
    for (variant, known) in variants.iter().zip(&union.variants) {
        for kind in json_kinds(plan, &known.ty, 0) {
            if kind == "Object" {
                objects.push((variant, &known.ty));
            } else {
                others.entry(kind).or_default().push((variant, &known.ty));
            }
        }
    }
    let arm = |(kind, cases): (&'static str, Vec<Case<'_>>)| {
        let (pattern, read) = (quote::format_ident!("{kind}"), first_that_fits(plan, &cases));
        (kind, quote!(runtime::Kind::#pattern => #read,))
    };
    let mut kinds: Vec<(&str, TokenStream)> = others.into_iter().map(arm).collect();
    if !objects.is_empty() {
        let choice = best(plan, &objects, None);
        kinds.push(("Object", quote!(runtime::Kind::Object => #choice,)));
    }
    let covers_integers = kinds.iter().any(|(kind, _)| *kind == "Integer");
    let arms = kinds.into_iter().map(|(kind, arm)| {
        if kind == "Number" && !covers_integers { quote!(runtime::Kind::Integer | #arm) } else { arm }
    });
    quote!(match runtime::json_kind(&value) { #(#arms)* _ => Ok(Self::Unknown(value)), })
}

/// Of several variants of one JSON type the first that the value fits; those behind one that takes every value are none.
///
/// ```text
/// runtime::from_json(value.clone()).map(Self::Uuid).or_else(|_: __D::Error| runtime::from_json(value).map(Self::String))
/// ```
fn first_that_fits(plan: &Plan<'_>, cases: &[Case<'_>]) -> TokenStream {
    let takes_all = cases.iter().position(|(_, ty)| !may_refuse(plan, ty));
    let cases = takes_all.map_or(cases, |last| &cases[..=last]);
    let Some(((last, _), first)) = cases.split_last() else {
        unreachable!("a JSON type is there because of a variant");
    };
    first.iter().rev().fold(quote!(runtime::from_json(value).map(Self::#last)), |rest, (name, _)| {
        quote!(runtime::from_json(value.clone()).map(Self::#name).or_else(|_: __D::Error| #rest))
    })
}

/// Whether there are values of the type's JSON type that it does not take.
fn may_refuse(plan: &Plan<'_>, ty: &Type) -> bool {
    match ty::resolved(plan, ty) {
        Type::Scalar(scalar) => match scalar {
            Scalar::String | Scalar::Password | Scalar::Binary | Scalar::Boolean | Scalar::Float64 => false,
            Scalar::Integer(_)
            | Scalar::Float32
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Moment
            | Scalar::Base64
            | Scalar::Base64Url
            | Scalar::Special(_) => true,
        },
        Type::List(_) | Type::Foreign(_) => true,
        Type::Named(id) => {
            let shape = &plan.api.type_def(plan.facts.canonical(*id)).shape;
            matches!(shape, Shape::Object(_) | Shape::Alias(_))
        }
        Type::Map(_) | Type::Nullable(_) | Type::Json(_) | Type::JsonApi(_) => false,
    }
}

/// How deep unions in unions are looked into.
const MOST_UNIONS: usize = 8;

/// The JSON types that a value of `ty` can have, each once; that of another union is an object's.
fn json_kinds(plan: &Plan<'_>, ty: &Type, depth: usize) -> Vec<&'static str> {
    let resolved = ty::resolved(plan, ty);
    let shape = resolved.named().map(|id| &plan.api.type_def(plan.facts.canonical(id)).shape);
    match (resolved, shape) {
        (Type::Named(_), Some(Shape::Union(union))) if depth < MOST_UNIONS && union.tag == Tag::Shape => {
            let mut kinds = Vec::new();
            for variant in &union.variants {
                let inner = json_kinds(plan, &variant.ty, depth + 1);
                kinds.extend(inner);
            }
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        }
        _ => vec![ty::json_kind(plan, resolved).unwrap_or(JsonKind::Object).name()],
    }
}

fn member_names<'p>(plan: &Plan<'p>, ty: &'p Type) -> Vec<&'p str> {
    let definition = ty::resolved(plan, ty).named().map(|id| plan.api.type_def(plan.facts.canonical(id)));
    match definition.map(|definition| &definition.shape) {
        Some(Shape::Object(object)) => object.members.iter().map(|member| member.name.as_str()).collect(),
        Some(Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_)) | None => Vec::new(),
    }
}
