//! Unions: an enum with a variant for each alternative, and one that keeps what is none of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Form;
use super::{Plan, doc, ty, types};
use crate::model::{TypeId, Union};

/// ```text
/// pub enum TagAdded { Contacts(TagAddedContacts), ContactTags(TagAddedContactTags), Unknown(Json) }
/// ```
pub(super) fn definition(plan: &Plan<'_>, id: TypeId, union: &Union, form: Form) -> TokenStream {
    let docs = types::heading(plan, id, form);
    let name = ty::name(plan, id, form);
    let variants = plan.names.variants(id);
    let values = union.variants.iter().map(|variant| ty::value(plan, id, &variant.ty, form));
    let lines = union.variants.iter().map(|variant| match variant.tags.as_slice() {
        [] => doc::own(&format!("{}.", doc::code(&variant.hint))),
        tags => {
            let tags: Vec<String> = tags.iter().map(|tag| doc::code(tag)).collect();
            doc::own(&format!("Tagged {}.", tags.join(", ")))
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#lines #variants(#values),)*
            #[doc = " What is none of them, as it came."]
            Unknown(runtime::Json),
        }
    }
}
