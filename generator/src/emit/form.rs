//! How the fields of a form that is an answer are read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, option, ty, xml};
use crate::model::{EnumValues, Enumeration, FieldStyle, JsonKind, Object, QueryStyle, Shape, Type};

/// The most types that lead from one to the next by other names.
const MOST_NAMES: usize = 8;

/// ```text
/// runtime::pairs::Fields {
///     known: &[("id", runtime::pairs::Shape::Value), ("tags", runtime::pairs::Shape::List(&runtime::pairs::Shape::Text))],
///     others: None,
/// }
/// ```
pub(super) fn fields(plan: &Plan<'_>, body: &Type, styles: &[(String, FieldStyle)]) -> TokenStream {
    let style = |name: &str| styles.iter().find(|(known, _)| known == name).map(|(_, style)| style);
    object(plan, body, |name, of| shape(plan, of, style(name)))
}

/// The fields that the members of an object are; any others are in no style.
fn object<'p>(
    plan: &Plan<'p>,
    of: &'p Type,
    mut shape: impl FnMut(&str, &'p Type) -> TokenStream,
) -> TokenStream {
    let (known, others) = match composite(plan, of) {
        Some(Composite::Object(object)) => {
            let members = object.members.iter();
            let known = members.map(|member| (member.name.as_str(), shape(&member.name, &member.ty)));
            (known.collect::<Vec<_>>(), object.additional.as_ref())
        }
        Some(Composite::Map(inner)) => (Vec::new(), Some(inner)),
        Some(Composite::List(_)) | None => (Vec::new(), None),
    };
    let others = option(others.map(|of| {
        let shape = shape("", of);
        quote!(runtime::pairs::Shape::#shape)
    }));
    let known = known.iter().map(|(name, shape)| quote!((#name, runtime::pairs::Shape::#shape)));
    quote!(runtime::pairs::Fields { known: &[#(#known),*], others: #others })
}

/// A type that has values in it.
enum Composite<'p> {
    Object(&'p Object),
    Map(&'p Type),
    List(&'p Type),
}

/// What a type that may be null is otherwise.
fn composite<'p>(plan: &Plan<'p>, of: &'p Type) -> Option<Composite<'p>> {
    match ty::resolved(plan, of) {
        Type::Nullable(inner) => composite(plan, inner),
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Object(object) => Some(Composite::Object(object)),
            Shape::Union(_) | Shape::Enumeration(_) | Shape::Alias(_) | Shape::Id(_) => None,
        },
        Type::Map(inner) => Some(Composite::Map(inner)),
        Type::List(item) => Some(Composite::List(item)),
        Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => None,
    }
}

/// What a field of this type is, in its style.
fn shape(plan: &Plan<'_>, of: &Type, style: Option<&FieldStyle>) -> TokenStream {
    let style = match style {
        None | Some(FieldStyle::Json) => None,
        Some(FieldStyle::Query(style, _)) => Some(*style),
        Some(other @ (FieldStyle::Xml(_) | FieldStyle::Form(_))) => {
            return match composite(plan, of) {
                Some(Composite::List(item)) => {
                    let read = reader(plan, item, other);
                    quote!(List(&runtime::pairs::Shape::Other(#read)))
                }
                Some(Composite::Object(_) | Composite::Map(_)) | None => {
                    let read = reader(plan, of, other);
                    quote!(Other(#read))
                }
            };
        }
    };
    let split = |separator: TokenStream| {
        let inner = in_one(plan, of);
        quote!(Split(runtime::pairs::Separator::#separator, &runtime::pairs::Shape::#inner))
    };
    match (composite(plan, of), style) {
        (None, _) | (Some(Composite::Object(_) | Composite::Map(_)), None) => single(plan, of),
        (Some(Composite::List(_)), None) | (Some(_), Some(QueryStyle::Exploded)) => in_one(plan, of),
        (Some(_), Some(QueryStyle::Comma)) => split(quote!(Comma)),
        (Some(_), Some(QueryStyle::Space)) => split(quote!(Space)),
        (Some(_), Some(QueryStyle::Pipe)) => split(quote!(Pipe)),
        (Some(_), Some(QueryStyle::Deep)) => {
            let inner = deep(plan, of, &mut Vec::new());
            quote!(Deep(&runtime::pairs::Shape::#inner))
        }
    }
}

/// A list or an object whose items or members are single values.
fn in_one(plan: &Plan<'_>, of: &Type) -> TokenStream {
    match composite(plan, of) {
        Some(Composite::List(item)) => {
            let item = single(plan, item);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Some(Composite::Object(_) | Composite::Map(_)) => {
            let fields = object(plan, of, |_, member| single(plan, member));
            quote!(Object(&#fields))
        }
        None => single(plan, of),
    }
}

/// What stands in brackets. A type within itself is read by what it looks like.
fn deep<'p>(plan: &Plan<'p>, of: &'p Type, above: &mut Vec<&'p Type>) -> TokenStream {
    let own = ty::resolved(plan, of);
    let Some(composite) = composite(plan, of) else { return single(plan, of) };
    if above.contains(&own) {
        return quote!(Value);
    }
    above.push(own);
    let shape = match composite {
        Composite::List(item) => {
            let item = deep(plan, item, above);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Composite::Object(_) | Composite::Map(_) => {
            let fields = object(plan, of, |_, member| deep(plan, member, above));
            quote!(Object(&#fields))
        }
    };
    above.pop();
    shape
}

/// What makes JSON of text in another format.
///
/// ```text
/// |text| runtime::xml::value(text, &crate::xml_nodes::PET)
/// ```
pub(super) fn reader(plan: &Plan<'_>, of: &Type, style: &FieldStyle) -> TokenStream {
    match style {
        FieldStyle::Xml(node) => {
            let node = xml::of(plan, *node);
            quote!(|text| runtime::xml::value(text, #node))
        }
        FieldStyle::Form(inner) => {
            let fields = fields(plan, of, inner);
            quote!(|text| #fields.read(text))
        }
        FieldStyle::Json | FieldStyle::Query(..) => unreachable!("these are read by the type of the value"),
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
        Type::Nullable(inner) => is_text_behind(plan, inner, names),
        Type::Json(_) | Type::JsonApi(_) | Type::Map(_) | Type::List(_) => false,
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Enumeration(Enumeration { values: EnumValues::Strings(_) }) | Shape::Id(_) => true,
            Shape::Alias(inner) => names < MOST_NAMES && is_text_behind(plan, inner, names + 1),
            Shape::Enumeration(_) | Shape::Object(_) | Shape::Union(_) => false,
        },
    }
}
