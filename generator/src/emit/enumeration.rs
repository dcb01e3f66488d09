//! Enumerations: open, so that a value the document does not list is no error.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Form;
use super::{Plan, doc, types};
use crate::model::{ChoiceKind, EnumValues, Enumeration, Origin, TypeId};

/// ```text
/// pub enum HookEvent { Purchase, TagAdded, Other(String) }
/// ```
pub(super) fn definition(plan: &Plan<'_>, id: TypeId, enumeration: &Enumeration) -> TokenStream {
    let docs = types::heading(plan, id, Form::Read);
    let name = plan.names.read_type(id);
    let variants = plan.names.variants(id);
    let (texts, other): (Vec<String>, TokenStream) = match &enumeration.values {
        EnumValues::Strings(values) => (values.clone(), quote!(String)),
        EnumValues::Integers(values) => (values.iter().map(ToString::to_string).collect(), quote!(i64)),
    };
    let lines = texts.iter().map(|text| doc::own(&format!("{}.", doc::code(text))));
    let access = match &enumeration.values {
        EnumValues::Strings(values) => text_access(plan, id, values),
        EnumValues::Integers(values) => integer_access(plan, id, values),
    };
    let sorting = sorting(plan, id);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #name {
            #(#lines #variants,)*
            #[doc = " A value that the document does not list."]
            Other(#other),
        }
        #access
        #sorting
    }
}

/// What a caller who sorts by a value writes: `Sort::CreatedAt.desc()`.
fn sorting(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    let Origin::Choice { kind: ChoiceKind::Sort, .. } = plan.api.type_def(id).origin else {
        return TokenStream::new();
    };
    let (name, cfg) = (plan.names.read_type(id), types::cfg(plan, id));
    quote! {
        #cfg
        impl #name {
            #[doc = " Least first."]
            pub fn asc(self) -> runtime::Ordered<Self> { runtime::Ordered::ascending(self) }
            #[doc = " Greatest first."]
            pub fn desc(self) -> runtime::Ordered<Self> { runtime::Ordered::descending(self) }
        }
        #cfg
        impl AsRef<str> for #name {
            fn as_ref(&self) -> &str { self.as_str() }
        }
        #cfg
        impl From<#name> for runtime::SortBy<#name> {
            fn from(by: #name) -> Self { by.asc().into() }
        }
    }
}

fn text_access(plan: &Plan<'_>, id: TypeId, values: &[String]) -> TokenStream {
    let name = plan.names.read_type(id);
    let variants = plan.names.variants(id);
    let cfg = types::cfg(plan, id);
    let from = if values.is_empty() {
        quote!(Self::Other(value.to_owned()))
    } else {
        quote!(match value { #(#values => Self::#variants,)* other => Self::Other(other.to_owned()), })
    };
    quote! {
        #cfg
        impl #name {
            #[doc = " The value as it is sent."]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Other(value) => value,
                }
            }
        }
        #cfg
        impl From<&str> for #name {
            fn from(value: &str) -> Self { #from }
        }
        #cfg
        impl From<String> for #name {
            fn from(value: String) -> Self { Self::from(value.as_str()) }
        }
        #cfg
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    }
}

fn integer_access(plan: &Plan<'_>, id: TypeId, values: &[i64]) -> TokenStream {
    let name = plan.names.read_type(id);
    let variants = plan.names.variants(id);
    let cfg = types::cfg(plan, id);
    let from = if values.is_empty() {
        quote!(Self::Other(value))
    } else {
        quote!(match value { #(#values => Self::#variants,)* other => Self::Other(other), })
    };
    quote! {
        #cfg
        impl #name {
            #[doc = " The value as it is sent."]
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Other(value) => *value,
                }
            }
        }
        #cfg
        impl From<i64> for #name {
            fn from(value: i64) -> Self { #from }
        }
        #cfg
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.as_i64().fmt(f) }
        }
    }
}
