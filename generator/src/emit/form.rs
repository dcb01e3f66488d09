//! How the fields of a form that is an answer are read, and parts that are written as fields are.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, option, ty, xml};
use crate::analyze::Held;
use crate::model::{FieldStyle, JsonKind, QueryStyle, Shape, Type, TypeId};
use crate::name::ConstantName;

/// The most lists and maps within each other whose items are described.
const MOST_LISTS: usize = 8;

/// The file of what stands in brackets, which is a static for each type, since types may hold themselves and each other.
///
/// ```text
/// pub(crate) static NODE: Fields = Fields {
///     known: &[("name", Shape::Text), ("child", Shape::Object(&NODE))],
///     others: None,
/// };
/// ```
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let statics = plan.facts.bracketed().iter().map(|id| {
        let (name, of) = (static_of(plan, *id), Type::Named(*id));
        let fields = object(plan, &of, &[], |_, member| brackets(plan, member, 0));
        quote!(pub(crate) static #name: runtime::pairs::Fields = #fields;)
    });
    quote! {
        #![doc = " What is in the brackets of fields and parts that are read, such as `filter[state]`."]
        #![allow(dead_code)]
        use super::runtime;
        #(#statics)*
    }
}

/// ```text
/// &runtime::pairs::Fields {
///     known: &[("id", runtime::pairs::Shape::Value), ("tags", runtime::pairs::Shape::List(&runtime::pairs::Shape::Text))],
///     others: None,
/// }
/// ```
pub(super) fn fields(plan: &Plan<'_>, body: &Type, styles: &[(String, FieldStyle)]) -> TokenStream {
    let own = described(plan, body, styles);
    in_const(quote!(&#own), styles.iter().map(|(_, style)| style))
}

/// What is constant also where it refers to a static, which some of these styles do.
fn in_const<'s>(described: TokenStream, mut styles: impl Iterator<Item = &'s FieldStyle>) -> TokenStream {
    if styles.any(is_deep) { quote!(const { #described }) } else { described }
}

fn is_deep(style: &FieldStyle) -> bool {
    matches!(style, FieldStyle::Query(QueryStyle::Deep, _))
}

/// The fields of a form.
fn described(plan: &Plan<'_>, body: &Type, styles: &[(String, FieldStyle)]) -> TokenStream {
    let style = |name: &str| styles.iter().find(|(known, _)| known == name).map(|(_, style)| style);
    let more: Vec<&str> = styles.iter().map(|(name, _)| name.as_str()).collect();
    object(plan, body, &more, |name, of| shape(plan, of, name.and_then(style)))
}

/// The fields that the members of an object are, and those `more` that it may have besides; any others have no name.
fn object<'p>(
    plan: &Plan<'p>,
    of: &'p Type,
    more: &[&str],
    mut shape: impl FnMut(Option<&str>, &'p Type) -> TokenStream,
) -> TokenStream {
    let (members, additional) = match held(plan, of) {
        Held::Object(object, _) | Held::Tuple(object, _) => {
            (object.members.as_slice(), object.additional.as_ref())
        }
        Held::Map(inner) => (&[][..], Some(inner)),
        Held::List(_) | Held::Open | Held::Single => (&[][..], None),
    };
    let is_member = |name: &str| members.iter().any(|member| member.name == name);
    let more = more.iter().copied().filter(|name| !is_member(name));
    let more = additional.into_iter().flat_map(|ty| more.clone().map(move |name| (name, ty)));
    let all = members.iter().map(|member| (member.name.as_str(), &member.ty)).chain(more);
    let known: Vec<TokenStream> = all
        .map(|(name, ty)| {
            let shape = shape(Some(name), ty);
            quote!((#name, runtime::pairs::Shape::#shape))
        })
        .collect();
    let others = option(additional.map(|of| {
        let shape = shape(None, of);
        quote!(runtime::pairs::Shape::#shape)
    }));
    quote!(runtime::pairs::Fields { known: &[#(#known),*], others: #others })
}

fn held<'p>(plan: &Plan<'p>, of: &'p Type) -> Held<'p> {
    Held::of(plan.api, plan.facts, of)
}

/// What a field of this type is, in its style.
fn shape(plan: &Plan<'_>, of: &Type, style: Option<&FieldStyle>) -> TokenStream {
    let style = match style {
        None => None,
        Some(FieldStyle::Json) => return each(plan, of, in_json),
        Some(FieldStyle::Text) => return each(plan, of, raw),
        Some(FieldStyle::Query(style, _)) => Some(*style),
        Some(other @ (FieldStyle::Xml(_) | FieldStyle::Form(_))) => {
            return match held(plan, of) {
                Held::List(item) => {
                    let read = reader(plan, item, other);
                    quote!(List(&runtime::pairs::Shape::Other(#read)))
                }
                Held::Object(..) | Held::Tuple(..) | Held::Map(_) | Held::Open | Held::Single => {
                    let read = reader(plan, of, other);
                    quote!(Other(#read))
                }
            };
        }
    };
    let split = |separator: TokenStream| {
        let inner = in_one(plan, of, single);
        quote!(Split(runtime::pairs::Separator::#separator, &runtime::pairs::Shape::#inner))
    };
    match (held(plan, of), style) {
        (Held::Open, Some(QueryStyle::Deep)) => quote!(Deep(&runtime::pairs::Shape::Value)),
        (Held::Open | Held::Single, _) | (Held::Object(..) | Held::Map(_), None) => single(plan, of),
        (Held::List(_) | Held::Tuple(..), None) | (_, Some(QueryStyle::Exploded)) => in_one(plan, of, single),
        (_, Some(QueryStyle::Comma)) => split(quote!(Comma)),
        (_, Some(QueryStyle::Space)) => split(quote!(Space)),
        (_, Some(QueryStyle::Pipe)) => split(quote!(Pipe)),
        (_, Some(QueryStyle::Deep)) => {
            let inner = brackets(plan, of, 0);
            quote!(Deep(&runtime::pairs::Shape::#inner))
        }
    }
}

/// What a part that is no file holds; of a query parameter's style all parts that the value has.
pub(super) fn part(plan: &Plan<'_>, of: &Type, style: Option<&FieldStyle>) -> TokenStream {
    let shape = match style {
        Some(style @ (FieldStyle::Xml(_) | FieldStyle::Form(_))) => {
            let read = reader(plan, of, style);
            quote!(Other(#read))
        }
        Some(FieldStyle::Query(..)) => shape(plan, of, style),
        Some(FieldStyle::Json) => in_json(plan, of),
        Some(FieldStyle::Text) => raw(plan, of),
        None => single(plan, of),
    };
    quote!(runtime::pairs::Shape::#shape)
}

/// What the parts of a list hold: each an item, unless its style is another.
pub(super) fn part_list(
    plan: &Plan<'_>,
    list: &Type,
    item: &Type,
    style: Option<&FieldStyle>,
) -> TokenStream {
    match style {
        Some(FieldStyle::Query(..)) => part(plan, list, style),
        Some(FieldStyle::Json | FieldStyle::Text | FieldStyle::Xml(_) | FieldStyle::Form(_)) | None => {
            let item = part(plan, item, style);
            quote!(runtime::pairs::Shape::List(&#item))
        }
    }
}

/// A list whose items are values of one text each, which `value` says of their type; anything else is one of them.
fn each(plan: &Plan<'_>, of: &Type, value: fn(&Plan<'_>, &Type) -> TokenStream) -> TokenStream {
    match held(plan, of) {
        Held::List(_) | Held::Tuple(..) => in_one(plan, of, value),
        Held::Object(..) | Held::Map(_) | Held::Open | Held::Single => value(plan, of),
    }
}

/// A list or an object whose items or members are values of one text each, which `value` says of their type.
fn in_one(plan: &Plan<'_>, of: &Type, value: fn(&Plan<'_>, &Type) -> TokenStream) -> TokenStream {
    match held(plan, of) {
        Held::List(item) => {
            let item = value(plan, item);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Held::Object(..) | Held::Map(_) => {
            let fields = object(plan, of, &[], |_, member| value(plan, member));
            quote!(Object(&#fields))
        }
        Held::Tuple(..) => {
            let fields = object(plan, of, &[], |_, item| value(plan, item));
            quote!(Tuple(&#fields))
        }
        Held::Open | Held::Single => value(plan, of),
    }
}

fn static_of<'p>(plan: &Plan<'p>, id: TypeId) -> &'p ConstantName {
    let name = plan.names.bracketed(id);
    name.unwrap_or_else(|| unreachable!("`analyze` finds every object that stands in brackets"))
}

/// What stands in brackets, in so many lists and maps within each other.
fn brackets(plan: &Plan<'_>, of: &Type, depth: usize) -> TokenStream {
    match held(plan, of) {
        Held::List(_) | Held::Map(_) if depth > MOST_LISTS => quote!(Value),
        Held::List(item) => {
            let item = brackets(plan, item, depth + 1);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Held::Object(_, id) => {
            let name = static_of(plan, id);
            quote!(Object(&super::form_fields::#name))
        }
        Held::Tuple(_, id) => {
            let name = static_of(plan, id);
            quote!(Tuple(&super::form_fields::#name))
        }
        Held::Map(_) => {
            let fields = object(plan, of, &[], |_, member| brackets(plan, member, depth + 1));
            quote!(Object(&#fields))
        }
        Held::Open | Held::Single => single(plan, of),
    }
}

/// What makes JSON of text in another format.
///
/// ```text
/// |text| runtime::xml::value(text, &super::xml_nodes::PET)
/// ```
fn reader(plan: &Plan<'_>, of: &Type, style: &FieldStyle) -> TokenStream {
    match style {
        FieldStyle::Xml(node) => {
            let node = xml::of(plan, *node);
            quote!(|text| runtime::xml::value(text, #node))
        }
        FieldStyle::Form(inner) => {
            let fields = in_const(described(plan, of, inner), inner.iter().map(|(_, style)| style));
            quote!(|text| #fields.read(text))
        }
        FieldStyle::Json | FieldStyle::Text | FieldStyle::Query(..) => {
            unreachable!("these are read by the type of the value")
        }
    }
}

/// Text as it is, or JSON.
fn single(plan: &Plan<'_>, of: &Type) -> TokenStream {
    match of_several_kinds(plan, of) {
        Some(kinds) => quote!(TextOr(&[#(runtime::Kind::#kinds),*])),
        None if is_text(plan, of) => quote!(Text),
        None => quote!(Value),
    }
}

/// Of what is one of several things, text among them, the kinds of the others.
pub(super) fn of_several_kinds(plan: &Plan<'_>, of: &Type) -> Option<Vec<proc_macro2::Ident>> {
    let Type::Named(id) = ty::resolved(plan, of) else { return None };
    let Shape::Union(union) = &plan.api.type_def(plan.facts.canonical(*id)).shape else { return None };
    let variants = || union.variants.iter().map(|variant| &variant.ty);
    variants().find(|ty| is_text(plan, ty))?;
    let kinds: Option<Vec<JsonKind>> =
        variants().filter(|ty| !is_text(plan, ty)).map(|ty| ty::json_kind(plan, ty)).collect();
    let mut kinds = kinds?;
    // Whole numbers are numbers too.
    if kinds.contains(&JsonKind::Number) {
        kinds.push(JsonKind::Integer);
    }
    let mut names: Vec<&str> = kinds.into_iter().map(JsonKind::name).collect();
    names.sort_unstable();
    names.dedup();
    Some(names.into_iter().map(|name| quote::format_ident!("{name}")).collect())
}

/// JSON, also of text.
fn in_json(plan: &Plan<'_>, of: &Type) -> TokenStream {
    if is_text(plan, of) { quote!(Quoted) } else { quote!(Value) }
}

/// Text as it stands, whatever is in it.
fn raw(_: &Plan<'_>, _: &Type) -> TokenStream {
    quote!(Raw)
}

/// Whether a single value of this type is text, whatever it looks like.
fn is_text(plan: &Plan<'_>, of: &Type) -> bool {
    match ty::resolved(plan, of) {
        Type::Nullable(inner) => is_text(plan, inner),
        known => ty::json_kind(plan, known) == Some(JsonKind::String),
    }
}
