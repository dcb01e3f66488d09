//! Constructors and setters of what is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::{Field, can_be_default, fields};
use super::ty::{Form, Holder};
use super::{Plan, doc, ty, types};
use crate::model::{MembersBy, Object, Scalar, Type, TypeId};

/// ```text
/// impl ContactInput {
///     pub fn new(email: impl Into<String>) -> Self { … }
///     pub fn name(mut self, name: impl Into<String>) -> Self { … }
/// }
/// ```
pub(super) fn setters(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> TokenStream {
    let fields = fields(plan, id, object, form);
    let name = ty::name(plan, id, form);
    let constructor = constructor(plan, id, object, form, &fields);
    let setters = fields
        .iter()
        .filter(|field| ty::holder(field.member, form) != Holder::Plain)
        .map(|field| setter(plan, id, field, form));
    let cfg = types::cfg(plan, id);
    quote!(#cfg impl #name { #constructor #(#setters)* })
}

/// The constructor of what is only read: for callers' tests.
pub(super) fn constructor_alone(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> TokenStream {
    let fields = fields(plan, id, object, form);
    let (name, cfg) = (ty::name(plan, id, form), types::cfg(plan, id));
    let constructor = constructor(plan, id, object, form, &fields);
    quote!(#cfg impl #name { #constructor })
}

fn constructor(
    plan: &Plan<'_>,
    id: TypeId,
    object: &Object,
    form: Form,
    fields: &[Field<'_>],
) -> TokenStream {
    if can_be_default(fields, form) {
        let docs = match object.by {
            MembersBy::Name => " Starts without any member.",
            MembersBy::Position => " Starts without any item.",
        };
        return quote! {
            #[doc = #docs]
            #[must_use]
            pub fn new() -> Self { Default::default() }
        };
    }
    let required = || fields.iter().filter(|field| ty::holder(field.member, form) == Holder::Plain);
    let arguments = required().map(|field| {
        let (name, argument) = (field.name, argument(plan, id, &field.member.ty, form));
        quote!(#name: #argument)
    });
    let values = fields.iter().map(|field| {
        let name = field.name;
        match ty::holder(field.member, form) {
            Holder::Plain if is_text(&field.member.ty) => quote!(#name: #name.into()),
            Holder::Plain if plan.facts.is_boxed_member(id, &field.member.ty) => {
                quote!(#name: Box::new(#name))
            }
            Holder::Plain => quote!(#name),
            Holder::Optional | Holder::Nullable => quote!(#name: None),
            Holder::Patch => quote!(#name: runtime::Patch::Absent),
            Holder::Defaulted => quote!(#name: Default::default()),
        }
    });
    // Clippy's limit.
    let allow = (required().count() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let rest = object.additional.is_some().then(|| match object.by {
        MembersBy::Name => quote!(extra: runtime::Map::new(),),
        MembersBy::Position => quote!(rest: Vec::new(),),
    });
    quote! {
        #[doc = " Starts with the members that have to be there."]
        #allow
        #[must_use]
        pub fn new(#(#arguments),*) -> Self { Self { #(#values,)* #rest } }
    }
}

fn setter(plan: &Plan<'_>, id: TypeId, field: &Field<'_>, form: Form) -> TokenStream {
    let name = field.name;
    let member = field.member;
    let docs = doc::own(&format!("Sets [`{name}`](Self#structfield.{name})."));
    let deprecated = member.docs.deprecated.then(|| quote!(#[deprecated]));
    let value = ty::value(plan, id, &member.ty, form);
    let passed = argument(plan, id, &member.ty, form);
    let is_boxed = plan.facts.is_boxed_member(id, &member.ty);
    let (taken, held) = match ty::holder(member, form) {
        Holder::Patch => (quote!(impl Into<runtime::Patch<#value>>), quote!(#name.into())),
        _ if is_text(&member.ty) => (passed, quote!(Some(#name.into()))),
        _ if is_boxed => (passed, quote!(Some(Box::new(#name)))),
        _ => (passed, quote!(Some(#name))),
    };
    let allow = allow_trait_name(name.as_str());
    quote! {
        #docs
        #deprecated
        #allow
        #[must_use]
        pub fn #name(mut self, #name: #taken) -> Self {
            self.#name = #held;
            self
        }
    }
}

/// The methods of operators and of traits in the prelude that clippy takes a setter or a call of that name for.
const TRAIT_METHODS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// What a method called `name` needs for clippy not to ask whether a trait is meant.
pub(super) fn allow_trait_name(name: &str) -> TokenStream {
    if TRAIT_METHODS.contains(&name) {
        quote!(#[allow(clippy::should_implement_trait)])
    } else {
        TokenStream::new()
    }
}

/// What a caller passes for a value of `ty`.
fn argument(plan: &Plan<'_>, id: TypeId, ty: &Type, form: Form) -> TokenStream {
    if is_text(ty) {
        return quote!(impl Into<String>);
    }
    let is_boxed = plan.facts.is_boxed_member(id, ty);
    if is_boxed { ty::expression(plan, ty, form, ty::Place::Types) } else { ty::value(plan, id, ty, form) }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary))
}
