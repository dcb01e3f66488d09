//! Decodes the shell, object by object, and collects the places of the schemas.

use openapiv3::{Info, OpenAPI, Operation, Parameter, Paths, ReferenceOr, RequestBody, Tag};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::headers::Headers;
use super::json::{extensions, object, plain, textual, with};
use super::{Path, PathOperation, words};
use crate::diag::{Code, Diagnostics};
use crate::source::{Key, Map, Pointer, Tree};

/// The methods a path item can have (OAS 3.0.4, Path Item Object).
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) struct Reader<'a> {
    pub(super) diags: &'a mut Diagnostics,
    pub(super) schemas: Vec<Pointer>,
    pub(super) headers: Headers,
}

impl<'a> Reader<'a> {
    pub(super) fn new(diags: &'a mut Diagnostics) -> Self {
        Self { diags, schemas: Vec::new(), headers: Headers::default() }
    }

    /// The places of all schemas met on the way, and the headers.
    pub(super) fn into_met(self) -> (Vec<Pointer>, Headers) {
        (self.schemas, self.headers)
    }

    /// The shell, the paths and their operations.
    pub(super) fn document(&mut self, tree: &Tree) -> (OpenAPI, Vec<Path>, Vec<PathOperation>) {
        let root = Pointer::root();
        self.root_members(tree, &root);
        let (info, servers) = (self.info(tree, &root), self.servers(tree, &root));
        let (paths, operations) = self.paths(tree);
        let shell = OpenAPI {
            openapi: tree.get("openapi").and_then(Tree::scalar_text).unwrap_or_default(),
            info,
            servers,
            paths: Paths::default(),
            components: Some(self.components(tree, &root)),
            security: self.optional(tree, "security", &root),
            tags: self.tags(tree, &root),
            external_docs: None,
            extensions: extensions(tree),
        };
        (shell, paths, operations)
    }

    fn root_members(&mut self, tree: &Tree, root: &Pointer) {
        for key in ["webhooks", "x-webhooks"] {
            if let Some(webhooks) = tree.get(key) {
                self.webhooks(webhooks, &root.child(key));
            }
        }
        if tree.get("paths").is_none() {
            self.diags
                .warn(Code::MalformedObject, root)
                .message("the document has no `paths`, so there is nothing to call")
                .help("the client has types only");
        }
    }

    fn info(&mut self, tree: &Tree, root: &Pointer) -> Info {
        let place = root.child("info");
        let text = |key: &str| tree.get("info").and_then(|info| info.get(key)).and_then(Tree::scalar_text);
        let mut info = Info {
            title: text("title").unwrap_or_default(),
            description: text("description"),
            ..Info::default()
        };
        info.version = text("version").unwrap_or_default();
        for (name, value) in [("title", &info.title), ("version", &info.version)] {
            if value.is_empty() {
                self.diags
                    .warn(Code::MalformedObject, &place)
                    .message(format!("the document has no `{name}`"))
                    .help("the client is generated without it");
            }
        }
        info
    }

    pub(super) fn operation(&mut self, tree: &Tree, place: &Pointer) -> Option<Operation> {
        let map = self.mapping(tree, place)?;
        let map = &*self.with_flags(map, place);
        let own = ["operationId", "summary", "description", "tags", "deprecated", "security"];
        let kept = |key: &str| own.contains(&key) || key.starts_with("x-");
        let value = object(map.iter().filter(|(key, value)| kept(key) && **value != Tree::Null));
        let mut operation: Operation =
            self.decode(with(value, "responses", Value::Object(serde_json::Map::new())), place)?;
        operation.parameters = self.parameters(tree, &place.child("parameters"));
        operation.servers = self.servers(tree, place);
        if let Some(body) = map.get("requestBody") {
            operation.request_body = self.request_body(body, &place.child("requestBody"));
        }
        operation.responses = self.responses(tree, place);
        Some(operation)
    }

    pub(super) fn parameters(&mut self, tree: &Tree, place: &Pointer) -> Vec<ReferenceOr<Parameter>> {
        let list = match tree.get("parameters") {
            None | Some(Tree::Null) => return Vec::new(),
            Some(Tree::List(list)) => list,
            Some(other) => {
                self.malformed(
                    place,
                    format!("a sequence of parameters is wanted here, and this is {}", other.kind()),
                );
                return Vec::new();
            }
        };
        let parameter = |(index, tree)| self.parameter(tree, &place.index(index));
        list.iter().enumerate().filter_map(parameter).collect()
    }

