//! How tokens are had (`x-token`): the description the runtime works by, and the method that takes what is shown for one.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Plan, doc, flows, option};
use crate::model::{Flow, TokenFlows};
use crate::words::{ClientAuthentication, Encoding, Endpoint, GrantType, Revocation, Token, TokenValue};

/// Where the tokens of a scheme come from.
pub(super) enum Source<'a> {
    /// An `x-token` says it.
    Word(&'a str, &'a Token),
    /// OpenAPI's own words do.
    Flows(&'a str, &'a TokenFlows),
}

/// All of them: those that `x-token` describes first, because that word is there to be preferred.
pub(super) fn sources<'a>(plan: &Plan<'a>) -> Vec<Source<'a>> {
    let words = plan.words.tokens.iter().map(|(scheme, token)| Source::Word(scheme, token));
    let schemes = plan.api.schemes.iter();
    let flows = schemes.filter_map(|scheme| Some(Source::Flows(&scheme.name, scheme.tokens.as_ref()?)));
    words.chain(flows).collect()
}

impl Source<'_> {
    /// Whether a client's own credentials are enough.
    pub(super) fn takes_credentials(&self) -> bool {
        match self {
            Self::Word(_, token) => token.grants.contains_key(&GrantType::ClientCredentials),
            Self::Flows(_, flows) => flows.endpoint(Flow::ClientCredentials).is_some(),
        }
    }

    fn scheme(&self) -> &str {
        match self {
            Self::Word(scheme, _) | Self::Flows(scheme, _) => scheme,
        }
    }
}

/// ```text
/// static TOKENS: runtime::token::TokenSource = runtime::token::TokenSource { scheme: "Bearer", endpoint: "/v1/oauth/token", … };
/// impl ClientBuilder { pub fn auth(self, grant: impl Into<runtime::token::Grant>) -> Self { … } }
/// ```
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let sources = sources(plan);
    let sources = sources.iter().enumerate().map(|(at, known)| {
        let (name, method) = names(at);
        let (source, logins) = match known {
            Source::Word(scheme, token) => (source(plan, scheme, token, &name), TokenStream::new()),
            Source::Flows(scheme, tokens) => {
                (flows::source(scheme, tokens, &name), flows::logins(scheme, tokens, at, &name))
            }
        };
        let docs = doc::own(&format!(
            "Has tokens for {} fetched with this, kept, renewed before they expire, and replaced once after the server refused one.",
            doc::code(known.scheme())
        ));
        quote! {
            #source
            impl ClientBuilder {
                #docs
                pub fn #method(self, grant: impl Into<runtime::token::Grant>) -> Self {
                    self.token_grant(&#name, grant.into())
                }
            }
            #logins
        }
    });
    quote!(#(#sources)*)
}

pub(super) use flows::{has_code, has_device, has_provider};

/// What the command line fetches tokens by.
///
/// ```text
/// cli::Tokens { scheme: "oauth", with: |builder, login| builder.auth(…) }
/// ```
pub(super) fn logins(plan: &Plan<'_>) -> Vec<TokenStream> {
    let sources = sources(plan);
    let known = sources.iter().enumerate().filter(|(_, source)| source.takes_credentials());
    known
        .map(|(at, source)| {
            let (scheme, (_, method)) = (source.scheme(), names(at));
            quote! {
                cli::Tokens {
                    scheme: #scheme,
                    with: |builder, login| {
                        let own = super::runtime::token::ClientCredentials::new(login.id, login.secret);
                        builder.#method(match login.scope { Some(scope) => own.scope(scope), None => own })
                    },
                }
            }
        })
        .collect()
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
            authorization_code: None,
            device_code: None,
            others: &[],
            renewals: &[],
            discovery: None,
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
    let sources = (0..sources(plan).len()).map(|at| names(at).0);
    quote!(#(self.answers_token_source(&#sources);)*)
}
