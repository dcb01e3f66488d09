//! What the result of a call is shown as.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Plan, decode, paging, respond};
use crate::model::{Content, Operation};
use crate::name::{ModuleName, OperationNames};

/// What sends the call: `cli::send(call.into_request(), super::super::contacts::List::decode, cli::json)`.
///
/// Where successes differ, a closure tells which it is. What is a stream is shown as it came.
pub(super) fn sending(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    module: &ModuleName,
) -> TokenStream {
    if decode::is_streamed(operation) {
        return quote!(cli::send_raw(call.into_request()));
    }
    let (builder, show) = (&names.builder, show(plan, operation, names, module));
    quote!(cli::send(call.into_request(), super::super::#module::#builder::decode, #show))
}

fn show(plan: &Plan<'_>, operation: &Operation, names: &OperationNames, module: &ModuleName) -> TokenStream {
    let successes = respond::successes(plan, operation, names);
    let mut outcomes = successes.iter().flat_map(|case| &case.outcomes).peekable();
    if !respond::is_varied(plan, &successes) {
        return outcomes.peek().map_or_else(|| quote!(cli::nothing), |known| of(known.content()));
    }
    let success = &names.success;
    let arms = outcomes.map(|known| {
        let (variant, show) = (known.name, of(known.content()));
        let held = quote!(super::super::#module::#success::#variant);
        match known.content() {
            Content::Empty => quote!(#held => cli::nothing(()),),
            Content::Json(_)
            | Content::Text
            | Content::Xml(..)
            | Content::Bytes
            | Content::Events(_)
            | Content::Items(..)
            | Content::Undeclared => quote!(#held(value) => #show(value),),
        }
    });
    quote!(|answer| match answer { #(#arms)* })
}

fn of(content: &Content) -> TokenStream {
    match content {
        Content::Empty => quote!(cli::nothing),
        Content::Json(_) | Content::Xml(..) => quote!(cli::json),
        Content::Text => quote!(cli::text),
        Content::Bytes => quote!(cli::bytes),
        Content::Events(_) | Content::Items(..) | Content::Undeclared => quote!(cli::raw),
    }
}

/// The statement that walks through all pages if they are wanted.
pub(super) fn pages(plan: &Plan<'_>, operation: &Operation) -> TokenStream {
    if !paging::is_paged(plan, operation) {
        return TokenStream::new();
    }
    quote!(if given.all_pages() {
        return Ok(cli::walk(call.stream(), cli::json));
    })
}
