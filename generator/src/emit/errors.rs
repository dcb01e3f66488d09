//! The typed errors of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::respond::{self, Case};
use super::{Plan, doc};
use crate::model::{Content, Operation};
use crate::name::OperationNames;

/// ```text
/// pub enum ListError { Unauthorized(types::ErrorDocument), Forbidden(types::ErrorDocument) }
/// ```
/// An operation that declares no errors has an empty enum: it cannot fail in a way the document describes.
pub(super) fn definition(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let error = &names.error;
    let cases = respond::errors(operation, names);
    let docs = doc::own(&format!("The errors that the document declares for [`{}`].", names.builder));
    let variants = cases.iter().map(|case| {
        let (docs, variant, body) = (respond::status_docs(case.response), case.name, body(plan, case));
        quote!(#docs #variant(#body),)
    });
    let arms = cases.iter().map(|case| {
        let (variant, status) = (case.name, respond::status_text(case.response.status));
        match &case.response.content {
            Content::Json(_) => quote!(Self::#variant(body) => runtime::fmt_api_error(f, #status, body),),
            Content::Text | Content::Empty | Content::Bytes | Content::Undeclared => {
                quote!(Self::#variant(body) => runtime::fmt_api_error_body(f, #status, body.as_ref()),)
            }
        }
    });
    let display = if cases.is_empty() {
        quote!(
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                match *self {}
            }
        )
    } else {
        quote!(fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { match self { #(#arms)* } })
    };
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #error { #(#variants)* }
        impl fmt::Display for #error { #display }
        impl std::error::Error for #error {}
    }
}

/// What an error carries. A body of which the document says nothing is kept as it came.
fn body(plan: &Plan<'_>, case: &Case<'_>) -> TokenStream {
    match &case.response.content {
        declared @ (Content::Json(_) | Content::Text) => respond::content(plan, declared),
        Content::Empty | Content::Bytes | Content::Undeclared => quote!(runtime::Bytes),
    }
}
