//! The file of the client: where it calls by default, how it identifies itself, and how its groups are reached.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Plan, doc};
use crate::model::{Scheme, SchemeKind};

/// The items of the client's file.
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let base_url = plan.api.servers.first().map_or("", |server| server.url.as_str());
    let user_agent = format!("{}/{}", plan.package.name, plan.package.version);
    let schemes = plan.api.schemes.iter().map(scheme);
    let where_to = match plan.api.servers.first() {
        Some(server) => {
            format!("Starts a client that calls {} unless told otherwise.", doc::code(&server.url))
        }
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
    let credentials = credentials(plan);
    quote! {
        use super::runtime;
        use super::runtime::{Client, ClientBuilder, ClientDefaults};

        impl Client {
            #docs
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(ClientDefaults {
                    base_url: #base_url,
                    user_agent: #user_agent,
                    schemes: &[#(#schemes),*],
                    retry: runtime::Retry::standard(),
                    idempotency_header: "Idempotency-Key",
                })
            }
            #(#groups)*
        }
        #credentials
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
    };
    quote!((#name, runtime::SchemeKind::#kind))
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
