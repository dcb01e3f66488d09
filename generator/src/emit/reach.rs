//! What a link takes from an answer: the way there, and what becomes of it in an argument.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Plan;
use super::ty::{self, Form, Place};
use crate::model::{EnumValues, Scalar, Shape, Type, TypeId};
use crate::name::TypeName;

/// What is passed for a parameter.
pub(super) enum Wanted<'p> {
    /// Text, or what text becomes.
    Text,
    /// A reference to this type, which text becomes.
    Id(&'p TypeName),
    /// A value of this type, or what it becomes.
    Value(TokenStream),
}

/// What is passed for a parameter of `ty`.
pub(super) fn wanted<'p>(plan: &Plan<'p>, ty: &Type) -> Wanted<'p> {
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

/// The value of `ty` that the document writes as `text`.
pub(super) fn constant(plan: &Plan<'_>, text: &str, ty: &Type) -> TokenStream {
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
pub(super) struct Way<'p> {
    ty: &'p Type,
    pub(super) value: TokenStream,
    /// Whether `value` is a reference to what is there, and not the place itself.
    is_reference: bool,
    /// Whether there may be nothing, at which the method ends.
    pub(super) is_optional: bool,
    /// Whether `value` is a `&str`.
    pub(super) is_text_itself: bool,
}

impl<'p> Way<'p> {
    /// From the answer to what `steps` lead to.
    pub(super) fn into_answer(plan: &Plan<'p>, ty: &'p Type, answer: &Ident, steps: &[String]) -> Self {
        let is_text_itself = is_text(ty);
        let mut way =
            Self { ty, value: quote!(#answer), is_reference: true, is_optional: false, is_text_itself };
        way.open(plan);
        for step in steps {
            way.step(plan, step);
            way.open(plan);
        }
        way
    }

    /// A reference to what is there.
    pub(super) fn referred(self) -> TokenStream {
        let value = self.value;
        match (self.is_reference, is_text(self.ty)) {
            (true, false) => value,
            (false, false) => quote!(&#value),
            (_, true) if self.is_text_itself => value,
            (_, true) => quote!(#value.as_str()),
        }
    }

    /// Into the member, the value or the item that `step` names.
    fn step(&mut self, plan: &Plan<'p>, step: &str) {
        let from = &self.value;
        match self.ty {
            Type::Named(id) => self.member(plan, plan.facts.canonical(*id), step),
            Type::List(item) => {
                let at = Literal::usize_unsuffixed(step.parse().unwrap_or(usize::MAX));
                let found = if step == "0" { quote!(#from.first()?) } else { quote!(#from.get(#at)?) };
                self.reached(item, found);
            }
            Type::Map(inner) => {
                let found = quote!(#from.get(#step)?);
                self.reached(inner, found);
            }
            Type::Nullable(_) | Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => {
                unreachable!("lowering has gone this way through objects, lists and maps")
            }
        }
    }

    fn reached(&mut self, ty: &'p Type, value: TokenStream) {
        (self.ty, self.value) = (ty, value);
        (self.is_reference, self.is_optional) = (true, true);
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
                Type::List(_)
                | Type::Map(_)
                | Type::Scalar(_)
                | Type::Foreign(_)
                | Type::Json(_)
                | Type::JsonApi(_) => return,
            }
        }
    }

    /// What is there, as the argument for a parameter of `wanted`.
    pub(super) fn passed(self, plan: &Plan<'_>, parameter: &Type) -> TokenStream {
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
                // A name is here that of an enumeration of whole numbers.
                let is_whole = match ty::resolved(plan, parameter) {
                    Type::Scalar(scalar) => is_whole(*scalar),
                    other => matches!(other, Type::Named(_)),
                };
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

pub(super) fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary))
}

fn is_whole(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Integer(_))
}
