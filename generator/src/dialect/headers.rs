//! Headers of answers. They are read without `openapiv3`, whose type of a header takes half a kilobyte even for a `$ref`, and every answer
//! of an API may have a dozen. Does not follow references.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::shell::Reader;
use super::words;
use crate::source::{Map, Pointer, Tree};

/// The headers of a document.
#[derive(Debug, Default)]
pub struct Headers {
    /// Those among the components.
    pub components: IndexMap<String, ReferenceOr<Box<Header>>>,
    /// Those of each answer that has some, by its place, in document order.
    pub of: HashMap<Pointer, Vec<NamedHeader>>,
}

/// A header's name, and what it is.
pub type NamedHeader = (String, ReferenceOr<Box<Header>>);

/// A header of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// What its value is.
    pub value: HeaderValue,
}

/// What the value of a header is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// Something with a `schema`, in the style of headers.
    Schema {
        /// `explode`.
        exploded: bool,
    },
    /// One of these media types.
    Content(Vec<String>),
}

impl Reader<'_> {
    /// Keeps the headers of the answer at `place`.
    pub(super) fn headers_of(&mut self, answer: &Tree, place: &Pointer) {
        let headers = self.headers(answer, place);
        if !headers.is_empty() {
            self.headers.of.insert(place.clone(), headers);
        }
    }

    /// The headers in the member `headers` of what is at `place`.
    pub(super) fn headers(&mut self, tree: &Tree, place: &Pointer) -> Vec<NamedHeader> {
        let at = place.child("headers");
        let entries = self.entries(tree, "headers", place);
        let mut headers = Vec::with_capacity(entries.len());
        for (name, header) in entries {
            let at = at.child(name);
            let Some(map) = self.mapping(header, &at) else { continue };
            let map = &*self.with_flags(map, &at);
            headers.push((name.to_string(), self.header(map, &at)));
        }
        headers
    }

    fn header(&mut self, map: &Map, at: &Pointer) -> ReferenceOr<Box<Header>> {
        let is = |flag: &str| map.get(flag) == Some(&Tree::Bool(true));
        let value = if map.contains_key("schema") {
            self.schema_at(&at.child("schema"));
            HeaderValue::Schema { exploded: is("explode") }
        } else {
            let content = map.get("content").map(|content| self.content(content, &at.child("content")));
            let media_types = content.as_ref().and_then(|content| content.as_object()).into_iter().flatten();
            for (media_type, media) in media_types.clone() {
                if media.get(words::ENCODING).is_some() {
                    self.without_meaning("encoding", "a header", &at.child("content").child(media_type));
                }
            }
            HeaderValue::Content(media_types.map(|(media_type, _)| media_type.clone()).collect())
        };
        if let Some(reference) = self.header_text(map, "$ref", at) {
            return ReferenceOr::Reference { reference };
        }
        let description = self.header_text(map, "description", at);
        let header = Header { description, required: is("required"), deprecated: is("deprecated"), value };
        ReferenceOr::Item(Box::new(header))
    }

    fn header_text(&mut self, map: &Map, key: &str, at: &Pointer) -> Option<String> {
        match map.get(key) {
            None | Some(Tree::Null) => None,
            Some(Tree::String(text)) => Some(text.to_string()),
            Some(other) => {
                self.malformed(
                    &at.child(key),
                    format!("a text is wanted here, and this is {}", other.kind()),
                );
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Code, Diagnostics};
    use crate::source::{Source, read};

    #[test]
    fn what_is_no_text_is_an_error_where_it_stands() {
        let text = r#"{"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": {},
            "components": {"headers": {"A": {"description": 5, "schema": {}}, "B": {"$ref": []}}}}"#;
        let mut diags = Diagnostics::default();
        let tree = read(&Source::from_text("api.json", text), &mut diags).unwrap();
        super::super::dialect(&tree, &mut diags);
        let found: Vec<_> = diags.list().iter().map(|found| (found.code, found.pointer.as_str())).collect();
        let at = ["/components/headers/A/description", "/components/headers/B/$ref"];
        assert_eq!(found, at.map(|at| (Code::MalformedObject, at)));
    }
}
