//! Multipart bodies, and answers of several parts: a part for each property of the schema.

use super::Lowering;
use super::encoding::{Composite, HAS_NONE, Said};
use super::form::ValueStyle;
use super::medium::Medium;
use super::schema::Here;
use crate::diag::Code;
use crate::model::{
    Content, FieldStyle, FormPart, FormParts, Member, NamedParts, Object, OtherParts, PartContent, PartPlace,
    Presence, Scalar, Shape, Step, Type, Untyped,
};
use crate::schema::{Additional, AfterPrefix, Schema};
use crate::source::Pointer;

/// How many names and lists can lead to what a file is described as.
const MOST_NAMES: usize = 8;

/// Why the style of a part is ignored.
const NO_NAME: &str = "a part without a name is not written as a query parameter would be";

impl<'d> Lowering<'d> {
    /// The parts of a body; none if its schema is no object or list.
    pub(super) fn multipart_body(&mut self, composite: &Composite<'d>) -> FormParts {
        let parts = self.composed_parts(composite);
        if parts.is_none() {
            self.diags
                .warn(Code::UntypedValue, &composite.place)
                .message(format!(
                    "the parts of this `{}` are not described by an object",
                    composite.media_type
                ))
                .help("the caller makes them one by one");
            self.report_names(composite, "the client does not know these parts");
            self.report_positions(composite, "the client does not know these parts");
        }
        parts.unwrap_or(FormParts { known: Vec::new(), others: OtherParts::Allowed })
    }

    /// The parts that an object or a list describes.
    fn composed_parts(&mut self, composite: &Composite<'d>) -> Option<FormParts> {
        if !composite.is_form()
            && let Some(known) = self.positional_parts(composite)
        {
            let is_more = |schema| self.end_of_chain(schema).after_prefix == AfterPrefix::Items;
            return Some(FormParts { known, others: others(composite.schema.is_none_or(is_more)) });
        }
        let schema = composite.schema?;
        let object = self.object_of(schema, &composite.here)?;
        self.report_positions(composite, "these parts are not told apart by their positions");
        let is_open =
            |part: &&'d Schema| part.additional != Additional::Forbidden || !part.patterns.is_empty();
        let others = others(self.object_parts(schema).iter().all(is_open));
        Some(FormParts { known: self.described_parts(schema, object, composite), others })
    }

    /// What an answer of several parts is read as.
    pub(super) fn answered_parts(&mut self, composite: &Composite<'d>) -> Content {
        let schema = composite.schema;
        let has_first = schema.is_some_and(|schema| !self.end_of_chain(schema).prefix.is_empty());
        if has_first && let Some(parts) = self.positional_parts(composite) {
            return Content::NamedParts(NamedParts { at: 0, parts });
        }
        let items = schema.and_then(|schema| self.end_of_chain(schema).items.as_deref());
        if let Some(item) = composite.item.or(items) {
            let place = composite.place.child("itemEncoding");
            let said = self.said(composite.encodings.of_rest, &place, composite);
            let is_json = said.medium().is_none_or(|medium| medium == Medium::Json);
            self.report_inner(&said, "the client hands over each of these parts as it comes", &place);
            if said.style.is_some() {
                self.report_encoding(&place, NO_NAME.to_owned());
            }
            let ty = self.typed_part(item, &composite.here);
            self.report_names(composite, "these parts are not told apart by their names");
            return Content::Parts(ty.filter(|_| is_json));
        }
        self.report_positions(composite, "these parts are not told apart by their positions");
        let object = schema.and_then(|schema| self.object_of(schema, &composite.here));
        let object = object.filter(|object| !object.members.is_empty());
        if let (Some(schema), Some(object)) = (schema, object) {
            let parts = self.described_parts(schema, object, composite);
            return Content::NamedParts(NamedParts { at: 0, parts });
        }
        self.diags
            .note(Code::UntypedValue, &composite.place)
            .message(format!("the parts of this `{}` are not described", composite.media_type))
            .help("the client has headers and bytes of each");
        self.report_names(composite, "the client does not know these parts");
        Content::Parts(None)
    }

