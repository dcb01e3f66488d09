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
        let (docs, variant) = (respond::status_docs(case.response), case.name);
        let body = body(plan, case).map(|body| quote!((#body)));
        quote!(#docs #variant #body,)
    });
    let arms = cases.iter().map(|case| {
        let (variant, status) = (case.name, respond::status_text(case.response.status));
        if body(plan, case).is_some() {
            quote!(Self::#variant(body) => runtime::fmt_api_error(f, #status, body),)
        } else {
            quote!(Self::#variant => f.write_str(#status),)
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
        #[allow(clippy::large_enum_variant)]
        pub enum #error { #(#variants)* }
        impl fmt::Display for #error { #display }
        impl std::error::Error for #error {}
    }
}

fn body(plan: &Plan<'_>, case: &Case<'_>) -> Option<TokenStream> {
    match &case.response.content {
        json @ Content::Json(_) => Some(respond::content(plan, json)),
        Content::Empty | Content::Text | Content::Bytes | Content::Undeclared => None,
    }
}
