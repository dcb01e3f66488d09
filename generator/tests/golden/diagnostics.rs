//! What is said about documents that are wrong, or say more than the client can: a fixture for every code.

use std::path::Path;

use clientsmith::diag::{Code, Colour, Repeats, listing};
use clientsmith::name::Pins;
use clientsmith::source::{Source, Sources};
use clientsmith::{Config, generate};

use crate::support::Fixture;

/// Documents that are more easily written here than in a file.
const TEXTS: &[(Code, &str)] = &[
    (Code::Syntax, "openapi: 3.0.3\ninfo: {title: Fixture, version: 1.0.0\npaths: {}\n"),
    (Code::EmptyDocument, "# nothing\n"),
    (Code::MultipleDocuments, "openapi: 3.0.3\n---\nopenapi: 3.0.3\n"),
];

#[test]
fn every_code_of_a_document_is_shown() {
    for code in Code::ALL {
        if [Code::NotSelected, Code::UnusedOverride, Code::InvalidName].contains(code) {
            continue;
        }
        check_listing(*code, &sources(*code), &Config::default());
    }
}

#[test]
fn every_code_of_the_configuration_is_shown() {
    let pets = "openapi: 3.0.3\ninfo: {title: Fixture, version: 1.0.0}\nservers: [{url: 'https://example.com'}]\n\
        paths: {/pets: {get: {operationId: list, tags: [pets], responses: {'204': {description: ''}}}}}\n\
        components: {schemas: {pet: {type: string}}}\n";
    let unused = "[names.types]\ndog = 'Dog'\n[names.operations]\n'GET /dogs' = 'get'\n[names.groups]\ndogs = 'hounds'\n";
    check_configured(Code::UnusedOverride, pets, unused);
    let invalid = "[names.types]\npet = 'a pet'\n[names.operations]\n'GET /pets' = 'fn'\n[names.groups]\npets = 'runtime'\n";
    check_configured(Code::InvalidName, pets, invalid);
    check_configured(Code::NotSelected, pets, "[select]\nexcept = { operations = ['GET *'] }\n");
}

#[test]
fn every_fixture_is_of_a_code() {
    for fixture in Fixture::all("diagnostics") {
        assert!(Code::from_name(&fixture.name.replace('_', "-")).is_some(), "`{}` is no code", fixture.name);
    }
}

fn sources(code: Code) -> Sources {
    match code {
        Code::NestingTooDeep => document(format!("a: {}{}", "[".repeat(121), "]".repeat(121))),
        Code::AliasExpansion => {
            let level =
                |at: usize| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", "));
            let levels: String = (1..10).map(level).collect();
            document(format!("a0: &a0 [a, b, c]\n{levels}"))
        }
        _ => match TEXTS.iter().find(|(known, _)| *known == code) {
            Some((_, text)) => document(*text),
            None => Fixture::of("diagnostics", &code.name().replace('-', "_")).sources(),
        },
    }
}

fn document(text: impl Into<String>) -> Sources {
    Source::from_text("api.yaml", text).into()
}

fn check_configured(code: Code, document: &str, configuration: &str) {
    let config = Config::from_toml(configuration, "clientsmith.toml", Path::new("")).unwrap();
    check_listing(code, &self::document(document), &config);
}

/// The document, with its overlay, gives a diagnostic of the code, in words that are as the snapshot has them.
fn check_listing(code: Code, sources: &Sources, config: &Config) {
    let generation = generate(sources, config, &Pins::default()).unwrap();
    let found = &generation.diagnostics;
    assert!(found.iter().any(|diagnostic| diagnostic.code == code), "`{code}` is not among {found:#?}");
    let text = listing(found, &sources.all(), Colour::Never, Repeats::Grouped);
    crate::check_snapshot("diagnostics", &code.name().replace('-', "_"), text.trim_end());
}
