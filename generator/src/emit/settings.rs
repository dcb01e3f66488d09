//! What the document says about every call: when it is made again.

use proc_macro2::TokenStream;
use quote::quote;

use super::Plan;
use crate::model::HttpMethod;
use crate::words::{Backoff, Retry};

/// `runtime::Retry::standard().statuses(&[429, 503]).max(3)`
pub(super) fn retry(plan: &Plan<'_>) -> TokenStream {
    let Some(retry) = &plan.words.client.retry else { return quote!(runtime::Retry::standard()) };
    let Retry { statuses, methods, always, max, backoff, .. } = retry;
    let statuses = (!statuses.is_empty()).then(|| quote!(.statuses(&[#(#statuses),*])));
    let methods: Vec<&str> = methods.iter().map(HttpMethod::as_str).collect();
    let methods = (!methods.is_empty()).then(|| quote!(.methods(&[#(#methods),*])));
    let always = (!always.is_empty()).then(|| quote!(.always(&[#(#always),*])));
    let max = max.map(|max| quote!(.max(#max)));
    let backoff = backoff.as_ref().map(waits);
    quote!(runtime::Retry::standard() #statuses #methods #always #max #backoff)
}

fn waits(backoff: &Backoff) -> TokenStream {
    let millis = |millis: u64| quote!(std::time::Duration::from_millis(#millis));
    let initial = backoff.initial_ms.map(millis).map(|delay| quote!(.initial_delay(#delay)));
    let longest = backoff.max_ms.map(millis).map(|delay| quote!(.max_delay(#delay)));
    let factor = backoff.factor.map(|factor| quote!(.factor(#factor)));
    quote!(#initial #factor #longest)
}

/// The header by which a request can be repeated safely.
pub(super) fn idempotency_header<'p>(plan: &Plan<'p>) -> &'p str {
    let retry = plan.words.client.retry.as_ref();
    retry.and_then(|retry| retry.idempotency_header.as_deref()).unwrap_or("Idempotency-Key")
}
