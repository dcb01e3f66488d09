//! The functions that read the answers of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::respond::{self, Case, errors, is_varied, success, successes};
use super::{Plan, events, form, named_parts, xml};
use crate::model::{Content, EventData, Framing, HttpMethod, Operation, ResponseContent, Status};
use crate::name::{OperationNames, TypeName};

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
    let successes = successes(plan, operation, names);
    let errors = errors(plan, operation, names);
    let varied = is_varied(plan, &successes);
    let exact = |status: Status| matches!(status, Status::Code(_));
    let value = |case: &Case<'_>| {
        by_media(case, |content, at| success_value(plan, case, content, at, names, &operation.method, varied))
    };
    let mut arms = Vec::new();
    if varied && successes.len() > 1 {
        arms.extend(successes.iter().filter(|case| exact(case.response.status)).map(|case| {
            let (pattern, value) = (pattern(case.response.status), value(case));
            quote!(#pattern => #value,)
        }));
    }
    arms.extend(
        errors.iter().filter(|case| exact(case.response.status)).map(|case| error_arm(plan, case, error)),
    );
    let range = successes.iter().find(|case| !exact(case.response.status));
    arms.extend(range.or(successes.first()).map(|case| {
        // Any 2XX is a success (RFC 9110, section 15.3), whichever the document happens to list.
        let value = value(case);
        quote!(200..=299 => #value,)
    }));
    arms.extend(
        errors.iter().filter(|case| !exact(case.response.status)).map(|case| error_arm(plan, case, error)),
    );
    if !errors.iter().any(|case| case.response.status == Status::Default) {
        arms.push(quote!(_ => response.unexpected(),));
    }
    // 400 before 4XX: clippy minds only the first status of a range.
    let begins_range = |status: Status| matches!(status, Status::Code(code) if code % 100 == 0);
    let overlapping = successes
        .iter()
        .filter(|_| varied && successes.len() > 1)
        .chain(&errors)
        .any(|case| begins_range(case.response.status));
    let allow = overlapping.then(|| quote!(#[allow(clippy::match_overlapping_arm)]));
    quote! {
        #allow
        pub(super) fn decode(response: RawResponse) -> Result<#success, Error<#error>> {
            match response.status().as_u16() { #(#arms)* }
        }
    }
}

/// What is done with a response, where need be by its media type.
///
/// ```text
/// match response.media(&["application/json", "text/csv"]) {
///     0 => response.decode().map(ListResponse::OkJson),
///     _ => response.text_body().map(ListResponse::OkText),
/// }
/// ```
fn by_media(case: &Case<'_>, read: impl Fn(&ResponseContent, usize) -> TokenStream) -> TokenStream {
    let mut ways: Vec<(TokenStream, Vec<usize>)> = Vec::new();
    for (at, content) in case.response.contents.iter().enumerate() {
        let way = read(content, at);
        match ways.iter_mut().find(|(known, _)| known.to_string() == way.to_string()) {
            Some((_, positions)) => positions.push(at),
            None => ways.push((way, vec![at])),
        }
    }
    let media = media_types(case);
    match ways.split_last() {
        Some(((last, _), [])) => last.clone(),
        Some(((last, _), others)) => {
            let arms = others.iter().map(|(way, positions)| {
                let positions = positions.iter().map(|at| Literal::usize_unsuffixed(*at));
                quote!(#(#positions)|* => #way,)
            });
            quote!(match response.media(#media) { #(#arms)* _ => #last })
        }
        None => unreachable!("lowering gives every response a content"),
    }
}

/// `&["application/json", "text/csv"]`
pub(super) fn media_types(case: &Case<'_>) -> TokenStream {
    let media =
        case.response.contents.iter().map(|content| content.media_type.as_deref().unwrap_or_default());
    quote!(&[#(#media),*])
}

fn success_value(
    plan: &Plan<'_>,
    case: &Case<'_>,
    content: &ResponseContent,
    at: usize,
    names: &OperationNames,
    method: &HttpMethod,
    varied: bool,
) -> TokenStream {
    let value = read(plan, &content.content, names, method);
    let (success, variant) = (&names.success, case.name(at));
    match (&content.content, varied) {
        (_, false) => value,
        (Content::Empty, true) => quote!(#value.map(|()| #success::#variant)),
        (_, true) => quote!(#value.map(#success::#variant)),
    }
}

/// How content is read. An answer to a request for data has to be there; another may be less than what is declared.
fn read(plan: &Plan<'_>, content: &Content, names: &OperationNames, method: &HttpMethod) -> TokenStream {
    match content {
        Content::Empty => quote!(response.empty()),
        Content::Json(_) if *method == HttpMethod::Get => quote!(response.decode()),
        Content::Json(_) => quote!(response.decode_or_empty()),
        Content::Xml(_, node) => {
            let node = xml::of(plan, *node);
            let way =
                if *method == HttpMethod::Get { quote!(decode_xml) } else { quote!(decode_xml_or_empty) };
            quote!(response.#way(#node))
        }
        Content::Form(known) => {
            let fields = form::fields(plan, &known.ty, &known.fields);
            let way =
                if *method == HttpMethod::Get { quote!(decode_form) } else { quote!(decode_form_or_empty) };
            quote!(response.#way(#fields))
        }
        Content::Text => quote!(response.text_body()),
        Content::Bytes => quote!(response.bytes_body()),
        Content::Events(known) => {
            let way = match known.data {
                EventData::Text => quote!(text),
                EventData::Json(_) => quote!(json),
                EventData::Named(_) => quote!(by_name),
                EventData::Any => quote!(any),
            };
            let until = events::until(known);
            let mapped = (!until.is_empty()).then(|| quote!(.map(|events| events #until)));
            quote!(runtime::events::read(response, runtime::events::EventStream::#way) #mapped)
        }
        Content::Items(framing, _) => {
            let framing = self::framing(*framing);
            quote!(runtime::records::read(response, runtime::records::Framing::#framing))
        }
        Content::Parts(ty) => {
            let way = events::parts_way(ty.as_ref());
            quote!(runtime::parts::read(response, runtime::parts::Parts::#way))
        }
        Content::NamedParts(known) => named_parts::read(plan, &known.parts, &names.answers[known.at]),
        Content::Undeclared => quote!(response.raw()),
    }
}

pub(super) fn framing(framing: Framing) -> TokenStream {
    match framing {
        Framing::Lines => quote!(Lines),
        Framing::Sequence => quote!(Sequence),
    }
}

fn error_arm(plan: &Plan<'_>, case: &Case<'_>, error: &TypeName) -> TokenStream {
    let pattern = pattern(case.response.status);
    let value = by_media(case, |content, at| {
        let variant = case.name(at);
        let read = match &content.content {
            Content::Xml(_, node) => {
                let node = xml::of(plan, *node);
                return quote!(response.api_error_xml(#node, #error::#variant));
            }
            Content::Form(known) => {
                let fields = form::fields(plan, &known.ty, &known.fields);
                return quote!(response.api_error_form(#fields, #error::#variant));
            }
            Content::Json(_) => quote!(api_error),
            Content::Text => quote!(api_error_text),
            Content::Empty
            | Content::Bytes
            | Content::Events(_)
            | Content::Items(..)
            | Content::Parts(_)
            | Content::NamedParts(_)
            | Content::Undeclared => quote!(api_error_bytes),
        };
        quote!(response.#read(#error::#variant))
    });
    quote!(#pattern => #value,)
}

pub(super) fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(hundreds) => {
            let from = Literal::u16_unsuffixed(hundreds * 100);
            let to = Literal::u16_unsuffixed(hundreds * 100 + 99);
            quote!(#from..=#to)
        }
        Status::Default => quote!(_),
    }
}

/// Whether a success of the operation comes piece by piece.
pub(super) fn is_streamed(operation: &Operation) -> bool {
    let successes = operation.responses.iter().filter(|response| response.status.is_success());
    successes.flat_map(|response| &response.contents).any(|known| known.content.is_stream())
}

/// Whether a success of the operation is bytes, which need not be held in memory.
pub(super) fn is_download(operation: &Operation) -> bool {
    let successes = operation.responses.iter().filter(|response| response.status.is_success());
    successes.flat_map(|response| &response.contents).any(|known| known.content == Content::Bytes)
}

/// The ways to send a call that differ by what it gives: `send`, and what there is besides.
pub(super) fn ways(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let (success, error) = (respond::success(plan, operation, names), &names.error);
    let send = if is_streamed(operation) {
        quote!(self.request.send_streamed(Self::open))
    } else {
        quote!(self.request.send_with_meta(Self::decode))
    };
    let download = is_download(operation).then(|| {
        quote! {
            #[doc = " Sends the request, and gives the bytes of a success piece by piece, however many there are."]
            pub fn download(self) -> BoxFuture<'a, Result<runtime::Streamed, Error<#error>>> {
                self.request.send_streamed(|response| response.success_or(Self::decode))
            }
        }
    });
    let streams = is_streamed(operation).then(|| events::ways(plan, operation, names));
    quote! {
        #[doc = " Sends the request, and gives what `.await` gives together with status and headers."]
        pub fn send(self) -> runtime::Answered<'a, #success, #error> { #send }
        #download
        #streams
    }
}

/// What `.await` does.
pub(super) fn future(operation: &Operation) -> TokenStream {
    if is_streamed(operation) {
        quote!(runtime::body_of(self.send()))
    } else {
        quote!(self.request.send(Self::decode))
    }
}
