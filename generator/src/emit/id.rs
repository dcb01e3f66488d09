//! Ids: text that is not taken for the id of something else.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Form;
use super::{Plan, doc, types};
use crate::model::{Id, TypeId};

/// ```text
/// /// The id of a resource of the type `contacts`.
/// #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
/// pub struct ContactId(String);
/// ```
pub(super) fn definition(plan: &Plan<'_>, id: TypeId, known: &Id) -> TokenStream {
    let docs = types::heading(plan, id, Form::Read);
    let name = plan.names.read_type(id);
    let special = special(plan, id, known);
    quote! {
        #docs
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct #name(String);
        #special
    }
}

/// What the id can do.
pub(super) fn impls(plan: &Plan<'_>, id: TypeId, known: &Id) -> Vec<TokenStream> {
    let name = plan.names.read_type(id);
    let resource = known.resource.as_ref().map(|resource| {
        quote!(impl runtime::json_api::ResourceId for #name { const TYPE: &'static str = #resource; })
    });
    [quote!(runtime::id_impls!(#name);)].into_iter().chain(resource).collect()
}

/// A constructor for each value that has a meaning of its own.
fn special(plan: &Plan<'_>, id: TypeId, known: &Id) -> TokenStream {
    if known.special.is_empty() {
        return TokenStream::new();
    }
    let (cfg, name, constructors) = (types::cfg(plan, id), plan.names.read_type(id), plan.names.fields(id));
    let values = &known.special;
    let docs = values
        .iter()
        .map(|value| doc::own(&format!("The id {}, which has a meaning of its own.", doc::code(value))));
    quote! {
        #cfg
        impl #name {
            #(
                #docs
                #[must_use]
                pub fn #constructors() -> Self { Self::from(#values) }
            )*
        }
    }
}
