//! Tokens as OpenAPI's own words describe them: the source, and how users log in.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Plan, doc};
use crate::model::{Flow, TokenFlows, TokenPlace};

/// ```text
/// static TOKENS: TokenSource = TokenSource { password: None, …, ..TokenSource::standard("oauth", "https://example.com/token") };
/// ```
/// What OpenAPI does not say is as RFC 6749 asks for: id and secret in the header.
pub(super) fn source(scheme: &str, tokens: &TokenFlows, name: &Ident) -> TokenStream {
    let endpoint = tokens.flows.first().map_or("", |(_, endpoint)| endpoint.as_str());
    let missing = ALL.into_iter().filter(|flow| tokens.endpoint(*flow).is_none()).map(member);
    let elsewhere = tokens.flows.iter().filter(|(_, other)| other != endpoint);
    let elsewhere = elsewhere.map(|(flow, other)| {
        let kind = kind(*flow);
        quote!((runtime::token::GrantKind::#kind, #other))
    });
    let renewed = renewed_elsewhere(tokens).filter(|renewed| *renewed != endpoint);
    let renewed = renewed.map(|other| quote!((runtime::token::GrantKind::RefreshToken, #other)));
    let renewals = (!tokens.refresh.is_empty()).then(|| {
        let all = tokens.refresh.iter().map(|(flow, other)| (kind(*flow), other));
        let all = all.map(|(kind, other)| quote!((runtime::token::GrantKind::#kind, #other)));
        quote!(renewals: &[#(#all),*],)
    });
    let discovery = match &tokens.source {
        TokenPlace::Document => TokenStream::new(),
        TokenPlace::Provider(url) => quote!(discovery: Some(runtime::token::openid::provider(#url)),),
    };
    quote! {
        static #name: runtime::token::TokenSource = runtime::token::TokenSource {
            authentication: runtime::token::ClientAuthentication::Basic,
            #(#missing: None,)*
            others: &[#(#elsewhere,)* #renewed],
            #renewals
            #discovery
            ..runtime::token::TokenSource::standard(#scheme, #endpoint)
        };
    }
}

/// Where a refresh token is used that was had elsewhere: most likely by a user, since a program's own credentials bring none (RFC 6749,
/// section 4.4.3).
fn renewed_elsewhere(tokens: &TokenFlows) -> Option<&str> {
    const LIKELY: [Flow; 4] =
        [Flow::AuthorizationCode, Flow::Device, Flow::Password, Flow::ClientCredentials];
    let said = |flow: &Flow| tokens.refresh.iter().find(|(known, _)| known == flow);
    let of = |flow: &Flow| said(flow).map(|(_, said)| said.as_str()).or_else(|| tokens.endpoint(*flow));
    LIKELY.iter().find_map(of)
}

const ALL: [Flow; 4] = [Flow::ClientCredentials, Flow::Password, Flow::AuthorizationCode, Flow::Device];

fn member(flow: Flow) -> Ident {
    match flow {
        Flow::ClientCredentials => format_ident!("client_credentials"),
        Flow::Password => format_ident!("password"),
        Flow::AuthorizationCode => format_ident!("authorization_code"),
        Flow::Device => format_ident!("device_code"),
    }
}

fn kind(flow: Flow) -> Ident {
    match flow {
        Flow::ClientCredentials => format_ident!("ClientCredentials"),
        Flow::Password => format_ident!("Password"),
        Flow::AuthorizationCode => format_ident!("AuthorizationCode"),
        Flow::Device => format_ident!("DeviceCode"),
    }
}

/// The ways in which users log in: `Client::ask_consent` and `Client::log_in_device`, numbered as the sources are.
pub(super) fn logins(scheme: &str, tokens: &TokenFlows, at: usize, source: &Ident) -> TokenStream {
    let numbered = |text: &str| match at {
        0 => format_ident!("{text}"),
        more => format_ident!("{text}_{}", more + 1),
    };
    let asked = tokens.is_of_provider().then(|| {
        let (name, docs) = (
            numbered("ask_consent"),
            doc::own(&format!(
                "Asks a user in a browser for a token for {}, at the address that its provider says.",
                doc::code(scheme)
            )),
        );
        quote! {
            impl Client {
                #docs
                pub fn #name(
                    &self,
                    client: runtime::token::ClientCredentials,
                    redirect_uri: impl Into<String>,
                ) -> runtime::BoxFuture<
                    '_,
                    Result<runtime::token::code::ConsentBuilder, runtime::Error<std::convert::Infallible>>,
                > {
                    self.start_consent(&#source, client, redirect_uri.into())
                }
            }
        }
    });
    let code = tokens.authorization.as_ref().map(|url| {
        let (name, authorization) = (numbered("ask_consent"), numbered("AUTHORIZATION"));
        let docs = doc::own(&format!("Asks a user in a browser for a token for {}.", doc::code(scheme)));
        quote! {
            static #authorization: runtime::token::code::Authorization =
                runtime::token::code::Authorization { scheme: #scheme, url: #url };
            impl Client {
                #docs
                pub fn #name(
                    client: runtime::token::ClientCredentials,
                    redirect_uri: impl Into<String>,
                ) -> runtime::token::code::ConsentBuilder {
                    runtime::token::code::ConsentBuilder::new(&#authorization, client, redirect_uri)
                }
            }
        }
    });
    let device = has_device_flow(tokens).then(|| {
        let url = tokens.device.as_deref().unwrap_or_default();
        let (name, device) = (numbered("log_in_device"), numbered("DEVICE"));
        let docs = doc::own(&format!(
            "Asks a user of a device without a browser for a token for {}.",
            doc::code(scheme)
        ));
        quote! {
            static #device: runtime::token::device::DeviceAuthorization =
                runtime::token::device::DeviceAuthorization { endpoint: #url, tokens: &#source };
            impl Client {
                #docs
                pub fn #name(
                    &self,
                    client: runtime::token::ClientCredentials,
                ) -> runtime::BoxFuture<
                    '_,
                    Result<runtime::token::device::DeviceLogin, runtime::Error<std::convert::Infallible>>,
                > {
                    self.start_device_login(&#device, client)
                }
            }
        }
    });
    quote!(#asked #code #device)
}

/// ```text
/// pub mod scopes { pub const READ: &str = "read"; }
/// ```
pub(super) fn scopes(plan: &Plan<'_>) -> TokenStream {
    let known = plan.api.scopes();
    if known.is_empty() {
        return TokenStream::new();
    }
    let constants = known.iter().zip(plan.names.scopes()).map(|((scope, words), name)| {
        let docs = match words.trim() {
            "" => doc::own(&format!("{}.", doc::code(scope))),
            words => doc::own(&format!("{}\n\n{}.", doc::inert(words), doc::code(scope))),
        };
        quote!(#docs pub const #name: &str = #scope;)
    });
    quote! {
        #[doc = " The scopes that tokens can be had for; several are separated by spaces."]
        #[allow(dead_code)]
        pub mod scopes { #(#constants)* }
    }
}

fn any(plan: &Plan<'_>, has: fn(&TokenFlows) -> bool) -> bool {
    plan.api.schemes.iter().filter_map(|scheme| scheme.tokens.as_ref()).any(has)
}

fn has_device_flow(tokens: &TokenFlows) -> bool {
    tokens.is_of_provider() || tokens.device.is_some() && tokens.endpoint(Flow::Device).is_some()
}

/// Whether users are asked in a browser.
pub(super) fn has_code(plan: &Plan<'_>) -> bool {
    any(plan, |tokens| tokens.is_of_provider() || tokens.authorization.is_some())
}

/// Whether users of devices are asked.
pub(super) fn has_device(plan: &Plan<'_>) -> bool {
    any(plan, has_device_flow)
}

/// Whether a provider says where tokens are had.
pub(super) fn has_provider(plan: &Plan<'_>) -> bool {
    any(plan, TokenFlows::is_of_provider)
}
