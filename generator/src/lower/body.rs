//! Request bodies: every media type that is offered, and what a caller passes for each.

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::Lowering;
use super::encoding::Composite;
use super::json_api::Target;
use super::media::Of;
use super::medium::{self, Medium};
use super::schema::Here;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{
    Body, BodyKind, BodyMedia, Docs, Form, HttpMethod, MemberDirection, Presence, Role, Scalar, Segment,
    Shape, Type, Untyped,
};
use crate::resolve;
use crate::schema::Schema;
use crate::source::Pointer;

/// What a line of JSON lines holds.
pub(super) struct Line<'d> {
    pub(super) schema: &'d Schema,
    /// Whether the schema is that of the whole, and no list.
    is_whole: bool,
}

impl Line<'_> {
    /// Whether values of type `ty` are lines that are written already: a text that is the whole, or bytes.
    pub(super) fn is_written(&self, ty: &Type) -> bool {
        let is_text = matches!(ty, Type::Scalar(Scalar::String));
        matches!(ty, Type::Scalar(Scalar::Binary)) || self.is_whole && is_text
    }
}

impl<'d> Lowering<'d> {
    /// The body of an operation; none if the document offers no media type for it.
    pub(super) fn body(
        &mut self,
        reference: &'d ReferenceOr<RequestBody>,
        of: &Of<'_>,
        segments: &[Segment],
    ) -> Option<Body> {
        let components = self.document.shell.components.as_ref()?;
        let place = of.place.child("requestBody");
        let found =
            resolve::component(reference, &place, "requestBodies", &components.request_bodies, self.diags);
        let (declared, place) = found?;
        let content = place.child("content");
        let media = match self.parts_alone(declared, &content, of, segments) {
            Some(alone) => vec![alone],
            None => declared
                .content
                .iter()
                .flat_map(|(name, media)| self.body_media(declared, (name, media), &content, of))
                .collect(),
        };
        if media.is_empty() {
            self.diags
                .warn(Code::UnsupportedMediaType, &content)
                .message("this body has no media type")
                .help("the operation is called without a body");
            return None;
        }
        if !matches!(
            of.method,
            HttpMethod::Post
                | HttpMethod::Put
                | HttpMethod::Patch
                | HttpMethod::Options
                | HttpMethod::Query
                | HttpMethod::Other(_)
        ) {
            self.diags
                .note(Code::DeleteWithBody, &place)
                .message(format!("a body of a {} request has no meaning in HTTP", of.method.as_str()))
                .help("it is sent as the document says");
        }
        let presence = self.body_presence(declared, &media, &of.method);
        if presence == Presence::Required && !declared.required {
            self.diags
                .note(Code::BodyWithoutRequired, &place)
                .message("nothing says whether this body is required")
                .help("it is an argument; say `required: true`, or `required: false` if it may be left out");
        }
        let docs = Docs { description: declared.description.clone(), ..Docs::default() };
        Some(Body { presence, docs, media })
    }

    /// The JSON among the media types, if it is a resource or a linkage that the client puts together.
    fn parts_alone(
        &mut self,
        declared: &'d RequestBody,
        content: &Pointer,
        of: &Of<'_>,
        segments: &[Segment],
    ) -> Option<BodyMedia> {
        let name = declared.content.keys().find(|name| medium::medium(name) == Medium::Json)?;
        let here = of.here(Role::Body);
        let document = self.document;
        let schema = document.schemas.get(&content.child(name).child("schema"))?;
        let words = self.words.operations.get(of.place);
        let linkage = words.and_then(|words| words.linkage.as_deref());
        let parts = self.body_parts(schema, &Target { segments, linkage, here: &here })?;
        self.take_apart(Some(schema));
        if declared.content.len() > 1 {
            self.diags
                .note(Code::SeveralMediaTypes, content)
                .message(format!("there are {} media types here", declared.content.len()))
                .help(format!("the client puts the body together in `{name}`"));
        }
        let pointer = content.child(name);
        Some(BodyMedia { pointer, media_type: name.clone(), kind: BodyKind::Parts(parts) })
    }

    /// What one of the media types is to the client; a range of a described structure is also what JSON would be.
    fn body_media(
        &mut self,
        declared: &'d RequestBody,
        (name, media): (&'d String, &'d MediaType),
        content: &Pointer,
        of: &Of<'_>,
    ) -> Vec<BodyMedia> {
        let place = content.child(name);
        let document = self.document;
        let schema = document.schemas.get(&place.child("schema"));
        let medium = medium::medium(name);
        let here = of.here(Role::Body);
        let kind = match medium {
            Medium::Json if schema.is_some_and(|schema| self.end_of_chain(schema).is_binary()) => {
                BodyKind::Bytes
            }
            Medium::Json => BodyKind::Json(self.content_type(content, name, &here)),
            Medium::Form => self.form_body((name, media), content, here),
            Medium::Multipart => {
                let way = (here, MemberDirection::ReadOnly);
                let composite = Composite::of_media(self, (name, media), &place, way);
                BodyKind::Multipart(self.multipart_body(&composite))
            }
            Medium::Items(_) => self.lines_body(&place, of),
            Medium::Xml => self.xml_kind(name, content, of),
            Medium::Text | Medium::Events => BodyKind::Text,
            Medium::Bytes => BodyKind::Bytes,
            Medium::Range => BodyKind::Range,
        };
        let offers_json = declared.content.keys().any(|name| medium::medium(name) == Medium::Json);
        let mut all = Vec::new();
        if medium == Medium::Range && medium::includes_json(name) && !offers_json {
            all.extend(schema.and_then(|_| self.json_within(name, content, of)));
        }
        if matches!(kind, BodyKind::Text | BodyKind::Bytes) || kind == BodyKind::Range && all.is_empty() {
            self.report_undescribed(schema, name, &place);
        }
        all.push(BodyMedia { pointer: place, media_type: name.clone(), kind });
        all
    }

