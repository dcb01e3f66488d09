//! How the values of parameters are had for checks: read back from their text, if that says enough.

use super::super::Lowering;
use crate::model::{EnumValues, JsonKind, Location, Parameter, Shape, StyleName, TextForm, Type, Written};

impl Lowering<'_> {
    /// How the text of a parameter is read back, if it says enough for that, and what it or its items are.
    pub(super) fn text_form(&self, parameter: &Parameter) -> Option<(TextForm, JsonKind)> {
        let style = match &parameter.written {
            Written::Styled(style) => style,
            Written::Json => return Some((TextForm::Json, JsonKind::Object)),
            Written::Text | Written::Pairs(_) | Written::Xml(_) | Written::Items(_) => return None,
        };
        let Type::List(items) = self.behind_names(&parameter.ty) else {
            let is_plain = matches!(style.name, StyleName::Simple | StyleName::Form);
            return Some((TextForm::Single, self.kind_of(&parameter.ty).filter(|_| is_plain)?));
        };
        if style.reserved || parameter.location == Location::Cookie {
            return None;
        }
        let form = match (style.name, style.explode) {
            (StyleName::Form, true) => TextForm::Repeated,
            (StyleName::Form, false) | (StyleName::Simple, _) => TextForm::Separated(","),
            (StyleName::Space, _) => TextForm::Separated("%20"),
            (StyleName::Pipe, _) => TextForm::Separated("%7C"),
            (StyleName::Label | StyleName::Matrix | StyleName::Deep | StyleName::Cookie, _) => return None,
        };
        Some((form, self.kind_of(items)?))
    }

    /// The JSON type of values that have a text of their own.
    fn kind_of(&self, ty: &Type) -> Option<JsonKind> {
        match self.behind_names(ty) {
            Type::Scalar(scalar) => Some(scalar.kind()),
            Type::Foreign(id) => self.foreign.get(id.index())?.kind,
            Type::Named(id) => match &self.types.get(id.index())?.shape {
                Shape::Enumeration(known) => Some(match known.values {
                    EnumValues::Strings(_) => JsonKind::String,
                    EnumValues::Integers(_) => JsonKind::Integer,
                }),
                Shape::Id(_) => Some(JsonKind::String),
                Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => None,
            },
            Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Json(_) | Type::JsonApi(_) => None,
        }
    }
}
