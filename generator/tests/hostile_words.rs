//! Words of ours that are made to break what reads them: each gives a client or an error, at once.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;

use clientsmith::diag::{Code, Severity};
use clientsmith::name::Pins;
use clientsmith::source::Source;
use clientsmith::{Config, Generation, generate};

const HEAD: &str =
    "openapi: 3.1.0\ninfo: {title: Fixture, version: 1.0.0}\nservers: [{url: 'https://example.com'}]\n";

/// What becomes of a document with these members, made in a thread with the stack of an ordinary test.
fn generation(members: &str) -> Generation {
    let source = Source::from_text("api.yaml", format!("{HEAD}{members}"));
    let make = move || generate(&source, &Config::default(), &Pins::default()).unwrap();
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(make).unwrap().join().unwrap()
}

/// There is a client, and all of its files are inside of it.
fn check_client(members: &str) {
    let generation = generation(members);
    let files = generation.files.unwrap_or_else(|| panic!("{:#?}", generation.diagnostics));
    for file in files {
        let is_plain = |c: char| c.is_alphanumeric() || "._-/".contains(c);
        let is_inside =
            !file.path.starts_with('/') && file.path.split('/').all(|part| !["", ".", ".."].contains(&part));
        assert!(is_inside && file.path.chars().all(is_plain), "{}", file.path);
    }
}

/// There is no client, for this reason, which has a place in the document.
fn check_error(members: &str, code: Code) {
    let generation = generation(members);
    let is_it =
        |found: &&clientsmith::diag::Diagnostic| found.severity == Severity::Error && found.code == code;
    let found = generation.diagnostics.iter().find(is_it);
    assert!(found.is_some_and(|found| found.pointer.as_str() != ""), "{:#?}", generation.diagnostics);
}

fn many(count: usize, separator: &str, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(separator)
}

const LIST: &str = "responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: string}}}}}}";

#[test]
fn a_page_pointer_into_nowhere_is_an_error() {
    for items in ["/data", "/0", "/~1", "/a/b/c", "/"] {
        let style = format!("{{style: page, request: {{number: page}}, items: '{items}'}}");
        check_error(
            &format!("paths: {{/a: {{get: {{x-pagination: {style}, {LIST}}}}}}}"),
            Code::DanglingWord,
        );
    }
    let deep = many(20_000, "/", |at| at.to_string());
    let style = format!("{{style: page, request: {{number: page}}, items: '/{deep}'}}");
    check_error(&format!("paths: {{/a: {{get: {{x-pagination: {style}, {LIST}}}}}}}"), Code::DanglingWord);
}

#[test]
fn the_items_of_pages_may_contain_themselves() {
    let style = "x-pagination: {style: page, request: {number: page}, items: /inside/inside/tree}";
    let schema = "{$ref: '#/components/schemas/node'}";
    let get = format!(
        "{style}, responses: {{'200': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}}}"
    );
    let node = format!(
        "type: object, properties: {{inside: {schema}, tree: {{$ref: '#/components/schemas/tree'}}}}"
    );
    let tree = "type: array, items: {$ref: '#/components/schemas/tree'}";
    check_client(&format!(
        "paths: {{/a: {{get: {{{get}}}}}}}\ncomponents: {{schemas: {{node: {{{node}}}, tree: {{{tree}}}}}}}"
    ));
}

#[test]
fn very_many_values_are_an_enumeration() {
    let values = many(5_000, ",", |at| format!("v{at}"));
    check_client(&format!("paths: {{/a: {{get: {{x-sort: [{values}], x-include: [{values}], {LIST}}}}}}}"));
}

#[test]
fn very_many_resources_are_told_apart() {
    let resources = many(1_000, "\n", |at| {
        format!(
            "    a{at}: {{x-resource-type: r{at}, type: object, properties: {{n: {{type: string}}}}}}\n    o{at}: {{type: object, properties: {{attributes: {{$ref: '#/components/schemas/a{at}'}}}}}}"
        )
    });
    check_client(&format!(
        "x-client: {{profile: json-api}}\npaths: {{}}\ncomponents:\n  schemas:\n{resources}\n"
    ));
}

