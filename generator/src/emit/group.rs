//! The file of a group: its methods, and a request builder and an error type for each.

use std::iter;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::builder::{Named, arguments};
use super::{Plan, builder, doc, errors, headers, link, paging, parameter, parts, respond, setters};
use crate::model::{Operation, OperationId, Presence, Security, Status, TagInfo};
use crate::name::{Group, OperationNames};

/// The items of the group's file, a call at a time.
pub(super) fn items<'p>(plan: &'p Plan<'_>, group: &'p Group) -> impl Iterator<Item = TokenStream> + 'p {
    let calls = group.operations.iter().map(|id| {
        let (operation, names) = (plan.api.operation(*id), plan.names.operation(*id));
        let builder = builder::definition(plan, operation, names, &group.type_name);
        let success = respond::success_enum(plan, operation, names);
        let error = errors::definition(plan, operation, names);
        let bodies = super::body::definitions(plan, operation, names);
        let headers = headers::definition(plan, operation, names);
        let parts = super::named_parts::definitions(plan, operation, names);
        quote!(#builder #bodies #parts #success #error #headers)
    });
    let statics = group.operations.iter().map(|id| description(plan, *id));
    iter::once(head(plan, group)).chain(calls).chain(statics)
}

/// What the file uses, and the type with the group's methods.
fn head(plan: &Plan<'_>, group: &Group) -> TokenStream {
    let docs = module_docs(plan, group);
    let type_name = &group.type_name;
    let allow = plan.allow_deprecated();
    let heading = doc::own(&format!("The operations of this group; from [`Client::{}`].", group.module));
    let operations = group.operations.iter().map(|id| (plan.api.operation(*id), plan.names.operation(*id)));
    let short_names = short_names(plan, group);
    let methods = operations.map(|(operation, names)| method(plan, operation, names));
    let client = link::client_field(plan, group);
    let (links, links_of_others) = (link::own_methods(plan, group), link::methods_of_others(plan, group));
    // An error holds what the document says of the answer, which may be much.
    quote! {
        #docs
        #allow
        #![allow(clippy::result_large_err)]
        use std::convert::Infallible;
        use std::fmt;
        use std::future::IntoFuture;
        use super::runtime::{self, BoxFuture, Client, Error, Operation, RawResponse, Request};
        #[allow(unused_imports)]
        use super::types;
        #short_names

        #heading
        #[derive(Debug, Clone, Copy)]
        pub struct #type_name<'a> { #client }
        impl<'a> #type_name<'a> {
            pub(super) fn new(client: &'a Client) -> Self { Self { client } }
            #(#methods)*
            #links
        }
        #links_of_others
    }
}

/// `pub use super::types::{ContactSort as Sort};`
fn short_names(plan: &Plan<'_>, group: &Group) -> TokenStream {
    let names = group.short_names.iter().map(|(short, id)| {
        let name = plan.names.read_type(plan.facts.canonical(*id));
        quote!(pub use super::types::#name as #short;)
    });
    quote!(#(#names)*)
}

fn module_docs(plan: &Plan<'_>, group: &Group) -> TokenStream {
    let described = super::tag(plan, group);
    let title = described.map(TagInfo::title).or(group.tag.as_deref()).unwrap_or(group.module.as_str());
    let title = doc::one_line(title);
    let words = described.and_then(|known| known.description.as_deref());
    let text = match words {
        Some(words) => format!("{title}\n\n{}", doc::inert(words)),
        None if title.ends_with(['.', '!', '?']) => title,
        None => format!("{title}."),
    };
    let parent = described.and_then(|known| plan.api.tags.get(known.parent?)).map(|parent| {
        let module = plan.names.groups().iter().find(|known| known.tag.as_ref() == Some(&parent.name));
        let title = doc::one_line(parent.title());
        match module {
            Some(known) => format!("\n\nPart of [{title}](super::{}).", known.module),
            None => format!("\n\nPart of {title}."),
        }
    });
    let text = text + &parent.unwrap_or_default();
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// ```text
/// static LIST: Operation = Operation { name: "contacts.list", method: "GET", path: "/v1/contacts", … };
/// ```
fn description(plan: &Plan<'_>, id: OperationId) -> TokenStream {
    let (operation, names) = (plan.api.operation(id), plan.names.operation(id));
    let constant = constant(names);
    let name = super::operation_name(plan, id);
    let method = operation.method.as_str();
    let path = operation.template();
    let accept = accept(operation);
    let security = security(&operation.security);
    let servers = super::server::own(plan, id, operation);
    let success = Literal::u16_unsuffixed(success(operation));
    let repeatable = operation.repeatable.map_or_else(|| quote!(None), |said| quote!(Some(#said)));
    let paging = paging::description(plan, operation, &constant);
    quote! {
        #paging
        static #constant: Operation = Operation {
            name: #name,
            method: #method,
            path: #path,
            accept: #accept,
            security: #security,
            servers: #servers,
            success: #success,
            repeatable: #repeatable,
        };
    }
}

pub(super) fn constant(names: &OperationNames) -> proc_macro2::Ident {
    let method = names.method.as_str();
    let upper = method.trim_end_matches('_').to_uppercase();
    // A script without capitals gives the method's own name, which an argument may have too.
    if upper == method { format_ident!("{upper}_OPERATION") } else { format_ident!("{upper}") }
}

/// The media types of the successes, or where they have none, of the errors; each once.
fn accept(operation: &Operation) -> String {
    let of = |success: bool| {
        let mut found: Vec<&str> = Vec::new();
        for response in operation.responses.iter().filter(|response| response.status.is_success() == success)
        {
            for media_type in response.contents.iter().filter_map(|content| content.media_type.as_deref()) {
                if !found.contains(&media_type) {
                    found.push(media_type);
                }
            }
        }
        found.join(", ")
    };
    let successes = of(true);
    if successes.is_empty() { of(false) } else { successes }
}

/// The first success that has a status of its own.
fn success(operation: &Operation) -> u16 {
    let declared = operation.responses.iter().find_map(|response| match response.status {
        Status::Code(code) if response.status.is_success() => Some(code),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    });
    declared.unwrap_or(200)
}

fn security(security: &Security) -> TokenStream {
    let alternatives = security.0.iter().map(|wanted| {
        let schemes = wanted.iter().map(|wanted| &wanted.scheme);
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}

/// ```text
/// /// Contact details
/// pub fn get(&self, id: &str) -> Get<'a> { … }
/// ```
fn method(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let docs = method_docs(plan, operation);
    let (name, builder, constant) = (&names.method, &names.builder, constant(names));
    let parameters = arguments(operation, names);
    let in_parts = operation.body.as_ref().filter(|body| body.is_in_parts());
    let passed = parts::arguments(operation, names);
    let body =
        operation.body.as_ref().filter(|body| body.presence == Presence::Required && in_parts.is_none());
    let declared = parameters.iter().map(|(known, name)| {
        let argument = parameter::argument(plan, known);
        quote!(#name: #argument)
    });
    let body_declared = body.map(|body| {
        let argument = super::body::argument(plan, body, names);
        quote!(body: #argument)
    });
    let parts_declared = passed.iter().map(|part| parts::declared(plan, part));
    let declared: Vec<TokenStream> = declared.chain(parts_declared).chain(body_declared).collect();
    let request = quote!(request);
    let applied = parameters.iter().map(|(known, name): &Named<'_>| {
        if parts::is_made_text(plan, operation, known) {
            parameter::apply_as_text(plan, known, name)
        } else {
            parameter::apply(plan, known, name, &request)
        }
    });
    let constants = operation
        .parameters
        .iter()
        .filter(|known| known.presence == Presence::Required)
        .filter_map(|known| {
            known.constant.as_ref().map(|constant| parameter::apply_constant(plan, known, constant, &request))
        });
    let generics = super::body::generics(body);
    let body_applied = body.map(|body| super::body::apply(plan, body, &request));
    let parts_begun = in_parts.map(|body| parts::begin(plan, operation, names, body));
    let statements: Vec<TokenStream> =
        applied.chain(constants).chain(parts_begun).chain(body_applied).collect();
    let mutable = (!statements.is_empty()).then(|| quote!(mut));
    // With `self`, clippy allows six more.
    let allow = (declared.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let allow_name = setters::allow_trait_name(name.as_str());
    quote! {
        #docs
        #allow
        #allow_name
        pub fn #name #generics (&self, #(#declared),*) -> #builder<'a> {
            let #mutable request = Request::new(self.client, &#constant);
            #(#statements)*
            #builder { request }
        }
    }
}

/// The scopes that a token needs, each alternative that has any by itself.
fn scopes(operation: &Operation) -> String {
    let with_scopes = operation.security.0.iter().flatten().filter(|wanted| !wanted.scopes.is_empty());
    let mut sentences: Vec<String> = Vec::new();
    for wanted in with_scopes {
        let scopes: Vec<String> = wanted.scopes.iter().map(|scope| doc::code(scope)).collect();
        let sentence =
            format!("Takes a credential for {} with {}.", doc::code(&wanted.scheme), scopes.join(", "));
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences.iter().map(|sentence| format!("\n\n{sentence}")).collect::<Vec<_>>().concat()
}

fn method_docs(plan: &Plan<'_>, operation: &Operation) -> TokenStream {
    let route = doc::code(&format!("{} {}", operation.method.as_str(), operation.path));
    let summary = operation.docs.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let description = operation.docs.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let mut text = match summary {
        Some(summary) => format!("{}\n\n{route}", doc::one_line(summary)),
        None => route,
    };
    if let Some(description) = description {
        text.push_str("\n\n");
        text.push_str(&doc::inert(description));
    }
    let words = plan.words.operations.get(&operation.pointer);
    if let Some(event) = words.and_then(|words| words.sample_of.as_ref()) {
        text.push_str("\n\nAnswers a sample of what the API sends for the event ");
        text.push_str(&doc::code(event));
        text.push('.');
    }
    text.push_str(&scopes(operation));
    let lines = doc::own(&text);
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    quote!(#lines #deprecated)
}
