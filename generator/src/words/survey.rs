//! One walk over the objects of a document: which of our words stand where they may, and which are misspelt.
//!
//! Only places where OpenAPI has objects are visited; examples, defaults, enumerations and the values of other tools' words
//! are not. A place is spelt out only for what is reported.

use std::collections::{BTreeSet, HashMap};

use super::pattern::Patterns;
use super::schema::{self, Resources};
use super::value::Value;
use super::vocabulary::{self, Place, Word};
use crate::diag::{Code, Diagnostics};
use crate::source::{Pointer, Tree};

/// What a survey finds.
pub(super) struct Found<'t> {
    /// The values of `x-resource-type`.
    pub(super) resource_types: BTreeSet<&'t str>,
    /// The first place of one.
    pub(super) first_resource: Option<Pointer>,
    /// The patterns of member names, compiled.
    pub(super) patterns: Patterns,
}

/// Reports misspelt and misplaced words, and words of schemas whose values are wrong.
pub(super) fn survey<'t>(tree: &'t Tree, diags: &mut Diagnostics) -> Found<'t> {
    let mut survey = Survey {
        path: Vec::new(),
        known: HashMap::new(),
        resource_types: BTreeSet::new(),
        resources: Resources::default(),
        patterns: Patterns::default(),
        diags,
    };
    survey.visit(Object::Root, tree);
    let Survey { resource_types, resources, patterns, .. } = survey;
    Found { resource_types, first_resource: resources.first, patterns }
}

/// The kinds of objects of a document (OAS 3.2.0, section 4), as far as they differ in what stands in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Object {
    Root,
    Components,
    Paths,
    PathItem,
    Event,
    Operation,
    Callback,
    Parameter,
    Header,
    RequestBody,
    Responses,
    Response,
    MediaType,
    SecurityScheme,
    Schema,
    /// One that has no object with words inside: info, server, tag, link.
    Leaf,
}

/// What a member of an object holds.
enum Inside {
    /// Nothing to visit.
    Nothing,
    /// An object.
    One(Object),
    /// Objects in a mapping with free keys or in a sequence.
    Each(Object),
}

#[derive(Debug, Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

/// What an `x-` key is.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Ours(&'static Word),
    Misspelt(&'static Word),
    Foreign,
}

struct Survey<'t, 'd> {
    path: Vec<Step<'t>>,
    /// Words met before. Looked up only.
    known: HashMap<&'t str, Meaning>,
    resource_types: BTreeSet<&'t str>,
    resources: Resources,
    patterns: Patterns,
    diags: &'d mut Diagnostics,
}

impl<'t> Survey<'t, '_> {
    fn visit(&mut self, object: Object, tree: &'t Tree) {
        for (key, value) in tree.as_map().into_iter().flatten() {
            self.path.push(Step::Key(key));
            if key.starts_with("x-") {
                self.word(object, tree, key, value);
            }
            match object.inside(key) {
                Inside::Nothing => {}
                Inside::One(inner) => self.visit(inner, value),
                Inside::Each(inner) => self.visit_each(inner, value),
            }
            self.path.pop();
        }
    }

    fn visit_each(&mut self, object: Object, tree: &'t Tree) {
        match tree {
            Tree::Map(map) => {
                for (key, value) in map.iter() {
                    self.path.push(Step::Key(key));
                    self.visit(object, value);
                    self.path.pop();
                }
            }
            Tree::List(list) => {
                for (index, value) in list.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.visit(object, value);
                    self.path.pop();
                }
            }
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
        }
    }

    fn word(&mut self, object: Object, of: &'t Tree, key: &'t str, value: &'t Tree) {
        match self.meaning(key) {
            Meaning::Foreign => {}
            Meaning::Misspelt(word) => {
                let name = word.name;
                self.diags
                    .warn(Code::UnknownWord, &self.place())
                    .message(format!("`{key}` is none of our words; did you mean `{name}`?"))
                    .help("it is ignored");
            }
            Meaning::Ours(word) if object.place().is_some_and(|place| word.places.contains(&place)) => {
                if word.name == "x-resource-type" {
                    self.resource_types.extend(value.as_str());
                }
                if object == Object::Schema || word.name == "x-name" {
                    let value = Value { tree: value, place: self.place() };
                    schema::check(word.name, of, &value, &mut self.patterns, self.diags);
                    self.resources.note(word.name, &value, self.diags);
                }
            }
            Meaning::Ours(word) => {
                let places: Vec<&str> = word.places.iter().map(|place| place.name()).collect();
                self.diags
                    .warn(Code::MisplacedWord, &self.place())
                    .message(format!("`{key}` has no meaning here"))
                    .help(format!("it is ignored; its place is {}", places.join(" or ")));
            }
        }
    }

    fn meaning(&mut self, key: &'t str) -> Meaning {
        *self.known.entry(key).or_insert_with(|| match vocabulary::find(key) {
            Some(word) => Meaning::Ours(word),
            None => vocabulary::similar(key).map_or(Meaning::Foreign, Meaning::Misspelt),
        })
    }

    fn place(&self) -> Pointer {
        self.path.iter().fold(Pointer::root(), |place, step| match step {
            Step::Key(key) => place.child(key),
            Step::Index(index) => place.index(*index),
        })
    }
}

