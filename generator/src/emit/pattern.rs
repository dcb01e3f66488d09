//! Members whose names follow a pattern: `custom(7)` for `custom_7`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ty::{Form, Place};
use super::{Plan, doc, ty};
use crate::model::{Pattern, PatternKeys, Scalar, Type};
use crate::name::FieldName;

/// ```text
/// pub fn custom(&self, number: u8) -> Option<&str> { runtime::pattern_text(&self.extra, "custom_", number) }
/// ```
pub(super) fn accessor(plan: &Plan<'_>, pattern: &Pattern, name: &FieldName) -> TokenStream {
    let docs = doc::own(&words(pattern));
    let (key, key_type, key_text) = key(pattern.keys);
    let prefix = &pattern.prefix;
    if matches!(ty::resolved(plan, &pattern.ty), Type::Scalar(Scalar::String)) {
        return quote! {
            #docs
            #[must_use]
            pub fn #name(&self, #key: #key_type) -> Option<&str> {
                runtime::pattern_text(&self.extra, #prefix, #key_text)
            }
        };
    }
    let value = ty::expression(plan, &pattern.ty, Form::Read, Place::Types);
    quote! {
        #docs
        #[must_use]
        pub fn #name(&self, #key: #key_type) -> Option<#value> {
            runtime::pattern_value(&self.extra, #prefix, #key_text)
        }
    }
}

/// What is said of the members.
pub(super) fn words(pattern: &Pattern) -> String {
    let prefix = &pattern.prefix;
    match pattern.keys {
        PatternKeys::Numbers { least, greatest } => {
            let (first, last) = (format!("{prefix}{least}"), format!("{prefix}{greatest}"));
            format!(
                "One of {} to {}, by its number; none if it is not there or null.",
                doc::code(&first),
                doc::code(&last)
            )
        }
        PatternKeys::Text => {
            let name = format!("{prefix}…");
            format!(
                "One of the members {}, by what follows; none if it is not there or null.",
                doc::code(&name)
            )
        }
    }
}

/// `number: u8, value: impl Into<Patch<String>>`.
pub(super) fn arguments(plan: &Plan<'_>, pattern: &Pattern) -> TokenStream {
    let (key, key_type, _) = key(pattern.keys);
    let value = ty::expression(plan, &pattern.ty, Form::Write, Place::Group);
    quote!(#key: #key_type, value: impl Into<runtime::Patch<#value>>)
}

/// The statement that puts `value` to the member with that key.
pub(super) fn apply(
    plan: &Plan<'_>,
    pattern: &Pattern,
    path: &[String],
    request: &TokenStream,
) -> TokenStream {
    let (_, _, key_text) = key(pattern.keys);
    let value = ty::expression(plan, &pattern.ty, Form::Write, Place::Group);
    let above = &path[..path.len().saturating_sub(1)];
    let prefix = &pattern.prefix;
    quote! {
        let member = [#prefix, #key_text].concat();
        #request.json_patch(&[#(#above,)* &member], &Into::<runtime::Patch<#value>>::into(value));
    }
}

/// What the key is called, what type it has, and what gives its text.
fn key(keys: PatternKeys) -> (Ident, TokenStream, TokenStream) {
    match keys {
        PatternKeys::Numbers { greatest, .. } if u8::try_from(greatest).is_ok() => {
            (format_ident!("number"), quote!(u8), quote!(&number.to_string()))
        }
        PatternKeys::Numbers { .. } => (format_ident!("number"), quote!(u16), quote!(&number.to_string())),
        PatternKeys::Text => (format_ident!("key"), quote!(&str), quote!(key)),
    }
}