#[test]
fn very_many_schemas_may_be_the_same() {
    let schemas =
        many(3_000, "\n", |at| format!("    s{at}: {{type: object, properties: {{n: {{type: string}}}}}}"));
    let names = many(3_000, ",", |at| format!("s{at}"));
    check_client(&format!(
        "x-client: {{same_schema: [[{names}]]}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}\n"
    ));
}

#[test]
fn very_many_ids_are_few_types() {
    let properties = many(5_000, ",", |at| format!("p{at}: {{type: string, x-id: id{}}}", at % 1_000));
    check_client(&format!(
        "paths: {{}}\ncomponents: {{schemas: {{a: {{type: object, properties: {{{properties}}}}}}}}}\n"
    ));
}

#[test]
fn very_many_patterns_are_refused() {
    let patterns = many(300, ", ", |at| format!("'^p{at}_': {{type: string}}"));
    let schema = format!("type: object, x-pattern-properties: {{{patterns}}}");
    check_error(&format!("paths: {{}}\ncomponents: {{schemas: {{a: {{{schema}}}}}}}\n"), Code::InvalidWord);
}

#[test]
fn patterns_that_begin_alike_or_with_nothing_are_refused() {
    for patterns in ["'^a_': {}, '^a_x?$': {}", "'a_': {}", "'^(a|b)_': {}", "'': {}", "'^': {}"] {
        let schema = format!("type: object, properties: {{n: {{}}}}, x-pattern-properties: {{{patterns}}}");
        check_error(
            &format!("paths: {{}}\ncomponents: {{schemas: {{a: {{{schema}}}}}}}\n"),
            Code::InvalidWord,
        );
    }
}

#[test]
fn resource_types_that_lead_round_end() {
    let mut schemas = String::from(
        "    any: {x-any-resource: true, oneOf: [{$ref: '#/components/schemas/any'}, {$ref: '#/components/schemas/r0'}]}\n",
    );
    for at in 0..200 {
        let next = (at + 1) % 200;
        writeln!(schemas, "    a{at}: {{x-resource-type: t{at}, type: object, properties: {{next: {{$ref: '#/components/schemas/a{next}'}}, r: {{$ref: '#/components/schemas/d{next}'}}}}}}").unwrap();
        writeln!(schemas, "    r{at}: {{type: object, properties: {{id: {{type: string}}, attributes: {{$ref: '#/components/schemas/a{at}'}}, relationships: {{type: object, properties: {{x: {{$ref: '#/components/schemas/d{next}'}}, y: {{$ref: '#/components/schemas/r{at}'}}}}}}}}}}").unwrap();
        writeln!(schemas, "    d{at}: {{type: object, properties: {{data: {{$ref: '#/components/schemas/r{at}'}}, included: {{$ref: '#/components/schemas/any'}}}}}}").unwrap();
    }
    let response = "responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/d0'}}}}}";
    let body = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/d0'}}}}";
    check_client(&format!(
        "x-client: {{profile: json-api}}\npaths: {{/a: {{get: {{{response}}}, post: {{{body}, {response}}}}}}}\ncomponents:\n  schemas:\n{schemas}"
    ));
}

#[test]
fn names_that_would_leave_the_folder_stay_in_it() {
    let names = ["../../x", "/etc/passwd", "..\\\\x", "con", "a/../../b", "x\\u0000y"];
    for name in names {
        let operation = format!("tags: [pets], x-name: \"{name}\", {LIST}");
        let schema = format!(
            "type: object, x-name: \"{name}\", properties: {{n: {{type: string, x-id: \"{name}\"}}}}"
        );
        check_client(&format!(
            "paths: {{/a: {{get: {{{operation}}}}}}}\ncomponents: {{schemas: {{s: {{{schema}}}}}}}\n"
        ));
        let client = format!("x-client: {{groups: {{rename: {{pets: \"{name}\"}}}}}}");
        check_error(
            &format!("{client}\npaths: {{/a: {{get: {{tags: [pets], {LIST}}}}}}}"),
            Code::InvalidName,
        );
        if name == "con" {
            continue;
        }
        let client = format!("x-client: {{type_names: {{s: \"{name}\"}}}}");
        check_error(
            &format!(
                "{client}\npaths: {{}}\ncomponents: {{schemas: {{s: {{type: object, properties: {{n: {{}}}}}}}}}}"
            ),
            Code::InvalidName,
        );
    }
}
