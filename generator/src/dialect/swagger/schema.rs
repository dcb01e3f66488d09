//! Schemas: JSON Schema with words of 2.0's own.

use super::Upgrade;
use crate::source::{Key, Map, Pointer, Tree};

impl Upgrade<'_> {
    /// The schema that stands at `from`, for `to`.
    pub(super) fn schema(&mut self, tree: &Tree, from: &Pointer, to: &Pointer) -> Tree {
        self.mark(from, to);
        self.schema_inside(tree, from, to)
    }

    /// The same where the place is known.
    fn schema_inside(&mut self, tree: &Tree, from: &Pointer, to: &Pointer) -> Tree {
        let Tree::Map(map) = tree else { return tree.clone() };
        let mut schema = Map::with_capacity(map.len());
        for (key, value) in map.iter() {
            let (from, to) = (from.child(key), to.child(key));
            let value = match (key.as_str(), value) {
                ("$ref", Tree::String(text)) => Tree::from(reference(text)),
                ("properties" | "definitions" | "patternProperties", Tree::Map(entries)) => {
                    let entry = |(name, value): (&Key, &Tree)| {
                        (name.clone(), self.schema_inside(value, &from.child(name), &to.child(name)))
                    };
                    entries.iter().map(entry).collect()
                }
                ("allOf" | "oneOf" | "anyOf", Tree::List(items)) => {
                    let item = |(at, item)| self.schema_inside(item, &from.index(at), &to.index(at));
                    Tree::List(items.iter().enumerate().map(item).collect())
                }
                ("items" | "additionalProperties" | "not", value) => self.schema_inside(value, &from, &to),
                ("discriminator", Tree::String(property)) => {
                    Tree::from_iter([("propertyName".to_owned(), Tree::String(property.clone()))])
                }
                ("x-nullable", Tree::Bool(_)) if !map.contains_key("nullable") => {
                    self.mark(&from, &to.parent().unwrap_or_default().child("nullable"));
                    schema.insert("nullable".to_owned(), value.clone());
                    continue;
                }
                ("type", Tree::String(text)) if **text == *"file" => {
                    schema.insert("format".to_owned(), Tree::from("binary"));
                    Tree::from("string")
                }
                ("format", _) if schema.contains_key("format") => continue,
                ("collectionFormat", value) => {
                    self.inner_format(value, &from);
                    continue;
                }
                (_, value) => value.clone(),
            };
            schema.insert(key.clone(), value);
        }
        Tree::from(schema)
    }

    /// Lists in lists: OAS 3 separates only the outer ones.
    fn inner_format(&mut self, value: &Tree, place: &Pointer) {
        if value.as_str() != Some("csv") {
            self.without_counterpart(
                place,
                "OpenAPI 3 has no separators for lists inside of lists",
                "what the client sends is what its type gives",
            );
        }
    }
}

/// A reference to where components are in 3.0.
pub(super) fn reference(text: &str) -> String {
    let homes = [("definitions", "schemas"), ("parameters", "parameters"), ("responses", "responses")];
    let moved = homes.iter().find_map(|(old, new)| {
        let rest = text.strip_prefix("#/")?.strip_prefix(old)?.strip_prefix('/')?;
        Some(format!("#/components/{new}/{rest}"))
    });
    moved.unwrap_or_else(|| text.to_owned())
}
