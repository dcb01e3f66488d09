//! The body of a request: what a caller passes for it, and how it reaches the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, media, multipart, ty, xml};
use crate::model::{Body, BodyKind, BodyMedia, FieldStyle, Operation, QueryStyle, Reserved, Scalar, Type};
use crate::name::{MediaNames, OperationNames, PartsNames};

/// A media type of a body with its names.
pub(super) type Named<'p> = (&'p BodyMedia, &'p MediaNames);

/// The media types of a body.
pub(super) fn named<'p>(body: &'p Body, names: &'p OperationNames) -> impl Iterator<Item = Named<'p>> {
    body.media.iter().zip(&names.media)
}

/// The types that a caller makes the body of: an enum where there are several media types, a struct for each that has parts.
pub(super) fn definitions(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let Some(body) = &operation.body else { return TokenStream::new() };
    let choice = body.only().is_none().then(|| media::definition(plan, body, names));
    let multiparts = named(body, names).filter_map(|(media, named)| {
        let docs = format!("What [`{}`] sends as {}.", names.builder, doc::code(&media.media_type));
        Some(multipart::definition(plan, &docs, named.multipart.as_ref()?, media.kind.multipart()?))
    });
    quote!(#choice #(#multiparts)*)
}

/// The names of a multipart body.
pub(super) fn parts_names(media: &MediaNames) -> &PartsNames {
    media.multipart.as_ref().unwrap_or_else(|| unreachable!("`name` names the parts of every multipart body"))
}

/// The argument for the body, if it has to be sent.
pub(super) fn argument(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    let only = named(body, names).next().filter(|_| body.only().is_some());
    let Some((only, own)) = only else { return media::argument(body, names) };
    match &only.kind {
        BodyKind::Json(ty) | BodyKind::Xml(ty, _) => reference(plan, ty, &TokenStream::new()),
        BodyKind::Form(form) => reference(plan, &form.ty, &TokenStream::new()),
        BodyKind::Multipart(_) => {
            let multipart = &parts_names(own).name;
            quote!(impl Into<#multipart>)
        }
        BodyKind::Lines(ty) => {
            let item = ty::expression(plan, ty, Form::Write, Place::Group);
            quote!(impl Into<runtime::lines::JsonLines<#item>>)
        }
        BodyKind::Text => quote!(impl Into<String>),
        BodyKind::Bytes => quote!(impl Into<runtime::Upload>),
        BodyKind::Range => quote!(impl Into<runtime::content::Content>),
        BodyKind::Parts(_) => unreachable!("a body in parts is no argument of its own"),
    }
}

/// The generic parameters of a method that takes the body: `<'b>`, if values of its enum refer to what the caller has.
pub(super) fn generics(body: Option<&Body>) -> TokenStream {
    let is_borrowed = body.is_some_and(|body| body.only().is_none() && media::is_borrowed(body));
    if is_borrowed { quote!(<'b>) } else { TokenStream::new() }
}

/// A reference to a value of `ty`, as callers have one at hand: `&[Pet]`, `&str`, `&Pet`.
pub(super) fn reference(plan: &Plan<'_>, ty: &Type, lifetime: &TokenStream) -> TokenStream {
    match ty::resolved(plan, ty) {
        Type::List(item) => {
            let item = ty::expression(plan, item, Form::Write, Place::Group);
            quote!(&#lifetime [#item])
        }
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => quote!(&#lifetime str),
        _ => {
            let ty = ty::expression(plan, ty, Form::Write, Place::Group);
            quote!(&#lifetime #ty)
        }
    }
}

/// The statement that puts `body` into `request`.
pub(super) fn apply(plan: &Plan<'_>, body: &Body, request: &TokenStream) -> TokenStream {
    let Some(only) = body.only() else { return quote!(body.into().apply(&mut #request);) };
    let passed = match &only.kind {
        BodyKind::Json(_) | BodyKind::Form(_) | BodyKind::Xml(..) | BodyKind::Bytes => quote!(body),
        BodyKind::Lines(_) | BodyKind::Text | BodyKind::Range | BodyKind::Multipart(_) => quote!(body.into()),
        BodyKind::Parts(_) => unreachable!("a body in parts is no argument of its own"),
    };
    apply_media(plan, only, request, &passed)
}

/// The statement that puts what was passed for one media type into `request`.
pub(super) fn apply_media(
    plan: &Plan<'_>,
    media: &BodyMedia,
    request: &TokenStream,
    passed: &TokenStream,
) -> TokenStream {
    let media_type = &media.media_type;
    match &media.kind {
        BodyKind::Json(_) => quote!(#request.json(#media_type, #passed);),
        BodyKind::Xml(_, node) => {
            let node = xml::of(plan, *node);
            quote!(#request.xml(#media_type, #node, #passed);)
        }
        BodyKind::Form(form) => {
            let fields = form_fields(plan, &form.fields);
            if form.fields.is_empty() && media_type == "application/x-www-form-urlencoded" {
                return quote!(#request.form(#passed););
            }
            quote!(#request.form_as(#media_type, #fields, #passed);)
        }
        BodyKind::Multipart(_) => quote!(#request.multipart(#media_type, #passed.parts);),
        BodyKind::Lines(_) => quote!(#request.lines(#media_type, #passed);),
        BodyKind::Text => quote!(#request.text(#media_type, #passed);),
        BodyKind::Bytes => quote!(#request.upload(#media_type, #passed);),
        BodyKind::Range => quote!(#request.content(#media_type, #passed);),
        BodyKind::Parts(_) => unreachable!("a body in parts is no argument of its own"),
    }
}

/// `&[runtime::FormField { name: "tags", style: runtime::FormStyle::Json }]`.
pub(super) fn form_fields(plan: &Plan<'_>, fields: &[(String, FieldStyle)]) -> TokenStream {
    let fields = fields.iter().map(|(name, style)| {
        let style = field_style(plan, style);
        quote!(runtime::FormField { name: #name, style: #style })
    });
    quote!(&[#(#fields),*])
}

/// `|value| runtime::form_text(value, &[])`.
pub(super) fn form_text(plan: &Plan<'_>, fields: &[(String, FieldStyle)]) -> TokenStream {
    let fields = form_fields(plan, fields);
    quote!(|value| runtime::form_text(value, #fields))
}

/// `runtime::FormStyle::Deep(runtime::Reserved::Encoded)`.
pub(super) fn field_style(plan: &Plan<'_>, style: &FieldStyle) -> TokenStream {
    let (style, reserved) = match style {
        FieldStyle::Json => return quote!(runtime::FormStyle::Json),
        FieldStyle::Text => return quote!(runtime::FormStyle::Text),
        FieldStyle::Query(style, reserved) => (style, reserved),
        FieldStyle::Xml(node) => {
            let node = xml::of(plan, *node);
            return quote!(runtime::FormStyle::Written(|value| runtime::xml::text(value, #node)));
        }
        FieldStyle::Form(inner) => {
            let write = form_text(plan, inner);
            return quote!(runtime::FormStyle::Written(#write));
        }
    };
    let style = match style {
        QueryStyle::Exploded => quote!(Exploded),
        QueryStyle::Comma => quote!(Comma),
        QueryStyle::Space => quote!(Space),
        QueryStyle::Pipe => quote!(Pipe),
        QueryStyle::Deep => quote!(Deep),
    };
    let reserved = match reserved {
        Reserved::Encoded => quote!(Encoded),
        Reserved::Kept => quote!(Kept),
    };
    quote!(runtime::FormStyle::#style(runtime::Reserved::#reserved))
}

/// The method that sets a body that may be absent.
pub(super) fn setter(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    let docs = doc::item(&body.docs, "Sets the request body.");
    let (generics, passed) = (generics(Some(body)), argument(plan, body, names));
    let applied = apply(plan, body, &quote!(self.request));
    quote! {
        #docs
        pub fn body #generics (mut self, body: #passed) -> Self { #applied self }
    }
}
