//! What becomes of a response: the success type, and the function that decodes.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, ty};
use crate::model::{Content, HttpMethod, Operation, Response, Status};
use crate::name::{OperationNames, VariantName};

/// A declared response with the name of its status.
pub(super) struct Case<'p> {
    pub(super) response: &'p Response,
    pub(super) name: &'p VariantName,
}

/// The declared successes.
pub(super) fn successes<'p>(operation: &'p Operation, names: &'p OperationNames) -> Vec<Case<'p>> {
    cases(operation, names).filter(|case| case.response.status.is_success()).collect()
}

/// The declared errors: everything that is no success.
pub(super) fn errors<'p>(operation: &'p Operation, names: &'p OperationNames) -> Vec<Case<'p>> {
    cases(operation, names).filter(|case| !case.response.status.is_success()).collect()
}

fn cases<'p>(operation: &'p Operation, names: &'p OperationNames) -> impl Iterator<Item = Case<'p>> {
    operation.responses.iter().zip(&names.responses).map(|(response, name)| Case { response, name })
}

/// What a response's content is read as.
pub(super) fn content(plan: &Plan<'_>, content: &Content) -> TokenStream {
    match content {
        Content::Empty => quote!(()),
        Content::Json(ty) => ty::expression(plan, ty, Form::Read, Place::Group),
        Content::Text => quote!(String),
        Content::Bytes => quote!(runtime::Bytes),
        Content::Undeclared => quote!(RawResponse),
    }
}

/// Whether the successes are read as different things, so that an enum tells which it was.
pub(super) fn is_varied(successes: &[Case<'_>]) -> bool {
    successes.iter().any(|case| case.response.content != successes[0].response.content)
}

/// What the operation gives on success.
pub(super) fn success(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let successes = successes(operation, names);
    match successes.first() {
        Some(_) if is_varied(&successes) => {
            let name = &names.success;
            quote!(#name)
        }
        Some(case) => content(plan, &case.response.content),
        None => unreachable!("lowering gives every operation a success"),
    }
}

/// The enum of successes, where they differ.
pub(super) fn success_enum(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let successes = successes(operation, names);
    if !is_varied(&successes) {
        return TokenStream::new();
    }
    let name = &names.success;
    let docs = doc::own(&format!("What [`{}`] can give on success.", names.builder));
    let variants = successes.iter().map(|case| {
        let variant = case.name;
        let docs = status_docs(case.response);
        match &case.response.content {
            Content::Empty => quote!(#docs #variant,),
            other => {
                let held = content(plan, other);
                quote!(#docs #variant(#held),)
            }
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants)* }
    }
}

/// `201 Created: the contact`.
pub(super) fn status_docs(response: &Response) -> TokenStream {
    let status = status_text(response.status);
    match response.description.trim() {
        "" => doc::own(&format!("{status}.")),
        description => doc::lines(&format!("{status}: {description}")),
    }
}

/// The status as a reader knows it: `422 Unprocessable Entity`, `4XX`.
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => match crate::name::reason(code) {
            Some(reason) => format!("{code} {reason}"),
            None => code.to_string(),
        },
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// ```text
/// fn decode(response: RawResponse) -> Result<types::Contact, Error<GetError>> {
///     match response.status().as_u16() {
///         200 => response.decode(),
///         404 => response.api_error(GetError::NotFound),
///         200..=299 => response.decode(),
///         _ => response.unexpected(),
///     }
/// }
/// ```
pub(super) fn decode(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let success = success(plan, operation, names);
    let error = &names.error;
    let successes = successes(operation, names);
    let errors = errors(operation, names);
    let varied = is_varied(&successes);
    let exact = |status: Status| matches!(status, Status::Code(_));
    let mut arms = Vec::new();
    if varied {
        arms.extend(
            successes
                .iter()
                .filter(|case| exact(case.response.status))
                .map(|case| success_arm(case, names, operation.method)),
        );
    }
    arms.extend(errors.iter().filter(|case| exact(case.response.status)).map(|case| error_arm(case, error)));
    let range = successes.iter().find(|case| !exact(case.response.status));
    arms.extend(range.or(successes.first()).map(|case| {
        // Any 2XX is a success (RFC 9110, section 15.3), whichever the document happens to list.
        let value = success_value(case, names, operation.method, varied);
        quote!(200..=299 => #value,)
    }));
    arms.extend(errors.iter().filter(|case| !exact(case.response.status)).map(|case| error_arm(case, error)));
    if !errors.iter().any(|case| case.response.status == Status::Default) {
        arms.push(quote!(_ => response.unexpected(),));
    }
    // 400 before 4XX: clippy minds only the first status of a range.
    let begins_range = |status: Status| matches!(status, Status::Code(code) if code % 100 == 0);
    let overlapping =
        successes.iter().filter(|_| varied).chain(&errors).any(|case| begins_range(case.response.status));
    let allow = overlapping.then(|| quote!(#[allow(clippy::match_overlapping_arm)]));
    quote! {
        #allow
        pub(super) fn decode(response: RawResponse) -> Result<#success, Error<#error>> {
            match response.status().as_u16() { #(#arms)* }
        }
    }
}

fn success_arm(case: &Case<'_>, names: &OperationNames, method: HttpMethod) -> TokenStream {
    let pattern = pattern(case.response.status);
    let value = success_value(case, names, method, true);
    quote!(#pattern => #value,)
}

fn success_value(case: &Case<'_>, names: &OperationNames, method: HttpMethod, varied: bool) -> TokenStream {
    let value = read(&case.response.content, method);
    let (success, variant) = (&names.success, case.name);
    match (&case.response.content, varied) {
        (_, false) => value,
        (Content::Empty, true) => quote!(#value.map(|()| #success::#variant)),
        (_, true) => quote!(#value.map(#success::#variant)),
    }
}

/// How content is read. An answer to a request for data has to be there; another may be less than what is declared.
fn read(content: &Content, method: HttpMethod) -> TokenStream {
    match content {
        Content::Empty => quote!(response.empty()),
        Content::Json(_) if method == HttpMethod::Get => quote!(response.decode()),
        Content::Json(_) => quote!(response.decode_or_empty()),
        Content::Text => quote!(response.text_body()),
        Content::Bytes => quote!(response.bytes_body()),
        Content::Undeclared => quote!(response.raw()),
    }
}

fn error_arm(case: &Case<'_>, error: &crate::name::TypeName) -> TokenStream {
    let pattern = pattern(case.response.status);
    let variant = case.name;
    let read = match &case.response.content {
        Content::Json(_) => quote!(api_error),
        Content::Text => quote!(api_error_text),
        Content::Empty | Content::Bytes | Content::Undeclared => quote!(api_error_bytes),
    };
    quote!(#pattern => response.#read(#error::#variant),)
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(hundreds) => {
            let from = proc_macro2::Literal::u16_unsuffixed(hundreds * 100);
            let to = proc_macro2::Literal::u16_unsuffixed(hundreds * 100 + 99);
            quote!(#from..=#to)
        }
        Status::Default => quote!(_),
    }
}
