//! How parameters are written: the specification's table of styles, and what stands in where the table has no row.

use std::collections::BTreeSet;

use openapiv3::{Parameter as Declared, ParameterData};

use super::Lowering;
use super::parameter::is_whole_query;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{JsonKind, Location, MembersBy, Shape, Style, StyleName, Type, Untyped, Written};
use crate::source::Pointer;

/// How deep unions in unions are looked into.
const MOST_UNIONS: usize = 3;

/// What a value can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ValueKind {
    Single,
    List,
    Object,
}

/// What the value of a parameter can be; nothing is known if it can be anything.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    known: BTreeSet<ValueKind>,
    /// Whether there is a list or an object inside another one.
    nested: bool,
}

impl Kinds {
    pub(super) fn has(&self, kind: ValueKind) -> bool {
        self.known.contains(&kind)
    }

    pub(super) fn may_be_object(&self) -> bool {
        self.has(ValueKind::Object) || self.known.is_empty()
    }

    pub(super) fn is_composite(&self) -> bool {
        self.has(ValueKind::List) || self.has(ValueKind::Object)
    }
}

impl<'d> Lowering<'d> {
    /// How a value is written that has a `schema`.
    pub(super) fn styled(
        &mut self,
        data: &ParameterData,
        ty: &Type,
        location: Location,
        place: &Pointer,
    ) -> Written {
        if location == Location::WholeQuery {
            self.undefined(
                place,
                "a `querystring` has a `content`, and this has a `schema`",
                "its members are sent as a form",
            );
            return Written::Pairs(Vec::new());
        }
        let kinds = self.kinds(ty);
        let name = self.style_name(data, location, place);
        let explode = data.explode.unwrap_or(matches!(name, StyleName::Form | StyleName::Cookie));
        let explode = self.checked(name, explode, &kinds, place);
        let wants_reserved = data.extensions.get(words::ALLOW_RESERVED).and_then(serde_json::Value::as_bool);
        let is_encoded = location != Location::Header && name != StyleName::Cookie;
        if wants_reserved == Some(true) && !is_encoded {
            let message = "`allowReserved` has no effect here, where nothing is percent-encoded";
            self.undefined(place, message, "it is ignored");
        }
        Written::Styled(Style { name, explode, reserved: wants_reserved == Some(true) && is_encoded })
    }

    /// OAS 3.2, Style Values: which styles there are in which location, and which one holds if none is named.
    fn style_name(&mut self, data: &ParameterData, location: Location, place: &Pointer) -> StyleName {
        let said = data.extensions.get(words::STYLE);
        let said_text = said.map(|said| said.as_str().map_or_else(|| said.to_string(), str::to_owned));
        let (default, default_text) = match location {
            Location::Path | Location::Header => (StyleName::Simple, "simple"),
            Location::Query | Location::Cookie | Location::WholeQuery => (StyleName::Form, "form"),
        };
        let Some(text) = said_text else { return default };
        match (location, text.as_str()) {
            (Location::Path | Location::Header, "simple") => StyleName::Simple,
            (Location::Path, "label") => StyleName::Label,
            (Location::Path, "matrix") => StyleName::Matrix,
            (Location::Query | Location::Cookie, "form") => StyleName::Form,
            (Location::Query, "spaceDelimited") => StyleName::Space,
            (Location::Query, "pipeDelimited") => StyleName::Pipe,
            (Location::Query, "deepObject") => StyleName::Deep,
            (Location::Cookie, "cookie") => StyleName::Cookie,
            (_, other) => {
                let message = format!("`{other}` is no style of a parameter in this place");
                self.undefined(place, message, &format!("it is sent as `{default_text}`"));
                default
            }
        }
    }

    /// Whether to explode, after what the table does not define has been reported.
    fn checked(&mut self, name: StyleName, explode: bool, kinds: &Kinds, place: &Pointer) -> bool {
        match name {
            StyleName::Space | StyleName::Pipe => {
                if kinds.has(ValueKind::Single) && !kinds.is_composite() {
                    self.undefined(
                        place,
                        "this style is not defined for a single value",
                        "it is sent as `form`",
                    );
                }
                if explode && kinds.is_composite() {
                    self.undefined(
                        place,
                        "this style is not defined with `explode`",
                        "it is sent as `form` with `explode`",
                    );
                }
            }
            StyleName::Deep => {
                let widely = if kinds.has(ValueKind::List) {
                    Some("`deepObject` is not defined for lists")
                } else if kinds.has(ValueKind::Single) && !kinds.has(ValueKind::Object) {
                    Some("`deepObject` is not defined for single values")
                } else if kinds.has(ValueKind::Single) || kinds.nested {
                    Some("`deepObject` is defined for objects of single values only")
                } else {
                    None
                };
                if let Some(message) = widely {
                    self.diags.note(Code::UndefinedStyle, place).message(message).help(
                        "it is sent as servers commonly read it: `name=1`, `name[0]=1`, `name[member][inner]=1`",
                    );
                }
                return explode;
            }
            StyleName::Cookie if !explode && kinds.is_composite() => {
                let message = "a list or an object without `explode` cannot be a cookie, which has no comma";
                self.undefined(place, message, "it is sent with `explode`, each item as a cookie");
                return true;
            }
            StyleName::Simple
            | StyleName::Label
            | StyleName::Matrix
            | StyleName::Form
            | StyleName::Cookie => {}
        }
        if kinds.nested {
            let help = "inner lists and objects are sent as JSON text; declare the parameter by `content` to have it so everywhere";
            self.undefined(place, "no style is defined for lists and objects inside of others", help);
        }
        explode
    }

