//! What the result of a call is shown as.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Plan, paging, respond};
use crate::model::{Content, Operation};
use crate::name::{ModuleName, OperationNames};

/// `cli::json`, or where successes differ a closure that tells which it is.
pub(super) fn show(operation: &Operation, names: &OperationNames, module: &ModuleName) -> TokenStream {
    let successes = respond::successes(operation, names);
    if !respond::is_varied(&successes) {
        return successes.first().map_or_else(|| quote!(cli::nothing), |case| of(&case.response.content));
    }
    let success = &names.success;
    let arms = successes.iter().map(|case| {
        let (variant, show) = (case.name, of(&case.response.content));
        let held = quote!(super::super::#module::#success::#variant);
        match case.response.content {
            Content::Empty => quote!(#held => cli::nothing(()),),
            Content::Json(_) | Content::Text | Content::Bytes | Content::Undeclared => {
                quote!(#held(value) => #show(value),)
            }
        }
    });
    quote!(|answer| match answer { #(#arms)* })
}

fn of(content: &Content) -> TokenStream {
    match content {
        Content::Empty => quote!(cli::nothing),
        Content::Json(_) => quote!(cli::json),
        Content::Text => quote!(cli::text),
        Content::Bytes => quote!(cli::bytes),
        Content::Undeclared => quote!(cli::raw),
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