    /// What each of many parts is, if it is JSON; the caller reads any other.
    fn typed_part(&mut self, item: &'d Schema, here: &Here) -> Option<Type> {
        let ty = self.typed(item, here).into_type();
        let is_other = matches!(ty, Type::Scalar(_) | Type::Json(Untyped::Anything | Untyped::Unsupported));
        (!is_other).then_some(ty)
    }

    /// A part for each member of `object`, which `schema` describes, but for those that the body is without.
    fn described_parts(
        &mut self,
        schema: &'d Schema,
        object: Object,
        composite: &Composite<'d>,
    ) -> Vec<FormPart> {
        self.take_apart(Some(schema));
        let encodings = composite.place.child("encoding");
        for (name, _) in composite.encodings.names() {
            let is_known = object.members.iter().any(|member| member.name == *name);
            if !is_known && object.additional.is_none() {
                self.report_unknown_property(name, &encodings.child(name));
            }
        }
        let parts = self.object_parts(schema);
        let there = object.members.into_iter().filter(|member| member.direction != composite.without);
        there
            .map(|member| {
                let encoding = composite.encodings.by_name.and_then(|said| said.get(&member.name));
                let place = encodings.child(&member.name);
                let said = self.said(encoding, &place, composite);
                let schema = self.property(&parts, &member.name);
                let part = Described { member, said, schema, place: PartPlace::Named };
                self.form_part(part, &place, composite)
            })
            .collect()
    }

    /// What is described; `place` is that of its Encoding Object.
    pub(super) fn form_part(
        &mut self,
        described: Described<'d>,
        place: &Pointer,
        composite: &Composite<'d>,
    ) -> FormPart {
        let inner = self.inner_parts(&described, place, composite);
        let Described { member, said, schema, place: part_place } = described;
        // Of the rest, the schema is that of one of them already.
        let is_one = matches!(part_place, PartPlace::At(_) | PartPlace::Rest);
        let value = schema.map(|schema| if is_one { schema } else { self.item_of(schema) });
        let open = if self.is_bytes(value, &said) { Open::Bytes } else { Open::Value };
        let content = inner.or_else(|| self.is_binary(&member.ty, open, MOST_NAMES));
        let content = content.unwrap_or(PartContent::Value(member.ty));
        let style = match &content {
            PartContent::Value(_) => self.value_style(&said, (&member.name, value), place, composite),
            PartContent::File | PartContent::Files => {
                self.report_inner(&said, HAS_NONE, place);
                ValueStyle::ByType
            }
            PartContent::Multipart(_) | PartContent::Multiparts(_) => ValueStyle::ByType,
        };
        let text = value.map(|value| &self.end_of_chain(value).content);
        let described = text.and_then(|text| text.media_type.clone());
        let described = described.filter(|media_type| !media_type.contains('*'));
        // OAS 3.1.1, Encoding Object, the defaults of `contentType`.
        let is_encoded = text.is_some_and(|text| text.encoding.is_some());
        let by_type = || is_encoded.then(|| "application/octet-stream".to_owned());
        let media_type = match style {
            ValueStyle::Unwritable => None,
            ValueStyle::ByType => said.media_type().cloned().or(described).or_else(by_type),
            ValueStyle::As(_) => said.media_type().cloned().or(described),
        };
        let style = match style {
            ValueStyle::As(FieldStyle::Query(..)) if part_place != PartPlace::Named => {
                self.report_encoding(place, NO_NAME.to_owned());
                None
            }
            ValueStyle::As(style) => {
                if matches!(&content, PartContent::Value(ty) if self.is_open(ty)) {
                    self.report_unreadable(&style, place, composite);
                }
                Some(style)
            }
            ValueStyle::ByType | ValueStyle::Unwritable => None,
        };
        FormPart {
            name: member.name,
            // A part that is null is not there.
            presence: if member.nullable { Presence::Optional } else { member.presence },
            content,
            media_type,
            style,
            headers: said.headers,
            constant: member.constant,
            place: part_place,
            docs: member.docs,
        }
    }

