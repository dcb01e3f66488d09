//! Structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Holder, Place};
use super::{Plan, debug, doc, pattern, setters, ty, types};
use crate::model::{Member, MembersBy, Object, TypeId};
use crate::name::FieldName;

/// A field with its member.
pub(super) struct Field<'p> {
    pub(super) name: &'p FieldName,
    pub(super) member: &'p Member,
}

/// The members that are fields in `form`.
pub(super) fn fields<'p>(plan: &Plan<'p>, id: TypeId, object: &'p Object, form: Form) -> Vec<Field<'p>> {
    plan.names
        .fields(id)
        .iter()
        .zip(&object.members)
        .filter(|(_, member)| ty::is_field(member, form))
        .map(|(name, member)| Field { name, member })
        .collect()
}

/// ```text
/// /// A contact.
/// #[derive(Debug, Clone, PartialEq, Default)]
/// #[non_exhaustive]
/// pub struct Contact {
///     /// The address.
///     pub email: Option<String>,
/// }
/// ```
pub(super) fn definition(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> TokenStream {
    let docs = types::heading(plan, id, form);
    let name = ty::name(plan, id, form);
    let fields = fields(plan, id, object, form);
    let has_secret = fields.iter().any(|field| debug::is_secret(plan, field.member));
    let debug = if has_secret {
        {
            let cfg = types::cfg(plan, id);
            debug::redacted(plan, name, &fields, object, &cfg)
        }
    } else {
        TokenStream::new()
    };
    let derive_debug = (!has_secret).then(|| quote!(Debug,));
    let derive_default = can_be_default(&fields, form).then(|| quote!(, Default));
    let definitions = fields.iter().map(|field| field_definition(plan, id, field, form));
    let additional = object.additional.as_ref().map(|values| {
        let values = ty::expression(plan, values, form, Place::Types);
        match object.by {
            MembersBy::Name => {
                quote!(#[doc = " Members that the document does not name."] pub extra: runtime::Map<#values>,)
            }
            MembersBy::Position => quote!(#[doc = " The items that follow."] pub rest: Vec<#values>,),
        }
    });
    let setters = types::is_sent(plan, id, form).then(|| setters::setters(plan, id, object, form));
    let constructor = (setters.is_none() && !can_be_default(&fields, form))
        .then(|| setters::constructor_alone(plan, id, object, form));
    let patterns = types::is_read(plan, id, form).then(|| patterns(plan, id, object));
    quote! {
        #docs
        #[derive(#derive_debug Clone, PartialEq #derive_default)]
        #[non_exhaustive]
        pub struct #name { #(#definitions)* #additional }
        #debug
        #setters
        #constructor
        #patterns
    }
}

/// The accessors of members whose names follow a pattern.
fn patterns(plan: &Plan<'_>, id: TypeId, object: &Object) -> TokenStream {
    if object.patterns.is_empty() {
        return TokenStream::new();
    }
    let (cfg, name) = (types::cfg(plan, id), plan.names.read_type(id));
    let accessors = object.patterns.iter().zip(plan.names.patterns(id));
    let accessors = accessors.map(|(known, name)| pattern::accessor(plan, known, name));
    quote!(#cfg impl #name { #(#accessors)* })
}

fn field_definition(plan: &Plan<'_>, id: TypeId, field: &Field<'_>, form: Form) -> TokenStream {
    let member = field.member;
    let docs = doc::item(&member.docs, &fallback(member));
    let name = field.name;
    let value = ty::value(plan, id, &member.ty, form);
    let held = match ty::holder(member, form) {
        Holder::Plain | Holder::Defaulted => value,
        Holder::Optional | Holder::Nullable => quote!(Option<#value>),
        Holder::Patch => quote!(runtime::Patch<#value>),
    };
    quote!(#docs pub #name: #held,)
}

/// What is said of a member of which the document says nothing.
fn fallback(member: &Member) -> String {
    let name = doc::code(&member.name);
    match &member.constant {
        Some(constant) => format!("{name}, always {}.", doc::code(constant)),
        None => format!("{name}."),
    }
}

/// Whether every field has a value that says nothing.
pub(super) fn can_be_default(fields: &[Field<'_>], form: Form) -> bool {
    fields.iter().all(|field| ty::holder(field.member, form) != Holder::Plain)
}
