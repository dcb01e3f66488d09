//! The request builder of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, paging, parameter, parts, respond, setters, ty};
use crate::model::{Body, BodyKind, Location, Operation, Parameter, Presence, Scalar, Type};
use crate::name::{FieldName, OperationNames, TypeName};

/// A parameter with its name.
pub(super) type Named<'p> = (&'p Parameter, &'p FieldName);

/// The parameters that are arguments: those that have to be sent and can have more than one value.
pub(super) fn arguments<'p>(operation: &'p Operation, names: &'p OperationNames) -> Vec<Named<'p>> {
    named(operation, names)
        .filter(|(parameter, _)| parameter.presence == Presence::Required && parameter.constant.is_none())
        .collect()
}

fn named<'p>(operation: &'p Operation, names: &'p OperationNames) -> impl Iterator<Item = Named<'p>> {
    operation.parameters.iter().zip(&names.parameters)
}

/// The argument for the body, if it has to be sent.
pub(super) fn body_argument(plan: &Plan<'_>, body: &Body) -> TokenStream {
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
pub(super) fn apply_body(body: &Body, request: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match &body.kind {
        BodyKind::Json(_) => quote!(#request.json(#media_type, body);),
        BodyKind::Form(_) => quote!(#request.form(body);),
        BodyKind::Text => quote!(#request.body(#media_type, body.into());),
        BodyKind::Bytes => quote!(#request.body(#media_type, body);),
        BodyKind::Parts(_) => unreachable!("a body in parts is no argument of its own"),
    }
}

/// ```text
/// pub struct List<'a> { request: Request<'a> }
/// impl<'a> List<'a> { pub fn page_size(mut self, …) -> Self { … } … }
/// impl<'a> IntoFuture for List<'a> { … }
/// ```
pub(super) fn definition(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    group: &TypeName,
) -> TokenStream {
    let (builder, method, error) = (&names.builder, &names.method, &names.error);
    let docs = doc::own(&format!("A call of [`{group}::{method}`]: `.await` sends it."));
    let setters = named(operation, names)
        .filter(|(parameter, _)| parameter.presence == Presence::Optional)
        .map(|(parameter, name)| setter(plan, parameter, name));
    let body = operation
        .body
        .as_ref()
        .filter(|body| body.presence == Presence::Optional && !matches!(body.kind, BodyKind::Parts(_)))
        .map(|body| body_setter(plan, body));
    let parts = parts::setters(plan, operation, names);
    let ways_out = ways_out();
    let streams = paging::streams(plan, operation, names, &super::group::constant(names));
    let decode = respond::decode(plan, operation, names);
    let success = respond::success(plan, operation, names);
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a call does nothing until it is awaited"]
        pub struct #builder<'a> { request: Request<'a> }
        impl<'a> #builder<'a> {
            #(#setters)*
            #body
            #parts
            #ways_out
            #streams
            #decode
        }
        impl<'a> runtime::Call<'a> for #builder<'a> {
            type Output = #success;
            type Error = #error;
            fn into_request(self) -> Request<'a> { self.request }
        }
        impl<'a> IntoFuture for #builder<'a> {
            type Output = Result<#success, Error<#error>>;
            type IntoFuture = BoxFuture<'a, Self::Output>;
            fn into_future(self) -> Self::IntoFuture { self.request.send(Self::decode) }
        }
    }
}

fn setter(plan: &Plan<'_>, known: &Parameter, name: &FieldName) -> TokenStream {
    let place = match known.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    };
    let docs = doc::item(&known.docs, &format!("Sets the {place} parameter {}.", doc::code(&known.name)));
    let argument = parameter::argument(plan, known);
    let apply = parameter::apply(plan, known, name, &quote!(self.request));
    let allow = setters::allow_trait_name(name.as_str());
    quote! {
        #docs
        #allow
        pub fn #name(mut self, #name: #argument) -> Self { #apply self }
    }
}

fn body_setter(plan: &Plan<'_>, body: &Body) -> TokenStream {
    let docs = doc::item(&body.docs, "Sets the request body.");
    let argument = body_argument(plan, body);
    let apply = apply_body(body, &quote!(self.request));
    quote! {
        #docs
        pub fn body(mut self, body: #argument) -> Self { #apply self }
    }
}

/// What every call can do beyond what the document says.
fn ways_out() -> TokenStream {
    quote! {
        #[doc = " Adds a query parameter that the document does not name."]
        pub fn query(mut self, name: &str, value: &str) -> Self {
            self.request.query(name, value);
            self
        }
        #[doc = " Sets a header, in place of one of that name."]
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.request.header(name, value);
            self
        }
        #[doc = " The longest time from sending the request to the end of its answer, in place of the client's."]
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.request.timeout(timeout);
            self
        }
        #[doc = " When the call is made again, in place of what holds for the client."]
        pub fn retry(mut self, retry: runtime::Retry) -> Self {
            self.request.retry(retry);
            self
        }
        #[doc = " Sends the request and hands over the response as it comes, whatever its status."]
        pub fn send_raw(self) -> BoxFuture<'a, Result<RawResponse, Error<Infallible>>> { self.request.send_raw() }
    }
}