    /// The parts of a part that is a `multipart` itself. Of a list of objects or lists each item is one; any other is one with its items in it.
    fn inner_parts(
        &mut self,
        described: &Described<'d>,
        place: &Pointer,
        composite: &Composite<'d>,
    ) -> Option<PartContent> {
        let (said, schema) = (&described.said, described.schema?);
        let is_file = self.is_binary(&described.member.ty, Open::Value, MOST_NAMES).is_some();
        if said.medium() != Some(Medium::Multipart) || is_file && !said.has_positions() {
            return None;
        }
        let schema = self.without_null(schema);
        let item = self.end_of_chain(schema).items.as_deref().map(|item| self.without_null(item));
        let item = item.filter(|item| self.has_parts(item));
        let here = composite.here.step(Step::Property(described.member.name.clone()));
        let (schema, here, is_each) = match (described.place, item) {
            (PartPlace::Named, Some(item)) => (item, here.step(Step::Items), true),
            (PartPlace::Rest, _) => (schema, here.step(Step::Items), true),
            (PartPlace::Named | PartPlace::At(_), _) => (schema, here, false),
        };
        if !self.has_parts(schema) {
            return None;
        }
        let parts = self.composed_parts(&composite.within(said, schema, place, here))?;
        Some(if is_each { PartContent::Multiparts(parts) } else { PartContent::Multipart(parts) })
    }

    /// Whether values of a schema can be parts: those of an object whose members are known, or of a list.
    fn has_parts(&self, schema: &'d Schema) -> bool {
        let end = self.end_of_chain(schema);
        let has_members = self.object_parts(schema).iter().any(|part| !part.properties.is_empty());
        has_members || end.items.is_some() || !end.prefix.is_empty()
    }

    /// Whether parts of which no schema says anything are bytes: they are unless they are said to be text, JSON or parts themselves
    /// (OAS 3.1.1, Encoding Object, the defaults of `contentType`).
    fn is_bytes(&self, schema: Option<&'d Schema>, said: &Said<'d>) -> bool {
        let is_open = schema.is_some_and(|schema| self.end_of_chain(schema).types.is_empty());
        let is_other = matches!(said.medium(), Some(Medium::Json | Medium::Text | Medium::Multipart));
        is_open && said.style.is_none() && !is_other
    }

    /// Whether values are files: bytes as they are, a list of such, or either of the two.
    fn is_binary(&self, ty: &Type, open: Open, levels: usize) -> Option<PartContent> {
        let inner = levels.checked_sub(1)?;
        match ty {
            Type::Scalar(Scalar::Binary) => Some(PartContent::File),
            Type::Json(Untyped::Anything) if open == Open::Bytes => Some(PartContent::File),
            Type::List(item) => self.is_binary(item, open, inner).map(|_| PartContent::Files),
            Type::Nullable(held) => self.is_binary(held, open, inner),
            Type::Named(id) => match &self.types.get(id.index())?.shape {
                Shape::Alias(target) => self.is_binary(target, open, inner),
                Shape::Union(union) => {
                    let all = union.variants.iter().map(|variant| self.is_binary(&variant.ty, open, inner));
                    let all: Option<Vec<PartContent>> = all.collect();
                    all.filter(|all| !all.is_empty()).map(|_| PartContent::Files)
                }
                Shape::Object(_) | Shape::Enumeration(_) | Shape::Id(_) => None,
            },
            Type::Scalar(_) | Type::Map(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => None,
        }
    }
}

/// What a value is of which nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Bytes,
    Value,
}

fn others(is_allowed: bool) -> OtherParts {
    if is_allowed { OtherParts::Allowed } else { OtherParts::Forbidden }
}

/// A part as the document has it.
pub(super) struct Described<'d> {
    pub(super) member: Member,
    pub(super) said: Said<'d>,
    /// The schema of what the member holds; of [`PartPlace::Rest`] that of an item.
    pub(super) schema: Option<&'d Schema>,
    pub(super) place: PartPlace,
}
