//! The fields of forms, and values of fields and parts that are another format: XML, or a form in itself.

use super::Lowering;
use super::encoding::{Composite, HAS_NONE, Said};
use super::medium::{self, Medium};
use crate::model::{FieldStyle, Form, MemberDirection, Object, QueryStyle, Shape, Type};
use crate::schema::{Additional, JsonType, Schema};
use crate::source::Pointer;

/// How a value is written.
pub(super) enum ValueStyle {
    ByType,
    As(FieldStyle),
    /// By its type, and not in the media type that it should be.
    Unwritable,
}

/// What is known of the members of an object.
#[derive(Default)]
struct Members {
    /// The only names there are, if that is known.
    only: Option<Vec<String>>,
    /// The names of those that are one of several things, or anything.
    open: Vec<String>,
}

impl<'d> Lowering<'d> {
    /// A form whose values are of type `ty`.
    pub(super) fn form_of(&mut self, ty: Type, composite: &Composite<'d>) -> Form {
        let shape = self.behind_names(&ty).named().and_then(|id| self.types.get(id.index()));
        let members = shape.and_then(|definition| match &definition.shape {
            Shape::Object(object) => Some(self.members_of(object)),
            Shape::Alias(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_) => None,
        });
        Form { fields: self.form_fields(composite, &members.unwrap_or_default()), ty }
    }

    fn members_of(&self, object: &Object) -> Members {
        let open = object.members.iter().filter(|member| self.is_open(&member.ty));
        let names = || object.members.iter().map(|member| member.name.clone()).collect();
        Members {
            only: object.additional.is_none().then(names),
            open: open.map(|member| member.name.clone()).collect(),
        }
    }

    /// Whether values are one of several things, or anything.
    pub(super) fn is_open(&self, ty: &Type) -> bool {
        let ty = self.behind_names(ty);
        let shape = ty.named().and_then(|id| self.types.get(id.index())).map(|definition| &definition.shape);
        matches!(ty, Type::Json(_)) || matches!(shape, Some(Shape::Union(_)))
    }

    /// Says that what is read has a style by which it cannot be, if so: of one of several things, fields do not say which it is.
    pub(super) fn report_unreadable(
        &mut self,
        style: &FieldStyle,
        place: &Pointer,
        composite: &Composite<'d>,
    ) {
        let is_split = matches!(style, FieldStyle::Query(style, _) if *style != QueryStyle::Deep);
        if is_split && composite.without == MemberDirection::WriteOnly {
            let message = "the client reads this as one value, since it may be one of several things";
            self.report_encoding(place, message.to_owned());
        }
    }

    /// The fields of a form that are not written by the type of their values.
    fn form_fields(&mut self, composite: &Composite<'d>, members: &Members) -> Vec<(String, FieldStyle)> {
        let mut fields = Vec::new();
        let parts = composite.schema.map(|schema| self.object_parts(schema)).unwrap_or_default();
        for (name, encoding) in composite.encodings.names() {
            let place = composite.place.child("encoding").child(name);
            if members.only.as_ref().is_some_and(|known| !known.contains(name)) {
                self.report_unknown_property(name, &place);
            }
            let property = self.property(&parts, name);
            let said = self.said(Some(encoding), &place, composite);
            if !said.headers.is_empty() {
                self.report_encoding(&place.child("headers"), "a field of a form has no headers".to_owned());
            }
            let value = property.map(|property| self.item_of(property));
            if let ValueStyle::As(style) = self.value_style(&said, (name, value), &place, composite) {
                if members.open.contains(name) {
                    self.report_unreadable(&style, &place, composite);
                }
                fields.push((name.clone(), style));
            }
        }
        fields
    }

    /// How a value called `name` is written, as the Encoding Object at `place` says, if not by its type.
    pub(super) fn value_style(
        &mut self,
        said: &Said<'d>,
        (name, schema): (&str, Option<&'d Schema>),
        place: &Pointer,
        composite: &Composite<'d>,
    ) -> ValueStyle {
        let end = schema.map(|known| self.end_of_chain(known));
        let is_text = end.is_some_and(|end| end.types.without_null().single() == Some(JsonType::String));
        let inside = end.and_then(|end| end.content.media_type.as_deref());
        let is_json_inside = is_text && inside.is_some_and(|inside| medium::medium(inside) == Medium::Json);
        let written = match (said.medium(), schema) {
            (Some(Medium::Xml), Some(schema)) => match self.xml_of(schema, Some(name)) {
                Some(node) => ValueStyle::As(FieldStyle::Xml(node)),
                None if is_text => ValueStyle::ByType,
                None => ValueStyle::Unwritable,
            },
            (Some(Medium::Form), Some(schema)) if self.is_object(schema) => {
                let inner = composite.within(said, schema, place, composite.here.clone());
                let object = self.object_of(schema, &inner.here);
                let members = object.map(|object| self.members_of(&object)).unwrap_or_default();
                return ValueStyle::As(FieldStyle::Form(self.form_fields(&inner, &members)));
            }
            (Some(Medium::Json), _) if is_json_inside => ValueStyle::As(FieldStyle::Text),
            (Some(Medium::Json), _) => ValueStyle::As(FieldStyle::Json),
            (Some(Medium::Form), _) if is_text => ValueStyle::ByType,
            (Some(Medium::Form | Medium::Multipart), _) | (Some(Medium::Xml), None) => ValueStyle::Unwritable,
            (
                Some(Medium::Items(_) | Medium::Events | Medium::Text | Medium::Bytes | Medium::Range) | None,
                _,
            ) => said.style.clone().map_or(ValueStyle::ByType, ValueStyle::As),
        };
        if matches!(written, ValueStyle::Unwritable) {
            self.report_unwritable(said, place);
        } else {
            self.report_inner(said, HAS_NONE, place);
        }
        written
    }

    /// Whether the values of a schema are objects, by what it or a part of it says.
    pub(super) fn is_object(&self, schema: &'d Schema) -> bool {
        let is_one = |known: &&Schema| {
            known.types.without_null().single() == Some(JsonType::Object) || !known.properties.is_empty()
        };
        self.object_parts(schema).iter().any(is_one)
    }

    /// What an object is made of: its schema, and those in its `allOf`.
    pub(super) fn object_parts(&self, schema: &'d Schema) -> Vec<&'d Schema> {
        let mut parts = Vec::new();
        self.parts(schema, &mut Vec::new(), &mut parts);
        parts
    }

    /// The schema of a property, wherever in the parts of an object it stands, or of what may have any name; null aside.
    pub(super) fn property(&self, parts: &[&'d Schema], name: &str) -> Option<&'d Schema> {
        let any = |part: &&'d Schema| match &part.additional {
            Additional::Schema(additional) => Some(&**additional),
            Additional::Unspecified | Additional::Forbidden | Additional::Any => None,
        };
        let property = parts.iter().find_map(|part| part.properties.get(name));
        let property = property.or_else(|| parts.iter().find_map(any))?;
        Some(self.without_null(property))
    }

    /// What an item of a list is, or else the value itself; null aside.
    pub(super) fn item_of(&self, schema: &'d Schema) -> &'d Schema {
        self.end_of_chain(schema).items.as_deref().map_or(schema, |item| self.without_null(item))
    }

    pub(super) fn without_null(&self, schema: &'d Schema) -> &'d Schema {
        let end = self.end_of_chain(schema);
        let only = self.only_alternative(end);
        // By which name it is known matters where it is no alternative.
        if std::ptr::eq(end, only) { schema } else { only }
    }
}
