//! How parameters are written: the specification's table of styles, and what stands in where the table has no row.

use std::collections::BTreeSet;

use openapiv3::{Content, Parameter as Declared, ParameterData, ParameterSchemaOrContent};

use super::Lowering;
use super::encoding::Composite;
use super::medium::{self, Medium};
use super::parameter::{data, is_whole_query};
use super::schema::Here;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{
    JsonKind, Location, MemberDirection, MembersBy, Scalar, Shape, Style, StyleName, Type, Untyped, Written,
};
use crate::source::Pointer;

/// How deep unions in unions are looked into.
const MOST_UNIONS: usize = 3;

/// What a value can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ValueKind {
    Single,
    List,
    Object,
}

/// What the value of a parameter can be; nothing is known if it can be anything.
#[derive(Debug, Default)]
struct Kinds {
    known: BTreeSet<ValueKind>,
    /// Whether there is a list or an object inside another one.
    nested: bool,
}

impl Kinds {
    fn has(&self, kind: ValueKind) -> bool {
        self.known.contains(&kind)
    }

    fn is_composite(&self) -> bool {
        self.has(ValueKind::List) || self.has(ValueKind::Object)
    }
}

/// Why a parameter cannot be sent that has `content`.
const UNWRITABLE: &str = "a parameter of this media type cannot be written";

/// A parameter's type with the one value it may have, and how it is written.
pub(super) struct Sending {
    /// Where its schema stands.
    pub(super) schema: Pointer,
    pub(super) ty: Type,
    pub(super) constant: Option<String>,
    pub(super) written: Written,
}

impl<'d> Lowering<'d> {
    /// The type of a parameter and how it is written; an error is why it cannot be sent. None if its schema is missing, which
    /// was said before.
    pub(super) fn sending(
        &mut self,
        declared: &'d Declared,
        location: Location,
        place: &Pointer,
        here: &Here,
    ) -> Result<Option<Sending>, &'static str> {
        let found = match &data(declared).format {
            ParameterSchemaOrContent::Content(content) => {
                self.in_media_type(content, location, place, here)?
            }
            ParameterSchemaOrContent::Schema(_) => {
                let schema = place.child("schema");
                let constant = self.single_value(&schema);
                self.schema_at(&schema, here).map(|typed| {
                    let written = self.styled(data(declared), &typed.ty, location, place);
                    Sending { schema, constant: typed.constant.or(constant), ty: typed.ty, written }
                })
            }
        };
        match found {
            Some(found) if found.ty.structure().is_some() => Err("a JSON:API document is no parameter"),
            found => Ok(found),
        }
    }

    /// OAS 3.2, Parameter Object, `content`: one media type.
    fn in_media_type(
        &mut self,
        content: &'d Content,
        location: Location,
        place: &Pointer,
        here: &Here,
    ) -> Result<Option<Sending>, &'static str> {
        let place = place.child("content");
        let is_json = |name: &&String| medium::medium(name) == Medium::Json;
        let Some(name) = content.keys().find(is_json).or(content.keys().next()) else {
            return Err("its `content` has no media type");
        };
        if content.len() > 1 {
            self.diags
                .warn(Code::SeveralMediaTypes, &place)
                .message(format!("there are {} media types here, and a parameter has one", content.len()))
                .help(format!("the client uses `{name}`"));
        }
        let place = place.child(name);
        let schema = place.child("schema");
        let constant = self.single_value(&schema);
        let medium = medium::medium(name);
        let is_bare = !matches!(medium, Medium::Json | Medium::Form | Medium::Multipart);
        let untyped = if is_bare { Type::Scalar(Scalar::String) } else { Type::Json(Untyped::Anything) };
        let typed = self.schema_at(&schema, here);
        let (ty, said) = typed.map_or((untyped, None), |typed| (typed.ty, typed.constant));
        let kinds = self.kinds(&ty);
        let written = match (medium, location) {
            (Medium::Json, _) => Written::Json,
            (Medium::Form, Location::WholeQuery) => {
                let way = (here.clone(), MemberDirection::ReadOnly);
                let composite = Composite::of_media(self, (name, &content[name]), &place, way);
                Written::Pairs(self.form_of(ty.clone(), &composite).fields)
            }
            (Medium::Form | Medium::Multipart, _) => return Err(UNWRITABLE),
            (
                Medium::Items(_)
                | Medium::Events
                | Medium::Xml
                | Medium::Text
                | Medium::Bytes
                | Medium::Range,
                _,
            ) => {
                let is_text = medium::is_text(name);
                if !is_text && !kinds.has(ValueKind::Single) {
                    return Err(UNWRITABLE);
                }
                if is_text && kinds.is_composite() {
                    self.undefined(
                        &place,
                        format!("`{name}` has no text for lists and objects"),
                        "they are JSON text",
                    );
                }
                Written::Text
            }
        };
        // In JSON a number is not what its text would be.
        let constant = said.or(constant.filter(|_| written != Written::Json));
        Ok(Some(Sending { schema, ty, constant, written }))
    }

    /// The text of the one value that a schema allows.
    fn single_value(&self, place: &Pointer) -> Option<String> {
        let schema = self.end_of_chain(self.document.schemas.get(place)?);
        match schema.enumeration.as_slice() {
            [only] if schema.words.extensible.is_empty() => only.scalar_text(),
            _ => None,
        }
    }

    fn styled(&mut self, data: &ParameterData, ty: &Type, location: Location, place: &Pointer) -> Written {
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

    fn undefined(&mut self, place: &Pointer, message: impl Into<String>, help: &str) {
        self.diags.warn(Code::UndefinedStyle, place).message(message).help(help);
    }

    /// What a value of `ty` can be, and whether there are lists and objects directly inside of it.
    fn kinds(&self, ty: &Type) -> Kinds {
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
