//! The body of a request: what a caller passes for it, and how it reaches the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, ty};
use crate::model::{Body, BodyKind, Scalar, Type};

/// The argument for the body, if it has to be sent.
pub(super) fn argument(plan: &Plan<'_>, body: &Body) -> TokenStream {
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) => match ty::resolved(plan, ty) {
            Type::List(item) => {
                let item = ty::expression(plan, item, Form::Write, Place::Group);
                quote!(&[#item])
            }
            Type::Scalar(Scalar::String | Scalar::Password) => quote!(&str),
            _ => {
                let ty = ty::expression(plan, ty, Form::Write, Place::Group);
                quote!(&#ty)
            }
        },
        BodyKind::Text => quote!(impl Into<String>),
        BodyKind::Bytes => quote!(impl Into<runtime::Bytes>),
        BodyKind::Parts(_) => unreachable!("a body in parts is no argument of its own"),
    }
}

/// The statement that puts `body` into `request`.
pub(super) fn apply(body: &Body, request: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match &body.kind {
        BodyKind::Json(_) => quote!(#request.json(#media_type, body);),
        BodyKind::Form(_) => quote!(#request.form(body);),
        BodyKind::Text => quote!(#request.body(#media_type, body.into());),
        BodyKind::Bytes => quote!(#request.body(#media_type, body);),
        BodyKind::Parts(_) => unreachable!("a body in parts is no argument of its own"),
    }
}

/// The method that sets a body that may be absent.
pub(super) fn setter(plan: &Plan<'_>, body: &Body) -> TokenStream {
    let docs = doc::item(&body.docs, "Sets the request body.");
    let passed = argument(plan, body);
    let applied = apply(body, &quote!(self.request));
    quote! {
        #docs
        pub fn body(mut self, body: #passed) -> Self { #applied self }
    }
}
