//! Bodies: the text that was given, as what the builder takes, or piece by piece where it takes pieces.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::parts;
use crate::emit::ty::{Form, Place};
use crate::emit::{Plan, doc, ty};
use crate::model::{
    Body, BodyKind, BodyMedia, BodyPart, Location, MemberDirection, Operation, PartValue, PatternKeys,
    Presence, Scalar, Shape, Type, TypeId,
};
use crate::name::{MediaNames, ModuleName, OperationNames};

/// ```text
/// cli::Body { needed: cli::Needed::Required, media: &["application/json"], read_only: &["id"], parts: &[], about: "" }
/// ```
pub(super) fn description(plan: &Plan<'_>, body: &Body) -> TokenStream {
    // A body in which nothing is the caller's is put together without one.
    let is_callers = !body.is_in_parts() || body.parts().iter().any(|part| part.ty().is_some());
    let is_needed = is_callers && body.presence == Presence::Required;
    let needed = super::needed(is_needed);
    let media = body.media.iter().map(|media| &media.media_type);
    let preferred = Literal::usize_unsuffixed(body.preferred());
    let read_only = read_only(plan, body);
    let parts = body.media.iter().enumerate().filter_map(|(at, media)| {
        let known = parts::description(plan, media.kind.multipart()?);
        let at = Literal::usize_unsuffixed(at);
        Some(quote!((#at, #known)))
    });
    let about = body.docs.description.as_deref().map(doc::plain_line).unwrap_or_default();
    quote! {
        cli::Body {
            needed: cli::Needed::#needed,
            media: &[#(#media),*],
            preferred: #preferred,
            read_only: &[#(#read_only),*],
            parts: &[#(#parts),*],
            about: #about,
        }
    }
}

/// The members that are only read of everything a body is made of.
fn read_only(plan: &Plan<'_>, body: &Body) -> BTreeSet<String> {
    let types = |media: &BodyMedia| match &media.kind {
        BodyKind::Json(ty) | BodyKind::Xml(ty, _) => ty.definitions(),
        BodyKind::Form(form) => form.ty.definitions(),
        BodyKind::Parts(parts) => parts.iter().filter_map(BodyPart::ty).flat_map(Type::definitions).collect(),
        BodyKind::Multipart(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Bytes | BodyKind::Range => {
            Vec::new()
        }
    };
    let mut open: Vec<TypeId> = body.media.iter().flat_map(types).collect();
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
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => quote!(String),
        _ => ty::expression(plan, ty, Form::Write, Place::Group),
    }
}

/// What is given for one media type, as the builder takes it; a value that is passed by reference is kept in `local`.
fn given(
    plan: &Plan<'_>,
    (at, media): (usize, &BodyMedia),
    names: &MediaNames,
    module: &ModuleName,
    local: &Ident,
) -> TokenStream {
    match &media.kind {
        BodyKind::Json(ty) | BodyKind::Xml(ty, _) => json(plan, ty, local),
        BodyKind::Form(form) => json(plan, &form.ty, local),
        BodyKind::Text => quote!(given.text_body()?),
        BodyKind::Bytes => quote!(runtime::Upload::from(given.bytes_body()?)),
        BodyKind::Range => quote!(runtime::content::Content::new(given.media_type()?, given.bytes_body()?)),
        BodyKind::Lines(_) => quote!(runtime::lines::JsonLines::raw(given.bytes_body()?)),
        BodyKind::Multipart(known) => parts::given(known, names, module, at),
        BodyKind::Parts(_) => unreachable!("a body in parts is taken piece by piece"),
    }
}

fn json(plan: &Plan<'_>, ty: &Type, local: &Ident) -> TokenStream {
    let held = held(plan, ty);
    quote!({ #local = given.json_body::<#held>()?; &#local })
}

/// The statements that make `body`, in the media type that was asked for.
///
/// ```text
/// let body_0;
/// let body = match given.media()? { 0 => CreateBody::Json({ body_0 = given.json_body::<types::Pet>()?; &body_0 }), … };
/// ```
fn made(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> (TokenStream, TokenStream) {
    let module = &plan.names.groups()[names.group].module;
    let local = |at: usize| format_ident!("body_{at}");
    let is_kept =
        |media: &BodyMedia| matches!(media.kind, BodyKind::Json(_) | BodyKind::Form(_) | BodyKind::Xml(..));
    let locals = body.media.iter().enumerate().filter(|(_, media)| is_kept(media)).map(|(at, _)| local(at));
    let locals = quote!(#(let #locals;)*);
    let values = body.media.iter().zip(&names.media).enumerate();
    let values: Vec<TokenStream> =
        values.map(|(at, (media, own))| given(plan, (at, media), own, module, &local(at))).collect();
    if let [only] = values.as_slice() {
        return (locals, only.clone());
    }
    let name = &names.body;
    let arms = values.iter().zip(&names.media).enumerate().map(|(at, (value, own))| {
        let (at, variant) = (Literal::usize_unsuffixed(at), &own.variant);
        quote!(#at => super::super::#module::#name::#variant(#value),)
    });
    let last = quote!(_ => return Err(given.no_media()),);
    (locals, quote!(match given.media()? { #(#arms)* #last }))
}

/// The statements that make a body that has to be there, and what is passed to the method.
pub(super) fn required(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> (TokenStream, TokenStream) {
    let (locals, value) = made(plan, body, names);
    (quote!(#locals let body = #value;), quote!(body))
}

/// The statements that pass on a body that may be missing.
pub(super) fn optional(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    let (locals, value) = made(plan, body, names);
    quote!(#locals if given.has_body() { let body = #value; call = call.body(body); })
}

/// The statements that check pieces which the client puts there itself.
pub(super) fn fixed(operation: &Operation, options: &[String]) -> Vec<TokenStream> {
    let parts = operation.body.as_ref().map_or(&[][..], Body::parts);
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
    let parts = body.parts();
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
