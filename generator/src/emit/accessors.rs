//! The file of the client: where it calls by default, how it identifies itself, and how its groups are reached.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Layout, Plan, doc, rules, server, settings, token};
use crate::model::{Origin, Scheme, SchemeKind, Server};

/// The items of the client's file.
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let servers = server::templates(plan);
    let own: Vec<&Server> = own_servers(plan).collect();
    let scattered = scattered(&own);
    let user_agent = format!("{}/{}", plan.package.name, plan.package.version);
    let schemes = plan.api.schemes.iter().map(scheme);
    let where_to = match plan.api.servers.first().filter(|server| server.is_absolute()) {
        Some(server) => {
            format!("Starts a client that calls {} unless told otherwise.", doc::code(&server.default_url()))
        }
        None if !own.is_empty() => "Starts a client that calls the servers of the operations.".to_owned(),
        None => {
            "Starts a client; it has to be told a `base_url`, since the document names no server.".to_owned()
        }
    };
    let docs = doc::own(&where_to);
    let groups = plan.names.groups().iter().enumerate().map(|(at, group)| {
        let cfg = plan.cfg(&BTreeSet::from([at]));
        let (module, type_name) = (&group.module, &group.type_name);
        let tag = doc::one_line(group.tag.as_deref().unwrap_or(group.module.as_str()));
        let docs = doc::own(&format!("The operations of the group {tag}."));
        quote! {
            #cfg
            #docs
            #[must_use]
            pub fn #module(&self) -> super::#module::#type_name<'_> { super::#module::#type_name::new(self) }
        }
    });
    let (choice, credentials) = (server::choice(plan), credentials(plan));
    let (retry, idempotency_header) = (settings::retry(plan), settings::idempotency_header(plan));
    let check = rules::default(plan);
    let (tokens, document, mock) = (token::items(plan), document(plan), mock(plan));
    quote! {
        use super::runtime;
        use super::runtime::{Client, ClientBuilder, ClientDefaults};

        impl Client {
            #[doc = " The servers of the API, the default first."]
            pub const SERVERS: &'static [runtime::ServerTemplate] = #servers;

            #[doc = " The security schemes of the API."]
            pub const SECURITY_SCHEMES: &'static [runtime::SecurityScheme] = &[#(#schemes),*];

            #docs
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(ClientDefaults {
                    servers: Self::SERVERS,
                    scattered: #scattered,
                    user_agent: #user_agent,
                    schemes: Self::SECURITY_SCHEMES,
                    retry: #retry,
                    idempotency_header: #idempotency_header,
                    #check
                })
            }
            #(#groups)*
        }
        #choice
        #credentials
        #tokens
        #document
        #mock
    }
}

/// The servers that operations and links have in place of the API's.
fn own_servers<'p>(plan: &Plan<'p>) -> impl Iterator<Item = &'p Server> {
    let of_operations = plan.api.operations.iter().flat_map(|operation| &operation.servers);
    of_operations.chain(plan.api.links.iter().filter_map(|link| link.server.as_ref()))
}

