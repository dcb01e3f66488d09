//! Multipart bodies: a part for each property of the schema.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
use super::encoding::{Said, encodings};
use super::media::Of;
use crate::diag::Code;
use crate::model::{FormPart, Member, MemberDirection, PartContent, Role, Scalar, Shape, Type};
use crate::schema::Schema;
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
        let document = self.document;
        let schema = document.schemas.get(&place.child("schema"));
        let object = schema.and_then(|schema| self.object_of(schema, &of.here(Role::Body)));
        let (Some(schema), Some(object)) = (schema, object) else {
            self.diags
                .warn(Code::UntypedValue, place)
                .message(format!("the parts of this `{name}` are not described by an object"))
                .help("the caller makes them one by one");
            return Vec::new();
        };
        self.take_apart(Some(schema));
        let encoded: Vec<(&String, &Value)> = encodings(media).collect();
        for (name, _) in &encoded {
            let is_known = object.members.iter().any(|member| member.name == **name);
            if !is_known && object.additional.is_none() {
                self.report_unknown_property(name, &place.child("encoding").child(name));
            }
        }
        let sent = object.members.into_iter().filter(|member| member.direction != MemberDirection::ReadOnly);
        sent.map(|member| {
            let place = place.child("encoding").child(&member.name);
            let encoding = encoded.iter().find(|(name, _)| **name == member.name);
            let said = encoding.map(|(_, encoding)| self.said(encoding, &place)).unwrap_or_default();
            let media_type = self.described_media_type(schema, &member.name);
            self.form_part(member, said, media_type)
        })
        .collect()
    }

    fn form_part(&self, member: Member, said: Said, described: Option<String>) -> FormPart {
        let content = match self.is_binary(&member.ty, MOST_NAMES) {
            Some(content) => content,
            None => PartContent::Value(member.ty),
        };
        // Of a range or a list, only the caller can know which it is.
        let concrete = said.media_types.into_iter().find(|name| !name.contains('*'));
        FormPart {
            name: member.name,
            presence: member.presence,
            content,
            media_type: concrete.or(described),
            style: said.style,
            headers: said.headers,
            constant: member.constant,
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

    /// `contentMediaType` of a property or of its items, wherever in an `allOf` it stands.
    fn described_media_type(&self, schema: &'d Schema, name: &str) -> Option<String> {
        let mut parts = Vec::new();
        self.parts(schema, &mut Vec::new(), &mut parts);
        let property = parts.iter().find_map(|part| part.properties.get(name))?;
        let property = self.end_of_chain(property);
        let value = property.items.as_deref().map_or(property, |items| self.end_of_chain(items));
        value.content_media_type.clone().filter(|media_type| !media_type.contains('*'))
    }
}
