//! Responses, by status.

use openapiv3::{ReferenceOr, Response as Declared, Responses, StatusCode};

use super::Lowering;
use super::media::{Kind, Of};
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Content, HttpMethod, Response, Role, Status, Type};
use crate::resolve;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
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
