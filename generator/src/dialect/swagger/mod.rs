//! Swagger 2.0 to OpenAPI 3.0: `Tree` to `Tree` (OpenAPI Specification 2.0).
//!
//! Everything that 2.0 can say is said in 3.0's words, and shown by diagnostics where 2.0 has it; what 3.0 has no words for is reported.
//! What is no part of 2.0 is left as it stands, for the next arrow to look at.

mod body;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;

use std::collections::BTreeMap;

use crate::catalogue::Edition;
use crate::diag::{Code, Diagnostics, Origins};
use crate::source::{Map, Pointer, Tree};

/// The same document in OpenAPI 3.0, if it is one of Swagger 2.0; any other as it is.
///
/// From then on `diags` knows where the values of the document were.
pub fn upgraded(tree: Tree, diags: &mut Diagnostics) -> Tree {
    let is_it = Edition::of(&tree) == Some(Edition::Two);
    let Some(root) = tree.as_map().filter(|_| is_it) else { return tree };
    let mut origins = Origins::default();
    origins.graft(&Pointer::root(), &diags.lineage(&Pointer::root()), &Pointer::root());
    let mut upgrade = Upgrade { root: &tree, origins, moved: BTreeMap::new(), diags };
    let mut upgraded = Tree::from(upgrade.document(root));
    upgrade.relocate(&mut upgraded);
    let origins = upgrade.origins;
    diags.origins(origins);
    upgraded
}

struct Upgrade<'a> {
    root: &'a Tree,
    origins: Origins,
    /// Where schemas are that stood in bodies and responses.
    moved: BTreeMap<Pointer, Pointer>,
    diags: &'a mut Diagnostics,
}

/// What is said for the whole document or for a path, and holds for an operation that does not say it.
#[derive(Debug, Clone, Copy)]
struct Defaults<'t> {
    consumes: Option<&'t Tree>,
    produces: Option<&'t Tree>,
}

impl<'a> Upgrade<'a> {
    fn document(&mut self, root: &'a Map) -> Map {
        const OF_3_0: [&str; 4] = ["openapi", "components", "servers", "webhooks"];
        let here = Pointer::root();
        let mut document = Map::new();
        document.insert("openapi".to_owned(), Tree::from("3.0.3"));
        self.mark(&here.child("swagger"), &here.child("openapi"));
        if let Some(servers) = self.servers(root.get("schemes"), &here) {
            document.insert("servers".to_owned(), servers);
        }
        let defaults = Defaults { consumes: root.get("consumes"), produces: root.get("produces") };
        for (key, value) in root {
            let place = here.child(key);
            match key.as_str() {
                "swagger"
                | "host"
                | "basePath"
                | "schemes"
                | "consumes"
                | "produces"
                | "definitions"
                | "parameters"
                | "responses"
                | "securityDefinitions" => {}
                "paths" => {
                    document.insert(key.clone(), self.paths(value, &place, defaults));
                }
                later if OF_3_0.contains(&later) => {}
                _ => {
                    document.insert(key.clone(), value.clone());
                }
            }
        }
        document.insert("components".to_owned(), Tree::from(self.components(root, defaults)));
        document
    }

    fn components(&mut self, root: &'a Map, defaults: Defaults<'a>) -> Map {
        let mut components = Map::new();
        let at = Pointer::root().child("components");
        for (old, new) in [
            ("definitions", "schemas"),
            ("parameters", "parameters"),
            ("responses", "responses"),
            ("securityDefinitions", "securitySchemes"),
        ] {
            let Some(entries) = root.get(old) else { continue };
            let (from, to) = (Pointer::root().child(old), at.child(new));
            self.mark(&from, &to);
            let Tree::Map(entries) = entries else {
                components.insert(new.to_owned(), entries.clone());
                continue;
            };
            let mut upgraded = Map::new();
            for (name, value) in entries.iter() {
                let (from, to) = (from.child(name), to.child(name));
                let value = match old {
                    "definitions" => Some(self.schema(value, &from, &to)),
                    "parameters" => self.component_parameter(value, &from, &to),
                    "responses" => Some(self.response(value, &from, &to, defaults.produces)),
                    _ => Some(self.security_scheme(value, &from, &to)),
                };
                upgraded.extend(value.map(|value| (name.clone(), value)));
            }
            components.insert(new.to_owned(), Tree::from(upgraded));
        }
        components
    }

    /// Notes that what is at `from` in 2.0 is at `to` in 3.0.
    fn mark(&mut self, from: &Pointer, to: &Pointer) {
        if from != to {
            let lineage = self.diags.lineage(from);
            self.origins.graft(to, &lineage, &Pointer::root());
        }
    }

    /// Notes that a schema is at `to` that stood elsewhere; of several places the first counts.
    fn moved(&mut self, from: &Pointer, to: &Pointer) {
        if let Some(from) = Pointer::from_reference(&schema::reference(&from.to_reference())) {
            self.moved.entry(from).or_insert_with(|| to.clone());
        }
    }

    /// Lets references to what stood in bodies and responses lead to where that is now.
    fn relocate(&self, tree: &mut Tree) {
        match tree {
            Tree::Map(map) => {
                if let Some(Tree::String(text)) = map.get_mut("$ref")
                    && !text.starts_with("#/components/schemas/")
                    && let Some(place) =
                        Pointer::from_reference(text).and_then(|target| self.relocated(&target))
                {
                    *text = place.to_reference().into();
                }
                map.values_mut().for_each(|value| self.relocate(value));
            }
            Tree::List(items) => items.iter_mut().for_each(|item| self.relocate(item)),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
        }
    }

    fn relocated(&self, target: &Pointer) -> Option<Pointer> {
        let mut around = Some(target.clone());
        while let Some(outer) = around {
            if let Some(to) = self.moved.get(&outer) {
                return Some(to.join(&target.within(&outer)?));
            }
            around = outer.parent();
        }
        None
    }

    /// The object that `tree` stands for, and where it is: itself, or what its `$ref` leads to.
    fn followed<'t>(&self, tree: &'t Tree, place: &Pointer) -> Option<(&'t Tree, Pointer)>
    where
        'a: 't,
    {
        let (mut tree, mut place) = (tree, place.clone());
        for _ in 0..16 {
            let Some(text) = tree.get("$ref").and_then(Tree::as_str) else { return Some((tree, place)) };
            place = Pointer::from_reference(text)?;
            tree = self.root.at(&place)?;
        }
        None
    }

    fn without_counterpart(&mut self, place: &Pointer, message: impl Into<String>, help: &str) {
        self.diags.warn(Code::NoCounterpart, place).message(message).help(help);
    }
}

/// The texts in a list of them.
fn texts(tree: Option<&Tree>) -> Vec<&str> {
    tree.and_then(Tree::as_list).unwrap_or_default().iter().filter_map(Tree::as_str).collect()
}

/// Whether it is an extension.
fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}
