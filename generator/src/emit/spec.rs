//! How parameters are described to the runtime, and which need no description.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use super::body::{form_fields, form_text};
use super::{Plan, ty, xml};
use crate::model::{
    Framing, Location, Parameter, ParameterRole, Scalar, Shape, Style, StyleName, Type, Written,
};

/// A method of the runtime's request that writes a parameter without a description.
pub(super) enum OwnMethod {
    Path,
    Query,
    QueryNumber,
    /// In one of the runtime's styles of lists.
    QueryList(Ident),
    Header,
}

/// The method for what most parameters are: single values and lists of them, in the style that their place has by itself.
pub(super) fn own_method(plan: &Plan<'_>, parameter: &Parameter) -> Option<OwnMethod> {
    if matches!(parameter.role, ParameterRole::Sort(_)) {
        return Some(OwnMethod::Query);
    }
    let Written::Styled(Style { name, explode, reserved: false }) = parameter.written else { return None };
    let of = value(plan, &parameter.ty)?;
    Some(match (parameter.location, name, of) {
        (Location::Path, StyleName::Simple, Value::Single) => OwnMethod::Path,
        (Location::Header, StyleName::Simple, Value::Single | Value::List) => OwnMethod::Header,
        (Location::Query, StyleName::Form, Value::Single) => OwnMethod::Query,
        (Location::Query, StyleName::Form, Value::Number) => OwnMethod::QueryNumber,
        (Location::Query, StyleName::Form | StyleName::Space | StyleName::Pipe, Value::List) => {
            OwnMethod::QueryList(match name {
                _ if explode => format_ident!("Exploded"),
                StyleName::Space => format_ident!("Space"),
                StyleName::Pipe => format_ident!("Pipe"),
                StyleName::Form
                | StyleName::Simple
                | StyleName::Label
                | StyleName::Matrix
                | StyleName::Deep
                | StyleName::Cookie => format_ident!("Comma"),
            })
        }
        (
            Location::Path | Location::Query | Location::Header | Location::Cookie | Location::WholeQuery,
            _,
            _,
        ) => return None,
    })
}

/// Values that have a text of their own.
enum Value {
    Single,
    /// A number that may be none, which has to be looked at before it is sent.
    Number,
    List,
}

fn value(plan: &Plan<'_>, ty: &Type) -> Option<Value> {
    match ty::resolved(plan, ty) {
        Type::Scalar(Scalar::Float32 | Scalar::Float64) => Some(Value::Number),
        Type::Scalar(_) => Some(Value::Single),
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Enumeration(_) | Shape::Id(_) => Some(Value::Single),
            Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => None,
        },
        Type::List(item) => match ty::resolved(plan, item) {
            Type::List(_) => None,
            item => match value(plan, item)? {
                Value::Single => Some(Value::List),
                Value::Number | Value::List => None,
            },
        },
        Type::Map(_) | Type::Nullable(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => None,
    }
}

/// Whether a client has a parameter that is described to the runtime.
pub(super) fn is_needed(plan: &Plan<'_>) -> bool {
    let mut parameters = plan.api.operations.iter().flat_map(|operation| &operation.parameters);
    parameters.any(|parameter| own_method(plan, parameter).is_none())
}

/// ```text
/// runtime::parameter::Spec {
///     name: "filter", place: runtime::parameter::Place::Query, style: runtime::parameter::Style::Deep, explode: true,
///     reserved: false,
/// }
/// ```
pub(super) fn expression(plan: &Plan<'_>, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let place = super::place(parameter.location);
    let named = |style: &str| format_ident!("{style}").into_token_stream();
    let (style, explode, reserved) = match &parameter.written {
        Written::Styled(style) => (named(style_name(style.name)), style.explode, style.reserved),
        Written::Json => (named("Json"), false, false),
        Written::Text => (named("Text"), false, false),
        Written::Pairs(fields) if parameter.location == Location::WholeQuery => {
            let fields = form_fields(plan, fields);
            (quote!(Pairs(#fields)), false, false)
        }
        Written::Pairs(fields) => (written(&form_text(plan, fields)), false, false),
        Written::Xml(node) => {
            let node = xml::of(plan, *node);
            (written(&quote!(|value| runtime::xml::inline(value, #node))), false, false)
        }
        Written::Items(Framing::Lines) => (written(&quote!(runtime::parameter::lines)), false, false),
        Written::Items(Framing::Sequence) => (written(&quote!(runtime::parameter::sequence)), false, false),
    };
    quote! {
        runtime::parameter::Spec {
            name: #name,
            place: runtime::parameter::Place::#place,
            style: runtime::parameter::Style::#style,
            explode: #explode,
            reserved: #reserved,
        }
    }
}

fn written(write: &TokenStream) -> TokenStream {
    quote!(Written(#write))
}

fn style_name(name: StyleName) -> &'static str {
    match name {
        StyleName::Simple => "Simple",
        StyleName::Label => "Label",
        StyleName::Matrix => "Matrix",
        StyleName::Form => "Form",
        StyleName::Space => "Space",
        StyleName::Pipe => "Pipe",
        StyleName::Deep => "Deep",
        StyleName::Cookie => "Cookie",
    }
}
