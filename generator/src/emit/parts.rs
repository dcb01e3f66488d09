//! Bodies that the client puts together: what a caller passes for each part, and where it goes.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, parameter, pattern, setters, ty};
use crate::model::{
    Body, BodyPart, Location, Operation, Parameter, PartValue, Presence, Scalar, Shape, Type,
};
use crate::name::{FieldName, OperationNames};

/// A part with its name.
pub(super) type Named<'p> = (&'p BodyPart, &'p FieldName);

fn named<'p>(operation: &'p Operation, names: &'p OperationNames) -> impl Iterator<Item = Named<'p>> {
    let parts = operation.body.as_ref().map_or(&[][..], Body::parts);
    parts.iter().zip(&names.parts)
}

fn is_passed(part: &BodyPart) -> bool {
    part.ty().is_some()
}

/// The parts that are arguments of the method.
pub(super) fn arguments<'p>(operation: &'p Operation, names: &'p OperationNames) -> Vec<Named<'p>> {
    named(operation, names)
        .filter(|(part, _)| part.presence == Presence::Required && is_passed(part))
        .collect()
}

/// `site: &types::SiteId`.
pub(super) fn declared(plan: &Plan<'_>, (part, name): &Named<'_>) -> TokenStream {
    let argument = argument(plan, part);
    quote!(#name: #argument)
}

/// The statements that begin the body and set what is fixed and what is passed to the method.
pub(super) fn begin(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    body: &Body,
) -> TokenStream {
    let media_type = body.only().map(|only| &only.media_type);
    let request = quote!(request);
    let set = named(operation, names).filter(|(part, _)| part.presence == Presence::Required).map(
        |(part, name)| {
            let path = &part.path;
            match &part.value {
                PartValue::Constant(text) => quote!(request.json_set(&[#(#path),*], #text);),
                PartValue::Object => quote!(request.json_object(&[#(#path),*]);),
                PartValue::PathParameter(slot) => {
                    let text = slot_text(plan, operation, names, slot);
                    quote!(request.json_set(&[#(#path),*], #text);)
                }
                PartValue::Value(_)
                | PartValue::Pattern(_)
                | PartValue::ToOne { .. }
                | PartValue::ToMany { .. } => apply(plan, part, name, &request),
            }
        },
    );
    quote!(request.json_start(#media_type); #(#set)*)
}

/// The text of the path parameter `slot`, which is in the body too.
fn slot_text(plan: &Plan<'_>, operation: &Operation, names: &OperationNames, slot: &str) -> TokenStream {
    let mut known = operation.parameters.iter().zip(&names.parameters);
    let found = known.find(|(parameter, _)| parameter.location == Location::Path && parameter.name == slot);
    let Some((parameter, name)) = found else {
        unreachable!("lowering gives every slot of a path a parameter");
    };
    match &parameter.constant {
        Some(constant) => quote!(#constant),
        None if is_made_text(plan, operation, parameter) => quote!(&#name),
        None => quote!(#name),
    }
}

/// Whether `parameter` is in the body too and is no text yet, so that it has to be made one before it goes to either.
pub(super) fn is_made_text(plan: &Plan<'_>, operation: &Operation, parameter: &Parameter) -> bool {
    let parts = operation.body.as_ref().map_or(&[][..], Body::parts);
    let is_slot =
        |part: &BodyPart| matches!(&part.value, PartValue::PathParameter(slot) if *slot == parameter.name);
    let is_in_body = parameter.location == Location::Path && parts.iter().any(is_slot);
    is_in_body && !parameter::is_text(plan, &parameter.ty)
}

/// The setters of the parts that need not be sent.
pub(super) fn setters(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let optional =
        named(operation, names).filter(|(part, _)| part.presence != Presence::Required && is_passed(part));
    let setters = optional.map(|(part, name)| {
        let docs = doc::item(&part.docs, &format!("Sets {} of the body.", doc::code(&part.path.join("."))));
        let allow = setters::allow_trait_name(name.as_str());
        let apply = apply(plan, part, name, &quote!(self.request));
        let arguments = match &part.value {
            PartValue::Pattern(known) => pattern::arguments(plan, known),
            PartValue::Value(_) | PartValue::ToOne { .. } | PartValue::ToMany { .. } => {
                let argument = argument(plan, part);
                quote!(#name: #argument)
            }
            PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) => TokenStream::new(),
        };
        let docs = match &part.value {
            PartValue::Pattern(known) => doc::own(&pattern::words(known)),
            _ => docs,
        };
        quote! {
            #docs
            #allow
            pub fn #name(mut self, #arguments) -> Self { #apply self }
        }
    });
    quote!(#(#setters)*)
}

fn argument(plan: &Plan<'_>, part: &BodyPart) -> TokenStream {
    match &part.value {
        PartValue::ToOne { id, .. } => {
            let id = ty::expression(plan, id, Form::Write, Place::Group);
            if part.nullable { quote!(impl Into<runtime::Patch<#id>>) } else { quote!(&#id) }
        }
        PartValue::ToMany { id, .. } => {
            let id = ty::expression(plan, id, Form::Write, Place::Group);
            quote!(impl IntoIterator<Item = #id>)
        }
        PartValue::Value(known) => {
            let held = ty::expression(plan, known, Form::Write, Place::Group);
            if part.nullable {
                quote!(impl Into<runtime::Patch<#held>>)
            } else if converts(plan, known) {
                quote!(impl Into<#held>)
            } else {
                held
            }
        }
        PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) | PartValue::Pattern(_) => {
            TokenStream::new()
        }
    }
}

/// Whether callers have something else at hand that becomes a value of `ty`.
pub(super) fn converts(plan: &Plan<'_>, ty: &Type) -> bool {
    match ty::resolved(plan, ty) {
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => true,
        Type::Named(id) => {
            let shape = &plan.api.type_def(plan.facts.canonical(*id)).shape;
            matches!(shape, Shape::Enumeration(_) | Shape::Id(_))
        }
        Type::Scalar(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => false,
    }
}

/// The statement that puts what was passed as `name` to the place of `part`.
fn apply(plan: &Plan<'_>, part: &BodyPart, name: &FieldName, request: &TokenStream) -> TokenStream {
    let path = &part.path;
    match &part.value {
        PartValue::ToOne { resource, id } if part.nullable => {
            let id = ty::expression(plan, id, Form::Write, Place::Group);
            quote!(#request.link_patch(&[#(#path),*], #resource, &Into::<runtime::Patch<#id>>::into(#name));)
        }
        PartValue::ToOne { resource, .. } => {
            quote!(#request.link_one(&[#(#path),*], #resource, #name.as_str());)
        }
        PartValue::ToMany { resource, .. } => {
            quote!(#request.linkage(&[#(#path),*], #resource, #name);)
        }
        PartValue::Pattern(known) => pattern::apply(plan, known, path, request),
        PartValue::Value(known) => {
            let held = ty::expression(plan, known, Form::Write, Place::Group);
            if part.nullable {
                quote!(#request.json_patch(&[#(#path),*], &Into::<runtime::Patch<#held>>::into(#name));)
            } else if converts(plan, known) {
                quote!(#request.json_set(&[#(#path),*], &Into::<#held>::into(#name));)
            } else {
                quote!(#request.json_set(&[#(#path),*], &#name);)
            }
        }
        PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) => TokenStream::new(),
    }
}
