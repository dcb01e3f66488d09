//! Documents that read well and are made to break what comes after reading: each gives a client or an error, at once.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;

use clientsmith::diag::{Code, Diagnostic, Severity};
use clientsmith::name::Pins;
use clientsmith::source::Source;
use clientsmith::{Config, Generation, generate};

/// The members of a document with these component schemas.
fn of_schemas(schemas: &str) -> String {
    format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}")
}

/// The diagnostics about a document with these component schemas.
fn diagnostics(schemas: &str) -> Vec<Diagnostic> {
    made(&of_schemas(schemas)).diagnostics
}

/// The diagnostics about a document with these members.
fn diagnostics_of(members: &str) -> Vec<Diagnostic> {
    made(members).diagnostics
}

/// What comes of a document with these members, made in a thread with the stack of an ordinary test.
fn made(members: &str) -> Generation {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Fixture, version: 1.0.0}}\nservers: [{{url: 'https://example.com'}}]\n{members}"
    );
    let source = Source::from_text("api.yaml", text);
    let make = move || generate(&source, &Config::default(), &Pins::default()).unwrap();
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(make).unwrap().join().unwrap()
}

/// The types of the client of a document with these component schemas.
fn types(schemas: &str) -> String {
    types_of(&of_schemas(schemas))
}

/// The types of the client of a document with these members.
fn types_of(members: &str) -> String {
    let Generation { files, diagnostics, .. } = made(members);
    let files = files.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    let types = files.into_iter().filter(|file| file.path.starts_with("src/types/"));
    types.map(|file| file.contents).collect()
}

/// How often `text` is in `types`.
fn times(types: &str, text: &str) -> usize {
    types.matches(text).count()
}

fn check_error(schemas: &str, code: Code) {
    let found = diagnostics(schemas);
    assert!(found.iter().any(|found| found.severity == Severity::Error && found.code == code), "{found:#?}");
}

/// `count` lines, each with its number and the next.
fn lines(count: usize, line: impl Fn(usize, usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        writeln!(text, "    {}", line(at, at + 1)).unwrap();
        text
    })
}

#[test]
fn a_diamond_of_all_ofs_is_walked_once() {
    let reference = |to: usize| format!("{{$ref: '#/components/schemas/A{to}'}}");
    let diamond =
        lines(60, |at, next| format!("A{at}: {{allOf: [{}, {}]}}", reference(next), reference(next)));
    let types = types(&format!("{diamond}    A60: {{type: object, properties: {{a: {{type: string}}}}}}\n"));
    assert_eq!(times(&types, "pub struct A"), 61);
    assert_eq!(times(&types, "pub a: Option<String>,"), 61);
}

#[test]
fn a_long_chain_of_references_is_followed() {
    let chain = lines(10_000, |at, next| format!("A{at}: {{$ref: '#/components/schemas/A{next}'}}"));
    let types = types(&format!("{chain}    A10000: {{type: string}}\n"));
    assert_eq!(times(&types, "pub type A"), 10_001);
    assert!(types.contains("pub type A9999 = A10000;"));
    assert!(types.contains("pub type A10000 = String;"));
}

#[test]
fn lists_and_maps_nested_beyond_reason_end_in_a_json_value() {
    for (outer, kind) in
        [("{type: array, items: ", "Vec<"), ("{type: object, additionalProperties: ", "Map<")]
    {
        let deep = format!("    A: {}{{type: string}}{}\n", outer.repeat(100), "}".repeat(100));
        let found = diagnostics(&deep);
        assert!(found.iter().any(|found| found.code == Code::UnsupportedSchema), "{found:#?}");
        let types = types(&deep);
        let depth = times(&types, kind);
        assert!((10..100).contains(&depth) && types.contains("<runtime::Json>"), "{types}");
    }
}

#[test]
fn all_ofs_of_one_that_lead_round_stand_for_nothing() {
    let circle = "    A: {allOf: [{$ref: '#/components/schemas/B'}]}\n    B: {allOf: [{$ref: '#/components/schemas/A'}]}\n";
    check_error(circle, Code::ReferenceCycle);
    check_error("    C: {oneOf: [{$ref: '#/components/schemas/C'}, {type: 'null'}]}\n", Code::ReferenceCycle);
}

#[test]
fn a_name_that_begins_with_a_combining_letter_is_given() {
    let types = types("    A: {type: object, properties: {\"\u{93f}abc\": {type: string}}}\n");
    assert!(types.contains("pub _\u{93f}abc: Option<String>,"), "{types}");
}

/// How many diagnostics of the code there are about a document with these members.
fn count(members: &str, code: Code) -> usize {
    diagnostics_of(members).iter().filter(|found| found.code == code).count()
}

#[test]
fn patterns_that_would_take_long_are_refused() {
    let evil = |at: usize| format!("'(a{{500}}){{500}}{at}': string");
    let types: Vec<String> = (0..1_000).map(evil).collect();
    let get = format!("x-filter: {{types: {{{}}}}}", types.join(", "));
    let found = count(&format!("paths: {{/a: {{get: {{{get}}}}}}}"), Code::InvalidWord);
    assert_eq!(found, 1_000);
}

#[test]
fn very_many_values_are_compared_quickly() {
    let values: Vec<String> = (0..20_000).map(|at| format!("v{at}")).collect();
    let values = values.join(",");
    let get = format!("x-sort: [{values}], x-sort-default: '{values}', x-include: [{values}]");
    let types = types_of(&format!("paths: {{/a: {{get: {{{get}}}}}}}"));
    assert_eq!((times(&types, "pub enum ASort {"), times(&types, "pub enum AInclude {")), (1, 1));
    assert_eq!(times(&types, "    /// `v"), 40_000);
}

