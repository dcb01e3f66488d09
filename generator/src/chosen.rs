//! What the configuration and the document's words choose for stages that know neither: names, components that are one, and types that
//! are not the client's.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::analyze::Facts;
use crate::config::Config;
use crate::diag::{Code, Diagnostics};
use crate::dialect::Document;
use crate::emit::Layout;
use crate::lower::json_kind;
use crate::model::{Api, Foreign, JsonKind, TypeChoices};
use crate::name::{Overrides, RustPath};
use crate::schema::{JsonType, Schema};
use crate::source::Pointer;
use crate::types_config::TypesConfig;
use crate::words::{TypeKey, Words};

/// The names that the configuration and the document's words choose; the configuration's go before.
pub(crate) fn overrides(config: &Config, words: &Words) -> Overrides {
    let mut overrides = config.names.clone();
    let client = Pointer::root().child("x-client");
    for (key, name) in &words.client.type_names {
        let (key, place) = match key {
            TypeKey::Component(component) => (component.clone(), client.child("type_names").child(component)),
            TypeKey::Place(place) => (place.to_string(), client.child("type_names")),
        };
        say(&mut overrides.types, &mut overrides.places, (key, name), &place);
    }
    let rename = client.child("groups").child("rename");
    for (group, name) in &words.client.group_names {
        say(&mut overrides.groups, &mut overrides.places, (group.clone(), name), &rename.child(group));
    }
    overrides
}

fn say(
    names: &mut IndexMap<String, String>,
    places: &mut BTreeMap<String, Pointer>,
    (key, name): (String, &String),
    place: &Pointer,
) {
    if !names.contains_key(&key) {
        places.extend([(key.clone(), place.clone()), (name.clone(), place.clone())]);
        names.insert(key, name.clone());
    }
}

/// What is chosen of types: whose stand for single values, and which for schemas.
pub(crate) fn types(document: &Document, config: &Config, diags: &mut Diagnostics) -> TypeChoices {
    let wanted = &config.types;
    let mut replaced = BTreeMap::new();
    let mut unused: BTreeSet<&str> = wanted.replace.keys().map(String::as_str).collect();
    let mut open: Vec<&Schema> = document.schemas.iter().map(|(_, schema)| schema).collect();
    while let Some(schema) = open.pop() {
        open.extend(schema.children());
        let path = match (chosen(wanted, schema), &schema.words.rust_type) {
            (Some((key, path)), _) => {
                unused.remove(key.as_str());
                Some((path.clone(), Pointer::root()))
            }
            (None, Some(text)) => of_document(text, schema, config, diags),
            (None, None) => None,
        };
        if let Some((path, place)) = path {
            report_own(&path, &place, config, diags);
            let foreign = Foreign { path: path.to_string(), place, kind: kind(schema) };
            replaced.insert(schema.pointer.clone(), foreign);
        }
    }
    for key in unused {
        diags
            .error(Code::UnusedOverride, &Pointer::root())
            .message(format!(
                "the configuration replaces the type of `{key}`, and the document has no such schema"
            ))
            .help("correct the key or remove the entry");
    }
    TypeChoices { libraries: wanted.libraries, replaced }
}

/// What the configuration has in place of a schema, by its place or, of a component, by its name.
fn chosen<'w>(wanted: &'w TypesConfig, schema: &Schema) -> Option<(&'w String, &'w RustPath)> {
    if wanted.replace.is_empty() {
        return None;
    }
    let by_name = || wanted.replace.get_key_value(&schema.component()?);
    wanted.replace.get_key_value(&schema.pointer.to_string()).or_else(by_name)
}

/// What `x-rust-type` of a schema names. That it is of a crate which nobody has agreed to is no reason to depend on it.
fn of_document(
    text: &str,
    schema: &Schema,
    config: &Config,
    diags: &mut Diagnostics,
) -> Option<(RustPath, Pointer)> {
    let place = schema.pointer.child("x-rust-type");
    let path = match RustPath::parse(text) {
        Ok(path) => path,
        Err(reason) => {
            diags
                .error(Code::InvalidWord, &place)
                .message(reason)
                .help("mend the word; nothing is generated");
            return None;
        }
    };
    if let Some(unknown) = path.crates().into_iter().find(|krate| !config.types.offers(krate)) {
        diags
            .warn(Code::WordWithoutEffect, &place)
            .message(format!("the configuration does not list the crate `{unknown}` of `{text}`"))
            .help("the schema has a type of the client's own; list the crate below `[types.crates]` to have the other");
        return None;
    }
    Some((path, place))
}

/// Nothing but the client is in its package; only what a module is embedded in can have types for it.
fn report_own(path: &RustPath, place: &Pointer, config: &Config, diags: &mut Diagnostics) {
    let is_package = config.layout.unwrap_or(Layout::Package) == Layout::Package;
    if is_package && path.is_of_this_crate() {
        diags
            .error(Code::InvalidName, place)
            .message(format!(
                "`{path}` is of the crate that the client is in, and that is the client's own package"
            ))
            .help("name a type of another crate, or embed the client in the package that has the type");
    }
}

/// What values of a schema are in JSON.
fn kind(schema: &Schema) -> Option<JsonKind> {
    schema.types.single().filter(|ty| *ty != JsonType::Null).map(json_kind)
}

/// Reports components that are said to be the same and are not.
pub(crate) fn report_unequal(words: &Words, api: &Api, facts: &Facts, diags: &mut Diagnostics) {
    let place = Pointer::root().child("x-client").child("same_schema");
    for (at, set) in words.client.same_schema.iter().enumerate() {
        let known = |name: &String| api.component(name).map(|id| facts.canonical(id));
        let first = set.iter().find_map(known);
        let is_other = |name: &String| known(name).is_some_and(|id| Some(id) != first);
        for (index, name) in set.iter().enumerate().filter(|(_, name)| is_other(name)) {
            diags
                .error(Code::InvalidWord, &place.index(at).index(index))
                .message(format!("`{name}` has another shape than the first of the set"))
                .help("take it out of the set, or make the schemas alike; nothing is generated");
        }
    }
}
