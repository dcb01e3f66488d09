//! Links: a method of the group whose operation was answered, which makes the call of the one that follows.
//!
//! They stand in the file of the operation that follows, whose arguments may have types of that file.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::reach::{Wanted, Way, constant, is_text, wanted};
use super::ty::{self, Form, Place};
use super::{Plan, doc, parameter, parts, respond};
use crate::model::{Body, GivenValue, Link, Operation, OperationId, Parameter, Presence, Type};
use crate::name::{FieldName, Group, MethodName};

/// `client: &'a Client`, which the files of operations that follow see too.
pub(super) fn client_field(plan: &Plan<'_>, group: &Group) -> TokenStream {
    let goes_elsewhere =
        |link: &Link| group.operations.contains(&link.from) && !group.operations.contains(&link.target);
    let seen = plan.api.links.iter().any(goes_elsewhere).then(|| quote!(pub(super)));
    quote!(#seen client: &'a Client)
}

/// The methods of the links between operations of `group`.
pub(super) fn own_methods(plan: &Plan<'_>, group: &Group) -> TokenStream {
    methods(plan, group, |from| group.operations.contains(&from))
}

/// The methods of other groups' links to operations of `group`.
///
/// ```text
/// #[cfg(feature = "users")]
/// impl<'a> super::users::Users<'a> { … }
/// ```
pub(super) fn methods_of_others(plan: &Plan<'_>, group: &Group) -> TokenStream {
    let others = plan.names.groups().iter().enumerate().filter(|(_, other)| other.module != group.module);
    let impls = others.map(|(at, other)| {
        let methods = methods(plan, group, |from| other.operations.contains(&from));
        if methods.is_empty() {
            return methods;
        }
        let (cfg, module, type_name) = (plan.cfg(&BTreeSet::from([at])), &other.module, &other.type_name);
        quote!(#cfg impl<'a> super::#module::#type_name<'a> { #methods })
    });
    quote!(#(#impls)*)
}

fn methods(plan: &Plan<'_>, group: &Group, is_from: impl Fn(OperationId) -> bool) -> TokenStream {
    let all = plan.api.links.iter().zip(plan.names.links());
    let leading = all.filter(|(link, _)| is_from(link.from) && group.operations.contains(&link.target));
    let methods = leading.map(|(link, name)| method(plan, link, name, group));
    quote!(#(#methods)*)
}

/// What a method of a link takes from what came before.
struct Sources {
    answer: Ident,
    meta: Ident,
    /// Whether a value may be missing.
    is_optional: bool,
}

/// ```text
/// /// What can follow on an answer of `POST /users`, by the link `GetUser`: a call of [`Users::get`].
/// pub fn create_then_get_user(&self, answer: &types::User) -> Get<'a> {
///     Users::new(self.client).get(answer.id.as_str())
/// }
/// ```
fn method(plan: &Plan<'_>, link: &Link, name: &MethodName, group: &Group) -> TokenStream {
    let (operation, names) = (plan.api.operation(link.target), plan.names.operation(link.target));
    let free = |wanted: &str| {
        let taken = names.parameters.iter().chain(&names.parts).any(|known| known.as_str() == wanted);
        if taken { format_ident!("{wanted}_") } else { format_ident!("{wanted}") }
    };
    let mut sources = Sources { answer: free("answer"), meta: free("meta"), is_optional: false };
    let mut passed = Vec::new();
    let mut set = Vec::new();
    for (at, (known, field)) in operation.parameters.iter().zip(&names.parameters).enumerate() {
        let given = link.given(at);
        let value = given.map(|given| value(plan, link, given, known, field, &mut sources));
        match (known.presence, &known.constant, value) {
            (Presence::Required, None, value) => passed.push(value.unwrap_or_else(|| quote!(#field))),
            (Presence::Required, Some(_), _) | (Presence::Optional | Presence::Defaulted, _, None) => {}
            (Presence::Optional | Presence::Defaulted, _, Some(value)) => set.push(quote!(.#field(#value))),
        }
    }
    let body = passed_body(link, operation);
    passed.extend(parts::arguments(operation, names).iter().map(|(_, name)| quote!(#name)));
    match (&link.body, &operation.body) {
        (Some(steps), Some(known)) => {
            let value = into_answer(plan, link, steps, &mut sources).referred();
            if known.presence == Presence::Required {
                passed.push(value);
            } else {
                set.push(quote!(.body(#value)));
            }
        }
        (Some(_) | None, _) => passed.extend(body.map(|_| quote!(body))),
    }
    let (type_name, target, builder) = (&group.type_name, &names.method, &names.builder);
    let call = quote!(#type_name::new(self.client).#target(#(#passed),*) #(#set)*);
    // Where it is called can only be said of a call that is made.
    let (made, call) = match link.server.as_ref().map(super::server::of_link) {
        Some(server) => (quote!(let mut call = #call; call.request.servers(#server);), quote!(call)),
        None => (TokenStream::new(), call),
    };
    let (gives, call) = if sources.is_optional {
        (quote!(Option<#builder<'a>>), quote!(Some(#call)))
    } else {
        (quote!(#builder<'a>), call)
    };
    let (docs, declared) = (docs(plan, link, group, sources.is_optional), declared(plan, link, &sources));
    let generics = super::body::generics(body);
    let allow = (declared.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #docs
        #allow
        pub fn #name #generics (&self, #(#declared),*) -> #gives { #made #call }
    }
}

/// The body, if it is an argument.
fn passed_body<'p>(link: &Link, operation: &'p Operation) -> Option<&'p Body> {
    let is_argument = |body: &&Body| body.presence == Presence::Required && !body.is_in_parts();
    operation.body.as_ref().filter(is_argument).filter(|_| link.body.is_none())
}

/// The parameters of the method: the answer as far as it is wanted, and what the link does not give.
fn declared(plan: &Plan<'_>, link: &Link, sources: &Sources) -> Vec<TokenStream> {
    let (operation, names) = (plan.api.operation(link.target), plan.names.operation(link.target));
    let mut declared = Vec::new();
    if let Some(answer) = &link.answer {
        let (name, ty) = (&sources.answer, reference(plan, answer));
        declared.push(quote!(#name: #ty));
    }
    if link.given.iter().any(|given| matches!(given.value, GivenValue::Header(_))) {
        let name = &sources.meta;
        declared.push(quote!(#name: &runtime::Meta));
    }
    for (at, (known, name)) in operation.parameters.iter().zip(&names.parameters).enumerate() {
        let is_argument = known.presence == Presence::Required && known.constant.is_none();
        let is_passed = match link.given(at) {
            Some(GivenValue::Caller) => known.constant.is_none(),
            Some(GivenValue::Answer(_) | GivenValue::Header(_) | GivenValue::Constant(_)) => false,
            None => is_argument,
        };
        if is_passed {
            let argument = parameter::argument(plan, known);
            declared.push(quote!(#name: #argument));
        }
    }
    declared.extend(parts::arguments(operation, names).iter().map(|part| parts::declared(plan, part)));
    declared.extend(passed_body(link, operation).map(|body| {
        let argument = super::body::argument(plan, body, names);
        quote!(body: #argument)
    }));
    declared
}

/// `&types::User`, `&[types::User]`.
fn reference(plan: &Plan<'_>, ty: &Type) -> TokenStream {
    let read = |ty| ty::expression(plan, ty, Form::Read, Place::Group);
    if is_text(ty) {
        return quote!(&str);
    }
    if let Type::List(item) = ty {
        let item = read(item);
        return quote!(&[#item]);
    }
    let ty = read(ty);
    quote!(&#ty)
}

fn docs(plan: &Plan<'_>, link: &Link, group: &Group, is_optional: bool) -> TokenStream {
    let (from, target) = (plan.api.operation(link.from), plan.names.operation(link.target));
    let route = doc::code(&format!("{} {}", from.method.as_str(), from.path));
    let mut text = format!(
        "What can follow on an answer of {route} ({}), by the link {}: a call of [`{}::{}`].",
        respond::status_text(link.status),
        doc::code(&link.name),
        group.type_name,
        target.method
    );
    if let Some(words) = link.description.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        text.push_str("\n\n");
        text.push_str(&doc::inert(words));
    }
    if is_optional {
        text.push_str("\n\nNone where the answer lacks what the link takes from it.");
    }
    doc::own(&text)
}

/// The argument for `parameter`.
fn value(
    plan: &Plan<'_>,
    link: &Link,
    given: &GivenValue,
    parameter: &Parameter,
    field: &FieldName,
    sources: &mut Sources,
) -> TokenStream {
    match given {
        GivenValue::Caller => quote!(#field),
        GivenValue::Constant(text) => constant(plan, text, &parameter.ty),
        GivenValue::Header(name) => {
            sources.is_optional = true;
            let meta = &sources.meta;
            let text = quote!(#meta.text(#name)?);
            match wanted(plan, &parameter.ty) {
                Wanted::Text => text,
                Wanted::Id(id) => quote!(&types::#id::from(#text)),
                Wanted::Value(ty) => quote!(#text.parse::<#ty>().ok()?),
            }
        }
        GivenValue::Answer(steps) => {
            let way = into_answer(plan, link, steps, sources);
            if way.is_text_itself {
                let text = way.value;
                return match wanted(plan, &parameter.ty) {
                    Wanted::Id(id) => quote!(&types::#id::from(#text)),
                    Wanted::Text | Wanted::Value(_) => text,
                };
            }
            way.passed(plan, &parameter.ty)
        }
    }
}

/// The way into the answer; where it may end before, so does the method.
fn into_answer<'p>(plan: &Plan<'p>, link: &'p Link, steps: &[String], sources: &mut Sources) -> Way<'p> {
    let Some(ty) = &link.answer else { unreachable!("lowering keeps the answer it reads") };
    let way = Way::into_answer(plan, ty, &sources.answer, steps);
    sources.is_optional |= way.is_optional;
    way
}
