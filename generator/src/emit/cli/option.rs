//! Parameters as options.

use proc_macro2::TokenStream;
use quote::quote;

use super::kinds;
use crate::emit::ty::{Form, Place};
use crate::emit::{Plan, doc, ty};
use crate::model::{Parameter, ParameterRole, Presence, Scalar, Shape, Type};

/// ```text
/// cli::Parameter { name: "page-size", wire: "page[size]", place: cli::Place::Query, … }
/// ```
pub(super) fn description(plan: &Plan<'_>, parameter: &Parameter, option: &str) -> TokenStream {
    let wire = doc::plain_line(&parameter.name);
    let place = crate::emit::place(parameter.location);
    let is_needed = parameter.presence == Presence::Required && parameter.constant.is_none();
    let needed = super::needed(is_needed);
    let item = item(plan, parameter);
    let repeats = super::repeats(item.is_some());
    let value = item.unwrap_or(&parameter.ty);
    let kinds = match parameter.role {
        ParameterRole::Value => kinds::kinds(plan, value),
        ParameterRole::Sort(_) => quote!(&[runtime::Kind::String]),
    };
    let values = kinds::values(plan, value);
    let about = parameter.docs.description.as_deref().map(doc::plain_paragraphs).unwrap_or_default();
    quote! {
        cli::Parameter {
            name: #option,
            wire: #wire,
            place: cli::Place::#place,
            needed: cli::Needed::#needed,
            repeats: cli::Repeats::#repeats,
            kinds: #kinds,
            values: &[#(#values),*],
            about: #about,
        }
    }
}

/// The items of a list, each of which is given by itself.
fn item<'p>(plan: &Plan<'p>, parameter: &'p Parameter) -> Option<&'p Type> {
    match (ty::resolved(plan, &parameter.ty), &parameter.role) {
        (Type::List(item), ParameterRole::Value) => Some(item),
        _ => None,
    }
}

/// A value between the option and the builder.
pub(super) struct Held {
    /// What is taken.
    ty: TokenStream,
    /// How the builder wants it.
    by: By,
}

enum By {
    Value,
    Reference,
}

impl Held {
    /// `given.required::<i64>("page-size")`.
    pub(super) fn taken(&self, how: &TokenStream, option: &str) -> TokenStream {
        let ty = &self.ty;
        quote!(given.#how::<#ty>(#option))
    }

    /// `&value`, or `value`.
    pub(super) fn passed(&self, value: &TokenStream) -> TokenStream {
        match self.by {
            By::Value => value.clone(),
            By::Reference => quote!(&#value),
        }
    }
}

/// What the value of `parameter` is between the option and the builder; `emit::parameter` says what the builder takes.
pub(super) fn held(plan: &Plan<'_>, parameter: &Parameter) -> Held {
    let value = |ty: TokenStream| Held { ty, by: By::Value };
    if let ParameterRole::Sort(_) = parameter.role {
        return value(quote!(String));
    }
    let of = |ty: &Type| ty::expression(plan, ty, Form::Write, Place::Group);
    match ty::resolved(plan, &parameter.ty) {
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => {
            Held { ty: quote!(String), by: By::Reference }
        }
        Type::Scalar(Scalar::Float32 | Scalar::Float64) => value(quote!(f64)),
        Type::Scalar(Scalar::Moment) => value(quote!(String)),
        Type::List(item) => match ty::resolved(plan, item) {
            Type::Scalar(Scalar::Moment) => value(quote!(Vec<String>)),
            item => {
                let item = of(item);
                value(quote!(Vec<#item>))
            }
        },
        ty @ Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Enumeration(_) => value(of(ty)),
            Shape::Id(_) | Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => {
                Held { ty: of(ty), by: By::Reference }
            }
        },
        ty @ (Type::Map(_) | Type::Foreign(_) | Type::Json(_)) => Held { ty: of(ty), by: By::Reference },
        ty @ (Type::Scalar(_) | Type::Nullable(_) | Type::JsonApi(_)) => value(of(ty)),
    }
}
