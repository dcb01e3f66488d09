//! Multipart bodies, and answers of several parts: a part for each property of the schema.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
use super::encoding::{Said, encodings};
use super::media::Of;
use super::medium::{Medium, medium};
use super::schema::Here;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{
    Content, FormPart, Member, MemberDirection, NamedParts, Object, PartContent, PartPlace, Role, Scalar,
    Shape, Type, Untyped,
};
use crate::schema::{JsonType, Schema};
use crate::source::Pointer;

/// How many names and lists can lead to what a file is described as.
const MOST_NAMES: usize = 8;

impl<'d> Lowering<'d> {
    /// The parts of a body with the media type `name`; none if its schema is no object.
    pub(super) fn multipart_body(
        &mut self,
        name: &str,
        media: &'d MediaType,
        place: &Pointer,
        of: &Of<'_>,
    ) -> Vec<FormPart> {
        let here = of.here(Role::Body);
        if let Some(parts) = self.positional_parts(name, media, place, &here) {
            return parts;
        }
        self.report_positions(media, place, "these parts are not told apart by their positions");
        let document = self.document;
        let schema = document.schemas.get(&place.child("schema"));
        let object = schema.and_then(|schema| self.object_of(schema, &here));
        let (Some(schema), Some(object)) = (schema, object) else {
            self.diags
                .warn(Code::UntypedValue, place)
                .message(format!("the parts of this `{name}` are not described by an object"))
                .help("the caller makes them one by one");
            return Vec::new();
        };
        self.described_parts(schema, object, media, place, MemberDirection::ReadOnly)
    }

    /// What an answer of several parts is read as.
    pub(super) fn answered_parts(
        &mut self,
        name: &str,
        media: &'d MediaType,
        place: &Pointer,
        here: &Here,
    ) -> Content {
        let document = self.document;
        let schema = document.schemas.get(&place.child("schema"));
        if let Some(parts) = self.first_parts(media, place, here) {
            self.report_names(media, place, "parts that have positions have no names");
            if media.extensions.contains_key(words::ITEM_ENCODING) {
                let message = "what follows the parts with schemas of their own is not read";
                self.report_encoding(&place.child("itemEncoding"), message.to_owned());
            }
            return Content::NamedParts(NamedParts { at: 0, parts });
        }
        let items = schema.and_then(|schema| self.end_of_chain(schema).items.as_deref());
        if let Some(item) = document.schemas.get(&place.child("itemSchema")).or(items) {
            let said = media.extensions.get(words::ITEM_ENCODING).and_then(|said| said.get("contentType"));
            let is_json = said.and_then(Value::as_str).is_none_or(|name| medium(name) == Medium::Json);
            let ty = self.typed_part(item, here);
            self.report_names(media, place, "these parts are not told apart by their names");
            return Content::Parts(ty.filter(|_| is_json));
        }
        self.report_positions(media, place, "these parts are not told apart by their positions");
        let object = schema.and_then(|schema| self.object_of(schema, here));
        let object = object.filter(|object| !object.members.is_empty());
        if let (Some(schema), Some(object)) = (schema, object) {
            let parts = self.described_parts(schema, object, media, place, MemberDirection::WriteOnly);
            return Content::NamedParts(NamedParts { at: 0, parts });
        }
        self.diags
            .note(Code::UntypedValue, place)
            .message(format!("the parts of this `{name}` are not described"))
            .help("the client has headers and bytes of each");
        self.report_names(media, place, "the client does not know these parts");
        Content::Parts(None)
    }

    /// What each of many parts is, if it is JSON; the caller reads any other.
    fn typed_part(&mut self, item: &'d Schema, here: &Here) -> Option<Type> {
        let ty = self.typed(item, here).into_type();
        let is_other = matches!(ty, Type::Scalar(_) | Type::Json(Untyped::Anything | Untyped::Unsupported));
        (!is_other).then_some(ty)
    }

