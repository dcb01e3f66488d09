//! The headers of an operation's answers as one struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, form, ty};
use crate::model::{
    EnumValues, Enumeration, HeaderStyle, JsonKind, MembersBy, Operation, Presence, ResponseHeader, Shape,
    Type, TypeId, Union,
};
use crate::name::OperationNames;

/// ```text
/// pub struct ListHeaders { pub x_total: runtime::headers::Header<i64> }
/// impl From<&runtime::Meta> for ListHeaders { … }
/// ```
pub(super) fn definition(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    if operation.headers.is_empty() {
        return TokenStream::new();
    }
    let name = &names.headers;
    let docs = doc::own(&format!(
        "The headers that the document declares for answers of [`{}`], made of an answer's [`Meta`](runtime::Meta).",
        names.builder
    ));
    let fields = operation.headers.iter().zip(&names.header_fields).map(|(header, field)| {
        let docs = field_docs(header);
        let held = ty::expression(plan, &header.ty, Form::Read, Place::Group);
        quote!(#docs pub #field: runtime::headers::Header<#held>,)
    });
    let read = operation.headers.iter().zip(&names.header_fields).map(|(header, field)| {
        let (wire, shape) = (&header.name, shape(plan, &header.ty, header.style, 0));
        quote!(#field: runtime::headers::read(meta, #wire, &runtime::headers::Shape::#shape),)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
        impl From<&runtime::Meta> for #name {
            fn from(meta: &runtime::Meta) -> Self { Self { #(#read)* } }
        }
    }
}

fn field_docs(header: &ResponseHeader) -> TokenStream {
    let promised = match header.presence {
        Presence::Required => ", which the document promises",
        Presence::Optional | Presence::Defaulted => "",
    };
    doc::item(&header.docs, &format!("The header {}{promised}.", doc::code(&header.name)))
}

/// Whether values of that kind are single ones that are no text.
fn is_other_single(kind: Option<JsonKind>) -> bool {
    kind.is_some_and(|kind| kind.is_single() && kind != JsonKind::String)
}

/// How a value of `ty` is written. What is deeper than a list or an object of single values has no style, and is taken for text.
fn shape(plan: &Plan<'_>, ty: &Type, style: HeaderStyle, depth: usize) -> TokenStream {
    if style == HeaderStyle::Json {
        return quote!(Json);
    }
    match ty::resolved(plan, ty) {
        Type::Scalar(scalar) if scalar.kind() != JsonKind::String => quote!(Value),
        Type::Foreign(id) if is_other_single(plan.api.foreign[id.index()].kind) => quote!(Value),
        Type::List(item) if depth == 0 => {
            let item = shape(plan, item, style, 1);
            quote!(List(&runtime::headers::Shape::#item))
        }
        Type::Named(id) => named(plan, plan.facts.canonical(*id), style, depth),
        Type::Map(others) if depth == 0 => members(style, &[], &shape(plan, others, style, 1)),
        Type::Scalar(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => quote!(Text),
    }
}

fn named(plan: &Plan<'_>, id: TypeId, style: HeaderStyle, depth: usize) -> TokenStream {
    match &plan.api.type_def(id).shape {
        Shape::Enumeration(Enumeration { values: EnumValues::Integers(_) }) => quote!(Value),
        Shape::Object(object) if depth == 0 && object.by == MembersBy::Name => {
            let known = object.members.iter().map(|member| {
                let (name, shape) = (&member.name, shape(plan, &member.ty, style, 1));
                quote!((#name, runtime::headers::Shape::#shape))
            });
            let others = object.additional.as_ref().map(|others| shape(plan, others, style, 1));
            members(style, &known.collect::<Vec<_>>(), &others.unwrap_or_else(|| quote!(Text)))
        }
        Shape::Object(object) if depth == 0 => {
            let first = object.members.iter().map(|member| {
                let shape = shape(plan, &member.ty, style, 1);
                quote!(runtime::headers::Shape::#shape)
            });
            let others = object.additional.as_ref().map(|others| shape(plan, others, style, 1));
            let others = others.unwrap_or_else(|| quote!(Text));
            quote!(Tuple(&[#(#first),*], &runtime::headers::Shape::#others))
        }
        Shape::Union(union) => choice(plan, id, union),
        Shape::Enumeration(_) | Shape::Object(_) | Shape::Alias(_) | Shape::Id(_) => quote!(Text),
    }
}

/// One of several single values: text only where none of the others is meant.
fn choice(plan: &Plan<'_>, id: TypeId, union: &Union) -> TokenStream {
    match form::of_several_kinds(plan, &Type::Named(id)) {
        Some(kinds) if !kinds.is_empty() => quote!(TextOr(&[#(runtime::Kind::#kinds),*])),
        None if union.variants.iter().all(|known| is_other_single(ty::json_kind(plan, &known.ty))) => {
            quote!(Value)
        }
        Some(_) | None => quote!(Text),
    }
}

fn members(style: HeaderStyle, known: &[TokenStream], others: &TokenStream) -> TokenStream {
    let others = quote!(&runtime::headers::Shape::#others);
    match style {
        HeaderStyle::Exploded => quote!(Exploded(&[#(#known),*], #others)),
        HeaderStyle::Simple | HeaderStyle::Json => quote!(Members(&[#(#known),*], #others)),
    }
}
