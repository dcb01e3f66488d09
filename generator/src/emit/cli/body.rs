//! Bodies: the text that was given, as what the builder takes, or piece by piece where it takes pieces.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::ty::{Form, Place};
use crate::emit::{Plan, doc, ty};
use crate::model::{
    Body, BodyKind, BodyPart, Location, MemberDirection, Operation, PartValue, PatternKeys, Presence, Scalar,
    Shape, Type, TypeId,
};
use crate::name::OperationNames;

/// ```text
/// cli::Body { needed: cli::Needed::Required, media: &["application/json"], read_only: &["id"], about: "" }
/// ```
pub(super) fn description(plan: &Plan<'_>, body: &Body) -> TokenStream {
    let is_needed = match &body.kind {
        // What has to be there is asked for piece by piece.
        BodyKind::Parts(_) => false,
        BodyKind::Json(_) | BodyKind::Form(_) | BodyKind::Text | BodyKind::Bytes => {
            body.presence == Presence::Required
        }
    };
    let needed = format_ident!("{}", if is_needed { "Required" } else { "Optional" });
    let media = &body.media_type;
    let read_only = read_only(plan, body);
    let about = body.docs.description.as_deref().map(doc::plain_line).unwrap_or_default();
    quote! {
        cli::Body {
            needed: cli::Needed::#needed,
            media: &[#media],
            read_only: &[#(#read_only),*],
            about: #about,
        }
    }
}

/// The members that are only read of everything a body is made of.
fn read_only(plan: &Plan<'_>, body: &Body) -> BTreeSet<String> {
    let mut open: Vec<TypeId> = match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) => ty.definitions(),
        BodyKind::Parts(parts) => parts.iter().filter_map(BodyPart::ty).flat_map(Type::definitions).collect(),
        BodyKind::Text | BodyKind::Bytes => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    let mut names = BTreeSet::new();
    while let Some(id) = open.pop() {
        let id = plan.facts.canonical(id);
        if !seen.insert(id) {
            continue;
        }
        let shape = &plan.api.type_def(id).shape;
        if let Shape::Object(object) = shape {
            let members = object.members.iter();
            let only_read = members.filter(|member| member.direction == MemberDirection::ReadOnly);
            names.extend(only_read.map(|member| member.name.clone()));
        }
        open.extend(shape.types().into_iter().flat_map(Type::definitions));
    }
    names
}

/// What a JSON body is taken as; `emit::body` says what the builder takes.
fn held(plan: &Plan<'_>, ty: &Type) -> TokenStream {
    match ty::resolved(plan, ty) {
        Type::List(item) => {
            let item = ty::expression(plan, item, Form::Write, Place::Group);
            quote!(Vec<#item>)
        }
        Type::Scalar(Scalar::String | Scalar::Password) => quote!(String),
        _ => ty::expression(plan, ty, Form::Write, Place::Group),
    }
}

/// The method of what was given that takes a body, with `optional_` in front if it may be missing.
fn method(plan: &Plan<'_>, body: &Body, optional: &str) -> TokenStream {
    let (name, ty) = match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) => {
            let ty = held(plan, ty);
            ("json_body", quote!(::<#ty>))
        }
        BodyKind::Text => ("text_body", TokenStream::new()),
        BodyKind::Bytes => ("bytes_body", TokenStream::new()),
        BodyKind::Parts(_) => unreachable!("a body in parts is taken piece by piece"),
    };
    let name = format_ident!("{optional}{name}");
    quote!(given.#name #ty())
}

fn passed(body: &Body, value: &TokenStream) -> TokenStream {
    match &body.kind {
        BodyKind::Json(_) | BodyKind::Form(_) => quote!(&#value),
        BodyKind::Parts(_) | BodyKind::Text | BodyKind::Bytes => value.clone(),
    }
}

/// The statement that takes a body that has to be there, and what is passed to the method.
pub(super) fn required(plan: &Plan<'_>, body: &Body) -> (TokenStream, TokenStream) {
    let value = method(plan, body, "");
    (quote!(let body = #value?;), passed(body, &quote!(body)))
}

/// The statement that passes on a body that may be missing.
pub(super) fn optional(plan: &Plan<'_>, body: &Body) -> TokenStream {
    let value = method(plan, body, "optional_");
    let passed = passed(body, &quote!(body));
    quote!(if let Some(body) = #value? { call = call.body(#passed); })
}

/// The statements that check pieces which the client puts there itself.
pub(super) fn fixed(operation: &Operation, options: &[String]) -> Vec<TokenStream> {
    let Some(Body { kind: BodyKind::Parts(parts), .. }) = &operation.body else { return Vec::new() };
    let slot_option = |slot: &str| {
        let mut known = operation.parameters.iter().zip(options);
        let is_slot = |parameter: &crate::model::Parameter| {
            parameter.location == Location::Path && parameter.name == slot
        };
        known.find(|(parameter, _)| is_slot(parameter)).map(|(_, option)| option)
    };
    let check = |part: &BodyPart| {
        let path = &part.path;
        match &part.value {
            PartValue::Constant(text) => Some(quote!(pieces.constant(&[#(#path),*], #text)?;)),
            PartValue::PathParameter(slot) => {
                let option = slot_option(slot)?;
                Some(quote!(pieces.same(&[#(#path),*], &given.text(#option))?;))
            }
            PartValue::Object
            | PartValue::Value(_)
            | PartValue::Pattern(_)
            | PartValue::ToOne { .. }
            | PartValue::ToMany { .. } => None,
        }
    };
    parts.iter().filter_map(check).collect()
}

/// The statement that takes a piece that has to be there as `local`, and what is passed to the method.
pub(super) fn required_piece(plan: &Plan<'_>, part: &BodyPart, local: &Ident) -> (TokenStream, TokenStream) {
    let path = &part.path;
    let of = |ty: &Type| ty::expression(plan, ty, Form::Write, Place::Group);
    match &part.value {
        PartValue::ToOne { resource, id } => {
            let id = of(id);
            let passed = if part.nullable { quote!(#local) } else { quote!(&#local) };
            (quote!(let #local = pieces.identifier::<#id>(&[#(#path),*], #resource)?;), passed)
        }
        PartValue::ToMany { resource, id } => {
            let id = of(id);
            (quote!(let #local = pieces.identifiers::<#id>(&[#(#path),*], #resource)?;), quote!(#local))
        }
        PartValue::Value(known) => {
            let held = of(known);
            let held = if part.nullable { quote!(Option<#held>) } else { held };
            (quote!(let #local = pieces.required::<#held>(&[#(#path),*])?;), quote!(#local))
        }
        PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) | PartValue::Pattern(_) => {
            unreachable!("only what a caller passes is an argument")
        }
    }
}

/// The statements that pass on the pieces that need not be there.
pub(super) fn optional_pieces(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> Vec<TokenStream> {
    let BodyKind::Parts(parts) = &body.kind else { return Vec::new() };
    let of = |ty: &Type| ty::expression(plan, ty, Form::Write, Place::Group);
    let pass = |(part, name): (&BodyPart, &crate::name::FieldName)| {
        let path = &part.path;
        let setter = match &part.value {
            PartValue::Pattern(known) => {
                let value = of(&known.ty);
                let (above, prefix) = (&path[..path.len().saturating_sub(1)], &known.prefix);
                let (key, passed) = key(known.keys);
                quote! {
                    for (key, value) in pieces.pattern::<#key, #value>(&[#(#above),*], #prefix)? {
                        call = call.#name(#passed, value);
                    }
                }
            }
            PartValue::ToOne { resource, id } if part.nullable => {
                let id = of(id);
                quote!(call = call.#name(pieces.patch_identifier::<#id>(&[#(#path),*], #resource)?);)
            }
            PartValue::ToOne { resource, id } => {
                let id = of(id);
                let taken = quote!(pieces.optional_identifier::<#id>(&[#(#path),*], #resource)?);
                quote!(if let Some(value) = #taken { call = call.#name(&value); })
            }
            PartValue::ToMany { resource, id } => {
                let id = of(id);
                let taken = quote!(pieces.optional_identifiers::<#id>(&[#(#path),*], #resource)?);
                quote!(if let Some(value) = #taken { call = call.#name(value); })
            }
            PartValue::Value(known) if part.nullable => {
                let held = of(known);
                quote!(call = call.#name(pieces.patch::<#held>(&[#(#path),*])?);)
            }
            PartValue::Value(known) => {
                let held = of(known);
                quote!(if let Some(value) = pieces.optional::<#held>(&[#(#path),*])? { call = call.#name(value); })
            }
            PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) => return None,
        };
        Some(setter)
    };
    parts
        .iter()
        .zip(&names.parts)
        .filter(|(part, _)| part.presence != Presence::Required)
        .filter_map(pass)
        .collect()
}

/// The type of what follows the prefix of a pattern, and how it is passed.
fn key(keys: PatternKeys) -> (TokenStream, TokenStream) {
    match keys {
        PatternKeys::Numbers { greatest, .. } if u8::try_from(greatest).is_ok() => (quote!(u8), quote!(key)),
        PatternKeys::Numbers { .. } => (quote!(u16), quote!(key)),
        PatternKeys::Text => (quote!(String), quote!(&key)),
    }
}