    /// A part for each member of `object`, which `schema` describes, but for those that are of the other `direction` only.
    fn described_parts(
        &mut self,
        schema: &'d Schema,
        object: Object,
        media: &'d MediaType,
        place: &Pointer,
        direction: MemberDirection,
    ) -> Vec<FormPart> {
        self.take_apart(Some(schema));
        let encoded: Vec<(&String, &Value)> = encodings(media).collect();
        for (name, _) in &encoded {
            let is_known = object.members.iter().any(|member| member.name == **name);
            if !is_known && object.additional.is_none() {
                self.report_unknown_property(name, &place.child("encoding").child(name));
            }
        }
        let there = object.members.into_iter().filter(|member| member.direction != direction);
        there
            .map(|member| {
                let place = place.child("encoding").child(&member.name);
                let encoding = encoded.iter().find(|(name, _)| **name == member.name);
                let said = encoding.map(|(_, encoding)| self.said(encoding, &place)).unwrap_or_default();
                let property = self.property(schema, &member.name);
                self.form_part(member, said, property, &place)
            })
            .collect()
    }

    pub(super) fn form_part(
        &mut self,
        member: Member,
        said: Said,
        property: Option<&'d Schema>,
        place: &Pointer,
    ) -> FormPart {
        let content = match self.is_binary(&member.ty, MOST_NAMES) {
            Some(content) => content,
            None => PartContent::Value(member.ty),
        };
        let value = property.map(|property| property.items.as_deref().unwrap_or(property));
        let xml = match (&content, value) {
            (PartContent::Value(_), Some(value)) if said.is_xml => {
                let node = self.xml_of(value, Some(&member.name));
                let is_text = self.end_of_chain(value).types.single() == Some(JsonType::String);
                if node.is_none() && !is_text {
                    self.report_xml(place);
                }
                node
            }
            (PartContent::Value(_) | PartContent::File | PartContent::Files, _) => None,
        };
        let described = value.and_then(|value| self.end_of_chain(value).content.media_type.clone());
        // Of a range or a list, only the caller can know which it is.
        let concrete = said.media_types.into_iter().find(|name| !name.contains('*'));
        FormPart {
            name: member.name,
            presence: member.presence,
            content,
            media_type: concrete.or(described.filter(|media_type| !media_type.contains('*'))),
            style: said.style,
            xml,
            headers: said.headers,
            constant: member.constant,
            place: PartPlace::Named,
            docs: member.docs,
        }
    }

    /// Whether values are files: bytes as they are, a list of such, or either of the two.
    fn is_binary(&self, ty: &Type, levels: usize) -> Option<PartContent> {
        let inner = levels.checked_sub(1)?;
        match ty {
            Type::Scalar(Scalar::Binary) => Some(PartContent::File),
            Type::List(item) => self.is_binary(item, inner).map(|_| PartContent::Files),
            Type::Nullable(held) => self.is_binary(held, inner),
            Type::Named(id) => match &self.types.get(id.index())?.shape {
                Shape::Alias(target) => self.is_binary(target, inner),
                Shape::Union(union) => {
                    let all = union.variants.iter().map(|variant| self.is_binary(&variant.ty, inner));
                    let all: Option<Vec<PartContent>> = all.collect();
                    all.filter(|all| !all.is_empty()).map(|_| PartContent::Files)
                }
                Shape::Object(_) | Shape::Enumeration(_) | Shape::Id(_) => None,
            },
            Type::Scalar(_) | Type::Map(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => None,
        }
    }

    /// The schema of a property, wherever in an `allOf` it stands.
    fn property(&self, schema: &'d Schema, name: &str) -> Option<&'d Schema> {
        let mut parts = Vec::new();
        self.parts(schema, &mut Vec::new(), &mut parts);
        let property = parts.iter().find_map(|part| part.properties.get(name))?;
        Some(self.end_of_chain(property))
    }
}
