//! Unions: an enum with a variant for each alternative, and one that keeps what is none of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Form;
use super::{Plan, doc, json_api, ty, types};
use crate::model::{Membership, Tag, Type, TypeId, Union};

/// ```text
/// pub enum TagAdded { Contacts(TagAddedContacts), ContactTags(TagAddedContactTags), Unknown(Json) }
/// ```
pub(super) fn definition(plan: &Plan<'_>, id: TypeId, union: &Union, form: Form) -> TokenStream {
    let docs = types::heading(plan, id, form);
    let name = ty::name(plan, id, form);
    let variants = plan.names.variants(id);
    let cfgs: Vec<TokenStream> = union.variants.iter().map(|variant| cfg(plan, union, &variant.ty)).collect();
    let values = union.variants.iter().map(|variant| ty::value(plan, id, &variant.ty, form));
    let lines = union.variants.iter().enumerate().map(|(at, variant)| {
        let tags: Vec<String> = variant.tags.iter().map(|tag| doc::code(tag)).collect();
        let told = if matches!(union.tag, Tag::Event(_)) { "Of the event" } else { "Tagged" };
        doc::own(&match (tags.as_slice(), union.default == Some(at)) {
            ([], true) => "Tagged otherwise, or not at all.".to_owned(),
            ([], false) => format!("{}.", doc::code(&variant.hint)),
            (tags, true) => format!("{told} {}, otherwise, or not at all.", tags.join(", ")),
            (tags, false) => format!("{told} {}.", tags.join(", ")),
        })
    });
    // Only what is read is looked up among what was included.
    let is_any = plan.facts.documents().is_some_and(|documents| documents.any == id);
    let is_looked_up = is_any && (form == Form::Read || !plan.facts.is_split(id));
    let identifier = is_looked_up.then(|| json_api::identifier(plan, id, union, &cfgs));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#lines #cfgs #variants(#values),)*
            #[doc = " What is none of them, as it came."]
            Unknown(runtime::Json),
        }
        #identifier
    }
}

/// The condition under which a variant with a value of `ty` is there.
pub(super) fn cfg(plan: &Plan<'_>, union: &Union, ty: &Type) -> TokenStream {
    match (union.membership, ty.named()) {
        (Membership::Offered, Some(id)) => plan.cfg(plan.groups_of(id)),
        (Membership::Offered | Membership::Needed, _) => TokenStream::new(),
    }
}
