//! How the fields of a form that is an answer are read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, ty};
use crate::model::{EnumValues, Enumeration, JsonKind, Shape, Type, TypeId};

/// The most types that lead from one to the next by other names.
const MOST_NAMES: usize = 8;

/// ```text
/// &runtime::pairs::Fields {
///     known: &[("id", runtime::pairs::Shape::Value), ("tags", runtime::pairs::Shape::List(&runtime::pairs::Shape::Text))],
///     others: runtime::pairs::Shape::Text,
/// }
/// ```
pub(super) fn fields(plan: &Plan<'_>, body: &Type) -> TokenStream {
    let (known, others) = match ty::resolved(plan, body) {
        Type::Named(id) => of_definition(plan, plan.facts.canonical(*id)),
        Type::Map(inner) => (Vec::new(), shape(plan, inner)),
        Type::List(_)
        | Type::Nullable(_)
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => (Vec::new(), quote!(Text)),
    };
    let known = known.iter().map(|(name, shape)| quote!((#name, runtime::pairs::Shape::#shape)));
    quote!(&runtime::pairs::Fields { known: &[#(#known),*], others: runtime::pairs::Shape::#others })
}

fn of_definition<'p>(plan: &Plan<'p>, id: TypeId) -> (Vec<(&'p str, TokenStream)>, TokenStream) {
    match &plan.api.type_def(id).shape {
        Shape::Object(object) => {
            let members = object.members.iter();
            let known = members.map(|member| (member.name.as_str(), shape(plan, &member.ty))).collect();
            let others = object.additional.as_ref().map_or_else(|| quote!(Text), |ty| shape(plan, ty));
            (known, others)
        }
        Shape::Union(_) | Shape::Enumeration(_) | Shape::Alias(_) | Shape::Id(_) => {
            (Vec::new(), quote!(Value))
        }
    }
}

/// What the text of a field is of this type: a single value, or each of several fields of its name.
fn shape(plan: &Plan<'_>, of: &Type) -> TokenStream {
    match ty::resolved(plan, of) {
        Type::List(item) => {
            let item = single(plan, item);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::Nullable(_)
        | Type::JsonApi(_)
        | Type::Map(_)
        | Type::Named(_) => single(plan, of),
    }
}

/// Text as it is, or JSON.
fn single(plan: &Plan<'_>, of: &Type) -> TokenStream {
    if is_text(plan, of) { quote!(Text) } else { quote!(Value) }
}

/// Whether a single value of this type is text, whatever it looks like.
pub(super) fn is_text(plan: &Plan<'_>, of: &Type) -> bool {
    is_text_behind(plan, of, 0)
}

/// The same of a type that so many other names lead to.
fn is_text_behind(plan: &Plan<'_>, of: &Type, names: usize) -> bool {
    match ty::resolved(plan, of) {
        Type::Scalar(scalar) => scalar.kind() == JsonKind::String,
        Type::Foreign(id) => plan.api.foreign[id.index()].kind == Some(JsonKind::String),
        Type::Json(_) | Type::Nullable(_) | Type::JsonApi(_) | Type::Map(_) | Type::List(_) => false,
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Enumeration(Enumeration { values: EnumValues::Strings(_) }) | Shape::Id(_) => true,
            Shape::Alias(inner) => names < MOST_NAMES && is_text_behind(plan, inner, names + 1),
            Shape::Enumeration(_) | Shape::Object(_) | Shape::Union(_) => false,
        },
    }
}
