//! Responses, by status.

use openapiv3::{ReferenceOr, Response as Declared, Responses, StatusCode};

use super::Lowering;
use super::media::Of;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{
    Content, FormPart, HttpMethod, NamedParts, Response, ResponseContent, ResponseHeader, Status,
};
use crate::resolve;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The declared responses, and a success where none is declared.
    pub(super) fn responses(
        &mut self,
        declared: &'d Responses,
        of: &Of<'_>,
    ) -> (Vec<Response>, Vec<ResponseHeader>) {
        let mut headers = Vec::new();
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
            responses.extend(self.response(status, reference, &place.child(&key), of, &mut headers));
        }
        if let Some(reference) = &declared.default {
            responses.extend(self.response(
                Status::Default,
                reference,
                &place.child("default"),
                of,
                &mut headers,
            ));
        }
        if !responses.iter().any(|response| response.status.is_success()) {
            let default = responses.iter().find(|response| response.status == Status::Default);
            let contents = default.map_or_else(|| bare(Content::Undeclared), |known| known.contents.clone());
            let status = Status::Range(2);
            responses.insert(0, Response { status, description: String::new(), contents });
        }
        number_parts(&mut responses);
        responses.shrink_to_fit();
        headers.shrink_to_fit();
        (responses, headers)
    }

    fn response(
        &mut self,
        status: Status,
        reference: &'d ReferenceOr<Declared>,
        place: &Pointer,
        of: &Of<'_>,
        headers: &mut Vec<ResponseHeader>,
    ) -> Option<Response> {
        let components = self.document.shell.components.as_ref()?;
        let (declared, place) =
            resolve::component(reference, place, "responses", &components.responses, self.diags)?;
        self.response_headers(&place, of, headers);
        let description = declared.description.clone();
        if of.method == HttpMethod::Head {
            // RFC 9110, section 9.3.2: the response to HEAD has no content, whatever GET's has.
            return Some(Response { status, description, contents: bare(Content::Empty) });
        }
        let content_place = place.child("content");
        let mut contents = Vec::new();
        for (media_type, media) in &declared.content {
            let content = self.response_content(status, (media_type, media), &content_place, of);
            contents.push(ResponseContent { media_type: Some(media_type.clone()), content });
        }
        if contents.is_empty() {
            contents = bare(self.no_content(status, &place, of));
        }
        contents.shrink_to_fit();
        Some(Response { status, description, contents })
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

/// Numbers the answers of parts with names, equal ones alike.
fn number_parts(responses: &mut [Response]) {
    let mut known: Vec<&[FormPart]> = Vec::new();
    for content in responses.iter_mut().flat_map(|response| &mut response.contents) {
        if let Content::NamedParts(NamedParts { at, parts }) = &mut content.content {
            let parts: &[FormPart] = parts;
            *at = known.iter().position(|known| *known == parts).unwrap_or(known.len());
            if *at == known.len() {
                known.push(parts);
            }
        }
    }
}

/// A content without a media type.
fn bare(content: Content) -> Vec<ResponseContent> {
    vec![ResponseContent { media_type: None, content }]
}

pub(super) fn status_key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}
