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
        Type::Map(inner) => (Vec::new(), shape(plan, inner, 0)),
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
            let known = members.map(|member| (member.name.as_str(), shape(plan, &member.ty, 0))).collect();
            let others = object.additional.as_ref().map_or_else(|| quote!(Text), |ty| shape(plan, ty, 0));
            (known, others)
        }
        Shape::Union(_) | Shape::Enumeration(_) | Shape::Alias(_) | Shape::Id(_) => {
            (Vec::new(), quote!(Value))
        }
    }
}

/// Whether a single value of this type is text, whatever it looks like.
pub(super) fn is_text(plan: &Plan<'_>, of: &Type) -> bool {
    shape(plan, of, 1).to_string() == "Text"
}

/// What the text of a field is of this type: a single value, each of several fields of its name, or JSON.
fn shape(plan: &Plan<'_>, of: &Type, depth: usize) -> TokenStream {
    match ty::resolved(plan, of) {
        Type::List(item) if depth == 0 => {
            let item = shape(plan, item, 1);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Type::Scalar(scalar) if scalar.kind() == JsonKind::String => quote!(Text),
        Type::Foreign(id) if plan.api.foreign[id.index()].kind == Some(JsonKind::String) => quote!(Text),
        Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::Nullable(_)
        | Type::JsonApi(_)
        | Type::Map(_)
        | Type::List(_) => quote!(Value),
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Enumeration(Enumeration { values: EnumValues::Strings(_) }) | Shape::Id(_) => quote!(Text),
            Shape::Alias(inner) if depth < MOST_NAMES => shape(plan, inner, depth + 1),
            Shape::Enumeration(_) | Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => quote!(Value),
        },
    }
}
