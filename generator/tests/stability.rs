//! The same document gives the same client, and a later version of a document renames nothing.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clientsmith::name::Pins;
use clientsmith::source::{Source, Sources};
use clientsmith::write::OutputFile;
use clientsmith::{Config, Generation, generate, lock};
use support::{Fixture, KINDS};

/// The names of types and methods, by place in the document.
type Given = BTreeMap<String, String>;

#[test]
fn generated_twice_it_is_the_same() {
    for fixture in KINDS.into_iter().flat_map(Fixture::all) {
        assert_eq!(fixture.generation(), fixture.generation(), "{}/{}", fixture.kind, fixture.name);
    }
}

#[test]
fn a_lock_file_gives_the_pins_back() {
    let pins = pets(&[], &Pins::default()).1;
    assert_eq!(lock::from_text(&lock::to_text(&pins)), Ok(pins));
}

#[test]
fn a_schema_appended_renames_nothing() {
    let schema =
        "hamster: {type: object, properties: {owner: {type: object, properties: {phone: {type: string}}}}}";
    check_stable_without_pins(&[("# schemas end", schema)]);
}

#[test]
fn an_operation_appended_renames_nothing() {
    let operation = "/toys: {post: {tags: [pets], requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}, links: {type: object, properties: {self: {type: string}}}}}}}}, responses: {'204': {description: ''}}}}";
    check_stable_without_pins(&[("# paths end", operation)]);
}

#[test]
fn a_schema_prepended_renames_nothing_that_is_pinned() {
    let schema =
        "hamster: {type: object, properties: {links: {type: object, properties: {self: {type: string}}}}}";
    check_stable(&[("# schemas begin", schema)]);
}

#[test]
fn an_operation_prepended_renames_nothing_that_is_pinned() {
    let operation =
        "/pets/all: {get: {tags: [pets], operationId: list, responses: {'204': {description: ''}}}}";
    check_stable(&[("# paths begin", operation)]);
}

#[test]
fn a_component_does_not_take_the_name_of_an_inline_type_that_is_pinned() {
    let schemas = "pet_owner: {type: object, properties: {phone: {type: string}}}\n    links: {type: string}";
    check_stable(&[("# schemas begin", schemas)]);
}

#[test]
fn a_twin_that_comes_or_goes_renames_nothing_that_is_pinned() {
    let twin =
        "hamster: {type: object, properties: {avatar: {type: object, properties: {url: {type: string}}}}}";
    check_stable(&[("# schemas begin", twin)]);
    let (before, pins) = pets(&[("# schemas begin", twin)], &Pins::default());
    let (after, _) = pets(&[], &pins);
    check_kept(&before, &after, true);
}

#[test]
fn what_was_away_for_a_while_has_its_name_again() {
    let operation =
        "/toys: {get: {tags: [pets], operationId: list_toys, responses: {'204': {description: ''}}}}";
    let (with, pins) = pets(&[("# paths begin", operation)], &Pins::default());
    let again = pets(&[("# paths begin", operation)], &pins);
    assert_eq!((&with, &pins), (&again.0, &again.1));
}

#[test]
fn a_resource_added_anywhere_renames_nothing_that_is_pinned() {
    let attributes = "town_attributes: {x-resource-type: towns, x-name: article, type: object, properties: {name: {type: string}}}";
    let schema =
        "article_place: {type: object, properties: {data: {type: string}}}\n    article_sort: {type: string}";
    for marker in ["# schemas begin", "# schemas end"] {
        check_stable_in("articles", &[(marker, attributes)]);
        check_stable_in("articles", &[(marker, schema)]);
    }
}

#[test]
fn an_operation_on_resources_added_anywhere_renames_nothing_that_is_pinned() {
    let operation = "/archive/articles: {get: {tags: [archive], x-sort: [title, words], x-include: [author, tags], responses: {'200': {description: All., content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/article'}}, meta: {type: object, properties: {pages: {type: integer}}}}}}}}}}}";
    for marker in ["# paths begin", "# paths end"] {
        check_stable_in("articles", &[(marker, operation)]);
    }
}

#[test]
fn the_whole_kajabi_document_gives_every_operation_with_and_without_its_overlay() {
    let plain = whole_kajabi();
    assert_eq!((plain.report.operations, plain.report.emitted), (77, 77));
    let document = Source::read_file(&spec().join("openapi.yaml")).unwrap();
    let overlays = vec![Source::read_file(&spec().join("overlay.yaml")).unwrap()];
    let overlaid =
        generate(&Sources { overlays, ..document.into() }, &Config::default(), &Pins::default()).unwrap();
    assert_eq!(
        (overlaid.report.operations, overlaid.report.emitted),
        (77, 77),
        "{:#?}",
        overlaid.diagnostics
    );
}

