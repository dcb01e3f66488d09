//! Responses: the schema goes into each media type.

use super::schema::reference;
use super::{Upgrade, is_extension, texts};
use crate::diag::Code;
use crate::source::{Key, Map, Pointer, Tree};

impl<'a> Upgrade<'a> {
    /// An answer; `produces` are the media types of those of its operation, or of all.
    pub(super) fn response(
        &mut self,
        tree: &'a Tree,
        from: &Pointer,
        to: &Pointer,
        produces: Option<&'a Tree>,
    ) -> Tree {
        self.mark(from, to);
        let Tree::Map(map) = tree else { return tree.clone() };
        if let Some(text) = map.get("$ref").and_then(Tree::as_str) {
            return Tree::from_iter([("$ref".to_owned(), Tree::from(reference(text)))]);
        }
        let mut response = Map::new();
        for (key, value) in map.iter() {
            match (key.as_str(), value) {
                ("schema" | "examples", _) => {}
                ("headers", Tree::Map(headers)) => {
                    let (from, to) = (from.child(key), to.child(key));
                    let header = |(name, header): (&Key, &Tree)| {
                        (name.clone(), self.header(header, &from.child(name), &to.child(name)))
                    };
                    let headers = headers.iter().map(header).collect();
                    response.insert(key.clone(), headers);
                }
                ("description" | "headers", value) => {
                    response.insert(key.clone(), value.clone());
                }
                (key, value) if is_extension(key) => {
                    response.insert(key.to_owned(), value.clone());
                }
                _ => {}
            }
        }
        if let Some(schema) = map.get("schema") {
            let content = self.content(schema, map.get("examples"), produces, from, to);
            response.insert("content".to_owned(), content);
        }
        Tree::from(response)
    }

    fn content(
        &mut self,
        schema: &'a Tree,
        examples: Option<&'a Tree>,
        produces: Option<&'a Tree>,
        from: &Pointer,
        to: &Pointer,
    ) -> Tree {
        let media_types = self.produced(schema, produces, from, to);
        let mut content = Map::new();
        for media_type in media_types {
            let to = to.child("content").child(media_type);
            let place = to.child("schema");
            let schema = self.schema(schema, &from.child("schema"), &place);
            self.moved(&from.child("schema"), &place);
            let mut media = Map::from_iter([("schema".to_owned(), schema)]);
            if let Some(example) = examples.and_then(|examples| examples.get(media_type)) {
                self.mark(&from.child("examples").child(media_type), &to.child("example"));
                media.insert("example".to_owned(), example.clone());
            }
            content.insert(media_type.to_owned(), Tree::from(media));
        }
        Tree::from(content)
    }
    /// The media types of a body: those that are produced, as far as it can have them.
    fn produced(
        &mut self,
        schema: &'a Tree,
        produces: Option<&'a Tree>,
        from: &Pointer,
        to: &Pointer,
    ) -> Vec<&'a str> {
        let said = texts(produces);
        let end = self.followed(schema, &from.child("schema")).map_or(schema, |(end, _)| end);
        let ty = end.get("type").and_then(Tree::as_str);
        let has_parts = matches!(ty, Some("object" | "array")) || end.get("properties").is_some();
        let is_error =
            to.last().is_some_and(|status| status.starts_with(['3', '4', '5']) || status == "default");
        match (said.is_empty(), ty) {
            (true, Some("file")) => return vec!["application/octet-stream"],
            (true, _) => {
                self.no_media_type(from, "produces");
                return vec!["application/json"];
            }
            (false, _) => {}
        }
        let (with_members, others): (Vec<&str>, Vec<&str>) = said.iter().partition(|said| has_members(said));
        let taken = match (has_parts, with_members.is_empty()) {
            (true, false) => with_members,
            (true, true) if is_error => vec!["application/json"],
            (true, true) | (false, _) => return said,
        };
        if !others.is_empty() {
            self.diags
                .note(Code::AssumedMediaType, &from.child("schema"))
                .message(format!("an answer with members is no `{}`", others.join("`, `")))
                .help(format!("the client takes it for `{}`", taken.join("`, `")));
        }
        taken
    }
}

/// Whether what is written in a media type can have members.
fn has_members(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    ["json", "xml", "yaml", "form", "*", "csv", "event-stream"].iter().any(|sign| media_type.contains(sign))
}