impl Object {
    /// What of ours may stand in it.
    fn place(self) -> Option<Place> {
        match self {
            Object::Root => Some(Place::Root),
            Object::Event => Some(Place::Event),
            Object::Operation => Some(Place::Operation),
            Object::Parameter => Some(Place::Parameter),
            Object::Schema => Some(Place::Schema),
            Object::SecurityScheme => Some(Place::SecurityScheme),
            Object::Components
            | Object::Paths
            | Object::PathItem
            | Object::Callback
            | Object::Header
            | Object::RequestBody
            | Object::Responses
            | Object::Response
            | Object::MediaType
            | Object::Leaf => None,
        }
    }

    /// What the member `key` holds.
    fn inside(self, key: &str) -> Inside {
        match self {
            Object::Root => in_root(key),
            Object::Components => in_components(key),
            Object::Paths if key.starts_with('/') => Inside::One(Object::PathItem),
            Object::Callback if !key.starts_with("x-") => Inside::One(Object::PathItem),
            Object::Responses if !key.starts_with("x-") => Inside::One(Object::Response),
            Object::PathItem | Object::Event => in_path_item(key),
            Object::Operation => in_operation(key),
            Object::Parameter | Object::Header => match key {
                "schema" => Inside::One(Object::Schema),
                "content" => Inside::Each(Object::MediaType),
                _ => Inside::Nothing,
            },
            Object::RequestBody if key == "content" => Inside::Each(Object::MediaType),
            Object::Response => match key {
                "headers" => Inside::Each(Object::Header),
                "content" => Inside::Each(Object::MediaType),
                "links" => Inside::Each(Object::Leaf),
                _ => Inside::Nothing,
            },
            Object::MediaType if matches!(key, "schema" | "itemSchema") => Inside::One(Object::Schema),
            Object::Schema => in_schema(key),
            Object::Paths
            | Object::Callback
            | Object::Responses
            | Object::RequestBody
            | Object::MediaType
            | Object::SecurityScheme
            | Object::Leaf => Inside::Nothing,
        }
    }
}

fn in_root(key: &str) -> Inside {
    match key {
        "info" => Inside::One(Object::Leaf),
        "servers" | "tags" => Inside::Each(Object::Leaf),
        "paths" => Inside::One(Object::Paths),
        "webhooks" => Inside::Each(Object::PathItem),
        "x-webhooks" => Inside::Each(Object::Event),
        "components" => Inside::One(Object::Components),
        _ => Inside::Nothing,
    }
}

fn in_components(key: &str) -> Inside {
    match key {
        "schemas" => Inside::Each(Object::Schema),
        "parameters" => Inside::Each(Object::Parameter),
        "headers" => Inside::Each(Object::Header),
        "requestBodies" => Inside::Each(Object::RequestBody),
        "responses" => Inside::Each(Object::Response),
        "securitySchemes" => Inside::Each(Object::SecurityScheme),
        "callbacks" => Inside::Each(Object::Callback),
        "pathItems" => Inside::Each(Object::PathItem),
        "mediaTypes" => Inside::Each(Object::MediaType),
        "links" => Inside::Each(Object::Leaf),
        _ => Inside::Nothing,
    }
}

