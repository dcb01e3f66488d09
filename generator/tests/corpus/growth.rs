//! A document that grows by an operation: what was in the client before is there as it was.
//!
//! Without a lock file that holds for what is added behind the rest and has no twin: what several places have in common is named after them
//! all, and components have their names before operations. With one it holds wherever something is added, whatever it is called and
//! whatever it is equal to. What neither keeps is the name of a type that was only sent and is read now: what is sent gets a form of its own then.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use clientsmith::diag::Diagnostics;
use clientsmith::model::{Api, Origin, Shape, TypeId};
use clientsmith::name::Pins;
use clientsmith::source::{Map, Source, Sources, Tree, read, to_json};
use clientsmith::{Config, References, Stages, dialect, gather, generate};

use super::KNOWN;

/// Of documents up to this size the client is compared as text too.
const PRINTED: usize = 100_000;

/// What everything is called, by its place in the document.
type Items = BTreeMap<String, String>;

#[test]
fn an_operation_that_is_added_changes_nothing_else() {
    let Some(corpus) = super::corpus() else { return };
    let (one, other) = KNOWN.split_at(KNOWN.len() / 2);
    let of = |names: &[&str]| names.iter().flat_map(|name| changes(&corpus, name)).collect::<Vec<_>>();
    let changed = std::thread::scope(|scope| {
        let first = scope.spawn(|| of(one));
        let second = of(other);
        [first.join().unwrap(), second].concat()
    });
    assert!(changed.is_empty(), "{} items changed:\n{}", changed.len(), changed.join("\n"));
}

/// What changes in the document `name` where an operation is added, one line each.
fn changes(corpus: &Path, name: &str) -> Vec<String> {
    let tree = document(&corpus.join(name));
    let before = stages(&tree, &Pins::default());
    let (items, pins) = (items(&before), before.names.pins(&before.api, &before.facts));
    let behind = with(tree.clone(), &addition(&before.api), At::Behind);
    let mut changed =
        differences(&items, &self::items(&stages(&behind, &Pins::default())), "without a lock file");
    let strange = with(tree.clone(), &strange_addition(&before, &tree), At::First);
    changed.extend(differences(&items, &self::items(&stages(&strange, &pins)), "with a lock file"));
    let text = to_json(&tree);
    if text.len() <= PRINTED {
        changed.extend(changes_of_text(&text, &to_json(&behind)));
    }
    changed.iter().map(|line| format!("{name}: {line}")).collect()
}

/// The document as one of OpenAPI 3 in one file.
fn document(path: &Path) -> Tree {
    let source = Source::read_file(path).unwrap();
    let (parts, _) = gather(&source, path, &References::default());
    let mut diags = Diagnostics::default();
    let tree = clientsmith::read(&Sources { parts, ..source.into() }, &mut diags).unwrap();
    dialect::upgraded(tree, &mut diags)
}

fn stages(tree: &Tree, pins: &Pins) -> Stages {
    let mut diags = Diagnostics::default();
    let source = Source::from_text("api.json", to_json(tree));
    clientsmith::stages(&source, &Config::default(), pins, &mut diags)
        .unwrap_or_else(|| panic!("{:#?}", diags.list()))
}

fn items(stages: &Stages) -> Items {
    let Stages { api, facts, names, .. } = stages;
    let mut items = Items::new();
    for id in api.operation_ids() {
        let (operation, given) = (api.operation(id), names.operation(id));
        let group = &names.groups()[given.group];
        let place = format!("{} {}", operation.method.as_str(), operation.path);
        // The position of a group is none of the client's.
        let own = format!("{:?}", clientsmith::name::OperationNames { group: 0, ..given.clone() });
        items.insert(place, format!("{} {} {own} {:?}", group.module, group.type_name, names.command(id)));
    }
    for id in api.type_ids() {
        let name = |id: TypeId| names.read_type(id).as_str();
        let inner = |id: TypeId| {
            api.type_def(id).shape.types().iter().flat_map(|ty| ty.definitions()).collect::<Vec<_>>()
        };
        let members = match &api.type_def(id).shape {
            Shape::Object(object) => object.members.iter().map(|member| member.name.clone()).collect(),
            Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_) => Vec::new(),
        };
        let canonical = facts.canonical(id);
        let text = format!(
            "{} {} {:?} {:?} {:?} {members:?} {:?}",
            name(id),
            names.write_type(id),
            names.fields(id),
            names.patterns(id),
            names.variants(id),
            inner(canonical).into_iter().map(name).collect::<Vec<_>>(),
        );
        items.insert(api.type_def(id).pointer.to_string(), text);
    }
    items
}

fn differences(before: &Items, after: &Items, how: &str) -> Vec<String> {
    let is_changed = |(place, item): &(&String, &String)| after.get(*place) != Some(*item);
    let show = |(place, item): (&String, &String)| {
        format!("{how}: {place}:\n    {item}\n    {:?}", after.get(place))
    };
    before.iter().filter(is_changed).map(show).collect()
}

