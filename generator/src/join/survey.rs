//! What a file refers to, and what in it has an address of its own, without knowing what kind of object anything is.

use super::address::resolve;
use super::grammar::{is_mapped_reference, reference};
use crate::source::{Map, Pointer, Tree};

/// Keys below which there is data.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];
/// Mappings in which such a key is the name of an object.
const OF_OBJECTS: [&str; 13] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "callbacks",
    "mapping",
    "encoding",
];
/// Members that are no references by OpenAPI's letter, or whose target has to stand in their place.
const TAKEN_IN: [&str; 24] = [
    "paths",
    "components",
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "securitySchemes",
    "callbacks",
    "properties",
    "definitions",
    "info",
    "tags",
    "servers",
    "content",
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
];
/// Mappings in which a reference is taken in.
const OF_TAKEN_IN: [&str; 5] = ["paths", "webhooks", "content", "pathItems", "additionalOperations"];

/// What is found in a file.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The addresses that references lead to, in the order of the file.
    pub(super) outgoing: Vec<String>,
    /// Schemas with an address of their own (`$id`).
    pub(super) resources: Vec<(String, Pointer)>,
    /// Schemas with a name (`$anchor`), and the address it is a name at.
    pub(super) anchors: Vec<(String, String, Pointer)>,
    /// Whether there is a reference that the stages after this one do not follow.
    pub(super) needs_joining: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

/// Looks at a file that is at `base`.
pub(super) fn survey(tree: &Tree, base: &str) -> Survey {
    let mut survey = Survey::default();
    survey.look(tree, base, &mut Vec::new());
    survey
}

impl Survey {
    /// `way` leads to `tree`.
    fn look<'t>(&mut self, tree: &'t Tree, base: &str, way: &mut Vec<Step<'t>>) {
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    way.push(Step::Index(index));
                    self.look(item, base, way);
                    way.pop();
                }
            }
            Tree::Map(map) => self.look_into(map, base, way),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
        }
    }

    fn look_into<'t>(&mut self, map: &'t Map, base: &str, way: &mut Vec<Step<'t>>) {
        let own = map.get("$id").and_then(Tree::as_str).map(|id| resolve(base, id).0);
        let base = own.as_deref().unwrap_or(base);
        if own.is_some() {
            self.needs_joining = true;
            self.resources.push((base.to_owned(), pointer(way)));
        }
        for anchor in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = map.get(anchor).and_then(Tree::as_str) {
                self.anchors.push((base.to_owned(), name.to_owned(), pointer(way)));
            }
        }
        let last = key(way, 1);
        if let Some(text) = reference(map) {
            let is_taken_in = TAKEN_IN.contains(&last) || OF_TAKEN_IN.contains(&key(way, 2));
            self.needs_joining |= is_taken_in || !(text == "#" || text.starts_with("#/"));
            // What is no component is taken in, unless it is a schema.
            self.needs_joining |= text.starts_with("#/paths/");
            self.refer(text, base);
        }
        for (name, value) in map {
            if DATA.contains(&name.as_str()) && !OF_OBJECTS.contains(&last) && !way.is_empty() {
                continue;
            }
            if last == "discriminator" && name == "mapping" {
                let values = value.as_map().into_iter().flatten().filter_map(|(_, value)| value.as_str());
                for value in values.filter(|value| is_mapped_reference(value)) {
                    self.needs_joining |= !value.starts_with("#/");
                    self.refer(value, base);
                }
            }
            way.push(Step::Key(name));
            self.look(value, base, way);
            way.pop();
        }
    }

    fn refer(&mut self, text: &str, base: &str) {
        if !text.starts_with('#') {
            self.outgoing.push(resolve(base, text).0);
        }
    }
}

/// The key that is `back` steps from the end.
fn key<'t>(way: &[Step<'t>], back: usize) -> &'t str {
    match way.len().checked_sub(back).and_then(|at| way.get(at)) {
        Some(Step::Key(key)) => key,
        Some(Step::Index(_)) | None => "",
    }
}

fn pointer(way: &[Step<'_>]) -> Pointer {
    way.iter().fold(Pointer::root(), |pointer, step| match step {
        Step::Key(key) => pointer.child(key),
        Step::Index(index) => pointer.index(*index),
    })
}
