//! Answers that come piece by piece: event streams and records.

use proc_macro2::TokenStream;
use quote::quote;

use super::Plan;
use super::decode::{framing, media_types, pattern};
use super::respond::{self, Case, Named, is_varied, successes};
use crate::model::{Content, DataForm, EventData, Events, Operation, Status, Type, TypeId, Union};
use crate::name::{OperationNames, VariantName};

/// `.until("[DONE]")`, where the document says what ends the stream.
pub(super) fn until(events: &Events) -> TokenStream {
    match &events.end {
        Some(end) => quote!(.until(#end)),
        None => TokenStream::new(),
    }
}

/// ```text
/// pub(super) fn open(response: runtime::Streamed) -> runtime::Answered<'static, CompleteResponse, Error<CompleteError>> {
///     match response.status().as_u16() {
///         200 if response.media(&["application/json", "text/event-stream"]) == 1 => {
///             runtime::events::open(response, runtime::events::EventStream::json, CompleteResponse::OkEvents)
///         }
///         _ => response.decoded(Self::decode),
///     }
/// }
/// ```
pub(super) fn ways(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let (success, error) = (respond::success(plan, operation, names), &names.error);
    let successes = successes(plan, operation, names);
    let varied = is_varied(plan, &successes);
    let told_apart = varied && successes.len() > 1;
    let arms = successes.iter().flat_map(|case| arms(case, names, varied, told_apart));
    let reconnecting = reconnecting(plan, names, &successes, varied);
    quote! {
        #reconnecting
        pub(super) fn open(response: runtime::Streamed) -> runtime::Answered<'static, #success, #error> {
            match response.status().as_u16() {
                #(#arms)*
                _ => response.decoded(Self::decode),
            }
        }
    }
}

/// The arms for what of `case` comes piece by piece.
fn arms(case: &Case<'_>, names: &OperationNames, varied: bool, told_apart: bool) -> Vec<TokenStream> {
    let status = match case.response.status {
        Status::Code(_) if told_apart => pattern(case.response.status),
        Status::Code(_) | Status::Range(_) | Status::Default => quote!(200..=299),
    };
    let media = media_types(case);
    let contents = case.response.contents.iter().enumerate();
    let streams = contents.filter(|(_, known)| known.content.is_stream());
    streams
        .map(|(at, known)| {
            let (success, variant) = (&names.success, case.name(at));
            let made = varied.then(|| quote!(#success::#variant));
            let position = proc_macro2::Literal::usize_unsuffixed(at);
            let guard =
                (case.response.contents.len() > 1).then(|| quote!(if response.media(#media) == #position));
            let opened = opened(&known.content, made.as_ref());
            quote!(#status #guard => #opened,)
        })
        .collect()
}

/// ```text
/// impl runtime::events::ByName for ChangesResponseEvent {
///     fn read(name: &str, data: &str) -> Result<Self, runtime::DecodeError> {
///         match name {
///             "added" => runtime::read_json(data.as_bytes()).map(Self::Added),
///             _ => Ok(Self::Unknown(runtime::events::any(data))),
///         }
///     }
/// }
/// ```
pub(super) fn by_name(plan: &Plan<'_>, id: TypeId, union: &Union, forms: &[DataForm]) -> TokenStream {
    let name = plan.names.read_type(id);
    let variants = plan.names.variants(id);
    let read = |variant: &VariantName, form: DataForm| match form {
        DataForm::Text => quote!(Ok(Self::#variant(data.to_owned()))),
        DataForm::Json => quote!(runtime::read_json(data.as_bytes()).map(Self::#variant)),
    };
    let known = || union.variants.iter().zip(variants).zip(forms);
    let arms = known().filter(|((known, _), _)| !known.tags.is_empty()).map(|((known, variant), form)| {
        let (tags, read) = (&known.tags, read(variant, *form));
        quote!(#(#tags)|* => #read,)
    });
    let any = quote!(Self::Unknown(runtime::events::any(data)));
    let rest = match known().find(|((known, _), _)| known.tags.is_empty()) {
        None => quote!(_ => Ok(#any),),
        Some(((_, variant), form)) => {
            let read = read(variant, *form);
            // What has no name is what the document says; what has another may be anything.
            quote!("message" => #read, _ => #read.or_else(|_: runtime::DecodeError| Ok(#any)),)
        }
    };
    quote! {
        impl runtime::events::ByName for #name {
            fn read(name: &str, data: &str) -> Result<Self, runtime::DecodeError> {
                match name { #(#arms)* #rest }
            }
        }
    }
}

fn opened(content: &Content, made: Option<&TokenStream>) -> TokenStream {
    match content {
        Content::Events(events) => {
            let way = match events.data {
                EventData::Text => quote!(text),
                EventData::Json(_) => quote!(json),
                EventData::Named(_) => quote!(by_name),
                EventData::Any => quote!(any),
            };
            let until = until(events);
            let made = match (made, until.is_empty()) {
                (None, true) => quote!(std::convert::identity),
                (Some(made), true) => quote!(#made),
                (None, false) => quote!(|events| events #until),
                (Some(made), false) => quote!(|events| #made(events #until)),
            };
            quote!(runtime::events::open(response, runtime::events::EventStream::#way, Self::decode, #made))
        }
        Content::Items(framing, _) => {
            let framing = self::framing(*framing);
            let made = made.map_or_else(|| quote!(std::convert::identity), |made| quote!(#made));
            quote!(runtime::records::open(response, runtime::records::Framing::#framing, #made))
        }
        Content::Parts(ty) => {
            let way = parts_way(ty.as_ref());
            let made = made.map_or_else(|| quote!(std::convert::identity), |made| quote!(#made));
            quote!(runtime::parts::open(response, runtime::parts::Parts::#way, #made))
        }
        Content::Empty
        | Content::Json(_)
        | Content::Xml(..)
        | Content::Form(_)
        | Content::Text
        | Content::Bytes
        | Content::NamedParts(_)
        | Content::Undeclared => {
            unreachable!("`arms` asks for streams only")
        }
    }
}

/// How parts that come one after another are read.
pub(super) fn parts_way(ty: Option<&Type>) -> TokenStream {
    if ty.is_some() { quote!(json) } else { quote!(whole) }
}

/// ```text
/// pub fn reconnecting(self, reconnect: runtime::events::Reconnect) -> runtime::BoxStream<'a, Result<Event<Chunk>, Error<E>>> { … }
/// ```
fn reconnecting(
    plan: &Plan<'_>,
    names: &OperationNames,
    successes: &[Case<'_>],
    varied: bool,
) -> Option<TokenStream> {
    let all = || successes.iter().flat_map(|case| &case.outcomes);
    let (known, events) = all().find_map(|known| events(known).map(|events| (known, events)))?;
    let (success, variant, error) = (&names.success, known.name, &names.error);
    let data = respond::event_data(plan, events);
    let stream = if varied {
        quote!(|answer| match answer {
            #success::#variant(events) => Some(events),
            _ => None,
        })
    } else {
        quote!(Some)
    };
    Some(quote! {
        #[doc = " The events, also of the connections that are made anew when one ends, each from where the last was cut."]
        pub fn reconnecting(
            self,
            reconnect: runtime::events::Reconnect,
        ) -> runtime::events::Events<'a, #data, #error> {
            runtime::events::reconnecting(self.request, reconnect, Self::open, #stream)
        }
    })
}

fn events<'p>(known: &'p Named<'_>) -> Option<&'p Events> {
    match known.content() {
        Content::Events(events) => Some(events),
        Content::Empty
        | Content::Json(_)
        | Content::Xml(..)
        | Content::Form(_)
        | Content::Text
        | Content::Bytes
        | Content::Items(..)
        | Content::Parts(_)
        | Content::NamedParts(_)
        | Content::Undeclared => None,
    }
}
