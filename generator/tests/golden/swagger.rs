//! Swagger 2.0: what becomes of it, and where it is said what is wrong with it.

use clientsmith::diag::{Colour, Diagnostics, Repeats, Severity, listing};
use clientsmith::name::Pins;
use clientsmith::source::to_yaml;
use clientsmith::{Config, dialect, generate, read};

use crate::support::Fixture;

const UPGRADED: &[&str] = &[
    "parameters_become_those_of_3_0",
    "bodies_have_the_media_types_that_are_consumed",
    "fields_of_forms_become_a_body",
    "schemas_may_have_the_words_of_2_0",
    "security_definitions_become_schemes",
];

#[test]
fn documents_of_2_0_become_documents_of_3_0() {
    for name in UPGRADED {
        let sources = Fixture::of("swagger", name).sources();
        let mut diags = Diagnostics::default();
        let tree = read(&sources, &mut diags).unwrap();
        let upgraded = to_yaml(&dialect::upgraded(tree, &mut diags));
        let worst = diags.list().iter().map(|found| found.severity).max();
        assert!(worst <= Some(Severity::Note), "{name}: {:#?}", diags.list());
        crate::check_snapshot("swagger", name, &upgraded);
        let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
        assert!(generation.files.is_some(), "{name}: {:#?}", generation.diagnostics);
    }
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    let name = "what_is_wrong_is_shown_where_2_0_has_it";
    let sources = Fixture::of("swagger", name).sources();
    let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
    let text = listing(&generation.diagnostics, &sources.all(), Colour::Never, Repeats::All);
    crate::check_snapshot("swagger", name, text.trim_end());
}

#[test]
fn every_fixture_has_a_test() {
    let wrong = ["what_is_wrong_is_shown_where_2_0_has_it"];
    let tested: Vec<&str> = UPGRADED.iter().copied().chain(wrong).collect();
    crate::check_complete("swagger", &tested);
}
