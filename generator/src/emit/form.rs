//! How the fields of a form that is an answer are read.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Plan, option, ty, xml};
use crate::model::{EnumValues, Enumeration, FieldStyle, JsonKind, Object, QueryStyle, Shape, Type, TypeId};

/// The most types that lead from one to the next by other names.
const MOST_NAMES: usize = 8;

/// The most lists within each other whose items are described.
const MOST_LISTS: usize = 8;

/// What the fields are that stand in brackets: a static for each type, since types may hold themselves and each other.
#[derive(Default)]
struct Deep<'p> {
    types: Vec<&'p Type>,
    named: HashMap<TypeId, usize>,
}

/// ```text
/// &runtime::pairs::Fields {
///     known: &[("id", runtime::pairs::Shape::Value), ("tags", runtime::pairs::Shape::List(&runtime::pairs::Shape::Text))],
///     others: None,
/// }
/// ```
pub(super) fn fields(plan: &Plan<'_>, body: &Type, styles: &[(String, FieldStyle)]) -> TokenStream {
    let (statics, own) = described(plan, body, styles);
    if statics.is_empty() { quote!(&#own) } else { quote!({ #statics &FIELDS }) }
}

/// Statics, the last of which is `FIELDS`, where some fields need such; and the fields themselves.
fn described(plan: &Plan<'_>, body: &Type, styles: &[(String, FieldStyle)]) -> (TokenStream, TokenStream) {
    let mut deep = Deep::default();
    let style = |name: &str| styles.iter().find(|(known, _)| known == name).map(|(_, style)| style);
    let more: Vec<&str> = styles.iter().map(|(name, _)| name.as_str()).collect();
    let shape = |name: Option<&str>, of| shape(plan, of, name.and_then(style), &mut deep);
    let own = object(plan, body, &more, shape);
    let statics = deep.statics(plan);
    if statics.is_empty() {
        return (TokenStream::new(), own);
    }
    (quote!(#(#statics)* static FIELDS: runtime::pairs::Fields = #own;), own)
}

/// The fields that the members of an object are, and those `more` that it may have besides; any others have no name.
fn object<'p>(
    plan: &Plan<'p>,
    of: &'p Type,
    more: &[&str],
    mut shape: impl FnMut(Option<&str>, &'p Type) -> TokenStream,
) -> TokenStream {
    let (members, additional) = match held(plan, of) {
        Held::Object(object) => (object.members.as_slice(), object.additional.as_ref()),
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

/// What a type is to a form, behind its other names and without null.
enum Held<'p> {
    Object(&'p Object),
    Map(&'p Type),
    List(&'p Type),
    /// Anything, or one of several things.
    Open,
    Single,
}

fn held<'p>(plan: &Plan<'p>, of: &'p Type) -> Held<'p> {
    match without_null(plan, of) {
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Object(object) => Held::Object(object),
            Shape::Union(_) => Held::Open,
            Shape::Enumeration(_) | Shape::Alias(_) | Shape::Id(_) => Held::Single,
        },
        Type::Map(inner) => Held::Map(inner),
        Type::List(item) => Held::List(item),
        Type::Json(_) => Held::Open,
        Type::Scalar(_) | Type::Foreign(_) | Type::JsonApi(_) | Type::Nullable(_) => Held::Single,
    }
}

fn without_null<'p>(plan: &Plan<'p>, of: &'p Type) -> &'p Type {
    match ty::resolved(plan, of) {
        Type::Nullable(inner) => without_null(plan, inner),
        other => other,
    }
}

/// What a field of this type is, in its style.
fn shape<'p>(plan: &Plan<'p>, of: &'p Type, style: Option<&FieldStyle>, known: &mut Deep<'p>) -> TokenStream {
    let style = match style {
        None | Some(FieldStyle::Json) => None,
        Some(FieldStyle::Query(style, _)) => Some(*style),
        Some(other @ (FieldStyle::Xml(_) | FieldStyle::Form(_))) => {
            return match held(plan, of) {
                Held::List(item) => {
                    let read = reader(plan, item, other);
                    quote!(List(&runtime::pairs::Shape::Other(#read)))
                }
                Held::Object(_) | Held::Map(_) | Held::Open | Held::Single => {
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
    match (held(plan, of), style) {
        (Held::Open, Some(QueryStyle::Deep)) => quote!(Deep(&runtime::pairs::Shape::Value)),
        (Held::Open | Held::Single, _) | (Held::Object(_) | Held::Map(_), None) => single(plan, of),
        (Held::List(_), None) | (_, Some(QueryStyle::Exploded)) => in_one(plan, of),
        (_, Some(QueryStyle::Comma)) => split(quote!(Comma)),
        (_, Some(QueryStyle::Space)) => split(quote!(Space)),
        (_, Some(QueryStyle::Pipe)) => split(quote!(Pipe)),
        (_, Some(QueryStyle::Deep)) => {
            let inner = known.shape(plan, of, 0);
            quote!(Deep(&runtime::pairs::Shape::#inner))
        }
    }
}

/// A list or an object whose items or members are single values.
fn in_one(plan: &Plan<'_>, of: &Type) -> TokenStream {
    match held(plan, of) {
        Held::List(item) => {
            let item = single(plan, item);
            quote!(List(&runtime::pairs::Shape::#item))
        }
        Held::Object(_) | Held::Map(_) => {
            let fields = object(plan, of, &[], |_, member| single(plan, member));
            quote!(Object(&#fields))
        }
        Held::Open | Held::Single => single(plan, of),
    }
}

impl<'p> Deep<'p> {
    /// What stands in brackets, in so many lists within each other.
    fn shape(&mut self, plan: &Plan<'p>, of: &'p Type, lists: usize) -> TokenStream {
        match held(plan, of) {
            Held::List(_) if lists > MOST_LISTS => quote!(Value),
            Held::List(item) => {
                let item = self.shape(plan, item, lists + 1);
                quote!(List(&runtime::pairs::Shape::#item))
            }
            Held::Object(_) | Held::Map(_) => {
                let name = self.fields(plan, of);
                quote!(Object(&#name))
            }
            Held::Open | Held::Single => single(plan, of),
        }
    }

    /// The static of an object's fields, which is made when its turn comes.
    fn fields(&mut self, plan: &Plan<'p>, of: &'p Type) -> Ident {
        let own = without_null(plan, of);
        let id = own.named().map(|id| plan.facts.canonical(id));
        let known = match id {
            Some(id) => self.named.get(&id).copied(),
            None => self.types.iter().position(|known| *known == own),
        };
        let at = known.unwrap_or_else(|| {
            self.types.push(own);
            self.types.len() - 1
        });
        self.named.extend(id.map(|id| (id, at)));
        format_ident!("FIELDS_{at}")
    }

    /// All statics, also of what only others of them refer to.
    fn statics(mut self, plan: &Plan<'p>) -> Vec<TokenStream> {
        let mut statics = Vec::new();
        while let Some(of) = self.types.get(statics.len()).copied() {
            let name = format_ident!("FIELDS_{}", statics.len());
            let fields = object(plan, of, &[], |_, member| self.shape(plan, member, 0));
            statics.push(quote!(static #name: runtime::pairs::Fields = #fields;));
        }
        statics
    }
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
            let (statics, own) = described(plan, of, inner);
            if statics.is_empty() {
                quote!(|text| #own.read(text))
            } else {
                quote!(|text| { #statics FIELDS.read(text) })
            }
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
