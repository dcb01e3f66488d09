//! Parts without names (OAS 3.2.0, Encoding By Position): some that come first, and others that are all alike.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
use super::encoding::{Said, encodings};
use super::medium;
use super::schema::{Here, docs};
use crate::dialect::words;
use crate::model::{FormPart, Member, PartPlace, Presence, Step, Type};
use crate::schema::Schema;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The parts of a body that is a list, if it is one; those of `multipart/form-data` have to have names.
    pub(super) fn positional_parts(
        &mut self,
        name: &str,
        media: &'d MediaType,
        place: &Pointer,
        here: &Here,
    ) -> Option<Vec<FormPart>> {
        if medium::essence(name) == "multipart/form-data" {
            return None;
        }
        let mut parts = self.first_parts(media, place, here).unwrap_or_default();
        let first = parts.len();
        let document = self.document;
        let whole = document.schemas.get(&place.child("schema"));
        let items = whole.and_then(|whole| self.end_of_chain(whole).items.as_deref());
        if let Some(item) = document.schemas.get(&place.child("itemSchema")).or(items) {
            let said = self.said_at(media.extensions.get(words::ITEM_ENCODING), &place.child("itemEncoding"));
            let ty = Type::List(Box::new(self.typed(item, &here.step(Step::Items)).into_type()));
            let member = Member { docs: docs(item), ..Member::of("items", ty, Presence::Optional) };
            let part = self.form_part(member, said, Some(item), &place.child("itemEncoding"));
            parts.push(FormPart { place: PartPlace::Rest, ..part });
        }
        if parts.is_empty() {
            return None;
        }
        if media.extensions.contains_key(words::ITEM_ENCODING) && parts.len() == first {
            self.report_encoding(&place.child("itemEncoding"), "the schema has no other items".to_owned());
        }
        self.report_names(media, place, "parts that have positions have no names");
        Some(parts)
    }

    /// Says of what is said of names why that is ignored.
    pub(super) fn report_names(&mut self, media: &MediaType, place: &Pointer, message: &str) {
        for (name, _) in encodings(media) {
            self.report_encoding(&place.child("encoding").child(name), message.to_owned());
        }
    }

    /// Says of what is said of positions why that is ignored.
    pub(super) fn report_positions(&mut self, media: &MediaType, place: &Pointer, message: &str) {
        for (key, word) in
            [("prefixEncoding", words::PREFIX_ENCODING), ("itemEncoding", words::ITEM_ENCODING)]
        {
            if media.extensions.contains_key(word) {
                self.report_encoding(&place.child(key), message.to_owned());
            }
        }
    }

    /// The parts that have a schema of their own by their position, if there are such.
    pub(super) fn first_parts(
        &mut self,
        media: &'d MediaType,
        place: &Pointer,
        here: &Here,
    ) -> Option<Vec<FormPart>> {
        let document = self.document;
        let whole = document.schemas.get(&place.child("schema"));
        let first = whole.map_or(&[][..], |whole| &self.end_of_chain(whole).prefix);
        let encodings = place.child("prefixEncoding");
        let said = media.extensions.get(words::PREFIX_ENCODING).and_then(Value::as_array);
        let mut parts: Vec<FormPart> = Vec::new();
        for (at, schema) in first.iter().enumerate() {
            let place = encodings.index(at);
            let said = self.said_at(said.and_then(|all| all.get(at)), &place);
            let name = self.part_name(schema, &parts);
            let ty = self.typed(schema, &here.step(Step::Property(name.clone()))).into_type();
            let member = Member { docs: docs(schema), ..Member::of(&name, ty, Presence::Required) };
            let part = self.form_part(member, said, Some(schema), &place);
            parts.push(FormPart { place: PartPlace::At(at), ..part });
        }
        let without_schema = parts.len()..said.filter(|_| !parts.is_empty()).map_or(0, Vec::len);
        for at in without_schema {
            self.report_encoding(&encodings.index(at), "the schema has no item at this position".to_owned());
        }
        (!parts.is_empty()).then_some(parts)
    }

    fn said_at(&mut self, encoding: Option<&Value>, place: &Pointer) -> Said {
        encoding.map(|encoding| self.said(encoding, place)).unwrap_or_default()
    }

    /// What the client calls a part: by the title of its schema, or as the component is called.
    fn part_name(&self, schema: &'d Schema, before: &[FormPart]) -> String {
        let end = self.end_of_chain(schema);
        let title = schema.title.clone().filter(|title| !title.trim().is_empty());
        let wanted =
            title.or_else(|| end.component()).filter(|name| before.iter().all(|part| part.name != *name));
        wanted.unwrap_or_else(|| format!("part {}", before.len() + 1))
    }
}
