//! What a response carries in one media type.

use openapiv3::MediaType;

use super::Lowering;
use super::encoding::Composite;
use super::media::Of;
use super::medium::{self, Medium};
use super::response::status_key;
use super::schema::Here;
use crate::diag::Code;
use crate::model::{Content, MemberDirection, Role, Status, Type, Untyped};
use crate::schema::{JsonType, Schema};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// What a response with `status` carries in `media_type`; `contents` is the place of all its media types.
    pub(super) fn response_content(
        &mut self,
        status: Status,
        (media_type, media): (&str, &'d MediaType),
        contents: &Pointer,
        of: &Of<'_>,
    ) -> Content {
        let place = contents.child(media_type);
        let here = of.here(Role::Response(status_key(status)));
        let schema = self.document.schemas.get(&place.child("schema"));
        let end = schema.map(|schema| self.end_of_chain(schema));
        let composite = |lowering: &Self| {
            let way = (here.clone(), MemberDirection::WriteOnly);
            Composite::of_media(lowering, (media_type, media), &place, way)
        };
        let known = match medium::medium(media_type) {
            // Of a range without JSON there is no more to know than whether it is text.
            Medium::Range if medium::is_text(media_type) => Medium::Text,
            Medium::Range if !medium::includes_json(media_type) => Medium::Bytes,
            known => known,
        };
        match known {
            Medium::Json | Medium::Range if end.is_some_and(Schema::is_binary) => Content::Bytes,
            Medium::Json => {
                let linkage = self.linked(status, &place, of);
                let ty = linkage.unwrap_or_else(|| self.content_type(contents, media_type, &here));
                Content::Json(ty)
            }
            Medium::Range if end.is_some_and(|end| !is_text(end)) => {
                Content::Json(self.content_type(contents, media_type, &here))
            }
            Medium::Xml => match self.xml_body(&place) {
                Some(node) => Content::Xml(self.content_type(contents, media_type, &here), node),
                None if medium::is_text(media_type) => Content::Text,
                None => Content::Bytes,
            },
            Medium::Form if end.is_some_and(|end| self.is_object(end)) => {
                let ty = self.content_type(contents, media_type, &here);
                Content::Form(self.form_of(ty, &composite(self)))
            }
            Medium::Form => {
                self.report_names(&composite(self), "the client hands over this form as text");
                Content::Text
            }
            Medium::Text => self.untyped_content(Content::Text, end, &place),
            Medium::Multipart if status.is_success() => self.answered_parts(&composite(self)),
            Medium::Multipart => {
                let message = "the client reads the parts of errors as they come";
                let composite = composite(self);
                self.report_names(&composite, message);
                self.report_positions(&composite, message);
                self.untyped_content(Content::Bytes, end, &place)
            }
            Medium::Bytes | Medium::Range => self.untyped_content(Content::Bytes, end, &place),
            Medium::Events => Content::Events(self.events(&place, &here)),
            Medium::Items(framing) => Content::Items(framing, self.item_type(&place, &here)),
        }
    }

    fn untyped_content(&mut self, content: Content, schema: Option<&Schema>, place: &Pointer) -> Content {
        if let Some(schema) = schema {
            self.report_encoded(schema, "the caller gets its text, and decodes it");
        }
        if schema.is_some_and(|schema| !schema.properties.is_empty()) {
            let media_type = place.tokens().last().unwrap_or_default();
            self.diags
                .warn(Code::UntypedValue, place)
                .message(format!("`{media_type}` has a schema, and the client only knows its bytes"))
                .help("the caller reads them");
        }
        content
    }

    /// The linkage that a successful answer about a relationship has.
    fn linked(&mut self, status: Status, place: &Pointer, of: &Of<'_>) -> Option<Type> {
        let resource = self.words.operations.get(of.place)?.linkage.as_ref()?;
        let schema = self.document.schemas.get(&place.child("schema"))?;
        let linkage = self.linkage(schema, resource).filter(|_| status.is_success())?;
        self.take_apart(Some(schema));
        Some(linkage)
    }

    /// The schema of one item of a sequence: `itemSchema`, or what stands in its place before OpenAPI 3.2, which is a schema for the item
    /// or for an array of such.
    pub(super) fn item_schema(&self, place: &Pointer) -> Option<&'d Schema> {
        let schemas = &self.document.schemas;
        if let Some(item) = schemas.get(&place.child("itemSchema")) {
            return Some(item);
        }
        let schema = schemas.get(&place.child("schema"))?;
        let end = self.end_of_chain(schema);
        match (&end.items, end.types.single()) {
            (Some(items), Some(JsonType::Array)) => Some(items),
            _ => Some(schema),
        }
    }

    fn item_type(&mut self, place: &Pointer, here: &Here) -> Type {
        let schemas = &self.document.schemas;
        // A `schema` that says no more than that it is text is about all values together.
        let is_text_as_a_whole = schemas.get(&place.child("itemSchema")).is_none()
            && schemas.get(&place.child("schema")).is_some_and(|schema| is_text(self.end_of_chain(schema)));
        match self.item_schema(place).filter(|_| !is_text_as_a_whole) {
            Some(schema) => self.typed(schema, here).into_type(),
            None => self.untyped_item(place),
        }
    }

    pub(super) fn untyped_item(&mut self, place: &Pointer) -> Type {
        self.diags
            .note(Code::UntypedValue, place)
            .message("nothing is said about the items of this stream")
            .help("the client has a JSON value for each");
        Type::Json(Untyped::Anything)
    }
}

/// Whether the values of a schema are text, written without quotation marks where the medium is text.
fn is_text(schema: &Schema) -> bool {
    schema.types.single() == Some(JsonType::String)
}
