//! `inspect` and `dump`, which show a document to people.

use crate::{ODD_PETS, PETS, Project};

#[track_caller]
fn check_snapshot(name: &str, document: &str, words: &str) {
    let project = Project::new(document);
    let text = project.check(words, 0).out;
    assert_eq!(project.check(words, 0).out, text, "the same document gives the same text");
    assert!(text.lines().count() <= 150, "{name}: a snapshot of more than 150 lines is read by nobody");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn inspect_shows_operations_and_what_is_left_out() {
    check_snapshot("inspect", ODD_PETS, "inspect");
}

#[test]
fn inspect_shows_diagnostics_on_demand() {
    let outcome = Project::new(ODD_PETS).check("inspect --notes", 0);
    assert!(outcome.err.contains("note["), "{outcome:?}");
    assert_eq!(Project::new(ODD_PETS).check("inspect", 0).err, "");
}

#[test]
fn dump_shows_each_stage() {
    check_snapshot("dump_dialect", PETS, "dump --stage dialect");
    check_snapshot("dump_api", PETS, "dump --stage api");
    check_snapshot("dump_facts", PETS, "dump --stage facts");
    check_snapshot("dump_names", PETS, "dump --stage names");
}

#[test]
fn dump_of_the_first_stage_shows_what_a_later_one_refuses() {
    let circle = PETS.replace("schemas:\n", "schemas:\n    Cat: {$ref: '#/components/schemas/Cat'}\n");
    let outcome = Project::new(circle).check("dump --stage dialect", 0);
    assert!(outcome.out.contains("Cat"), "{outcome:?}");
}
