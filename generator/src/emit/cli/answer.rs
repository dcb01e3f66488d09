//! What the result of a call is shown as.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ty::{Form, Place};
use crate::emit::{Plan, decode, named_parts, option, paging, respond, ty};
use crate::model::{Content, EventData, Operation};
use crate::name::{ModuleName, OperationNames};

/// What sends the call: `cli::send(call.into_request(), super::super::contacts::List::decode, cli::json)`.
///
/// Where successes differ, a closure tells which it is. One that comes piece by piece is opened and not read as a whole.
pub(super) fn sending(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    module: &ModuleName,
) -> TokenStream {
    let (builder, show) = (&names.builder, show(plan, operation, names, module));
    if decode::is_streamed(operation) {
        return quote!(cli::stream(call.into_request(), super::super::#module::#builder::open, #show));
    }
    quote!(cli::send(call.into_request(), super::super::#module::#builder::decode, #show))
}

fn show(plan: &Plan<'_>, operation: &Operation, names: &OperationNames, module: &ModuleName) -> TokenStream {
    let successes = respond::successes(plan, operation, names);
    let mut outcomes = successes.iter().flat_map(|case| &case.outcomes).peekable();
    if !respond::is_varied(plan, &successes) {
        return match outcomes.peek().map(|known| of(plan, names, known.content())) {
            None => quote!(cli::nothing),
            Some(Shown::By(function)) => function,
            Some(Shown::As(value)) => quote!(|value| #value),
        };
    }
    let success = &names.success;
    let arms = outcomes.map(|known| {
        let variant = known.name;
        let held = quote!(super::super::#module::#success::#variant);
        match (known.content(), of(plan, names, known.content())) {
            (Content::Empty, _) => quote!(#held => cli::nothing(()),),
            (_, Shown::By(function)) => quote!(#held(value) => #function(value),),
            (_, Shown::As(shown)) => quote!(#held(value) => #shown,),
        }
    });
    quote!(|answer| match answer { #(#arms)* })
}

/// How what an answer is read as is shown.
enum Shown {
    /// By a function of the runtime.
    By(TokenStream),
    /// As this expression of `value`.
    As(TokenStream),
}

fn of(plan: &Plan<'_>, names: &OperationNames, content: &Content) -> Shown {
    let read = |ty| ty::expression(plan, ty, Form::Read, Place::Group);
    match content {
        Content::Parts(None) => Shown::As(quote! {
            cli::items(value.reading(|part| Ok(cli::part(part.headers(), part.body()))))
        }),
        Content::Parts(Some(ty)) => {
            let part = read(ty);
            Shown::As(quote! {
                cli::items(value.reading(|part| {
                    cli::item::<#part>(part.body()).map_err(|error| (part.into_body(), error))
                }))
            })
        }
        Content::NamedParts(known) => {
            let members = named_parts::shown(plan, &known.parts, &names.answers[known.at]);
            Shown::As(quote!(cli::parts(#members)))
        }
        Content::Empty => Shown::By(quote!(cli::nothing)),
        Content::Json(_) | Content::Xml(..) | Content::Form(_) => Shown::By(quote!(cli::json)),
        Content::Text => Shown::By(quote!(cli::text)),
        Content::Bytes => Shown::By(quote!(cli::bytes)),
        Content::Events(events) => {
            // What came is shown to its end.
            let all = events.end.as_ref().map(|_| quote!(.with_end()));
            let end = option(events.end.as_ref().map(|end| quote!(#end)));
            match &events.data {
                EventData::Text | EventData::Any => Shown::As(quote!(cli::items(value #all))),
                EventData::Named(ty) => {
                    let data = read(ty);
                    let read = quote!(<#data as runtime::events::ByName>::read(name, data));
                    Shown::As(quote! {
                        cli::items(value #all.reading(|name, data| cli::named(data, #end, |data| #read)))
                    })
                }
                EventData::Json(ty) => {
                    let data = read(ty);
                    Shown::As(
                        quote!(cli::items(value #all.reading(|_, data| cli::data::<#data>(data, #end)))),
                    )
                }
            }
        }
        Content::Items(_, ty) => {
            let item = read(ty);
            Shown::As(quote!(cli::items(value.reading(cli::item::<#item>))))
        }
        Content::Undeclared => Shown::By(quote!(cli::raw)),
    }
}

/// The statement that walks through all pages if they are wanted.
pub(super) fn pages(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let Some(items) = paging::shown(plan, operation, names) else { return TokenStream::new() };
    quote!(if given.all_pages() {
        return Ok(cli::walk(#items));
    })
}
