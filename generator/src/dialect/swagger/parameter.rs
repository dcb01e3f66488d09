//! Parameters that are not of the body: what is said of their values becomes a schema.

use super::schema::reference;
use super::{Upgrade, is_extension};
use crate::source::{Map, Pointer, Tree};

/// What 2.0 says of a value without a schema (Parameter Object, Items Object, Header Object), and extensions that are words of schemas.
const OF_SCHEMAS: [&str; 21] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
    "x-extensible-enum",
    "x-lenient",
    "x-id",
    "nullable",
];

/// How a list is written (Parameter Object, `collectionFormat`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Commas,
    Blanks,
    Pipes,
    Repeated,
    /// OAS 3 has no style for it.
    Otherwise,
}

/// The place of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    Body,
    Form,
    Other,
}

pub(super) fn location(parameter: &Tree) -> Location {
    match parameter.get("in").and_then(Tree::as_str) {
        Some("body") => Location::Body,
        Some("formData") => Location::Form,
        Some(_) | None => Location::Other,
    }
}

impl Upgrade<'_> {
    /// One of `parameters`; those of bodies are taken in where they are used, since their media types are the operation's.
    pub(super) fn component_parameter(&mut self, tree: &Tree, from: &Pointer, to: &Pointer) -> Option<Tree> {
        let (end, _) = self.followed(tree, from)?;
        match location(end) {
            Location::Other => Some(self.parameter(tree, from, to)),
            Location::Body | Location::Form => None,
        }
    }

    pub(super) fn parameter(&mut self, tree: &Tree, from: &Pointer, to: &Pointer) -> Tree {
        self.mark(from, to);
        let Tree::Map(map) = tree else { return tree.clone() };
        if let Some(text) = map.get("$ref").and_then(Tree::as_str) {
            return Tree::from_iter([("$ref".to_owned(), Tree::from(reference(text)))]);
        }
        let is_own = |key: &str| !OF_SCHEMAS.contains(&key) && key != "collectionFormat" && key != "schema";
        let own = map.iter().filter(|(key, _)| is_own(key));
        let mut parameter: Map = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        let schema = self.value_schema(map, from, &to.child("schema"));
        parameter.insert("schema".to_owned(), schema);
        let is_query = map.get("in").and_then(Tree::as_str) == Some("query");
        if map.get("type").and_then(Tree::as_str) == Some("array") {
            let (style, explode) = match (self.written(map, from), is_query) {
                (Written::Commas | Written::Otherwise, true) => ("form", false),
                (Written::Repeated, true) => ("form", true),
                (Written::Blanks, true) => ("spaceDelimited", false),
                (Written::Pipes, true) => ("pipeDelimited", false),
                (Written::Commas, false) => ("simple", false),
                (Written::Repeated | Written::Blanks | Written::Pipes | Written::Otherwise, false) => {
                    self.with_commas(from);
                    ("simple", false)
                }
            };
            parameter.insert("style".to_owned(), Tree::from(style));
            parameter.insert("explode".to_owned(), Tree::Bool(explode));
            self.mark(&from.child("collectionFormat"), &to.child("style"));
        }
        Tree::from(parameter)
    }

    /// The schema of a value that is described in 2.0's short way, or in the way of bodies where it should not be.
    pub(super) fn value_schema(&mut self, map: &Map, from: &Pointer, to: &Pointer) -> Tree {
        if let Some(schema) = map.get("schema") {
            return self.schema(schema, &from.child("schema"), to);
        }
        let said = map.iter().filter(|(key, _)| OF_SCHEMAS.contains(&key.as_str()));
        let said = said.map(|(key, value)| (key.clone(), value.clone())).collect();
        self.schema(&said, from, to)
    }

    pub(super) fn written(&mut self, map: &Map, from: &Pointer) -> Written {
        match map.get("collectionFormat").and_then(Tree::as_str) {
            None | Some("csv") => Written::Commas,
            Some("ssv") => Written::Blanks,
            Some("pipes") => Written::Pipes,
            Some("multi") => Written::Repeated,
            Some(_) => {
                if map.get("in").and_then(Tree::as_str) == Some("query") {
                    self.with_commas(from);
                }
                Written::Otherwise
            }
        }
    }

    pub(super) fn with_commas(&mut self, parameter: &Pointer) {
        self.without_counterpart(
            &parameter.child("collectionFormat"),
            "OpenAPI 3 has no style that separates the items of a list so in this place",
            "they are sent with commas between them",
        );
    }

    /// A header of an answer.
    pub(super) fn header(&mut self, tree: &Tree, from: &Pointer, to: &Pointer) -> Tree {
        self.mark(from, to);
        let Tree::Map(map) = tree else { return tree.clone() };
        let kept = |key: &str| {
            key == "description" || key == "$ref" || (is_extension(key) && !OF_SCHEMAS.contains(&key))
        };
        let own = map.iter().filter(|(key, _)| kept(key));
        let mut header: Map = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        if self.written(map, from) != Written::Commas {
            self.with_commas(from);
        }
        header.insert("schema".to_owned(), self.value_schema(map, from, &to.child("schema")));
        Tree::from(header)
    }
}
