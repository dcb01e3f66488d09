//! How tokens are had (`x-token`): the description the runtime works by, and the method that takes what is shown for one.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Plan, doc, option};
use crate::words::{ClientAuthentication, Encoding, Endpoint, GrantType, Revocation, Token, TokenValue};

/// ```text
/// static TOKENS: runtime::token::TokenSource = runtime::token::TokenSource { scheme: "Bearer", endpoint: "/v1/oauth/token", … };
/// impl ClientBuilder { pub fn auth(self, grant: impl Into<runtime::token::Grant>) -> Self { … } }
/// ```
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let sources = plan.words.tokens.iter().enumerate().map(|(at, (scheme, token))| {
        let (name, method) = names(at);
        let source = source(plan, scheme, token, &name);
        let docs = doc::own(&format!(
            "Has tokens for {} fetched with this, kept, renewed before they expire, and replaced once after the server refused one.",
            doc::code(scheme)
        ));
        quote! {
            #source
            impl ClientBuilder {
                #docs
                pub fn #method(self, grant: impl Into<runtime::token::Grant>) -> Self {
                    self.token_grant(&#name, grant.into())
                }
            }
        }
    });
    quote!(#(#sources)*)
}

/// The first is what callers mean by authenticating; a second scheme with tokens is rare.
fn names(at: usize) -> (Ident, Ident) {
    match at {
        0 => (format_ident!("TOKENS"), format_ident!("auth")),
        more => (format_ident!("TOKENS_{}", more + 1), format_ident!("auth_{}", more + 1)),
    }
}

fn source(plan: &Plan<'_>, scheme: &str, token: &Token, name: &Ident) -> TokenStream {
    let endpoint = address(&token.endpoint);
    let content = match token.content {
        Encoding::Form => quote!(Form),
        Encoding::Json => quote!(Json),
    };
    let authentication = match token.authentication {
        ClientAuthentication::Body => quote!(Body),
        ClientAuthentication::Basic => quote!(Basic),
    };
    let members = |kind: GrantType| {
        option(token.grants.get(&kind).map(|grant| {
            let send = grant.send.iter();
            quote!(&[#(#send),*])
        }))
    };
    let (client_credentials, refresh_token, password) = (
        members(GrantType::ClientCredentials),
        members(GrantType::RefreshToken),
        members(GrantType::Password),
    );
    let answer = &token.response;
    let (access, refresh, expires) =
        (answer.access_token.as_str(), answer.refresh_token.as_str(), answer.expires_in.as_str());
    let skew = token.refresh.skew_s;
    let ttl = token.refresh.default_ttl_s.unwrap_or(3600);
    let order = token.refresh.order.iter().map(|kind| kind_name(*kind));
    let revocation = option(token.revoke.as_ref().map(|revoke| revocation(plan, revoke)));
    quote! {
        static #name: runtime::token::TokenSource = runtime::token::TokenSource {
            scheme: #scheme,
            endpoint: #endpoint,
            content: runtime::token::Content::#content,
            authentication: runtime::token::ClientAuthentication::#authentication,
            client_credentials: #client_credentials,
            refresh_token: #refresh_token,
            password: #password,
            answer: runtime::token::AnswerMembers { access_token: #access, refresh_token: #refresh, expires_in: #expires },
            skew: std::time::Duration::from_secs(#skew),
            default_ttl: std::time::Duration::from_secs(#ttl),
            order: &[#(runtime::token::GrantKind::#order),*],
            revocation: #revocation,
        };
    }
}

fn kind_name(kind: GrantType) -> Ident {
    match kind {
        GrantType::ClientCredentials => format_ident!("ClientCredentials"),
        GrantType::RefreshToken => format_ident!("RefreshToken"),
        GrantType::Password => format_ident!("Password"),
    }
}

/// Where the token may be shown to get rid of it, it is; else the client names itself as it does to get one.
fn revocation(plan: &Plan<'_>, revocation: &Revocation) -> TokenStream {
    let endpoint = address(&revocation.endpoint);
    let send = revocation.send.iter().map(|(member, value)| {
        let value = match value {
            TokenValue::Access => quote!(Access),
            TokenValue::Refresh => quote!(Refresh),
        };
        quote!((#member, runtime::token::TokenKind::#value))
    });
    let is_secured = |path: &str| {
        plan.api.operations.iter().any(|known| known.path == path && !known.security.0.is_empty())
    };
    let authentication = match &revocation.endpoint {
        Endpoint::Operation { path } if is_secured(path) => quote!(Bearer),
        Endpoint::Operation { .. } | Endpoint::Url(_) => quote!(Client),
    };
    quote! {
        runtime::token::Revocation {
            endpoint: #endpoint,
            send: &[#(#send),*],
            authentication: runtime::token::RevocationAuthentication::#authentication,
        }
    }
}

fn address(endpoint: &Endpoint) -> &str {
    match endpoint {
        Endpoint::Operation { path } => path,
        Endpoint::Url(url) => url,
    }
}

/// The statements that have the stand-in server give tokens where the API does.
pub(super) fn stand_in(plan: &Plan<'_>) -> TokenStream {
    let sources = (0..plan.words.tokens.len()).map(|at| names(at).0);
    quote!(#(self.answers_token_source(&#sources);)*)
}
