//! Definitions of types: which forms each has, and which impls.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, allowed, doc, enumeration, id, object, serde_impl, ty, union};
use crate::analyze::Direction;
use crate::model::{Origin, Shape, TypeId};

/// The definition of `id` in all its forms, and the other names it has.
pub(super) fn definitions(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    let forms = forms(plan, id).into_iter().map(|form| definition(plan, id, form));
    let aliases =
        plan.facts.class(id).iter().filter(|twin| **twin != id).filter_map(|twin| alias(plan, id, *twin));
    quote!(#(#forms)* #(#aliases)*)
}

/// The impls of serde's traits for all forms of `id`.
pub(super) fn impls(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    let cfg = cfg(plan, id);
    let forms = forms(plan, id).into_iter();
    let impls = forms.flat_map(|form| serde_impl::impls(plan, id, form)).collect::<Vec<_>>();
    quote!(#(#cfg #impls)*)
}

/// Whether there is something to make readable.
pub(super) fn has_reading_of_sent(plan: &Plan<'_>, id: TypeId) -> bool {
    forms(plan, id).into_iter().any(|form| serde_impl::has_reading_of_sent(plan, id, form))
}

/// The impls that make readable what is only sent, for the command line.
pub(super) fn reading_of_sent(plan: &Plan<'_>, id: TypeId) -> Vec<TokenStream> {
    let cfg = cfg(plan, id);
    let impls = forms(plan, id).into_iter().flat_map(|form| serde_impl::reading_of_sent(plan, id, form));
    impls.map(|item| quote!(#cfg #item)).collect()
}

/// The condition under which `id` is built. A type that one group uses is in a module that has the condition already.
pub(super) fn cfg(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    let groups = plan.groups_of(id);
    if groups.len() == 1 { TokenStream::new() } else { plan.cfg(groups) }
}

/// The forms of `id`: one, or one to read and one to send.
pub(super) fn forms(plan: &Plan<'_>, id: TypeId) -> Vec<Form> {
    if plan.facts.is_split(id) {
        return vec![Form::Read, Form::Write];
    }
    vec![Form::only(plan.facts.direction(id))]
}

/// Whether the form of `id` occurs in something that is read.
pub(super) fn is_read(plan: &Plan<'_>, id: TypeId, form: Form) -> bool {
    match (form, plan.facts.direction(id)) {
        (Form::Read, Direction::Read | Direction::Both) => true,
        (Form::Read, Direction::Write) | (Form::Write, _) => false,
    }
}

/// Whether the form of `id` occurs in something that is sent, so that a caller has to be able to make one.
pub(super) fn is_sent(plan: &Plan<'_>, id: TypeId, form: Form) -> bool {
    match plan.facts.direction(id) {
        Direction::Read => false,
        Direction::Write => true,
        Direction::Both => form == Form::Write || !plan.facts.is_split(id),
    }
}

fn definition(plan: &Plan<'_>, id: TypeId, form: Form) -> TokenStream {
    match &plan.api.type_def(id).shape {
        Shape::Object(object) => object::definition(plan, id, object, form),
        Shape::Enumeration(known) => enumeration::definition(plan, id, known),
        Shape::Union(known) => union::definition(plan, id, known, form),
        Shape::Id(known) => id::definition(plan, id, known),
        Shape::Alias(target) => {
            let docs = heading(plan, id, form);
            let name = ty::name(plan, id, form);
            let target = ty::expression(plan, target, form, Place::Types);
            if plan.facts.is_wrapped(id) {
                quote!(#docs #[derive(Debug, Clone, PartialEq)] pub struct #name(pub #target);)
            } else {
                quote!(#docs pub type #name = #target;)
            }
        }
    }
}

/// `pub type ErrorsForbidden = ErrorDocument;`, for a component that equals another.
fn alias(plan: &Plan<'_>, id: TypeId, twin: TypeId) -> Option<TokenStream> {
    let Origin::Component(component) = &plan.api.type_def(twin).origin else { return None };
    if plan.api.same.iter().any(|set| set.contains(&twin) && set.contains(&id)) {
        return None;
    }
    let (name, target) = (plan.names.read_type(twin), plan.names.read_type(id));
    let docs = doc::own(&format!(
        "{} in the document, which describes the same as [`{target}`].",
        doc::code(component)
    ));
    let cfg = cfg(plan, id);
    Some(quote!(#docs #cfg pub type #name = #target;))
}

/// What the document says of a type, its name there, and the condition under which it is built.
pub(super) fn heading(plan: &Plan<'_>, id: TypeId, form: Form) -> TokenStream {
    let definition = plan.api.type_def(id);
    let place = match &definition.origin {
        Origin::Component(component) => format!("{} in the document", doc::code(component)),
        Origin::Inline { .. } => inline_place(plan, id),
        Origin::Resource { .. } | Origin::Choice { .. } | Origin::Id(_) => String::new(),
    };
    let words =
        doc::words(&definition.docs).map(|words| format!("{}\n\n", doc::inert(&words))).unwrap_or_default();
    let allowed = allowed::line(&definition.docs).map(|line| format!("{line}\n\n"));
    let words = words + &allowed.unwrap_or_default();
    let form = match (plan.facts.is_split(id), form) {
        (false, _) => String::new(),
        (true, Form::Read) => {
            format!(", as it is read; see [`{}`] for what is sent", plan.names.write_type(id))
        }
        (true, Form::Write) => {
            format!(", as it is sent; see [`{}`] for what is read", plan.names.read_type(id))
        }
    };
    let text = match place.as_str() {
        "" if words.is_empty() => "The document says no more of it.".to_owned(),
        "" => words.trim_end().to_owned(),
        place => format!("{words}{place}{form}."),
    };
    let lines = doc::own(&text);
    let deprecated = definition.docs.deprecated.then(|| quote!(#[deprecated]));
    let cfg = cfg(plan, id);
    quote!(#lines #cfg #deprecated)
}

/// Where an inline type stands in the document: the first place, and how many more there are.
fn inline_place(plan: &Plan<'_>, id: TypeId) -> String {
    let pointer = plan.api.type_def(id).pointer.to_string();
    let more = plan.facts.class(id).len().saturating_sub(1);
    let first = format!("{} in the document", doc::code(&pointer));
    match more {
        0 => first,
        1 => format!("{first}, and one more place"),
        more => format!("{first}, and {more} more places"),
    }
}
