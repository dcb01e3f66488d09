//! What a file refers to, and what in it has an address of its own, without knowing what kind of object anything is.

use super::address::resolve;
use super::grammar::{Kind, is_address, reference};
use super::requirement::{addresses, may_have_addresses};
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
/// Mappings from names to schemas: what is called like a member that is taken in is a schema there like any other.
const OF_SCHEMAS: [&str; 6] =
    ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas"];
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
    /// Whether security requirements may name schemes by their addresses.
    has_addresses: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

/// Looks at a file that is at `base`.
pub(super) fn survey(tree: &Tree, base: &str) -> Survey {
    let mut survey = Survey { has_addresses: may_have_addresses(tree), ..Survey::default() };
    survey.look(tree, base, &mut Vec::new());
    survey
}

/// Whether the mapping of some discriminator may name another file, by the looks of the text.
pub(super) fn may_map_elsewhere(text: &str) -> bool {
    let names_file = |text: &str| [".yaml", ".yml", ".json"].iter().any(|end| text.contains(end));
    if !names_file(text) {
        return false;
    }
    let maps = |(at, word): (usize, &str)| {
        let behind = text[at + word.len()..].trim_start_matches(['"', '\'']).trim_start_matches(' ');
        let Some(value) = behind.strip_prefix(':') else { return false };
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = |line: &str| line.len() - line.trim_start().len();
        let is_inner = |inner: &&str| inner.trim().is_empty() || indent(inner) > indent(&text[line..at]);
        match value.trim_start().chars().next() {
            Some('{') => names_file(value.split('}').next().unwrap_or_default()),
            // Written elsewhere.
            Some('*') => true,
            _ => {
                let mut lines = value.lines();
                lines.next().is_some_and(names_file) || lines.take_while(is_inner).any(names_file)
            }
        }
    };
    ["mapping", "defaultMapping"].into_iter().any(|word| text.match_indices(word).any(maps))
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
        // Hardly any mapping has one of them, and there are many mappings.
        if !map.keys().any(|key| key.starts_with('$')) {
            return self.look_at_members(map, base, way);
        }
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
        if let Some(text) = reference(map) {
            self.needs_joining |= is_taken_in(way) || !(text == "#" || text.starts_with("#/"));
            // What is no component is taken in, unless it is a schema.
            self.needs_joining |= text.starts_with("#/paths/");
            self.refer(text, base);
        }
        self.look_at_members(map, base, way);
    }

    fn look_at_members<'t>(&mut self, map: &'t Map, base: &str, way: &mut Vec<Step<'t>>) {
        let last = key(way, 1);
        for (name, value) in map {
            if DATA.contains(&name.as_str()) && !OF_OBJECTS.contains(&last) && !way.is_empty() {
                continue;
            }
            if last == "discriminator" {
                let values = value.as_map().filter(|_| name == "mapping").into_iter().flatten();
                let default = Some(value).filter(|_| name == "defaultMapping");
                let values = values.map(|(_, value)| value).chain(default).filter_map(Tree::as_str);
                for value in values.filter(|value| is_address(value)) {
                    self.needs_joining |= !value.starts_with("#/");
                    self.refer(value, base);
                }
            }
            if name == "security" && self.has_addresses {
                for address in addresses(value, base) {
                    self.needs_joining = true;
                    self.outgoing.extend(Some(address).filter(|address| address != base));
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

/// Whether a reference to which `way` leads may have to be taken in. It is better to think so once too often.
fn is_taken_in(way: &[Step<'_>]) -> bool {
    let (last, around, beyond) = (key(way, 1), key(way, 2), key(way, 3));
    let is_schema = OF_SCHEMAS.contains(&around) && !OF_SCHEMAS.contains(&last);
    // `items` of a property that is called `content` is no media type.
    let is_in_schema = OF_SCHEMAS.contains(&beyond) && Kind::Schema.slot(last).is_some();
    TAKEN_IN.contains(&last) && !is_schema || OF_TAKEN_IN.contains(&around) && !is_in_schema
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

#[cfg(test)]
mod tests {
    use super::{may_map_elsewhere, survey};
    use crate::diag::Diagnostics;
    use crate::source::{Source, read};

    fn needs_joining(text: &str) -> bool {
        let tree = read(&Source::from_text("api.yaml", text), &mut Diagnostics::default());
        survey(&tree.unwrap(), "api.yaml").needs_joining
    }

    #[test]
    fn a_property_that_is_called_like_a_member_is_a_schema() {
        assert!(!needs_joining("{components: {schemas: {A: {properties: {content: {$ref: '#/a'}}}}}}"));
        assert!(!needs_joining("{components: {schemas: {content: {items: {$ref: '#/a'}}}}}"));
        assert!(needs_joining("{components: {schemas: {A: {properties: {$ref: '#/a'}}}}}"));
        assert!(needs_joining("{components: {responses: {A: {content: {$ref: '#/a'}}}}}"));
        assert!(needs_joining("{components: {responses: {A: {content: {text/plain: {$ref: '#/a'}}}}}}"));
        assert!(needs_joining("{components: {pathItems: {A: {$ref: '#/a'}}}}"));
    }

    #[test]
    fn a_text_tells_whether_a_mapping_may_name_a_file() {
        assert!(may_map_elsewhere("mapping:\n  a: pets.yaml#/a\n"));
        assert!(may_map_elsewhere(r#"{"mapping": {"a": "pets.json"}}"#));
        assert!(may_map_elsewhere("defaultMapping: pets.json"));
        assert!(!may_map_elsewhere("defaultMapping: Pet\nother: pets.json"));
        assert!(may_map_elsewhere("mapping: *known\nx: a.json"));
        assert!(!may_map_elsewhere("mapping:\n  a: '#/a'\nx: a.json"));
        assert!(!may_map_elsewhere(r##"{"mapping": {"a": "#/a"}, "x": "a.json"}"##));
        assert!(!may_map_elsewhere("a mapping, see pets.yaml"));
    }
}