/// The variables of servers that are not the API's: `Some(&["port", "region"])`.
fn scattered(own: &[&Server]) -> TokenStream {
    let names: BTreeSet<&str> =
        own.iter().flat_map(|server| &server.variables).map(|variable| variable.name.as_str()).collect();
    let names = names.iter();
    if own.is_empty() { quote!(None) } else { quote!(Some(&[#(#names),*])) }
}

/// The error document that an API has, at hand whatever the error.
fn document(plan: &Plan<'_>) -> TokenStream {
    let wanted = plan.words.client.error_document.as_ref();
    let is_wanted = |known: &crate::model::TypeDef| match &known.origin {
        Origin::Component(name) => Some(name) == wanted,
        Origin::Resource { .. } | Origin::Choice { .. } | Origin::Id(_) | Origin::Inline { .. } => false,
    };
    let Some(id) = plan.api.type_ids().find(|id| is_wanted(plan.api.type_def(*id))) else {
        return TokenStream::new();
    };
    let id = plan.facts.canonical(id);
    let (cfg, name) = (plan.cfg(plan.groups_of(id)), plan.names.read_type(id));
    quote! {
        #cfg
        impl<E: runtime::ApiError> super::runtime::Error<E> {
            #[doc = " What the API says about the error, whether the document declares the status or not; none if the answer was something else."]
            #[must_use]
            pub fn document(&self) -> Option<super::types::#name> { self.answer_as() }
        }
    }
}

/// A client of the stand-in server.
fn mock(plan: &Plan<'_>) -> TokenStream {
    if plan.package.layout == Layout::Module {
        return TokenStream::new();
    }
    let tokens = token::stand_in(plan);
    quote! {
        #[cfg(feature = "mock")]
        impl runtime::mock::Server {
            #[doc = " Starts a client that calls this server, which also gives it tokens where the API gives any."]
            pub fn client(&self) -> ClientBuilder {
                #tokens
                self.serve(Client::builder())
            }
        }
    }
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SchemeKind::Bearer => quote!(Bearer),
        SchemeKind::Basic => quote!(Basic),
        SchemeKind::Http(scheme) => quote!(Http(#scheme)),
        SchemeKind::ApiKeyHeader(name) => quote!(ApiKeyHeader(#name)),
        SchemeKind::ApiKeyQuery(name) => quote!(ApiKeyQuery(#name)),
        SchemeKind::ApiKeyCookie(name) => quote!(ApiKeyCookie(#name)),
        SchemeKind::MutualTls => quote!(MutualTls),
    };
    let description = scheme.description.as_deref().unwrap_or_default();
    let scopes = scheme.scopes.iter().map(|(name, words)| quote!((#name, #words)));
    quote! {
        runtime::SecurityScheme {
            name: #name,
            kind: runtime::SchemeKind::#kind,
            description: #description,
            scopes: &[#(#scopes),*],
        }
    }
}

/// A setter for each kind of credential the document asks for: it serves every scheme of the kind.
///
/// Where they need different ones, `ClientBuilder::credential` names the scheme.
fn credentials(plan: &Plan<'_>) -> TokenStream {
    let of = |wanted: fn(&SchemeKind) -> bool| -> Vec<&str> {
        plan.api
            .schemes
            .iter()
            .filter(|scheme| wanted(&scheme.kind))
            .map(|scheme| scheme.name.as_str())
            .collect()
    };
    let bearer = of(|kind| matches!(kind, SchemeKind::Bearer));
    let basic = of(|kind| matches!(kind, SchemeKind::Basic));
    let key = of(|kind| {
        matches!(
            kind,
            SchemeKind::ApiKeyHeader(_)
                | SchemeKind::ApiKeyQuery(_)
                | SchemeKind::ApiKeyCookie(_)
                | SchemeKind::Http(_)
        )
    });
    let setters = [
        (
            bearer,
            "bearer_token",
            &["token"][..],
            "bearer",
            "Sends this bearer token with every operation that asks for one.",
        ),
        (
            basic,
            "basic_auth",
            &["username", "password"][..],
            "basic",
            "Sends this name and password with every operation that asks for them.",
        ),
        (key, "api_key", &["key"][..], "api_key", "Sends this key with every operation that asks for one."),
    ];
    let setters: Vec<TokenStream> = setters
        .iter()
        .filter(|(schemes, ..)| !schemes.is_empty())
        .map(|(schemes, name, arguments, constructor, words)| {
            let (name, constructor, docs) =
                (format_ident!("{name}"), format_ident!("{constructor}"), doc::own(words));
            let arguments: Vec<_> = arguments.iter().map(|argument| format_ident!("{argument}")).collect();
            quote! {
                #docs
                pub fn #name(self, #(#arguments: impl Into<String>),*) -> Self {
                    let credential = runtime::Credential::#constructor(#(#arguments),*);
                    self #(.credential(#schemes, credential.clone()))*
                }
            }
        })
        .collect();
    if setters.is_empty() { TokenStream::new() } else { quote!(impl ClientBuilder { #(#setters)* }) }
}