    pub(super) fn parameter(&mut self, tree: &Tree, place: &Pointer) -> Option<ReferenceOr<Parameter>> {
        let map = self.mapping(tree, place)?;
        let map = &*self.with_flags(map, place);
        let mut value = object(map.iter().filter(|(key, value)| {
            let elsewhere = ["schema", "content", "example", "examples", "style", "allowReserved"]
                .contains(&key.as_str());
            !elsewhere && **value != Tree::Null
        }));
        for (key, word) in [("style", words::STYLE), ("allowReserved", words::ALLOW_RESERVED)] {
            if let Some(said) = map.get(key).filter(|said| **said != Tree::Null) {
                value = with(value, word, plain(said));
            }
        }
        if map.get("in").and_then(Tree::as_str) == Some("querystring") {
            value = with(value, "in", Value::String("query".to_owned()));
            value = with(value, words::WHOLE_QUERY, Value::Bool(true));
        }
        if map.contains_key("schema") {
            value = with(value, "schema", self.schema_at(&place.child("schema")));
        } else if let Some(content) = map.get("content") {
            value = with(value, "content", self.content(content, &place.child("content")));
        } else if !map.contains_key("$ref") {
            self.malformed(place, "a parameter has a `schema` or a `content`");
            return None;
        }
        self.decode(value, place)
    }

    pub(super) fn request_body(&mut self, tree: &Tree, place: &Pointer) -> Option<ReferenceOr<RequestBody>> {
        let map = self.mapping(tree, place)?;
        let map = &*self.with_flags(map, place);
        let mut value = object(map.iter().filter(|(key, value)| *key != "content" && **value != Tree::Null));
        if let Some(content) = map.get("content") {
            value = with(value, "content", self.content(content, &place.child("content")));
        }
        if !map.contains_key("required") && !map.contains_key("$ref") {
            value = with(value, words::REQUIRED_UNSAID, Value::Bool(true));
        }
        self.decode(value, place)
    }

    /// A `$ref` to `place`, where a schema stands.
    pub(super) fn schema_at(&mut self, place: &Pointer) -> Value {
        self.schemas.push(place.clone());
        let mut reference = serde_json::Map::new();
        reference.insert("$ref".to_owned(), Value::String(place.to_string()));
        Value::Object(reference)
    }

    pub(super) fn entries<'t>(
        &mut self,
        tree: &'t Tree,
        key: &str,
        place: &Pointer,
    ) -> Vec<(&'t Key, &'t Tree)> {
        match tree.get(key) {
            None | Some(Tree::Null) => Vec::new(),
            Some(found) => {
                self.mapping(found, &place.child(key)).map(|map| map.iter().collect()).unwrap_or_default()
            }
        }
    }

    /// `openapiv3` has no members for what OAS 3.2.0 adds to a tag.
    fn tags(&mut self, tree: &Tree, root: &Pointer) -> Vec<Tag> {
        let place = root.child("tags");
        let tags = tree.get("tags").and_then(Tree::as_list).unwrap_or_default().iter().enumerate();
        let read = |(index, tag): (usize, &Tree)| {
            let mut value = textual(tag);
            for (key, word) in [("summary", words::TAG_SUMMARY), ("parent", words::TAG_PARENT)] {
                match tag.get(key) {
                    None | Some(Tree::Null) => {}
                    Some(Tree::String(text)) => value = with(value, word, Value::String(text.to_string())),
                    Some(other) => self
                        .diags
                        .warn(Code::IgnoredValue, &place.index(index).child(key))
                        .message(format!("`{key}` is a text, and this is {}", other.kind()))
                        .help("the tag is taken as if it had none"),
                }
            }
            self.decode(value, &place.index(index))
        };
        tags.filter_map(read).collect()
    }

    fn optional<T: DeserializeOwned>(&mut self, tree: &Tree, key: &str, place: &Pointer) -> Option<T> {
        let value = tree.get(key).filter(|value| **value != Tree::Null)?;
        self.decode(plain(value), &place.child(key))
    }

    pub(super) fn mapping<'t>(&mut self, tree: &'t Tree, place: &Pointer) -> Option<&'t Map> {
        let map = tree.as_map();
        if map.is_none() {
            self.malformed(place, format!("a mapping is wanted here, and this is {}", tree.kind()));
        }
        map
    }

    pub(super) fn decode<T: DeserializeOwned>(&mut self, value: Value, place: &Pointer) -> Option<T> {
        match serde_path_to_error::deserialize(value) {
            Ok(decoded) => Some(decoded),
            Err(error) => {
                let mut at = place.clone();
                for segment in error.path() {
                    at = match segment {
                        serde_path_to_error::Segment::Map { key } => at.child(key),
                        serde_path_to_error::Segment::Seq { index } => at.index(*index),
                        serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => {
                            at
                        }
                    };
                }
                self.malformed(&at, error.into_inner().to_string());
                None
            }
        }
    }

    pub(super) fn malformed(&mut self, place: &Pointer, message: impl Into<String>) {
        self.diags
            .error(Code::MalformedObject, place)
            .message(message)
            .help("mend the document; nothing is generated");
    }

    pub(super) fn not_generated(&mut self, what: &str, place: &Pointer) {
        self.diags
            .warn(Code::NotGenerated, place)
            .message(format!("`{what}` has no counterpart in the client yet"))
            .help("the rest of the document is generated as if it were not there");
    }
}
