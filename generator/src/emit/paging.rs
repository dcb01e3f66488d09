//! Lists that come in pages: how they are walked, and the streams.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ty::{self, Form, Place};
use super::{Plan, doc, option, respond};
use crate::model::{JsonApi, Operation, Paging, Response, Shape, Type, TypeId};
use crate::name::OperationNames;
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
        pub(super) static #name: runtime::paging::Paging = runtime::paging::Paging {
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

/// The items of all pages as the command line shows them, which knows what came.
///
/// ```text
/// runtime::paging::items(
///     call.into_request(),
///     &super::super::contacts::LIST_PAGING,
///     |response| cli::page(response, super::super::contacts::List::decode),
///     |page| page.items(|page| page.data, "/data"),
/// )
/// ```
pub(super) fn shown(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> Option<TokenStream> {
    let (words, paging) = (words(plan, operation)?, operation.paging.as_ref()?);
    let (module, builder) = (&plan.names.groups()[names.group].module, &names.builder);
    let (statics, items) = (name(&super::group::constant(names)), items(plan, operation, paging));
    let place = words.items.as_str();
    Some(quote! {
        runtime::paging::items(
            call.into_request(),
            &super::super::#module::#statics,
            |response| cli::page(response, super::super::#module::#builder::decode),
            |page| page.items(#items, #place),
        )
    })
}

/// Where the items of a page are, as a JSON pointer, if the operation gives pages.
pub(super) fn place(plan: &Plan<'_>, operation: &Operation) -> Option<String> {
    words(plan, operation).map(|words| words.items.as_str().to_owned())
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
    let Some(crate::model::Content::Json(ty)) = success.and_then(Response::only) else {
        unreachable!("lowering walks pages of JSON only");
    };
    let mut way = Way { ty, value: quote!(page), is_option: false }.opened(plan);
    for step in &paging.steps {
        way = match way.ty {
            Type::JsonApi(JsonApi::Page { .. }) => {
                let page = way.value;
                let value =
                    if way.is_option { quote!(#page.map(|value| value.data)) } else { quote!(#page.data) };
                return Way { value, ..way }.closure();
            }
            Type::Named(id) => way.member(plan, *id, step).opened(plan),
            Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Scalar(_)
            | Type::Foreign(_)
            | Type::Json(_)
            | Type::JsonApi(_) => {
                unreachable!("lowering has gone this way through objects")
            }
        };
    }
    way.closure()
}

/// How far the way to the items has come.
struct Way<'p> {
    /// What is there.
    ty: &'p Type,
    /// The expression for it, of this type or, if it may be missing, of an `Option` of it.
    value: TokenStream,
    is_option: bool,
}

impl<'p> Way<'p> {
    /// One step further, to what `inner` makes of the value here: an `Option` if it `holds` one.
    fn inside(&self, ty: &'p Type, inner: impl Fn(&TokenStream) -> TokenStream, holds: bool) -> Self {
        let from = &self.value;
        let behind = inner(&quote!(value));
        let value = match (self.is_option, holds) {
            (false, _) => inner(from),
            (true, true) => quote!(#from.and_then(|value| #behind)),
            (true, false) => quote!(#from.map(|value| #behind)),
        };
        Self { ty, value, is_option: self.is_option || holds }
    }

    /// Into the member `step` of the object `id`.
    fn member(&self, plan: &Plan<'p>, id: TypeId, step: &str) -> Self {
        let id = plan.facts.canonical(id);
        let Shape::Object(object) = &plan.api.type_def(id).shape else {
            unreachable!("lowering has gone this way through objects");
        };
        let known = object.members.iter().zip(plan.names.fields(id)).find(|(member, _)| member.name == step);
        let Some((member, field)) = known else { unreachable!("lowering has found the member") };
        let holds = !matches!(ty::holder(member, Form::Read), ty::Holder::Plain | ty::Holder::Defaulted);
        let is_boxed = plan.facts.is_boxed_member(id, &member.ty);
        let inner = |value: &TokenStream| match (is_boxed, holds) {
            (false, _) => quote!(#value.#field),
            (true, true) => quote!(#value.#field.map(|inner| *inner)),
            (true, false) => quote!((*#value.#field)),
        };
        self.inside(&member.ty, inner, holds)
    }

    /// What is behind other names and null.
    fn opened(mut self, plan: &Plan<'p>) -> Self {
        loop {
            self = match self.ty {
                Type::Nullable(inner) if self.is_option => {
                    let value = self.value;
                    Self { ty: inner, value: quote!(#value.flatten()), is_option: true }
                }
                Type::Nullable(inner) => Self { ty: inner, value: self.value, is_option: true },
                Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
                    Shape::Alias(inner) if plan.facts.is_wrapped(*id) => {
                        self.inside(inner, |value| quote!(#value.0), false)
                    }
                    Shape::Alias(inner) => Self { ty: inner, ..self },
                    Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_) => return self,
                },
                Type::List(_)
                | Type::Map(_)
                | Type::Scalar(_)
                | Type::Foreign(_)
                | Type::Json(_)
                | Type::JsonApi(_) => {
                    return self;
                }
            }
        }
    }

    fn closure(self) -> TokenStream {
        let value = self.value;
        if self.is_option { quote!(|page| #value.unwrap_or_default()) } else { quote!(|page| #value) }
    }
}
