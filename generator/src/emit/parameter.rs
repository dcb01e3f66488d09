//! Parameters: what a caller passes, and how it reaches the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, ty};
use crate::model::{EnumValues, Location, Parameter, ParameterRole, Scalar, Shape, Style, Type, TypeId};
use crate::name::FieldName;

/// The type of the argument for `parameter`.
pub(super) fn argument(plan: &Plan<'_>, parameter: &Parameter) -> TokenStream {
    match &parameter.role {
        ParameterRole::Value => passed(plan, &parameter.ty),
        ParameterRole::Sort(_) => {
            let by = sorting(plan, &parameter.ty);
            quote!(impl Into<#by>)
        }
    }
}

fn sorting(plan: &Plan<'_>, ty: &Type) -> TokenStream {
    let field = ty::expression(plan, ty, Form::Read, Place::Group);
    quote!(runtime::SortBy<#field>)
}

/// What a caller passes for a value of `ty`.
fn passed(plan: &Plan<'_>, ty: &Type) -> TokenStream {
    match ty::resolved(plan, ty) {
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => quote!(&str),
        Type::Scalar(Scalar::Float32 | Scalar::Float64) => quote!(impl Into<runtime::Number>),
        Type::Scalar(Scalar::Moment) => quote!(impl Into<runtime::Moment>),
        Type::List(item) => match ty::resolved(plan, item) {
            Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => {
                quote!(impl IntoIterator<Item = impl AsRef<str>>)
            }
            Type::Scalar(Scalar::Moment) => quote!(impl IntoIterator<Item = impl Into<runtime::Moment>>),
            item => {
                let item = ty::expression(plan, item, Form::Read, Place::Group);
                quote!(impl IntoIterator<Item = #item>)
            }
        },
        Type::Named(id) => {
            let name = ty::name(plan, plan.facts.canonical(*id), Form::Read);
            match shape(plan, *id) {
                Shape::Id(_) => quote!(&types::#name),
                Shape::Enumeration(_) => quote!(impl Into<types::#name>),
                Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => quote!(types::#name),
            }
        }
        other => ty::expression(plan, other, Form::Read, Place::Group),
    }
}

fn shape<'p>(plan: &Plan<'p>, id: TypeId) -> &'p Shape {
    &plan.api.type_def(plan.facts.canonical(id)).shape
}

/// The statement that puts the argument `name` into `request`.
pub(super) fn apply(
    plan: &Plan<'_>,
    parameter: &Parameter,
    name: &FieldName,
    request: &TokenStream,
) -> TokenStream {
    let wire = &parameter.name;
    let call = match parameter.location {
        Location::Path => quote!(path),
        Location::Query => quote!(query_replace),
        Location::Header => quote!(header),
    };
    if let ParameterRole::Sort(syntax) = &parameter.role {
        let (ascending, descending, separator) = (&syntax.ascending, &syntax.descending, &syntax.separator);
        let argument = sorting(plan, &parameter.ty);
        return quote! {
            #request.query_replace(#wire, &Into::<#argument>::into(#name).text(&runtime::SortSyntax {
                ascending: #ascending, descending: #descending, separator: #separator,
            }));
        };
    }
    match (ty::resolved(plan, &parameter.ty), parameter.location) {
        (Type::Scalar(Scalar::Float32 | Scalar::Float64), Location::Query) => {
            quote!(#request.query_number(#wire, #name.into());)
        }
        (Type::List(item), location) => {
            let values = texts(plan, item, name);
            match location {
                Location::Query => {
                    let style = style(parameter.style);
                    quote!(#request.query_list(#wire, runtime::ListStyle::#style, #values);)
                }
                Location::Header | Location::Path => quote!(#request.#call(#wire, &#values.join(","));),
            }
        }
        (ty, _) => {
            let text = text(plan, ty, name);
            quote!(#request.#call(#wire, #text);)
        }
    }
}

/// The statements that make the argument `name` its text and put that into the path of `request`.
///
/// ```text
/// let number = String::from(&number.to_string());
/// request.path("number", &number);
/// ```
pub(super) fn apply_as_text(plan: &Plan<'_>, parameter: &Parameter, name: &FieldName) -> TokenStream {
    let wire = &parameter.name;
    let text = match ty::resolved(plan, &parameter.ty) {
        Type::List(item) => {
            let values = texts(plan, item, name);
            quote!(#values.join(","))
        }
        ty => {
            let text = text(plan, ty, name);
            quote!(String::from(#text))
        }
    };
    quote!(let #name = #text; request.path(#wire, &#name);)
}

/// Whether the argument for a parameter of `ty` is text as it is passed: `&str`, or an id.
pub(super) fn is_text(plan: &Plan<'_>, ty: &Type) -> bool {
    match ty::resolved(plan, ty) {
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => true,
        Type::Named(id) => matches!(shape(plan, *id), Shape::Id(_)),
        Type::Scalar(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Json(_)
        | Type::JsonApi(_) => false,
    }
}

/// The statement that puts the one possible value of `parameter` into `request`.
pub(super) fn apply_constant(parameter: &Parameter, constant: &str, request: &TokenStream) -> TokenStream {
    let wire = &parameter.name;
    match parameter.location {
        Location::Path => quote!(#request.path(#wire, #constant);),
        Location::Query => quote!(#request.query_replace(#wire, #constant);),
        Location::Header => quote!(#request.header(#wire, #constant);),
    }
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Exploded => quote!(Exploded),
        Style::Comma => quote!(Comma),
        Style::Space => quote!(Space),
        Style::Pipe => quote!(Pipe),
    }
}

/// A `&str` of the single value in `name`.
fn text(plan: &Plan<'_>, ty: &Type, name: &FieldName) -> TokenStream {
    match ty {
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => quote!(#name),
        Type::Scalar(Scalar::Float32 | Scalar::Float64) => {
            quote!(&Into::<runtime::Number>::into(#name).to_string())
        }
        Type::Named(id) if matches!(shape(plan, *id), Shape::Id(_)) => quote!(#name.as_str()),
        Type::Scalar(Scalar::Moment) => quote!(&Into::<runtime::Moment>::into(#name).to_string()),
        Type::Named(id) if is_text_enumeration(plan, ty) => {
            let enumeration = ty::name(plan, plan.facts.canonical(*id), Form::Read);
            quote!(<types::#enumeration>::as_str(&#name.into()))
        }
        Type::Named(id) => {
            let enumeration = ty::name(plan, plan.facts.canonical(*id), Form::Read);
            quote!(&<types::#enumeration>::as_i64(&#name.into()).to_string())
        }
        Type::Scalar(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Json(_)
        | Type::JsonApi(_) => {
            quote!(&#name.to_string())
        }
    }
}

fn is_text_enumeration(plan: &Plan<'_>, ty: &Type) -> bool {
    let shape = ty.named().map(|id| &plan.api.type_def(plan.facts.canonical(id)).shape);
    matches!(shape, Some(Shape::Enumeration(enumeration)) if matches!(enumeration.values, EnumValues::Strings(_)))
}

/// A `Vec<String>` of the values in `name`.
fn texts(plan: &Plan<'_>, item: &Type, name: &FieldName) -> TokenStream {
    match ty::resolved(plan, item) {
        Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary) => {
            quote!(#name.into_iter().map(|value| value.as_ref().to_owned()).collect::<Vec<String>>())
        }
        Type::Scalar(Scalar::Float32 | Scalar::Float64) => {
            quote!(#name.into_iter().map(|value| runtime::Number::from(value).to_string()).collect::<Vec<String>>())
        }
        Type::Scalar(Scalar::Moment) => {
            quote!(#name.into_iter().map(|value| Into::<runtime::Moment>::into(value).to_string()).collect::<Vec<String>>())
        }
        Type::Named(id) if matches!(shape(plan, *id), Shape::Id(_)) => {
            let item = ty::name(plan, plan.facts.canonical(*id), Form::Read);
            quote!(#name.into_iter().map(types::#item::into_string).collect::<Vec<String>>())
        }
        _ => quote!(#name.into_iter().map(|value| value.to_string()).collect::<Vec<String>>()),
    }
}
