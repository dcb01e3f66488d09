//! Responses, by status.

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};
use serde_json::Value;

use super::json::{object, with};
use super::shell::Reader;
use super::words;
use crate::diag::Code;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    pub(super) fn responses(&mut self, tree: &Tree, place: &Pointer) -> Responses {
        let mut responses = Responses::default();
        let at = place.child("responses");
        let Some(Tree::Map(map)) = tree.get("responses") else {
            self.diags
                .warn(Code::MissingResponses, place)
                .message("the operation declares no responses")
                .help("every 2XX answer counts as success, and its body is handed over as it comes");
            return responses;
        };
        for (status, response) in map.iter() {
            let at = at.child(status);
            if status.starts_with("x-") {
                continue;
            }
            let Some(response) = self.response(response, &at) else { continue };
            if status == "default" {
                responses.default = Some(response);
            } else if let Some(code) = status_code(status) {
                if let StatusCode::Range(hundreds) = code {
                    // The shell knows `4XX` only as a number; what stands in the document is the way to the schema.
                    let key = format!("{}{hundreds}", words::RANGE_KEY);
                    responses.extensions.insert(key, Value::String(status.to_string()));
                }
                if responses.responses.insert(code, response).is_some() {
                    self.malformed(&at, format!("the status `{status}` is declared twice"));
                }
            } else {
                self.malformed(&at, format!("`{status}` is no status: `200`, `4XX` and `default` are"));
            }
        }
        responses
    }

    pub(super) fn response(&mut self, tree: &Tree, place: &Pointer) -> Option<ReferenceOr<Response>> {
        let map = self.mapping(tree, place)?;
        let kept = |key: &str| !matches!(key, "content" | "headers" | "links");
        let mut value = object(map.iter().filter(|(key, value)| kept(key) && **value != Tree::Null));
        if let Some(content) = map.get("content") {
            value = with(value, "content", self.content(content, &place.child("content")));
        }
        if map.contains_key("headers") {
            self.headers_of(tree, place);
        }
        if !map.contains_key("$ref") && !map.contains_key("description") {
            value = with(value, "description", Value::String(String::new()));
        }
        self.decode(value, place)
    }
}

fn status_code(text: &str) -> Option<StatusCode> {
    match text.as_bytes() {
        [hundreds @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            Some(StatusCode::Range(u16::from(hundreds - b'0')))
        }
        [b'1'..=b'5', _, _] => text.parse().ok().map(StatusCode::Code),
        _ => None,
    }
}
