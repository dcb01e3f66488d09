//! Lists that come in pages: how they are walked, and the streams.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ty::{self, Form, Place};
use super::{Plan, doc, option, respond};
use crate::model::{JsonApi, Member, Operation, Paging, Shape, Type, TypeId};
use crate::name::{FieldName, OperationNames};
use crate::words::{JsonPointer, Next, Pagination, Style};

/// ```text
/// static LIST_PAGING: runtime::paging::Paging = runtime::paging::Paging { style: …, items: "/data", next: &[…], … };
/// ```
pub(super) fn description(plan: &Plan<'_>, operation: &Operation, constant: &Ident) -> TokenStream {
    let Some(words) = words(plan, operation) else { return TokenStream::new() };
    let name = name(constant);
    let style = style(&words.style);
    let items = words.items.as_str();
    let next = words.next.iter().map(next);
    let more = option(words.more.as_ref().map(JsonPointer::as_str));
    let total = words.total.iter().map(JsonPointer::as_str);
    let pages = words.pages.iter().map(JsonPointer::as_str);
    quote! {
        static #name: runtime::paging::Paging = runtime::paging::Paging {
            style: runtime::paging::PageStyle::#style,
            items: #items,
            next: &[#(runtime::paging::Next::#next),*],
            more: #more,
            total: &[#(#total),*],
            pages: &[#(#pages),*],
        };
    }
}

fn words<'p>(plan: &Plan<'p>, operation: &Operation) -> Option<&'p Pagination> {
    operation.paging.as_ref()?;
    plan.words.operations.get(&operation.pointer)?.pagination.as_ref()
}

fn name(constant: &Ident) -> Ident {
    format_ident!("{constant}_PAGING")
}

fn style(style: &Style) -> TokenStream {
    match style {
        Style::Page { number, first } => quote!(Number { parameter: #number, first: #first }),
        Style::Offset { offset, first } => quote!(Offset { parameter: #offset, first: #first }),
        Style::Cursor { cursor } => quote!(Cursor { parameter: #cursor }),
        Style::Link => quote!(Link),
    }
}

fn next(next: &Next) -> TokenStream {
    match next {
        Next::Link { pointer, take } => {
            let pointer = pointer.as_str();
            let take = option(take.as_ref());
            quote!(Link { pointer: #pointer, take: #take })
        }
        Next::Value { pointer } => {
            let pointer = pointer.as_str();
            quote!(Value(#pointer))
        }
        Next::Header => quote!(Header),
        Next::LastItem { pointer } => {
            let pointer = pointer.as_str();
            quote!(LastItem(#pointer))
        }
    }
}

/// ```text
/// pub fn stream(self) -> runtime::BoxStream<'a, Result<types::Contact, Error<ListError>>> { … }
/// pub fn pages(self) -> runtime::BoxStream<'a, Result<types::Page<types::Contact>, Error<ListError>>> { … }
/// ```
pub(super) fn streams(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    constant: &Ident,
) -> TokenStream {
    let (Some(words), Some(paging)) = (words(plan, operation), &operation.paging) else {
        return TokenStream::new();
    };
    let (error, statics) = (&names.error, name(constant));
    let page = respond::success(plan, operation, names);
    let item = ty::expression(plan, &paging.item, Form::Read, Place::Group);
    let items = items(plan, operation, paging);
    let sizes = sizes(words);
    let item_docs = doc::own(&format!(
        "All items, page after page from the one that is asked for; each is asked for when its first item is wanted.{sizes}"
    ));
    quote! {
        #item_docs
        pub fn stream(self) -> runtime::BoxStream<'a, Result<#item, Error<#error>>> {
            runtime::paging::items(self.request, &#statics, Self::decode, #items)
        }
        #[doc = " All pages from the one that is asked for, each when it is wanted."]
        pub fn pages(self) -> runtime::BoxStream<'a, Result<#page, Error<#error>>> {
            runtime::paging::pages(self.request, &#statics, Self::decode)
        }
    }
}

/// What is known of the number of items of a page.
fn sizes(words: &Pagination) -> String {
    match (words.default_size, words.max_size) {
        (None, None) => String::new(),
        (Some(default), None) => format!(" A page has {default} items unless another number is asked for."),
        (None, Some(most)) => format!(" A page has {most} items at most."),
        (Some(default), Some(most)) => {
            format!(" A page has {default} items unless another number is asked for, and {most} at most.")
        }
    }
}

/// ```text
/// |page| page.result.and_then(|value| value.items).unwrap_or_default()
/// ```
/// Where a step may be missing there are no items.
fn items(plan: &Plan<'_>, operation: &Operation, paging: &Paging) -> TokenStream {
    let success = operation.responses.iter().find(|response| response.status.is_success());
    let Some(crate::model::Content::Json(ty)) = success.map(|response| &response.content) else {
        unreachable!("lowering walks pages of JSON only");
    };
    let mut current = ty;
    let mut value = quote!(page);
    let mut is_option = false;
    for step in &paging.steps {
        let (owner, member, field) = match ty::resolved(plan, current) {
            Type::JsonApi(JsonApi::Page { .. }) => return quote!(|page| page.data),
            other => self::member(plan, other, step),
        };
        let held = ty::holder(member, Form::Read);
        let holds = !matches!(held, ty::Holder::Plain | ty::Holder::Defaulted);
        let is_boxed = plan.facts.is_boxed_member(owner, &member.ty);
        let inside = if is_option { quote!(value) } else { value.clone() };
        let inside = match (is_boxed, holds) {
            (false, _) => quote!(#inside.#field),
            (true, false) => quote!((*#inside.#field)),
            (true, true) => quote!(#inside.#field.map(|inner| *inner)),
        };
        value = match (is_option, holds) {
            (false, _) => inside,
            (true, true) => quote!(#value.and_then(|value| #inside)),
            (true, false) => quote!(#value.map(|value| #inside)),
        };
        is_option |= holds;
        current = &member.ty;
    }
    let is_wrapped = matches!(ty::resolved(plan, current), Type::Named(_));
    match (is_option, is_wrapped) {
        (false, false) => quote!(|page| #value),
        (false, true) => quote!(|page| #value.0),
        (true, false) => quote!(|page| #value.unwrap_or_default()),
        (true, true) => quote!(|page| #value.map(|list| list.0).unwrap_or_default()),
    }
}

/// The member that a step leads to, with the object it is of.
fn member<'p>(plan: &Plan<'p>, ty: &'p Type, step: &str) -> (TypeId, &'p Member, &'p FieldName) {
    let Type::Named(id) = ty else { unreachable!("lowering has gone this way through objects") };
    let id = plan.facts.canonical(*id);
    let Shape::Object(object) = &plan.api.type_def(id).shape else {
        unreachable!("lowering has gone this way through objects");
    };
    let mut fields = object.members.iter().zip(plan.names.fields(id));
    let Some((member, field)) = fields.find(|(member, _)| member.name == step) else {
        unreachable!("lowering has found the member");
    };
    (id, member, field)
}
