//! The structures of JSON:API, which are generic types of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::Plan;
use super::ty::{self, Form, Place};
use crate::model::{JsonApi, Type, TypeId, Union};

/// The type of a structure: `Page<Contact>`.
pub(super) fn expression(plan: &Plan<'_>, structure: &JsonApi, form: Form, place: Place) -> TokenStream {
    let inner = |ty: &Type| ty::expression(plan, ty, form, place);
    let types = match place {
        Place::Types => TokenStream::new(),
        Place::Group => quote!(types::),
    };
    match structure {
        JsonApi::Document { data, .. } => {
            let data = inner(data);
            quote!(#types Document<#data>)
        }
        JsonApi::Page { item, meta, .. } => {
            let item = inner(item);
            match meta.as_deref() {
                meta if meta == default_meta(plan) => quote!(#types Page<#item>),
                Some(meta) => {
                    let meta = inner(meta);
                    quote!(#types Page<#item, #meta>)
                }
                None => quote!(#types Page<#item, runtime::JsonObject>),
            }
        }
        JsonApi::Linkage(id) => {
            let id = inner(id);
            quote!(runtime::json_api::Linkage<#id>)
        }
        JsonApi::ToOne => quote!(runtime::json_api::ToOne),
        JsonApi::ToMany => quote!(runtime::json_api::ToMany),
        JsonApi::Links => quote!(runtime::json_api::Links),
        JsonApi::Identifier => quote!(runtime::json_api::Identifier),
    }
}

/// ```text
/// pub type Document<T> = runtime::json_api::Document<T, AnyResource>;
/// pub type Page<T, M = PageMeta> = runtime::json_api::Page<T, M, AnyResource>;
/// ```
pub(super) fn aliases(plan: &Plan<'_>) -> TokenStream {
    let Some(documents) = plan.facts.documents() else { return TokenStream::new() };
    let any = plan.names.read_type(plan.facts.canonical(documents.any));
    let meta = default_meta(plan).map_or_else(
        || quote!(runtime::JsonObject),
        |meta| ty::expression(plan, meta, Form::Read, Place::Types),
    );
    quote! {
        #[doc = " A document with one resource, and what was included with it."]
        pub type Document<T> = runtime::json_api::Document<T, #any>;
        #[doc = " A document with a page of resources, and what was included with them."]
        pub type Page<T, M = #meta> = runtime::json_api::Page<T, M, #any>;
    }
}

/// What the `meta` of pages is unless said otherwise.
fn default_meta<'p>(plan: &Plan<'p>) -> Option<&'p Type> {
    plan.facts.documents().and_then(|documents| documents.page_meta.as_ref())
}

/// ```text
/// impl runtime::json_api::Resource for AnyResource { fn identifier(&self) -> (&str, &str) { … } }
/// ```
pub(super) fn identifier(plan: &Plan<'_>, id: TypeId, union: &Union, cfgs: &[TokenStream]) -> TokenStream {
    let (name, cfg) = (plan.names.read_type(id), super::types::cfg(plan, id));
    let arms =
        plan.names.variants(id).iter().zip(&union.variants).zip(cfgs).map(|((variant, known), cfg)| {
            let resource = known.tags.first().map_or("", String::as_str);
            quote!(#cfg Self::#variant(resource) => (#resource, resource.id.as_str()),)
        });
    quote! {
        #cfg
        impl runtime::json_api::Resource for #name {
            fn identifier(&self) -> (&str, &str) {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => runtime::json_api::identifier_of(value),
                }
            }
        }
    }
}
