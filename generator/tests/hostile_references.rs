//! Documents in several files, and of Swagger 2.0, that are made to break what joins and upgrades them: each gives a client or an error,
//! at once.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use clientsmith::diag::{Code, Diagnostic, Severity};
use clientsmith::name::Pins;
use clientsmith::source::{Parts, Source, Sources};
use clientsmith::{Config, generate};

/// The diagnostics about a document and other files, made in a thread with the stack of an ordinary test.
fn diagnostics(document: &str, files: impl IntoIterator<Item = (String, String)>) -> Vec<Diagnostic> {
    let parts = Parts::of(files.into_iter().map(|(name, text)| Source::from_text(name, text)));
    let sources = Sources { parts, ..Source::from_text("api.yaml", document).into() };
    let make = move || generate(&sources, &Config::default(), &Pins::default()).unwrap().diagnostics;
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(make).unwrap().join().unwrap()
}

fn document(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: Fixture, version: 1.0.0}}\nservers: [{{url: 'https://example.com'}}]\n\
         paths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[track_caller]
fn check_client(document: &str, files: impl IntoIterator<Item = (String, String)>) {
    let mut found = diagnostics(document, files);
    found.retain(|found| found.severity == Severity::Error);
    assert!(found.is_empty(), "{found:#?}");
}

#[track_caller]
fn check_error(document: &str, files: impl IntoIterator<Item = (String, String)>, code: Code) {
    let found = diagnostics(document, files);
    assert!(found.iter().any(|found| found.severity == Severity::Error && found.code == code), "{found:#?}");
}

fn file(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

#[test]
fn very_many_files_refer_to_one_another() {
    let next = |at: usize| {
        let text = format!(
            "type: object\nproperties: {{next: {{$ref: f{}.yaml}}, first: {{$ref: f0.yaml}}}}\n",
            (at + 1) % 500
        );
        (format!("f{at}.yaml"), text)
    };
    check_client(&document("    A: {$ref: f0.yaml}\n"), (0..500).map(next));
}

#[test]
fn a_chain_of_nothing_but_references_has_an_end() {
    let next = |at: usize| (format!("f{at}.yaml"), format!("$ref: f{}.yaml\n", at + 1));
    check_error(&document("    A: {$ref: f0.yaml}\n"), (0..3_000).map(next), Code::ReferenceCycle);
    check_error(
        &document("    A: {$ref: a.yaml}\n"),
        [file("a.yaml", "$ref: a.yaml\n")],
        Code::ReferenceCycle,
    );
}

#[test]
fn files_that_hold_no_schema_are_said_to() {
    for (text, code) in [
        ("- a\n", Code::MalformedSchema),
        ("text\n", Code::MalformedSchema),
        ("", Code::EmptyDocument),
        ("a: [", Code::Syntax),
        ("a: 1\na: 2\n", Code::DuplicateKey),
    ] {
        check_error(&document("    A: {$ref: a.yaml}\n"), [file("a.yaml", text)], code);
    }
}

#[test]
fn odd_references_lead_nowhere() {
    for text in
        ["a.yaml#/%zz", "a.yaml#//", "a.yaml#/a~2", "%00", "##", "http://", "://", "a.yaml#%2F%2F", "?", "//"]
    {
        let found =
            diagnostics(&document(&format!("    A: {{$ref: '{text}'}}\n")), [file("a.yaml", "b: {}\n")]);
        assert!(found.iter().any(|found| found.severity == Severity::Error), "{text}: {found:#?}");
    }
}

#[test]
fn what_is_taken_in_is_not_nested_without_bound() {
    let item = |at: usize| {
        let next = format!("p{}.yaml", at + 1);
        (format!("p{at}.yaml"), format!("get: {{callbacks: {{a: {{b: {{$ref: {next}}}}}}}}}\n"))
    };
    let document = "openapi: 3.1.0\ninfo: {title: Fixture, version: 1.0.0}\npaths: {/a: {$ref: p0.yaml}}\n";
    check_error(document, (0..200).map(item), Code::NestingTooDeep);
}

#[test]
fn very_many_ids_and_anchors_are_found_quickly() {
    let mut schemas = String::new();
    for at in 0..1_000 {
        let next = (at + 1) % 1_000;
        writeln!(schemas, "    A{at}: {{$id: 'https://x.test/{at}', $anchor: a, properties: {{next: {{$ref: '{next}#a'}}}}}}").unwrap();
    }
    check_client(&document(&schemas), []);
}

#[test]
fn an_upgrade_of_very_many_parameters_takes_no_time() {
    let mut text =
        "swagger: '2.0'\ninfo: {title: Fixture, version: 1.0.0}\nhost: example.com\npaths:\n".to_owned();
    for at in 0..300 {
        let body = format!("{{name: a, in: body, schema: {{$ref: '#/definitions/A{at}'}}}}");
        writeln!(
            text,
            "  /p{at}: {{post: {{parameters: [{body}], responses: {{'204': {{description: ''}}}}}}}}"
        )
        .unwrap();
    }
    text.push_str("definitions:\n");
    for at in 0..300 {
        writeln!(text, "  A{at}: {{type: object, properties: {{a: {{type: string}}}}}}").unwrap();
    }
    check_client(&text, []);
}

#[test]
fn an_upgrade_of_what_is_no_document_is_an_error_or_nothing() {
    let paths = "{/a: {get: {parameters: {a: b}, responses: []}, parameters: text}, /b: [], x: 1}";
    for member in [
        "paths",
        "definitions",
        "parameters",
        "responses",
        "securityDefinitions",
        "host",
        "schemes",
        "consumes",
    ] {
        for value in [
            "1",
            "text",
            "[]",
            "[1]",
            "{a: 1}",
            "{a: []}",
            "{a: {$ref: 1}}",
            "{a: {$ref: '#/definitions/a'}}",
            paths,
        ] {
            diagnostics(
                &format!("swagger: '2.0'\ninfo: {{title: Fixture, version: 1.0.0}}\n{member}: {value}\n"),
                [],
            );
        }
    }
}
