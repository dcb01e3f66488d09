//! The request builder of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, body, decode, doc, paging, parameter, parts, respond, setters};
use crate::model::{HttpMethod, Location, Operation, Parameter, Presence};
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
        .filter(|body| body.presence == Presence::Optional && !body.is_in_parts())
        .map(|known| body::setter(plan, known, names));
    let parts = parts::setters(plan, operation, names);
    let (ways_out, key) = (ways_out(), idempotency_key(operation, names));
    let streams = paging::streams(plan, operation, names, &super::group::constant(names));
    let (decode, ways) = (decode::decode(plan, operation, names), decode::ways(plan, operation, names));
    let future = decode::future(operation);
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
            #key
            #ways
            #streams
            #decode
        }
        impl<'a> runtime::Call<'a> for #builder<'a> {
            type Output = #success;
            type Error = #error;
            fn request_mut(&mut self) -> &mut Request<'a> { &mut self.request }
            fn into_request(self) -> Request<'a> { self.request }
            fn send(self) -> runtime::Answered<'a, #success, #error> { self.send() }
        }
        impl<'a> IntoFuture for #builder<'a> {
            type Output = Result<#success, Error<#error>>;
            type IntoFuture = BoxFuture<'a, Self::Output>;
            fn into_future(self) -> Self::IntoFuture { #future }
        }
    }
}

fn setter(plan: &Plan<'_>, known: &Parameter, name: &FieldName) -> TokenStream {
    let place = match known.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::WholeQuery => "querystring",
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

/// Where sending twice may do harm, what lets the server see to it that it does not; unless the document has it as a parameter.
fn idempotency_key(operation: &Operation, names: &OperationNames) -> TokenStream {
    let may_harm = match operation.method {
        HttpMethod::Post | HttpMethod::Patch | HttpMethod::Other(_) => operation.repeatable != Some(true),
        HttpMethod::Get
        | HttpMethod::Put
        | HttpMethod::Delete
        | HttpMethod::Options
        | HttpMethod::Head
        | HttpMethod::Trace
        | HttpMethod::Query => false,
    };
    let is_taken = names.parameters.iter().chain(&names.parts).any(|name| name.as_str() == "idempotency_key");
    if is_taken || !may_harm {
        return TokenStream::new();
    }
    quote! {
        #[doc = " Names what the call is to do, so that it can be made again and the server does it once; another call needs another key."]
        pub fn idempotency_key(mut self, key: &str) -> Self {
            self.request.idempotency_key(key);
            self
        }
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
