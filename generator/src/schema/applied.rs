//! Keywords that apply schemas to members and items beyond those that `properties` names.

use indexmap::IndexMap;

use super::read::Reader;
use super::{Additional, AfterPrefix, Schema};
use crate::diag::Code;
use crate::source::{Map, Pointer, Tree};

impl Reader<'_> {
    pub(super) fn patterns(&mut self, map: &Map, pointer: &Pointer) -> IndexMap<String, Schema> {
        let place = pointer.child("x-pattern-properties");
        let patterns = map.get("x-pattern-properties").and_then(Tree::as_map);
        patterns
            .into_iter()
            .flatten()
            .map(|(pattern, schema)| (pattern.to_string(), self.schema(schema, place.child(pattern))))
            .collect()
    }

    pub(super) fn additional(&mut self, map: &Map, pointer: &Pointer) -> Additional {
        if let Some(patterns) = map.get("patternProperties").filter(|patterns| **patterns != Tree::Null) {
            return self.by_pattern(
                patterns,
                map.get("additionalProperties").or(map.get("unevaluatedProperties")),
                &pointer.child("patternProperties"),
            );
        }
        let said = |keyword| Some((keyword, map.get(keyword)?));
        match said("additionalProperties").or_else(|| said("unevaluatedProperties")) {
            None => Additional::Unspecified,
            Some((_, Tree::Bool(false))) => Additional::Forbidden,
            Some((_, Tree::Bool(true))) => Additional::Any,
            Some((keyword, schema)) => {
                Additional::Schema(Box::new(self.schema(schema, pointer.child(keyword))))
            }
        }
    }

    /// Members of several patterns and no others: each value is one of theirs.
    fn any_of_patterns(&mut self, patterns: &Map, place: &Pointer) -> Additional {
        self.diags
            .note(Code::KeywordNotEnforced, place)
            .message("which of these patterns a member follows is not checked by the client")
            .help("members that are not declared have one of the types, whatever they are called");
        let mut any_of: Vec<Schema> = Vec::new();
        for (pattern, schema) in patterns {
            // What two patterns say alike is one type.
            if !patterns.iter().take_while(|(other, _)| *other != pattern).any(|(_, other)| other == schema) {
                any_of.push(self.schema(schema, place.child(pattern)));
            }
        }
        Additional::Schema(Box::new(Schema {
            pointer: place.clone(),
            any_of: any_of.into(),
            ..Schema::default()
        }))
    }

    /// Members by the pattern of their names: a type, if all others that may be there follow one pattern.
    fn by_pattern(&mut self, patterns: &Tree, others: Option<&Tree>, place: &Pointer) -> Additional {
        let Tree::Map(patterns) = patterns else {
            self.malformed(place, patterns, "a mapping of schemas");
            return Additional::Unspecified;
        };
        let none_besides = others == Some(&Tree::Bool(false));
        let is_any = |pattern: &str| ["", ".*", "^.*$", "^.+$", ".+"].contains(&pattern);
        let mut entries = patterns.iter();
        match (entries.next(), entries.next()) {
            (Some((pattern, schema)), None) if none_besides || is_any(pattern) => {
                self.diags
                    .note(Code::KeywordNotEnforced, place)
                    .message("the names of these members are not checked by the client")
                    .help("whatever they are called, members that are not declared have this type");
                Additional::Schema(Box::new(self.schema(schema, place.child(pattern))))
            }
            (None, _) if none_besides => Additional::Forbidden,
            (None, _) => Additional::Unspecified,
            (Some(_), Some(_)) if none_besides => self.any_of_patterns(patterns, place),
            (Some(_), _) => {
                self.diags
                    .warn(Code::UnsupportedSchema, place)
                    .message("members of several patterns, or of one and others, have no type in the client yet")
                    .help("they are kept as JSON values; `x-pattern-properties` gives types to those whose names begin alike");
                Additional::Any
            }
        }
    }

    /// `prefixItems`, which before 2020-12 were written as a list in `items`.
    pub(super) fn prefix(&mut self, map: &Map, pointer: &Pointer) -> Vec<Schema> {
        if let (Some(Tree::List(_)), None) = (map.get("items"), map.get("prefixItems")) {
            let place = pointer.child("items");
            self.spelling(&place, "`items` is one schema for all items", "`prefixItems`");
            return self.list(map, "items", pointer);
        }
        self.list(map, "prefixItems", pointer)
    }

    /// `items`, and `additionalItems` where `items` is a list.
    pub(super) fn items(&mut self, map: &Map, pointer: &Pointer) -> Option<Box<Schema>> {
        let (keyword, items) = rest(map)?;
        match items {
            Tree::Bool(false) => None,
            items => Some(Box::new(self.schema(items, pointer.child(keyword)))),
        }
    }

    /// `then`, `else` and `dependentSchemas`, which hold for some values only.
    pub(super) fn conditional(&mut self, map: &Map, pointer: &Pointer) -> Vec<Schema> {
        let mut found = Vec::new();
        for keyword in ["then", "else"].into_iter().filter(|_| map.contains_key("if")) {
            found.extend(map.get(keyword).map(|schema| (schema, pointer.child(keyword))));
        }
        let place = pointer.child("dependentSchemas");
        let dependent = map.get("dependentSchemas").and_then(Tree::as_map).into_iter().flatten();
        found.extend(dependent.map(|(name, schema)| (schema, place.child(name))));
        found.into_iter().map(|(schema, place)| self.schema(schema, place)).collect()
    }
}

/// What holds for the items behind those that have schemas of their own, and the keyword that says so.
fn rest(map: &Map) -> Option<(&'static str, &Tree)> {
    let keyword = if matches!(map.get("items"), Some(Tree::List(_))) { "additionalItems" } else { "items" };
    let said = |keyword| Some((keyword, map.get(keyword)?));
    said(keyword).or_else(|| said("unevaluatedItems"))
}

pub(super) fn after_prefix(map: &Map) -> AfterPrefix {
    match rest(map) {
        Some((_, Tree::Bool(false))) => AfterPrefix::Nothing,
        _ => AfterPrefix::Items,
    }
}
