//! What becomes of a response: the types of successes.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, ty};
use crate::analyze::Outcome;
use crate::model::{self, Content, EventData, Events, Operation, Response, Status};
use crate::name::{OperationNames, VariantName};

/// A declared response with what it can be read as.
pub(super) struct Case<'p> {
    pub(super) response: &'p Response,
    pub(super) outcomes: Vec<Named<'p>>,
}

/// What a response can be read as, with the name of the variant for it.
pub(super) struct Named<'p> {
    pub(super) outcome: Outcome<'p>,
    pub(super) name: &'p VariantName,
}

impl Case<'_> {
    /// The variant for the content at `position` of the response.
    pub(super) fn name(&self, position: usize) -> &VariantName {
        let known = self.outcomes.iter().find(|known| known.outcome.positions.contains(&position));
        known.map_or_else(|| unreachable!("every content is of one outcome"), |known| known.name)
    }
}

impl Named<'_> {
    pub(super) fn content(&self) -> &Content {
        &self.outcome.first.content
    }
}

/// The declared successes.
pub(super) fn successes<'p>(
    plan: &Plan<'p>,
    operation: &'p Operation,
    names: &'p OperationNames,
) -> Vec<Case<'p>> {
    cases(plan, operation, names).filter(|case| case.response.status.is_success()).collect()
}

/// The declared errors: everything that is no success.
pub(super) fn errors<'p>(
    plan: &Plan<'p>,
    operation: &'p Operation,
    names: &'p OperationNames,
) -> Vec<Case<'p>> {
    cases(plan, operation, names).filter(|case| !case.response.status.is_success()).collect()
}

fn cases<'p>(
    plan: &Plan<'p>,
    operation: &'p Operation,
    names: &'p OperationNames,
) -> impl Iterator<Item = Case<'p>> {
    let facts = plan.facts;
    operation.responses.iter().zip(&names.responses).map(move |(response, names)| {
        let outcomes = facts.outcomes(response).into_iter().zip(names);
        Case { response, outcomes: outcomes.map(|(outcome, name)| Named { outcome, name }).collect() }
    })
}

/// What a response's content is read as.
pub(super) fn content(plan: &Plan<'_>, names: &OperationNames, content: &Content) -> TokenStream {
    let read = |ty| ty::expression(plan, ty, Form::Read, Place::Group);
    match content {
        Content::Empty => quote!(()),
        Content::Json(ty) | Content::Xml(ty, _) | Content::Form(model::Form { ty, .. }) => read(ty),
        Content::Text => quote!(String),
        Content::Bytes => quote!(runtime::Bytes),
        Content::Events(events) => {
            let data = event_data(plan, events);
            quote!(runtime::events::EventStream<#data>)
        }
        Content::Items(_, ty) => {
            let item = read(ty);
            quote!(runtime::records::Records<#item>)
        }
        Content::Parts(ty) => {
            let part = ty.as_ref().map_or_else(|| quote!(runtime::parts::Part), read);
            quote!(runtime::parts::Parts<#part>)
        }
        Content::NamedParts(known) => {
            let answer = &names.answers[known.at].name;
            quote!(#answer)
        }
        Content::Undeclared => quote!(RawResponse),
    }
}

/// What the data of an event is read as.
pub(super) fn event_data(plan: &Plan<'_>, events: &Events) -> TokenStream {
    match &events.data {
        EventData::Text => quote!(String),
        EventData::Json(ty) | EventData::Named(ty) => ty::expression(plan, ty, Form::Read, Place::Group),
        EventData::Any => quote!(runtime::Json),
    }
}

/// Whether the successes are read as different things, so that an enum tells which it was.
pub(super) fn is_varied(plan: &Plan<'_>, successes: &[Case<'_>]) -> bool {
    let mut contents = successes.iter().flat_map(|case| &case.outcomes).map(Named::content);
    let first = contents.next();
    contents.any(|content| first.is_some_and(|first| !plan.facts.reads_alike(first, content)))
}

/// What the operation gives on success.
pub(super) fn success(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let successes = successes(plan, operation, names);
    let first = successes.iter().flat_map(|case| &case.outcomes).next();
    match first {
        Some(_) if is_varied(plan, &successes) => {
            let name = &names.success;
            quote!(#name)
        }
        Some(only) => content(plan, names, only.content()),
        None => unreachable!("lowering gives every operation a success"),
    }
}

/// The enum of successes, where they differ.
pub(super) fn success_enum(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let successes = successes(plan, operation, names);
    if !is_varied(plan, &successes) {
        return TokenStream::new();
    }
    let name = &names.success;
    let docs = doc::own(&format!("What [`{}`] can give on success.", names.builder));
    let all = || successes.iter().flat_map(|case| case.outcomes.iter().map(move |known| (case, known)));
    let clone = (!all().any(|(_, known)| known.content().is_stream())).then(|| quote!(, Clone));
    let variants = all().map(|(case, known)| {
        let (variant, docs) = (known.name, outcome_docs(case, known));
        match known.content() {
            Content::Empty => quote!(#docs #variant,),
            other => {
                let held = content(plan, names, other);
                quote!(#docs #variant(#held),)
            }
        }
    });
    quote! {
        #docs
        #[derive(Debug #clone)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants)* }
    }
}

/// The words for one of the things that a response can be read as: its status, and the media types if there are other things.
pub(super) fn outcome_docs(case: &Case<'_>, known: &Named<'_>) -> TokenStream {
    let docs = status_docs(case.response);
    if case.outcomes.len() == 1 {
        return docs;
    }
    let contents = known.outcome.positions.iter().filter_map(|at| case.response.contents.get(*at));
    let media: Vec<String> =
        contents.filter_map(|content| content.media_type.as_deref()).map(doc::code).collect();
    let media = doc::own(&format!("Sent as {}.", media.join(" or ")));
    quote!(#docs #[doc = ""] #media)
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
