//! Overlays: where they may be said, the command that shows what they make, and what is wrong with them.

use crate::{CONFIG, PETS, Project};

/// Makes an operation that `PETS` does not have.
const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: More pets, version: 1.0.0}
actions:
- target: $.paths['/pets/{id}']
  update:
    delete:
      operationId: deletePet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
";

/// Renames that operation.
const SECOND: &str = "\
overlay: 1.0.0
info: {title: Better names, version: 1.0.0}
actions:
- {target: \"$.paths.*.delete\", update: {operationId: removePet}}
";

/// With an overlay beside the document that nobody names.
fn project() -> Project {
    let project = Project::new(PETS);
    project.write("spec/more.yaml", OVERLAY);
    project.write("spec/names.yaml", SECOND);
    project
}

fn config(overlays: &str) -> String {
    format!("overlays = {overlays}\n{CONFIG}")
}

#[test]
fn every_command_that_takes_a_document_takes_overlays() {
    let project = project();
    let words = "--overlay spec/more.yaml --overlay spec/names.yaml";
    let outcome = project.check(&format!("generate {words}"), 0);
    assert!(outcome.out.starts_with("2 operations in 1 group"), "{outcome:?}");
    let client = project.read("client/src/pets.rs");
    assert!(client.contains("pub fn remove_pet("), "{client}");
    project.check(&format!("check {words}"), 0);
    assert!(project.check(&format!("inspect {words}"), 0).out.contains("remove_pet"));
    for stage in ["dialect", "api", "names"] {
        let outcome = project.check(&format!("dump --stage {stage} {words}"), 0);
        let plain = project.check(&format!("dump --stage {stage}"), 0);
        assert_ne!(outcome.out, plain.out, "{stage}");
    }
    let outcome = project.check("generate --spec spec/api.yaml --overlay spec/more.yaml --out out", 0);
    assert!(outcome.out.starts_with("2 operations"), "{outcome:?}");
}

#[test]
fn the_configuration_names_overlays_relative_to_itself() {
    let project = project();
    project.write("spec/clientsmith.toml", config("['more.yaml', 'names.yaml']"));
    assert!(project.check("inspect", 0).out.contains("remove_pet"));
}

#[test]
fn overlays_of_the_command_line_come_after_those_of_the_configuration() {
    let project = project();
    project.write("spec/clientsmith.toml", config("['more.yaml']"));
    assert!(project.check("inspect --overlay spec/names.yaml", 0).out.contains("remove_pet"));
    project.write("spec/clientsmith.toml", config("['names.yaml']"));
    let outcome = project.check("inspect --overlay spec/more.yaml", 1);
    assert!(outcome.err.contains("error[unmatched-target]"), "{outcome:?}");
}

#[test]
fn the_command_named_for_renewal_has_the_overlays() {
    let project = project();
    let outcome = project.check("check --overlay spec/more.yaml --overlay spec/names.yaml", 1);
    let expected = "`clientsmith generate --overlay spec/more.yaml --overlay spec/names.yaml`\n";
    assert!(outcome.err.ends_with(expected), "{outcome:?}");
}

#[test]
fn overlay_prints_the_document_that_is_compiled() {
    let project = project();
    let outcome = project.check("overlay --overlay spec/more.yaml", 0);
    assert!(outcome.out.starts_with("openapi: '3.0.3'\ninfo:\n  title: Pets\n"), "{outcome:?}");
    assert!(outcome.out.contains("      operationId: deletePet\n"), "{outcome:?}");
    assert_eq!(outcome.err, "");
    project.write("spec/overlaid.yaml", &outcome.out);
    let names = project.check("dump --stage names --overlay spec/more.yaml", 0).out;
    assert_eq!(project.check("dump --stage names --spec spec/overlaid.yaml", 0).out, names);
    assert_eq!(project.check("overlay --spec spec/overlaid.yaml", 0).out, outcome.out);
}

#[test]
fn overlay_prints_json_on_demand() {
    let project = project();
    let outcome = project.check("overlay --json --overlay spec/more.yaml", 0);
    let document: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(document["paths"]["/pets/{id}"]["delete"]["operationId"], "deletePet");
}

#[test]
fn overlay_writes_to_a_file_on_demand() {
    let project = project();
    let text = project.check("overlay --overlay spec/more.yaml", 0).out;
    assert_eq!(project.check("overlay --overlay spec/more.yaml -o out.yaml", 0).out, "");
    assert_eq!(project.read("out.yaml"), text);
    let outcome = project.check("overlay -o no/such/file.yaml", 2);
    assert!(outcome.err.contains("no/such/file.yaml"), "{outcome:?}");
}

#[test]
fn what_is_wrong_is_shown_at_the_overlays_line() {
    let project = project();
    project.write("spec/more.yaml", OVERLAY.replace("{type: string}", "{type: [1]}"));
    for command in ["generate", "check", "inspect"] {
        let outcome = project.check(&format!("{command} --overlay spec/more.yaml --report report.json"), 1);
        assert!(outcome.err.contains("--> spec/more.yaml:9:"), "{outcome:#?}");
        assert!(outcome.err.contains("error: `spec/api.yaml` cannot be compiled"), "{outcome:#?}");
        let row = &project.json("report.json")["diagnostics"][0];
        assert_eq!((&row["file"], &row["line"]), (&"spec/more.yaml".into(), &9.into()), "{row}");
        assert_eq!(row["pointer"], "#/actions/0/update/delete/parameters/0/schema/type/0");
    }
}

#[test]
fn an_overlay_that_cannot_be_applied_is_an_error_of_its_own() {
    let project = project();
    project.write("spec/more.yaml", OVERLAY.replace("/pets/{id}", "/cats"));
    let outcome = project.check("overlay --overlay spec/more.yaml", 1);
    assert!(outcome.err.contains("error[unmatched-target]"), "{outcome:#?}");
    assert!(outcome.err.contains("--> spec/more.yaml:4:11"), "{outcome:#?}");
    assert_eq!(outcome.out, "");
}

#[test]
fn an_overlay_has_to_be_there_and_to_be_text() {
    let project = project();
    let outcome = project.check("generate --overlay no.yaml", 2);
    assert!(outcome.err.contains("cannot read `no.yaml`"), "{outcome:?}");
    project.write("spec/more.yaml", [0xff, 0xfe]);
    let outcome = project.check("inspect --overlay spec/more.yaml --report report.json", 1);
    assert!(outcome.err.contains("`spec/more.yaml` is UTF-16"), "{outcome:?}");
    assert_eq!(project.json("report.json")["diagnostics"][0]["file"], "spec/more.yaml");
}

#[test]
fn an_overlay_for_another_document_is_noted() {
    let project = project();
    project.write("spec/more.yaml", format!("extends: ./cats.yaml\n{OVERLAY}"));
    let outcome = project.check("overlay --notes --overlay spec/more.yaml", 0);
    assert!(outcome.err.contains("note[other-document]"), "{outcome:?}");
    for extends in ["api.yaml", "../spec/api.yaml", "https://example.com/openapi.json"] {
        project.write("spec/more.yaml", format!("extends: {extends}\n{OVERLAY}"));
        assert_eq!(project.check("overlay --notes --overlay spec/more.yaml", 0).err, "");
    }
}

#[test]
fn a_printed_document_cannot_steer_the_terminal() {
    // `Project::check` looks for control characters in everything that is printed.
    let title = PETS.replace("title: Pets", "title: \"a\\e[2Jb\\u202e\\nc\"");
    let project = Project::new(&title);
    let outcome = project.check("overlay", 0);
    assert!(outcome.out.contains("title: \"a\\u001b[2Jb\\u202e\\nc\"\n"), "{outcome:?}");
    let json = project.check("overlay --json", 0).out;
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["info"]["title"], "a\u{1b}[2Jb\u{202e}\nc");
}
