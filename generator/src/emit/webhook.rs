//! What the API sends by itself: how it is read, and how to know that it is genuine.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, Form, Place};
use super::{Plan, doc};
use crate::model::{Type, TypeId, Webhook};
use crate::words::{Algorithm, Signature, SignatureEncoding, TimestampPlace};

/// ```text
/// impl WebhookEvent { pub fn parse(body: &[u8]) -> Result<Self, runtime::DecodeError> { … } }
/// ```
/// Where the bodies are of several types, a union of them stands for the one type.
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let webhooks = &plan.api.webhooks;
    let Some(first) = webhooks.first() else { return TokenStream::new() };
    // Another name for a list or a text has no methods of its own.
    let canonical = |ty: &Type| match ty::resolved(plan, ty) {
        Type::Named(id) if !matches!(ty, Type::Nullable(_)) => Some(plan.facts.canonical(*id)),
        _ => None,
    };
    let only =
        canonical(&first.body).filter(|id| webhooks.iter().all(|known| canonical(&known.body) == Some(*id)));
    let signature = plan.words.webhooks.signature.as_ref().map(signature);
    match only {
        Some(id) => one(plan, id, signature),
        None => union(plan, signature),
    }
}

/// Everything that is sent has the same type.
fn one(plan: &Plan<'_>, id: TypeId, signature: Option<TokenStream>) -> TokenStream {
    let name = plan.names.read_type(id);
    let verify = verify(signature);
    let events: Vec<String> =
        plan.api.webhooks.iter().map(|event| format!("- {}", described(plan, event))).collect();
    let reads = doc::own(&format!(
        "Reads the body of a request that the API sent for one of the events:\n\n{}",
        events.join("\n")
    ));
    quote! {
        impl #name {
            #reads
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " If it is not JSON or does not have this shape; the error says where."]
            pub fn parse(body: &[u8]) -> Result<Self, runtime::DecodeError> { runtime::read_json(body) }
            #verify
        }
    }
}

/// The bodies differ, so that the event has to be known to read one.
fn union(plan: &Plan<'_>, signature: Option<TokenStream>) -> TokenStream {
    let (name, variants) = plan.names.webhook();
    let events: Vec<&String> = plan.api.webhooks.iter().map(|known| &known.name).collect();
    let types =
        plan.api.webhooks.iter().map(|known| ty::expression(plan, &known.body, Form::Read, Place::Types));
    let lines = plan.api.webhooks.iter().map(|event| doc::own(&described(plan, event)));
    let verify = verify(signature);
    quote! {
        #[doc = " A request that the API sent by itself."]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#lines #variants(#types),)*
            #[doc = " An event that the document does not name."]
            Unknown {
                #[doc = " Which."]
                event: String,
                #[doc = " The body as it came."]
                body: runtime::Json,
            },
        }
        impl #name {
            #[doc = " Reads the body of a request that the API sent for `event`."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " If it is not JSON or does not have the shape of that event; the error says where."]
            pub fn parse(event: &str, body: &[u8]) -> Result<Self, runtime::DecodeError> {
                match event {
                    #(#events => runtime::read_json(body).map(Self::#variants),)*
                    other => runtime::read_json(body).map(|body| Self::Unknown { event: other.to_owned(), body }),
                }
            }
            #verify
        }
    }
}

/// `` `order.paid`, with resources of the types `orders` and `people`. ``
fn described(plan: &Plan<'_>, event: &Webhook) -> String {
    let name = doc::code(&event.name);
    let payload = plan.words.webhooks.events.get(&event.name).map_or(&[][..], |known| &known.payload);
    let types: Vec<String> = payload.iter().map(|resource| doc::code(resource)).collect();
    match types.as_slice() {
        [] => format!("{name}."),
        [only] => format!("{name}, with resources of the type {only}."),
        [rest @ .., last] => format!("{name}, with resources of the types {} and {last}.", rest.join(", ")),
    }
}

fn verify(signature: Option<TokenStream>) -> TokenStream {
    let Some(signature) = signature else { return TokenStream::new() };
    quote! {
        #[doc = " Checks that the API sent a request, by the signature in its headers; `body` is the body as it came."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " If the signature is missing, is another, or was made too long ago."]
        pub fn verify(
            headers: &runtime::HeaderMap,
            body: &[u8],
            secret: &[u8],
        ) -> Result<(), runtime::webhook::SignatureError> {
            static SIGNATURE: runtime::webhook::Signature = #signature;
            let header = |name: &str| headers.get(name)?.to_str().ok();
            runtime::webhook::verify(&SIGNATURE, secret, header, body, runtime::Timestamp::now())
        }
    }
}

fn signature(signature: &Signature) -> TokenStream {
    let (header, prefix, signed) = (&signature.header, &signature.prefix, signature.signed.as_str());
    let algorithm = match signature.algorithm {
        Algorithm::HmacSha256 => quote!(HmacSha256),
    };
    let encoding = match signature.encoding {
        SignatureEncoding::Hex => quote!(Hex),
        SignatureEncoding::Base64 => quote!(Base64),
    };
    let place = signature.timestamp.as_ref().map(|timestamp| match &timestamp.place {
        TimestampPlace::Header(name) => quote!(Some(runtime::webhook::SentAt::Header(#name))),
        TimestampPlace::Part(name) => quote!(Some(runtime::webhook::SentAt::Part(#name))),
    });
    let place = place.unwrap_or_else(|| quote!(None));
    let tolerance = signature.timestamp.as_ref().map_or(300, |timestamp| timestamp.tolerance_s);
    quote! {
        runtime::webhook::Signature {
            header: #header,
            algorithm: runtime::webhook::Algorithm::#algorithm,
            encoding: runtime::webhook::Encoding::#encoding,
            prefix: #prefix,
            signed: #signed,
            timestamp: #place,
            tolerance: std::time::Duration::from_secs(#tolerance),
        }
    }
}