/// Paragraphs of the client that are not there any more. Lists of everything are, with more in them, and a type that all groups have
/// used is a type of all but the new one.
fn changes_of_text(before: &str, after: &str) -> Vec<String> {
    let files = |text: &str| {
        let source = Source::from_text("api.json", text);
        let files = generate(&source, &Config::default(), &Pins::default()).unwrap().files.unwrap();
        files.into_iter().map(|file| (file.path, file.contents)).collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (files(before), files(after));
    let is_list = |path: &str| {
        path.ends_with("/mod.rs")
            || ["Cargo.toml", "README.md", "src/lib.rs", "src/client.rs", "src/value_rules.rs"]
                .contains(&path)
    };
    let mut changed = Vec::new();
    for (path, text) in before.iter().filter(|(path, _)| !is_list(path)) {
        let now: HashSet<String> = after.get(path).map(|text| paragraphs(text).collect()).unwrap_or_default();
        let is_kept = |part: &String| now.contains(part) || part.contains("static GROUP: cli::Group");
        changed.extend(paragraphs(text).filter(|part| !is_kept(part)).map(|part| format!("{path}:\n{part}")));
    }
    changed
}

/// Without the brackets around them and the conditions under which they are built.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let code = |part: &str| {
        let mut is_condition = false;
        let lines = part.lines().filter(|line| {
            let was_condition = is_condition;
            is_condition = (is_condition || line.starts_with("#[cfg(")) && !line.ends_with(")]");
            !was_condition && !line.starts_with("#[cfg(") && *line != "}"
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    text.split("\n\n").map(code)
}

/// What is put into a document: path items and components.
struct Addition {
    paths: String,
    schemas: String,
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    First,
    Behind,
}

fn with(mut tree: Tree, addition: &Addition, at: At) -> Tree {
    let parsed = |text: &str| match read(&Source::from_text("more.json", text), &mut Diagnostics::default()) {
        Some(Tree::Map(map)) => map,
        other => panic!("{other:?}: {text}"),
    };
    let mut add = |way: &[&str], more: Map| {
        let mut inner = &mut tree;
        for key in way {
            let Tree::Map(map) = inner else { panic!("{way:?}") };
            inner = map.get_or_insert(*key, || Tree::from(Map::new()));
        }
        let Tree::Map(map) = inner else { panic!("{way:?}") };
        let own = std::mem::take(&mut **map);
        **map = match at {
            At::First => more.into_iter().rev().chain(own).collect(),
            At::Behind => own.into_iter().chain(more).collect(),
        };
    };
    add(&["paths"], *parsed(&addition.paths));
    add(&["components", "schemas"], *parsed(&addition.schemas));
    tree
}

/// Two operations, one of them in a group that is there, with schemas whose members are called like those of others, and a component
/// whose name differs from another's by capitals only.
fn addition(api: &Api) -> Addition {
    let tag = api.operations.iter().find_map(|operation| operation.tag.clone()).unwrap_or_default();
    let first = api.types.iter().find_map(|known| match &known.origin {
        Origin::Component(name) => Some(name.clone()),
        Origin::Resource { .. } | Origin::Choice { .. } | Origin::Id(_) | Origin::Inline { .. } => None,
    });
    let (tag, alike) = (Tree::from(tag), swapped(&first.unwrap_or_default()));
    let object = |what: &str| {
        format!(
            r#"{{"type": "object", "properties": {{"id": {{"type": "string"}}, "name": {{"type": "string"}}, "data": {{"type": "object", "properties": {{"{what}": {{"type": "integer"}}}}}}, "status": {{"type": "string", "enum": ["{what}", "other"]}}}}}}"#
        )
    };
    let reference = format!(r##"{{"$ref": "#/components/schemas/{alike}"}}"##);
    let operation = |tag: &str, body: &str| {
        format!(
            r#"{{"tags": [{tag}], "requestBody": {{"content": {{"application/json": {{"schema": {body}}}}}}}, "responses": {{"200": {{"description": "", "content": {{"application/json": {{"schema": {reference}}}}}}}}}}}"#
        )
    };
    let own = operation(r#""Added by a test""#, &object("sent_here"));
    let known = operation(to_json(&tag).trim(), &reference);
    Addition {
        paths: format!(
            r#"{{"/added-by-a-test/{{id}}": {{"parameters": [{{"name": "id", "in": "path", "required": true, "schema": {{"type": "string"}}}}], "post": {own}, "put": {known}}}}}"#
        ),
        schemas: format!(r#"{{"{alike}": {}}}"#, object("read_here")),
    }
}

/// The same, and a component that is called like an inline type, and one that is equal to another.
fn strange_addition(before: &Stages, tree: &Tree) -> Addition {
    let Stages { api, facts, names, .. } = before;
    let mut addition = addition(api);
    let inline = api.type_ids().find(|id| {
        let definition = api.type_def(*id);
        let is_first = matches!(definition.origin, Origin::Inline { .. }) && facts.canonical(*id) == *id;
        // What it refers to would be read from now on.
        is_first && definition.shape.types().iter().all(|ty| ty.definitions().is_empty())
    });
    if let Some((id, twin)) = inline.and_then(|id| Some((id, tree.at(&api.type_def(id).pointer)?))) {
        let last = api.type_def(id).pointer.last().unwrap_or_default().into_owned();
        let (name, twin) = (names.read_type(id), to_json(twin));
        let more = format!(r#", "{name}": {{"type": "object", "properties": {{"{last}": {twin}}}}}}}"#);
        addition.schemas.pop();
        addition.schemas.push_str(&more);
    }
    addition
}

/// With small letters for capitals and capitals for small letters.
fn swapped(name: &str) -> String {
    let swap = |c: char| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
    name.chars().map(swap).collect()
}