#[test]
fn fewer_operations_of_the_same_api_give_the_same_types() {
    let whole = whole_kajabi();
    let part = of_offers(&Pins::default());
    let pinned = of_offers(&whole.pins);
    let whole = whole.files.unwrap();
    assert_eq!(method(&part, "list"), method(&whole, "list"));
    assert_eq!(method(&pinned, "list"), method(&whole, "list"));
    let whole = types(&whole);
    // Of equal components the first is the definition, and the part does not have the first error document of the whole.
    let is_other_name =
        |name: &str| whole.get(name).is_some_and(|known| known.contains("= ErrorsBadRequest;"));
    for (name, definition) in types(&pinned).into_iter().filter(|(name, _)| !is_other_name(name)) {
        assert_eq!(Some(&definition), whole.get(&name), "`{name}` differs");
    }
}

/// Nothing gets another name when `added` is added at its markers, given the names of before.
fn check_stable(added: &[(&str, &str)]) {
    check_stable_in("pets", added);
}

/// The same, and also if no names were kept.
fn check_stable_without_pins(added: &[(&str, &str)]) {
    check_stable(added);
    let (before, _) = pets(&[], &Pins::default());
    let (after, _) = pets(added, &Pins::default());
    check_kept(&before, &after, false);
}

fn check_stable_in(document: &str, added: &[(&str, &str)]) {
    let (before, pins) = names(document, &[], &Pins::default());
    let (after, _) = names(document, added, &pins);
    check_kept(&before, &after, false);
}

fn check_kept(before: &Given, after: &Given, some_are_gone: bool) {
    for (place, name) in before {
        let now = after.get(place);
        assert!(now == Some(name) || now.is_none() && some_are_gone, "{place}: `{name}` is now {now:?}");
    }
}

/// The names in the pets document with something inserted at markers, and what is remembered of them.
fn pets(added: &[(&str, &str)], pins: &Pins) -> (Given, Pins) {
    names("pets", added, pins)
}

/// The same of another document.
fn names(document: &str, added: &[(&str, &str)], pins: &Pins) -> (Given, Pins) {
    let mut text = read(&support::folder().join(format!("stability/{document}.yaml")));
    for (marker, addition) in added {
        let indent = if marker.contains("paths") { "  " } else { "    " };
        assert!(text.contains(marker));
        text = text.replace(marker, &format!("{marker}\n{indent}{addition}"));
    }
    let generation = generated(&Source::from_text("api.yaml", text), &Config::default(), pins);
    let mut given = Given::new();
    given.extend(generation.pins.operations.clone());
    given.extend(generation.pins.types.clone());
    let mut place = "";
    for file in generation.files.iter().flatten().filter(|file| file.path.contains("/types/")) {
        for line in file.contents.lines() {
            if let Some((before, _)) = line.split_once(" in the document") {
                place = before.trim_start_matches("/// ");
            } else if let Some(name) = declared(line) {
                let place = std::mem::take(&mut place);
                if !place.is_empty() && !place.contains('#') {
                    let definitions = given.entry(format!("definitions of {place}")).or_default();
                    definitions.push_str(name);
                    definitions.push(' ');
                }
            }
        }
    }
    (given, generation.pins)
}

fn generated(source: &Source, config: &Config, pins: &Pins) -> Generation {
    let generation = generate(source, config, pins).unwrap();
    assert!(generation.files.is_some(), "{:#?}", generation.diagnostics);
    generation
}

/// The type that a line declares.
fn declared(line: &str) -> Option<&str> {
    let rest = ["pub struct ", "pub enum ", "pub type "].iter().find_map(|word| line.strip_prefix(word))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// The client of the whole document, without what its overlay says.
fn whole_kajabi() -> Generation {
    let document = Source::read_file(&spec().join("openapi.yaml")).unwrap();
    generated(&document, &Config::default(), &Pins::default())
}

fn of_offers(pins: &Pins) -> Vec<OutputFile> {
    let source = Fixture::of("kajabi", "list-offers-3.1.1").source();
    generated(&source, &Config::default(), pins).files.unwrap()
}

/// The definitions of all types by name, without what is said about them and when they are built.
fn types(files: &[OutputFile]) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.contains("/types/") && !file.path.ends_with("impls.rs"))
    {
        let mut lines = file.contents.lines();
        while let Some(line) = lines.next() {
            let Some(name) = declared(line) else { continue };
            let mut definition = line.to_owned();
            if !line.ends_with(';') {
                let rest =
                    lines.by_ref().take_while(|line| *line != "}").filter(|line| !line.contains("///"));
                definition.extend(rest);
            }
            types.insert(name.to_owned(), definition);
        }
    }
    types
}

/// A method of the offers with its request builder, without what is said about them.
fn method(files: &[OutputFile], name: &str) -> String {
    let file = files.iter().find(|file| file.path == "src/offers.rs").unwrap();
    let builder = "impl<'a> List<'a> {";
    let method =
        file.contents.split(&format!("pub fn {name}(")).nth(1).unwrap().split("\n    }").next().unwrap();
    let setters = file.contents.split(builder).nth(1).unwrap().split("\n}").next().unwrap();
    let code = |text: &str| text.lines().filter(|line| !line.contains("///")).collect::<Vec<_>>().join("\n");
    format!("{}{builder}{}", code(method), code(setters))
}

fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
