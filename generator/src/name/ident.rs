//! Names that are known to be Rust identifiers.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// `text` has come out of a scope, which gives out identifiers only.
            pub(super) fn new(text: String) -> Self {
                Self(text)
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ToTokens for $name {
            fn to_tokens(&self, tokens: &mut TokenStream) {
                tokens.append(Ident::new(&self.0, Span::call_site()));
            }
        }
    )+};
}

names! {
    /// The name of a type: `ContactAttributes`.
    TypeName,
    /// The name of a module and of the feature that switches it on: `contacts`.
    ModuleName,
    /// The name of a method: `list_tags`.
    MethodName,
    /// The name of a field, a parameter or a setter: `phone_number`.
    FieldName,
    /// The name of a constant: `PRODUCTION`.
    ConstantName,
    /// The name of a variant: `Purchase`.
    VariantName,
}