    pub(super) fn undefined(&mut self, place: &Pointer, message: impl Into<String>, help: &str) {
        self.diags.warn(Code::UndefinedStyle, place).message(message).help(help);
    }

    /// What a value of `ty` can be, and whether there are lists and objects directly inside of it.
    pub(super) fn kinds(&self, ty: &Type) -> Kinds {
        let is_composite = |ty: &&Type| matches!(self.kind(ty), Some(ValueKind::List | ValueKind::Object));
        let mut kinds = Kinds::default();
        for ty in self.alternatives(ty, 0) {
            kinds.known.extend(self.kind(ty));
            let mut inner = self.inside(ty).into_iter().flat_map(|ty| self.alternatives(ty, 0));
            kinds.nested |= inner.any(|ty| is_composite(&ty));
        }
        kinds
    }

    /// The types of items and members.
    fn inside<'t>(&'t self, ty: &'t Type) -> Vec<&'t Type> {
        match ty {
            Type::List(inner) | Type::Map(inner) => vec![inner],
            Type::Named(id) => match self.types.get(id.index()).map(|definition| &definition.shape) {
                Some(Shape::Object(known)) => known.members.iter().map(|member| &member.ty).collect(),
                Some(Shape::Enumeration(_) | Shape::Id(_) | Shape::Union(_) | Shape::Alias(_)) | None => {
                    Vec::new()
                }
            },
            Type::Scalar(_) | Type::Nullable(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => {
                Vec::new()
            }
        }
    }

    /// The types of a union, or the one that it is.
    fn alternatives<'t>(&'t self, ty: &'t Type, depth: usize) -> Vec<&'t Type> {
        let ty = self.behind_names(ty);
        let shape = ty.named().and_then(|id| self.types.get(id.index())).map(|definition| &definition.shape);
        match (ty, shape) {
            (Type::Named(_), Some(Shape::Union(union))) if depth < MOST_UNIONS => {
                let variants = union.variants.iter();
                variants.flat_map(|variant| self.alternatives(&variant.ty, depth + 1)).collect()
            }
            _ => vec![ty],
        }
    }

    fn kind(&self, ty: &Type) -> Option<ValueKind> {
        match ty {
            Type::Scalar(_) => Some(ValueKind::Single),
            Type::List(_) => Some(ValueKind::List),
            Type::Map(_) | Type::Json(Untyped::AnyObject) => Some(ValueKind::Object),
            Type::Foreign(id) => match self.foreign.get(id.index())?.kind? {
                JsonKind::Boolean | JsonKind::Integer | JsonKind::Number | JsonKind::String => {
                    Some(ValueKind::Single)
                }
                JsonKind::Array => Some(ValueKind::List),
                JsonKind::Object => Some(ValueKind::Object),
                JsonKind::Null => None,
            },
            Type::Nullable(_) | Type::JsonApi(_) | Type::Json(Untyped::Anything | Untyped::Unsupported) => {
                None
            }
            Type::Named(id) => match self.types.get(id.index()).map(|definition| &definition.shape) {
                Some(Shape::Enumeration(_) | Shape::Id(_)) => Some(ValueKind::Single),
                Some(Shape::Object(known)) => Some(match known.by {
                    MembersBy::Name => ValueKind::Object,
                    MembersBy::Position => ValueKind::List,
                }),
                Some(Shape::Union(_) | Shape::Alias(_)) | None => None,
            },
        }
    }

    /// OAS 3.2, Parameter Locations: a whole query leaves no room for pairs of others.
    pub(super) fn report_whole_query(&mut self, all: &[(&'d Declared, &Pointer)]) {
        let whole = all.iter().find(|(declared, _)| is_whole_query(declared));
        let is_query = |declared: &&Declared| matches!(declared, Declared::Query { .. });
        if let Some((_, place)) = whole
            && all.iter().filter(|(declared, _)| is_query(declared)).count() > 1
        {
            self.undefined(
                place,
                "a `querystring` is the whole query, and there are other parameters of the query",
                "whichever the caller sets last is sent; setting the `querystring` takes the place of all",
            );
        }
    }
}