    /// JSON in a range of media types, if the schema describes more than a single value.
    fn json_within(&mut self, range: &str, content: &Pointer, of: &Of<'_>) -> Option<BodyMedia> {
        let ty = self.content_type(content, range, &of.here(Role::Body));
        match ty {
            Type::Scalar(_) | Type::Json(Untyped::Anything | Untyped::Unsupported) => None,
            Type::Named(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Foreign(_)
            | Type::Json(Untyped::AnyObject)
            | Type::JsonApi(_) => {
                let pointer = content.child(range);
                Some(BodyMedia {
                    pointer,
                    media_type: "application/json".to_owned(),
                    kind: BodyKind::Json(ty),
                })
            }
        }
    }

    fn report_undescribed(&mut self, schema: Option<&'d Schema>, name: &str, place: &Pointer) {
        if let Some(schema) = schema {
            self.report_encoded(self.end_of_chain(schema), "the caller passes the encoded text");
        }
        let is_described = schema.is_some_and(|schema| {
            let end = self.chains.target(schema).map_or(schema, |target| self.chains.end(target).schema);
            let has_structure = !end.properties.is_empty() || end.items.is_some();
            has_structure || schema.reference.is_some() && !end.is_binary()
        });
        let is_described = is_described || self.document.schemas.get(&place.child("itemSchema")).is_some();
        if is_described {
            self.diags
                .warn(Code::UntypedValue, place)
                .message(format!("`{name}` has a schema, and the client only knows its bytes"))
                .help("the caller writes them");
        }
    }

    fn form_body(&mut self, (name, media): (&str, &'d MediaType), content: &Pointer, here: Here) -> BodyKind {
        let ty = self.content_type(content, name, &here);
        let way = (here, MemberDirection::ReadOnly);
        let composite = Composite::of_media(self, (name, media), &content.child(name), way);
        if matches!(ty, Type::Scalar(_)) {
            self.report_names(&composite, "the caller writes this form");
            return BodyKind::Text;
        }
        if !self.kinds(&ty).may_be_object() {
            self.diags
                .warn(Code::UntypedValue, &composite.place)
                .message("a form is made of members with names, and the schema is of no object")
                .help("the caller writes it");
            return BodyKind::Text;
        }
        BodyKind::Form(self.form_of(ty, &composite))
    }

    /// XML of what its schema describes; text or bytes if that is nothing, or only text.
    fn xml_kind(&mut self, name: &str, content: &Pointer, of: &Of<'_>) -> BodyKind {
        match self.xml_body(&content.child(name)) {
            Some(node) => BodyKind::Xml(self.content_type(content, name, &of.here(Role::Body)), node),
            None if medium::is_text(name) => BodyKind::Text,
            None => BodyKind::Bytes,
        }
    }

    fn lines_body(&mut self, place: &Pointer, of: &Of<'_>) -> BodyKind {
        let Some(line) = self.line(place) else { return BodyKind::Bytes };
        let ty = self.typed(line.schema, &of.here(Role::Body)).into_type();
        if line.is_written(&ty) { BodyKind::Bytes } else { BodyKind::Lines(ty) }
    }

    /// OAS 3.2.0, Sequential Media Types: `itemSchema` is what each line holds; before, `schema` was, or a list of them.
    pub(super) fn line(&self, place: &Pointer) -> Option<Line<'d>> {
        let schema = |key: &str| self.document.schemas.get(&place.child(key));
        let item = schema("itemSchema").or_else(|| self.end_of_chain(schema("schema")?).items.as_deref());
        let whole = || schema("schema").map(|schema| Line { schema, is_whole: true });
        item.map(|schema| Line { schema, is_whole: false }).or_else(whole)
    }

    /// `required` if it is said. If it is not, OAS 3.0.4 (Request Body Object) makes the body optional; but a schema with
    /// required members, or a method whose purpose is its body, says otherwise.
    fn body_presence(&self, declared: &RequestBody, media: &[BodyMedia], method: &HttpMethod) -> Presence {
        let unsaid = declared.extensions.contains_key(words::REQUIRED_UNSAID);
        let has_purpose =
            matches!(method, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch | HttpMethod::Query);
        let has_required = media.iter().any(|media| match &media.kind {
            BodyKind::Json(ty) | BodyKind::Form(Form { ty, .. }) | BodyKind::Xml(ty, _) => {
                self.has_required_members(ty)
            }
            BodyKind::Parts(parts) => parts.iter().any(|part| part.presence == Presence::Required),
            BodyKind::Multipart(parts) => parts.iter().any(|part| part.presence == Presence::Required),
            BodyKind::Lines(_) | BodyKind::Text | BodyKind::Bytes | BodyKind::Range => false,
        });
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