fn in_path_item(key: &str) -> Inside {
    match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Inside::One(Object::Operation)
        }
        "additionalOperations" => Inside::Each(Object::Operation),
        "parameters" => Inside::Each(Object::Parameter),
        "servers" => Inside::Each(Object::Leaf),
        _ => Inside::Nothing,
    }
}

fn in_operation(key: &str) -> Inside {
    match key {
        "parameters" => Inside::Each(Object::Parameter),
        "requestBody" => Inside::One(Object::RequestBody),
        "responses" => Inside::One(Object::Responses),
        "callbacks" => Inside::Each(Object::Callback),
        "servers" => Inside::Each(Object::Leaf),
        _ => Inside::Nothing,
    }
}

/// JSON Schema 2020-12, Core, section 10; `x-pattern-properties` is ours.
fn in_schema(key: &str) -> Inside {
    match key {
        "properties"
        | "patternProperties"
        | "x-pattern-properties"
        | "dependentSchemas"
        | "$defs"
        | "definitions"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "prefixItems" => Inside::Each(Object::Schema),
        "items"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contains"
        | "propertyNames"
        | "contentSchema"
        | "not"
        | "if"
        | "then"
        | "else" => Inside::One(Object::Schema),
        _ => Inside::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use crate::words::testing::complaints;

    #[test]
    fn a_misspelt_word_is_reported_wherever_it_stands() {
        assert_eq!(
            complaints(
                "x-cilent: {}\n\
                 paths: {/pets: {get: {x-inclued: [a], responses: {200: {content: {a/b: {schema: {items: {x-lenientt: []}}}}}}}}}\n\
                 components: {securitySchemes: {a: {x-tokens: {}}}, schemas: {b: {allOf: [{x-resourceType: b}]}}}\n",
            ),
            [
                "unknown-word #/x-cilent: `x-cilent` is none of our words; did you mean `x-client`?",
                "unknown-word #/paths/~1pets/get/x-inclued: `x-inclued` is none of our words; did you mean `x-include`?",
                "unknown-word #/paths/~1pets/get/responses/200/content/a~1b/schema/items/x-lenientt: \
                 `x-lenientt` is none of our words; did you mean `x-lenient`?",
                "unknown-word #/components/securitySchemes/a/x-tokens: `x-tokens` is none of our words; did you mean `x-token`?",
                "unknown-word #/components/schemas/b/allOf/0/x-resourceType: \
                 `x-resourceType` is none of our words; did you mean `x-resource-type`?",
            ]
        );
    }

    #[test]
    fn a_word_has_its_places() {
        let said = complaints(
            "x-sort: [a]\ninfo: {x-name: a}\n\
             paths: {x-client: {}, /a: {x-linkage: b, parameters: [{x-lenient: [string]}], post: {requestBody: {x-id: A}}}}\n",
        );
        let places: Vec<_> = said.iter().map(|said| said.split(':').next().unwrap()).collect();
        assert_eq!(
            places,
            [
                "misplaced-word #/x-sort",
                "misplaced-word #/info/x-name",
                "misplaced-word #/paths/x-client",
                "misplaced-word #/paths/~1a/x-linkage",
                "misplaced-word #/paths/~1a/parameters/0/x-lenient",
                "misplaced-word #/paths/~1a/post/requestBody/x-id",
            ]
        );
    }

    #[test]
    fn what_is_data_or_a_name_is_no_word() {
        let silent = complaints(
            "x-stripeEvent: {x-sort: 1}\nx-amazon-apigateway-any: {x-clients: 1}\n\
             components: {schemas: {x-sort: {properties: {x-client: {}}, example: {x-sort: 1}, default: {x-sort: 1}, \
             enum: [{x-sort: 1}], const: {x-sort: 1}, examples: [{x-sort: 1}]}}, \
             examples: {a: {x-sort: 1}}, parameters: {x-token: {x-name: token, schema: {x-id: Token}}}}\n",
        );
        assert_eq!(silent, Vec::<String>::new());
    }
}
