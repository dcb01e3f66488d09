//! The typed errors of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::form_fields;
use super::respond::{self, Case, Named};
use super::{Plan, doc, xml};
use crate::model::{Content, Operation, Status};
use crate::name::OperationNames;

/// ```text
/// pub enum ListError { Unauthorized(types::ErrorDocument), Forbidden(types::ErrorDocument) }
/// ```
/// An operation that declares no errors has an empty enum: it cannot fail in a way the document describes.
pub(super) fn definition(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let error = &names.error;
    let cases = respond::errors(plan, operation, names);
    let all = || cases.iter().flat_map(|case| case.outcomes.iter().map(move |known| (case, known)));
    let docs = doc::own(&format!("The errors that the document declares for [`{}`].", names.builder));
    let variants = all().map(|(case, known)| {
        let (docs, variant, body) =
            (respond::outcome_docs(case, known), known.name, body(plan, names, known));
        quote!(#docs #variant(#body),)
    });
    let arms = all().map(|(case, known)| {
        let (variant, status) = (known.name, respond::status_text(case.response.status));
        match known.content() {
            Content::Json(_) | Content::Xml(..) | Content::Form(_) => {
                quote!(Self::#variant(body) => runtime::fmt_api_error(f, #status, body),)
            }
            Content::Text
            | Content::Empty
            | Content::Bytes
            | Content::Events(_)
            | Content::Items(..)
            | Content::Parts(_)
            | Content::NamedParts(_)
            | Content::Undeclared => {
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
    let answers = all().map(|(case, known)| answer(plan, case, known));
    let answer = if cases.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#answers)* }) };
    let value = value(all().map(|(_, known)| known));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #error { #(#variants)* }
        impl fmt::Display for #error { #display }
        impl std::error::Error for #error {}
        impl runtime::ApiError for #error {
            fn answer(&self) -> (u16, Vec<u8>) { #answer }
            #value
        }
    }
}

/// ```text
/// fn value(&self) -> Option<Vec<u8>> { match self { Self::NotFound(body) => Some(runtime::json_bytes(body)), _ => None } }
/// ```
fn value<'p>(all: impl Iterator<Item = &'p Named<'p>>) -> TokenStream {
    let is_xml = |known: &&Named<'_>| matches!(known.content(), Content::Xml(..));
    let variants: Vec<_> = all.filter(is_xml).map(|known| known.name).collect();
    if variants.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unreachable_patterns)]
        fn value(&self) -> Option<Vec<u8>> {
            match self {
                #(Self::#variants(body) => Some(runtime::json_bytes(body)),)*
                _ => None,
            }
        }
    }
}

/// The status and the body of an error; of a range of statuses the first.
fn answer(plan: &Plan<'_>, case: &Case<'_>, known: &Named<'_>) -> TokenStream {
    let variant = known.name;
    let status = proc_macro2::Literal::u16_unsuffixed(match case.response.status {
        Status::Code(code) => code,
        Status::Range(hundreds) => hundreds * 100,
        Status::Default => 500,
    });
    match known.content() {
        Content::Json(_) => quote!(Self::#variant(body) => (#status, runtime::json_bytes(body)),),
        Content::Xml(_, node) => {
            let node = xml::of(plan, *node);
            quote!(Self::#variant(body) => (#status, runtime::xml::bytes(body, #node)),)
        }
        Content::Form(known) => {
            let fields = form_fields(plan, &known.fields);
            quote!(Self::#variant(body) => (#status, runtime::pairs::bytes(body, #fields)),)
        }
        Content::Text
        | Content::Empty
        | Content::Bytes
        | Content::Events(_)
        | Content::Items(..)
        | Content::Parts(_)
        | Content::NamedParts(_)
        | Content::Undeclared => {
            quote!(Self::#variant(body) => (#status, AsRef::<[u8]>::as_ref(body).to_vec()),)
        }
    }
}

/// What an error carries. A body of which the document says nothing is kept as it came.
fn body(plan: &Plan<'_>, names: &OperationNames, known: &Named<'_>) -> TokenStream {
    match known.content() {
        declared @ (Content::Json(_) | Content::Xml(..) | Content::Form(_) | Content::Text) => {
            respond::content(plan, names, declared)
        }
        Content::Empty
        | Content::Bytes
        | Content::Events(_)
        | Content::Items(..)
        | Content::Parts(_)
        | Content::NamedParts(_)
        | Content::Undeclared => quote!(runtime::Bytes),
    }
}
