//! What the API sends to an address that it was given in a call: the types of the bodies, and how they are read.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, Form, Place};
use super::{Plan, doc};
use crate::model::Callback;

/// ```text
/// pub mod callbacks {
///     pub type OnEvent = super::Event;
///     pub fn read_on_event(body: &[u8]) -> Result<OnEvent, runtime::DecodeError> { runtime::read_json(body) }
/// }
/// ```
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let callbacks = &plan.api.callbacks;
    if callbacks.is_empty() {
        return TokenStream::new();
    }
    let items = callbacks.iter().zip(plan.names.callbacks()).map(|(callback, (name, read))| {
        let docs = docs(plan, callback);
        let reads = doc::own(&format!("Reads the body of {}.", doc::code(&callback.name)));
        let body = ty::expression(plan, &callback.body, Form::Read, Place::Types);
        quote! {
            #docs
            pub type #name = #body;

            #reads
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " If it is not JSON or does not have this shape; the error says where."]
            pub fn #read(body: &[u8]) -> Result<#name, runtime::DecodeError> { runtime::read_json(body) }
        }
    });
    quote! {
        #[doc = " What the API sends to addresses that it was given in calls."]
        pub mod callbacks {
            #[allow(unused_imports)]
            use super::*;
            use super::super::runtime;
            #(#items)*
        }
    }
}

fn docs(plan: &Plan<'_>, callback: &Callback) -> TokenStream {
    let given = plan.api.operations.iter().find(|known| known.pointer == callback.operation);
    let route = given.map_or_else(String::new, |known| format!("{} {}", known.method.as_str(), known.path));
    let sent = format!(
        "The body of a {} to {}, as given in {}.",
        doc::code(&callback.method),
        doc::code(&callback.expression),
        doc::code(&route)
    );
    let summary = callback.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match summary {
        Some(summary) => doc::own(&format!("{}\n\n{sent}", doc::one_line(summary))),
        None => doc::own(&sent),
    }
}
