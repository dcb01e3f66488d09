//! Parameters: what a caller passes, and how it reaches the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::spec::{self, OwnMethod};
use super::ty::{Form, Place};
use super::{Plan, ty};
use crate::model::{EnumValues, JsonKind, Parameter, ParameterRole, Scalar, Shape, Type, TypeId};
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
                let item = ty::expression(plan, item, Form::Write, Place::Group);
                quote!(impl IntoIterator<Item = #item>)
            }
        },
        Type::Named(id) => {
            let name = ty::name(plan, plan.facts.canonical(*id), Form::Write);
            match shape(plan, *id) {
                Shape::Enumeration(_) => quote!(impl Into<types::#name>),
                Shape::Id(_) | Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => {
                    quote!(&types::#name)
                }
            }
        }
        Type::Map(_) | Type::Foreign(_) | Type::Json(_) => {
            let value = ty::expression(plan, ty, Form::Write, Place::Group);
            quote!(&#value)
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
    if let ParameterRole::Sort(syntax) = &parameter.role {
        let (ascending, descending, separator) = (&syntax.ascending, &syntax.descending, &syntax.separator);
        let argument = sorting(plan, &parameter.ty);
        return quote! {
            #request.query_replace(#wire, &Into::<#argument>::into(#name).text(&runtime::SortSyntax {
                ascending: #ascending, descending: #descending, separator: #separator,
            }));
        };
    }
    let ty = ty::resolved(plan, &parameter.ty);
    let Some(call) = spec::own_method(plan, parameter) else {
        let spec = spec::expression(plan, parameter);
        let value = value(plan, ty, name);
        return quote!(#request.parameter(&#spec, #value););
    };
    match (call, ty) {
        (OwnMethod::Path, ty) => {
            let text = text(plan, ty, name);
            quote!(#request.path(#wire, #text);)
        }
        (OwnMethod::QueryNumber, _) => quote!(#request.query_number(#wire, #name.into());),
        (OwnMethod::QueryList(style), Type::List(item)) => {
            let values = texts(plan, item, name);
            quote!(#request.query_list(#wire, runtime::ListStyle::#style, #values);)
        }
        (OwnMethod::Query | OwnMethod::QueryList(_), ty) => {
            let text = text(plan, ty, name);
            quote!(#request.query_replace(#wire, #text);)
        }
        (OwnMethod::Header, Type::List(item)) => {
            let values = texts(plan, item, name);
            quote!(#request.header_list(#wire, &#values);)
        }
        (OwnMethod::Header, ty) => {
            let text = text(plan, ty, name);
            quote!(#request.header(#wire, #text);)
        }
    }
}

/// A reference to the value in `name`, for a request to write as its description says.
fn value(plan: &Plan<'_>, ty: &Type, name: &FieldName) -> TokenStream {
    match ty {
        Type::Scalar(Scalar::Float32 | Scalar::Float64) => quote!(&Into::<runtime::Number>::into(#name)),
        Type::Scalar(scalar) if scalar.kind() == JsonKind::String => text(plan, ty, name),
        Type::Scalar(_) => quote!(&#name),
        Type::List(item) if is_passed_as_text(ty::resolved(plan, item)) => {
            let texts = texts(plan, item, name);
            quote!(&#texts)
        }
        Type::List(_) => quote!(&#name.into_iter().collect::<Vec<_>>()),
        Type::Named(id) => match shape(plan, *id) {
            Shape::Id(_) => text(plan, ty, name),
            Shape::Enumeration(enumeration) => {
                let enumeration_name = ty::name(plan, plan.facts.canonical(*id), Form::Read);
                match enumeration.values {
                    EnumValues::Strings(_) => text(plan, ty, name),
                    EnumValues::Integers(_) => {
                        quote!(&<types::#enumeration_name>::as_i64(&#name.into()))
                    }
                }
            }
            Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => quote!(#name),
        },
        Type::Map(_) | Type::Nullable(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => {
            quote!(#name)
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
    if spec::own_method(plan, parameter).is_some() {
        return quote!(let #name = #text; request.path(#wire, &#name););
    }
    let spec = spec::expression(plan, parameter);
    quote!(let #name = #text; request.parameter(&#spec, &#name);)
}

/// Whether the items of a list are passed as something that becomes their text.
fn is_passed_as_text(item: &Type) -> bool {
    matches!(item, Type::Scalar(Scalar::String | Scalar::Password | Scalar::Moment))
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
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => false,
    }
}

/// The statement that puts the one possible value of `parameter` into `request`.
pub(super) fn apply_constant(
    plan: &Plan<'_>,
    parameter: &Parameter,
    constant: &str,
    request: &TokenStream,
) -> TokenStream {
    let wire = &parameter.name;
    match spec::own_method(plan, parameter) {
        Some(OwnMethod::Path) => quote!(#request.path(#wire, #constant);),
        Some(OwnMethod::Query | OwnMethod::QueryNumber | OwnMethod::QueryList(_)) => {
            quote!(#request.query_replace(#wire, #constant);)
        }
        Some(OwnMethod::Header) => quote!(#request.header(#wire, #constant);),
        None => {
            let spec = spec::expression(plan, parameter);
            quote!(#request.parameter(&#spec, #constant);)
        }
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
        | Type::Foreign(_)
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