#[test]
fn very_many_pagination_styles_are_refused() {
    let style = |at: usize| format!("s{at}: {{style: page, request: {{number: page}}, items: ''}}");
    let styles: Vec<String> = (0..1_000).map(style).collect();
    let operation = |at: usize| format!("/p{at}: {{get: {{parameters: *page}}}}");
    let operations: Vec<String> = (0..1_000).map(operation).collect();
    let found = diagnostics_of(&format!(
        "x-page: &page [{{name: page, in: query, schema: {{}}}}]\nx-pagination: {{{}}}\npaths: {{{}}}\n",
        styles.join(", "),
        operations.join(", "),
    ));
    assert!(found.iter().any(|found| found.code == Code::InvalidWord));
    assert!(found.iter().all(|found| found.code != Code::AmbiguousPagination));
}

#[test]
fn parameters_that_refer_to_each_other_in_a_circle_are_none() {
    let style = "x-pagination: {s: {style: page, request: {number: page}, items: ''}}";
    let circle = "components: {parameters: {a: {$ref: '#/components/parameters/b'}, b: {$ref: '#/components/parameters/a'}}}";
    let paths = "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/a'}]}}}";
    let found = diagnostics_of(&format!("{style}\n{circle}\n{paths}\n"));
    let errors = found.iter().filter(|found| found.severity == Severity::Error);
    assert_eq!(errors.map(|found| found.code).collect::<Vec<_>>(), [Code::ReferenceCycle]);
    assert!(found.iter().all(|found| found.code != Code::AmbiguousPagination), "{found:#?}");
}

#[test]
fn an_enumeration_of_ten_thousand_values_is_one() {
    let values: Vec<String> = (0..10_000).map(|at| format!("v{at}")).collect();
    let types = types(&format!("    A: {{type: string, enum: [{}]}}\n", values.join(", ")));
    assert_eq!((times(&types, "pub enum "), times(&types, "    /// `v")), (1, 10_000));
}

#[test]
fn an_object_of_five_thousand_members_is_one() {
    let members: Vec<String> = (0..5_000).map(|at| format!("p{at}: {{type: string}}")).collect();
    let types = types(&format!("    A: {{type: object, properties: {{{}}}}}\n", members.join(", ")));
    assert_eq!((times(&types, "pub struct "), times(&types, "    pub p")), (1, 5_000));
}

#[test]
fn alternatives_of_alternatives_are_not_multiplied() {
    let reference = |name: &str, at: usize| format!("{{$ref: '#/components/schemas/{name}{at}'}}");
    let alternatives = lines(30, |at, next| {
        let (a, b) = (reference("A", next), reference("B", at));
        let own = format!("{{type: object, properties: {{p{at}: {{type: string}}}}}}");
        format!("A{at}: {{oneOf: [{a}, {b}]}}\n    B{at}: {{oneOf: [{a}, {own}]}}")
    });
    let found = types(&format!("{alternatives}    A30: {{type: string}}\n"));
    assert_eq!((times(&found, "pub enum "), times(&found, "pub struct ")), (60, 30));
    let parts = lines(30, |at, next| {
        let of = |member: &str| format!("{{type: object, properties: {{{member}: {{type: string}}}}}}");
        let next = reference("A", next);
        let (one, other) =
            (format!("{{oneOf: [{next}, {}]}}", of("x")), format!("{{oneOf: [{}, {next}]}}", of("y")));
        format!("A{at}: {{allOf: [{one}, {other}]}}")
    });
    let found = types(&format!("{parts}    A30: {{type: object}}\n"));
    assert_eq!(times(&found, " = runtime::Json;"), 30, "{found}");
}

#[test]
fn names_of_ten_thousand_characters_are_given() {
    let name = "x".repeat(10_000);
    let schema = format!(
        r#"{{"type": "object", "properties": {{"{name}": {{"type": "string", "enum": ["{name}"]}}}}}}"#
    );
    let parameter = format!(r#"{{"name": "{name}", "in": "query", "schema": {{}}}}"#);
    let get = format!(
        r#"{{"operationId": "{name}", "tags": ["{name}"], "parameters": [{parameter}], "responses": {{"204": {{"description": ""}}}}}}"#
    );
    let text = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "{name}", "version": "{name}"}}, "paths": {{"/a": {{"get": {get}}}}},
            "components": {{"schemas": {{"{name}": {schema}}}}}}}"#
    );
    let made = generate(&Source::from_text("api.json", text), &Config::default(), &Pins::default()).unwrap();
    let files = made.files.unwrap();
    let longest = files.iter().flat_map(|file| file.path.split('/')).map(str::len).max();
    assert!(longest < Some(255), "file systems have no such name");
}

#[test]
fn versions_that_only_look_like_ours_are_refused() {
    for version in ["3.10.0", "3.3.0", "4.0.0", "''", "3", "v3.0.0", "30.0", "2.0"] {
        let text = format!("openapi: {version}\ninfo: {{title: Fixture, version: 1.0.0}}\npaths: {{}}\n");
        let made =
            generate(&Source::from_text("api.yaml", text), &Config::default(), &Pins::default()).unwrap();
        let codes: Vec<Code> = made.diagnostics.iter().map(|found| found.code).collect();
        assert!(made.files.is_none() && codes == [Code::UnsupportedVersion], "{version}: {codes:?}");
    }
}
