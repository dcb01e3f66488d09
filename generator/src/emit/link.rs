//! Links: a method of the group whose operation was answered, which makes the call of the one that follows.
//!
//! They stand in the file of the operation that follows, whose arguments may have types of that file.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::ty::{self, Form, Place};
use super::{Plan, doc, parameter, parts, respond};
use crate::model::{
    Body, EnumValues, GivenValue, Link, Operation, OperationId, Parameter, Presence, Scalar, Shape, Type,
    TypeId,
};
use crate::name::{FieldName, Group, MethodName, TypeName};

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
    let body = required_body(operation);
    passed.extend(parts::arguments(operation, names).iter().map(|(_, name)| quote!(#name)));
    passed.extend(body.map(|_| quote!(body)));
    let (type_name, target, builder) = (&group.type_name, &names.method, &names.builder);
    let call = quote!(#type_name::new(self.client).#target(#(#passed),*) #(#set)*);
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
        pub fn #name #generics (&self, #(#declared),*) -> #gives { #call }
    }
}

fn required_body(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| body.presence == Presence::Required && !body.is_in_parts())
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
    declared.extend(required_body(operation).map(|body| {
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
            let Some(answer) = &link.answer else { unreachable!("lowering keeps the answer it reads") };
            let start = &sources.answer;
            if is_text(answer) {
                return match wanted(plan, &parameter.ty) {
                    Wanted::Id(id) => quote!(&types::#id::from(#start)),
                    Wanted::Text | Wanted::Value(_) => quote!(#start),
                };
            }
            let mut way = Way { ty: answer, value: quote!(#start), is_reference: true, is_optional: false };
            way.open(plan);
            for step in steps {
                way.step(plan, step);
                way.open(plan);
            }
            sources.is_optional |= way.is_optional;
            way.passed(plan, &parameter.ty)
        }
    }
}

/// What is passed for a parameter.
enum Wanted<'p> {
    /// Text, or what text becomes.
    Text,
    /// A reference to this type, which text becomes.
    Id(&'p TypeName),
    /// A value of this type, or what it becomes.
    Value(TokenStream),
}

fn wanted<'p>(plan: &Plan<'p>, ty: &Type) -> Wanted<'p> {
    match ty::resolved(plan, ty) {
        Type::Named(id) => {
            let id = plan.facts.canonical(*id);
            match &plan.api.type_def(id).shape {
                Shape::Id(_) => Wanted::Id(plan.names.read_type(id)),
                Shape::Enumeration(known) if matches!(known.values, EnumValues::Integers(_)) => {
                    Wanted::Value(quote!(i64))
                }
                Shape::Enumeration(_) | Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => Wanted::Text,
            }
        }
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => Wanted::Text,
        other => Wanted::Value(ty::expression(plan, other, Form::Read, Place::Group)),
    }
}

fn constant(plan: &Plan<'_>, text: &str, ty: &Type) -> TokenStream {
    let whole = text.parse::<i128>().ok().map(Literal::i128_unsuffixed);
    let float = text.parse::<f64>().ok().map(Literal::f64_unsuffixed);
    match (ty::resolved(plan, ty), wanted(plan, ty)) {
        (_, Wanted::Text) => quote!(#text),
        (_, Wanted::Id(id)) => quote!(&types::#id::from(#text)),
        (Type::Scalar(Scalar::Boolean), Wanted::Value(_)) if text == "true" => quote!(true),
        (Type::Scalar(Scalar::Boolean), Wanted::Value(_)) => quote!(false),
        (Type::Scalar(Scalar::Float32 | Scalar::Float64), Wanted::Value(_)) => quote!(#float),
        (_, Wanted::Value(_)) => quote!(#whole),
    }
}

/// How far the way into the answer has come.
struct Way<'p> {
    ty: &'p Type,
    value: TokenStream,
    /// Whether `value` is a reference to what is there, and not the place itself.
    is_reference: bool,
    is_optional: bool,
}

impl<'p> Way<'p> {
    /// Into the member, the value or the item that `step` names.
    fn step(&mut self, plan: &Plan<'p>, step: &str) {
        let from = &self.value;
        match self.ty {
            Type::Named(id) => self.member(plan, plan.facts.canonical(*id), step),
            Type::List(item) => {
                let at = Literal::usize_unsuffixed(step.parse().unwrap_or(usize::MAX));
                let found = if step == "0" { quote!(#from.first()?) } else { quote!(#from.get(#at)?) };
                *self = Self { ty: item, value: found, is_reference: true, is_optional: true };
            }
            Type::Map(inner) => {
                *self = Self {
                    ty: inner,
                    value: quote!(#from.get(#step)?),
                    is_reference: true,
                    is_optional: true,
                };
            }
            Type::Nullable(_) | Type::Scalar(_) | Type::Json(_) | Type::JsonApi(_) => {
                unreachable!("lowering has gone this way through objects, lists and maps")
            }
        }
    }

    fn member(&mut self, plan: &Plan<'p>, id: TypeId, step: &str) {
        let Shape::Object(object) = &plan.api.type_def(id).shape else {
            unreachable!("lowering has gone this way through objects");
        };
        let known = object.members.iter().zip(plan.names.fields(id)).find(|(member, _)| member.name == step);
        let Some((member, field)) = known else { unreachable!("lowering has found the member") };
        let from = &self.value;
        self.value = quote!(#from.#field);
        self.is_reference = false;
        self.ty = &member.ty;
        if !matches!(ty::holder(member, Form::Read), ty::Holder::Plain | ty::Holder::Defaulted) {
            self.held();
        }
    }

    /// What is in an `Option`.
    fn held(&mut self) {
        let from = &self.value;
        self.value = quote!(#from.as_ref()?);
        self.is_reference = true;
        self.is_optional = true;
    }

    /// What is behind other names and null.
    fn open(&mut self, plan: &Plan<'p>) {
        loop {
            match self.ty {
                Type::Nullable(inner) => {
                    self.held();
                    self.ty = inner;
                }
                Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
                    Shape::Alias(inner) => {
                        if plan.facts.is_wrapped(*id) {
                            let from = &self.value;
                            self.value = quote!(#from.0);
                            self.is_reference = false;
                        }
                        self.ty = inner;
                    }
                    Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_) => return,
                },
                Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Json(_) | Type::JsonApi(_) => return,
            }
        }
    }

    /// What is there, as the argument for a parameter of `wanted`.
    fn passed(self, plan: &Plan<'_>, parameter: &Type) -> TokenStream {
        let value = self.value;
        let copied = if self.is_reference { quote!(*#value) } else { quote!(#value) };
        let found = self.ty;
        match (wanted(plan, parameter), wanted(plan, found), found) {
            (_, _, Type::List(_)) => quote!(#value.iter()),
            (Wanted::Id(id), Wanted::Id(from), _) if id == from && self.is_reference => value,
            (Wanted::Id(id), Wanted::Id(from), _) if id == from => quote!(&#value),
            (Wanted::Id(id), _, _) => quote!(&types::#id::from(#value.as_str())),
            (Wanted::Text, Wanted::Text | Wanted::Id(_), _) => quote!(#value.as_str()),
            (Wanted::Text, Wanted::Value(_), _) => quote!(&#value.to_string()),
            (Wanted::Value(_), _, Type::Named(_)) => quote!(#value.as_i64()),
            (Wanted::Value(ty), Wanted::Value(from), Type::Scalar(scalar)) if is_whole(*scalar) => {
                let is_whole =
                    matches!(ty::resolved(plan, parameter), Type::Scalar(scalar) if is_whole(*scalar));
                if is_whole && ty.to_string() != from.to_string() {
                    quote!(#ty::from(#copied))
                } else {
                    copied
                }
            }
            (Wanted::Value(_), _, _) => copied,
        }
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary))
}

fn is_whole(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64)
}
