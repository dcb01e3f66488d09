//! Request bodies.

use openapiv3::{ReferenceOr, RequestBody};

use super::Lowering;
use super::json_api::Target;
use super::media::{Kind, Of};
use super::parameter::Impossible;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Body, BodyKind, Docs, HttpMethod, Presence, Role, Segment, Shape, Type};
use crate::resolve;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    pub(super) fn body(
        &mut self,
        reference: &'d ReferenceOr<RequestBody>,
        of: &Of<'_>,
        segments: &[Segment],
    ) -> Result<Option<Body>, Impossible> {
        let Some(components) = &self.document.shell.components else { return Ok(None) };
        let place = of.place.child("requestBody");
        let found =
            resolve::component(reference, &place, "requestBodies", &components.request_bodies, self.diags);
        let Some((declared, place)) = found else { return Ok(None) };
        let content = place.child("content");
        let Some((media_type, kind)) = self.choose(&declared.content, &content, Some) else {
            self.diags
                .warn(Code::UnsupportedMediaType, &content)
                .message("the client cannot write any media type of this body")
                .help("the operation is left out of the client");
            return Err(Impossible(Code::UnsupportedMediaType));
        };
        let kind = match kind {
            Kind::Json => self.json_body(&content, media_type, of, segments),
            Kind::Form => BodyKind::Form(self.content_type(&content, media_type, &of.here(Role::Body))),
            Kind::Text => BodyKind::Text,
            Kind::Bytes => BodyKind::Bytes,
        };
        if of.method == HttpMethod::Delete {
            self.diags
                .note(Code::DeleteWithBody, &place)
                .message("a body of a DELETE request has no meaning in HTTP")
                .help("it is sent as the document says");
        }
        Ok(Some(Body {
            media_type: media_type.to_owned(),
            presence: self.body_presence(declared, &kind, of.method),
            kind,
            docs: Docs { summary: None, description: declared.description.clone(), deprecated: false },
        }))
    }

    /// The parts of a resource or a linkage, or else the JSON value as a whole.
    fn json_body(
        &mut self,
        content: &Pointer,
        media_type: &str,
        of: &Of<'_>,
        segments: &[Segment],
    ) -> BodyKind {
        let here = of.here(Role::Body);
        let document = self.document;
        let schema = document.schemas.get(&content.child(media_type).child("schema"));
        let words = self.words.operations.get(of.place);
        let linkage = words.and_then(|words| words.linkage.as_deref());
        let target = Target { segments, linkage, here: &here };
        match schema.and_then(|schema| self.body_parts(schema, &target)) {
            Some(parts) => {
                self.take_apart(schema);
                BodyKind::Parts(parts)
            }
            None => BodyKind::Json(self.content_type(content, media_type, &here)),
        }
    }

    /// `required` if it is said. If it is not, OAS 3.0.4 (Request Body Object) makes the body optional; but a schema with
    /// required members, or a method whose purpose is its body, says otherwise.
    fn body_presence(&self, declared: &RequestBody, kind: &BodyKind, method: HttpMethod) -> Presence {
        let unsaid = declared.extensions.contains_key(words::REQUIRED_UNSAID);
        let has_purpose = matches!(method, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch);
        let has_required = match kind {
            BodyKind::Json(ty) | BodyKind::Form(ty) => self.has_required_members(ty),
            BodyKind::Parts(parts) => parts.iter().any(|part| part.presence == Presence::Required),
            BodyKind::Text | BodyKind::Bytes => false,
        };
        if declared.required || unsaid && (has_purpose || has_required) {
            Presence::Required
        } else {
            Presence::Optional
        }
    }

    fn has_required_members(&self, ty: &Type) -> bool {
        let definition = ty.named().and_then(|id| self.types.get(id.index()));
        match definition.map(|definition| &definition.shape) {
            Some(Shape::Object(object)) => {
                object.members.iter().any(|member| member.presence == Presence::Required)
            }
            Some(Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_)) | None => false,
        }
    }
}
