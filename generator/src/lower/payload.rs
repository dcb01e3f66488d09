//! Request bodies and responses.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody, Response as Declared, Responses, StatusCode};

use super::Lowering;
use super::json_api::Target;
use super::parameter::Impossible;
use super::schema::Here;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{
    Body, BodyKind, Content, Docs, HttpMethod, Owner, Presence, Response, Role, Segment, Shape, Status, Type,
    Untyped,
};
use crate::resolve;
use crate::schema::Schema;
use crate::source::Pointer;

/// The operation a body or a response belongs to.
pub(super) struct Of<'p> {
    pub(super) method: HttpMethod,
    pub(super) path: &'p str,
    pub(super) place: &'p Pointer,
}

impl Of<'_> {
    fn here(&self, role: Role) -> Here {
        Here::of(Owner::Operation { method: self.method, path: self.path.to_owned(), role })
    }
}

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

    /// The declared responses, and a success where none is declared.
    pub(super) fn responses(&mut self, declared: &'d Responses, of: &Of<'_>) -> Vec<Response> {
        let place = of.place.child("responses");
        let mut responses = Vec::new();
        for (code, reference) in &declared.responses {
            let (status, key) = match code {
                StatusCode::Code(code) => (Status::Code(*code), code.to_string()),
                StatusCode::Range(hundreds) => {
                    let written = declared.extensions.get(&format!("{}{hundreds}", words::RANGE_KEY));
                    let key = written.and_then(|key| key.as_str()).map(str::to_owned);
                    (Status::Range(*hundreds), key.unwrap_or_else(|| format!("{hundreds}XX")))
                }
            };
            responses.extend(self.response(status, reference, &place.child(&key), of));
        }
        if let Some(reference) = &declared.default {
            responses.extend(self.response(Status::Default, reference, &place.child("default"), of));
        }
        if !responses.iter().any(|response| response.status.is_success()) {
            let default = responses.iter().find(|response| response.status == Status::Default);
            let content = default.map_or(Content::Undeclared, |response| response.content.clone());
            let media_type = default.and_then(|response| response.media_type.clone());
            responses.insert(
                0,
                Response { status: Status::Range(2), description: String::new(), content, media_type },
            );
        }
        responses
    }

    fn response(
        &mut self,
        status: Status,
        reference: &'d ReferenceOr<Declared>,
        place: &Pointer,
        of: &Of<'_>,
    ) -> Option<Response> {
        let components = self.document.shell.components.as_ref()?;
        let (declared, place) =
            resolve::component(reference, place, "responses", &components.responses, self.diags)?;
        if of.method == HttpMethod::Head {
            // RFC 9110, section 9.3.2: the response to HEAD has no content, whatever GET's has.
            let description = declared.description.clone();
            return Some(Response { status, description, content: Content::Empty, media_type: None });
        }
        let content_place = place.child("content");
        let (content, media_type) =
            match self.choose(&declared.content, &content_place, |kind| Some(readable(kind))) {
                None => (self.no_content(status, &place, of), None),
                Some((media_type, kind)) => {
                    let role = Role::Response(status_key(status));
                    let content = match kind {
                        Kind::Json => {
                            let linkage = self.linked(status, &content_place.child(media_type), of);
                            let here = of.here(role);
                            let ty = linkage
                                .unwrap_or_else(|| self.content_type(&content_place, media_type, &here));
                            Content::Json(ty)
                        }
                        Kind::Text => Content::Text,
                        Kind::Bytes | Kind::Form => Content::Bytes,
                    };
                    (content, Some(media_type.to_owned()))
                }
            };
        Some(Response { status, description: declared.description.clone(), content, media_type })
    }

    /// The linkage that a successful answer about a relationship has.
    fn linked(&mut self, status: Status, place: &Pointer, of: &Of<'_>) -> Option<Type> {
        let resource = self.words.operations.get(of.place)?.linkage.as_ref()?;
        let schema = self.document.schemas.get(&place.child("schema"))?;
        let linkage = self.linkage(schema, resource).filter(|_| status.is_success())?;
        self.take_apart(Some(schema));
        Some(linkage)
    }

    /// Notes that the client has something else in place of the component that `schema` refers to.
    fn take_apart(&mut self, schema: Option<&'d Schema>) {
        let end = schema.map(|schema| self.end_of_chain(schema));
        self.taken_apart.extend(end.and_then(|end| self.by_pointer.get(&end.pointer)));
    }

    /// A GET that succeeds has something to say, so one that declares no content is handed over as it comes.
    fn no_content(&mut self, status: Status, place: &Pointer, of: &Of<'_>) -> Content {
        let is_empty_by_definition = matches!(status, Status::Code(204 | 205 | 304));
        if of.method != HttpMethod::Get || !status.is_success() || is_empty_by_definition {
            return Content::Empty;
        }
        self.diags
            .warn(Code::ResponseWithoutContent, place)
            .message("this successful response to a GET declares no content")
            .help("the client hands over the raw response; declare the content");
        Content::Undeclared
    }

    /// The media type to use: JSON before anything else, then in document order.
    fn choose(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        place: &Pointer,
        usable: fn(Kind) -> Option<Kind>,
    ) -> Option<(&'d str, Kind)> {
        let candidates: Vec<(&str, Kind)> =
            content.keys().filter_map(|name| Some((name.as_str(), usable(kind(name)?)?))).collect();
        let json = candidates.iter().find(|(_, kind)| *kind == Kind::Json);
        let chosen = *json.or(candidates.first())?;
        if content.len() > 1 {
            self.diags
                .note(Code::SeveralMediaTypes, place)
                .message(format!("there are {} media types here", content.len()))
                .help(format!("the client uses `{}`", chosen.0));
        }
        let schema = self.document.schemas.get(&place.child(chosen.0).child("schema"));
        let is_described =
            schema.is_some_and(|schema| !schema.properties.is_empty() || schema.reference.is_some());
        if matches!(chosen.1, Kind::Bytes | Kind::Text) && is_described {
            self.diags
                .warn(Code::UntypedValue, &place.child(chosen.0))
                .message(format!("`{}` has a schema, and the client only knows its bytes", chosen.0))
                .help("the caller writes and reads them");
        }
        Some(chosen)
    }

    fn content_type(&mut self, content: &Pointer, media_type: &str, here: &Here) -> Type {
        let place = content.child(media_type);
        if let Some(typed) = self.schema_at(&place.child("schema"), here) {
            return typed.into_type();
        }
        self.diags
            .note(Code::UntypedValue, &place)
            .message("this content has no schema")
            .help("the client has a JSON value here");
        Type::Json(Untyped::Anything)
    }
}

/// What a body of some media type is to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Text,
    Bytes,
}

/// The kind of a media type; none for `multipart` and other composites.
fn kind(media_type: &str) -> Option<Kind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (family, subtype) = essence.split_once('/')?;
    Some(match (family, subtype) {
        (_, "json") => Kind::Json,
        (_, subtype) if subtype.ends_with("+json") => Kind::Json,
        ("application", "x-www-form-urlencoded") => Kind::Form,
        ("multipart", _) => return None,
        ("text", _) => Kind::Text,
        _ => Kind::Bytes,
    })
}

fn readable(kind: Kind) -> Kind {
    match kind {
        Kind::Json | Kind::Text | Kind::Bytes => kind,
        Kind::Form => Kind::Bytes,
    }
}

fn status_key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}
