//! Servers: what the runtime is told about them, and the constants and setters by which they are chosen.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Plan, doc};
use crate::model::{Operation, OperationId, Server, ServerVariable};

/// ```text
/// runtime::ServerTemplate { name: "production", url: "https://{region}.example.com", description: "…", variables: &[…] }
/// ```
fn template(server: &Server, name: &str) -> TokenStream {
    let url = &server.url;
    let description = server.description.as_deref().unwrap_or_default();
    let variables = server.variables.iter().map(variable);
    quote! {
        runtime::ServerTemplate { name: #name, url: #url, description: #description, variables: &[#(#variables),*] }
    }
}

fn variable(variable: &ServerVariable) -> TokenStream {
    let ServerVariable { name, default, allowed, description } = variable;
    let description = description.as_deref().unwrap_or_default();
    quote! {
        runtime::ServerVariable { name: #name, default: #default, allowed: &[#(#allowed),*], description: #description }
    }
}

/// The servers of the API.
pub(super) fn templates(plan: &Plan<'_>) -> TokenStream {
    let names = plan.names.servers().servers();
    let templates = plan.api.servers.iter().zip(names).map(|(server, (name, _))| template(server, name));
    quote!(&[#(#templates),*])
}

/// The servers of an operation, where it has others.
pub(super) fn own(plan: &Plan<'_>, id: OperationId, operation: &Operation) -> TokenStream {
    let names = plan.names.servers().own(id.index());
    let templates = operation.servers.iter().zip(names).map(|(server, name)| template(server, name));
    quote!(&[#(#templates),*])
}

/// The server of a link, by the name that the document gives it.
pub(super) fn of_link(server: &Server) -> TokenStream {
    let template = template(server, server.name.as_deref().unwrap_or_default());
    quote!(&[#template])
}

/// Whether there is anything to choose.
pub(super) fn is_choice(plan: &Plan<'_>) -> bool {
    let servers = &plan.api.servers;
    servers.len() > 1 || servers.iter().any(|server| !server.variables.is_empty())
}

/// ```text
/// impl Server { pub const PRODUCTION: Server = Server::of(&Client::SERVERS[0]); pub fn region(self, value: impl Into<String>) -> Self { … } }
/// ```
pub(super) fn choice(plan: &Plan<'_>) -> TokenStream {
    if !is_choice(plan) {
        return TokenStream::new();
    }
    let names = plan.names.servers();
    let constants =
        plan.api.servers.iter().zip(names.servers()).enumerate().map(|(at, (server, (_, constant)))| {
            let (docs, at) = (docs(server), Literal::usize_unsuffixed(at));
            quote!(#docs pub const #constant: Self = Self::of(&Client::SERVERS[#at]);)
        });
    let setters = names.variables().iter().map(|(name, setter)| {
        let docs = doc::own(&variable_docs(plan, name));
        quote! {
            #docs
            pub fn #setter(self, value: impl Into<String>) -> Self { self.variable(#name, value) }
        }
    });
    quote! {
        impl runtime::Server {
            #(#constants)*
            #(#setters)*
        }
    }
}

fn docs(server: &Server) -> TokenStream {
    let address = doc::code(&server.url);
    let text = match server.description.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(words) => format!("{}\n\n{address}", doc::inert(words)),
        None => address,
    };
    doc::own(&text)
}

/// What the first server that has the variable says about it.
fn variable_docs(plan: &Plan<'_>, name: &str) -> String {
    let mut all = plan.api.servers.iter().flat_map(|server| &server.variables);
    let Some(variable) = all.find(|variable| variable.name == name) else { return String::new() };
    let text = match variable.description.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(words) => doc::inert(words),
        None => format!("The variable {} of the address.", doc::code(name)),
    };
    let default = doc::code(&variable.default);
    if variable.allowed.is_empty() {
        return format!("{text}\n\nUnless set, {default}.");
    }
    let allowed: Vec<String> = variable.allowed.iter().map(|value| doc::code(value)).collect();
    format!("{text}\n\nOne of {}. Unless set, {default}.", allowed.join(", "))
}
