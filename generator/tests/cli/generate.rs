use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::{ODD_PETS, PETS, Project};

#[test]
fn it_says_what_it_did() {
    let project = Project::new(PETS);
    let outcome = project.check("generate", 0);
    let (first, second) = outcome.out.trim_end().split_once('\n').unwrap();
    assert!(first.starts_with("1 operation in 1 group, 2 types → client ("), "{outcome:?}");
    assert!(first.ends_with(" files written)"), "{outcome:?}");
    assert_eq!(second, "3 names new in spec/clientsmith.lock");
    assert_eq!(outcome.err, "");
    assert!(project.read("client/Cargo.toml").contains("name = \"pets\""));
    assert!(project.read("spec/clientsmith.lock").contains("pets.get_pet"));
}

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::new(PETS);
    project.check("generate", 0);
    let before = times(project.path());
    let outcome = project.check("generate", 0);
    assert!(outcome.out.contains("(0 files written, "), "{outcome:?}");
    assert!(!outcome.out.contains("new in"), "{outcome:?}");
    assert_eq!(times(project.path()), before);
}

#[test]
fn what_is_not_made_any_more_is_removed() {
    let project = Project::new(PETS);
    project.check("generate", 0);
    project.write("spec/api.yaml", PETS.replace("tags: [pets]", "tags: [animals]"));
    let outcome = project.check("generate", 0);
    assert!(outcome.out.contains(" removed)"), "{outcome:?}");
}

#[test]
fn a_document_alone_needs_no_configuration() {
    let project = Project::empty();
    project.write("api.yaml", PETS);
    let outcome = project.check("generate --spec api.yaml --out out --name my-pets", 0);
    assert!(outcome.out.contains(" → out ("), "{outcome:?}");
    assert!(project.read("out/Cargo.toml").contains("name = \"my-pets\""));
    assert_eq!(fs::read_dir(project.path()).unwrap().count(), 2, "there is a document and a client");
}

#[test]
fn a_document_goes_without_the_configuration_beside_it() {
    let project = Project::new("not read");
    project.write("spec/clientsmith.toml", "not = read");
    project.write("api.yaml", PETS);
    project.check("generate --spec api.yaml --out out", 0);
}

#[test]
fn a_configuration_can_be_named() {
    let project = Project::new(PETS);
    fs::rename(project.path().join("spec"), project.path().join("elsewhere")).unwrap();
    project.check("generate --config elsewhere/clientsmith.toml", 0);
    assert!(project.exists("client/Cargo.toml"));
}

#[test]
fn a_module_has_no_package() {
    let project = Project::new(PETS);
    project.check("generate --layout module", 0);
    assert!(project.exists("client/mod.rs"));
    assert!(!project.exists("client/Cargo.toml"));
}

#[test]
fn warnings_are_shown_and_notes_are_counted() {
    let outcome = Project::new(ODD_PETS).check("generate", 0);
    assert!(outcome.err.contains("warning[unsupported-parameter]"), "{outcome:?}");
    assert!(outcome.err.contains("--> spec/api.yaml:17:"), "{outcome:?}");
    assert!(!outcome.err.contains("note["), "{outcome:?}");
    let last = outcome.err.lines().last().unwrap();
    assert!(last.ends_with("1 note (`--notes` shows the notes)"), "{outcome:?}");
    assert!(outcome.out.contains("1 operation left out"), "{outcome:?}");
}

#[test]
fn notes_are_shown_on_demand() {
    for option in ["--notes", "-v", "--verbose"] {
        let outcome = Project::new(ODD_PETS).check(&format!("generate {option}"), 0);
        assert!(outcome.err.contains("note["), "{outcome:?}");
        assert!(!outcome.err.contains("--notes"), "{outcome:?}");
    }
}

#[test]
fn denied_warnings_keep_the_client_from_being_written() {
    let project = Project::new(ODD_PETS);
    let outcome = project.check("generate --deny-warnings", 1);
    assert!(outcome.err.contains("error: `spec/api.yaml` has warnings, which are denied"), "{outcome:?}");
    assert!(!project.exists("client"));
    assert!(!project.exists("spec/clientsmith.lock"));
}

#[test]
fn allowed_warnings_are_not_denied() {
    let project = Project::new(ODD_PETS);
    let allow = "[diagnostics]\nallow = ['unsupported-parameter', 'untyped-value', 'duplicate-parameter']\n";
    project.write("spec/clientsmith.toml", format!("{}{allow}", crate::CONFIG));
    let outcome = project.check("generate --deny-warnings", 0);
    assert_eq!(outcome.err, "");
}

#[test]
fn a_report_has_the_counts_and_the_diagnostics() {
    let project = Project::new(ODD_PETS);
    project.check("generate --report report.json", 0);
    let report = project.json("report.json");
    assert_eq!((&report["operations"], &report["emitted"]), (&2.into(), &1.into()));
    assert_eq!(report["left_out"][0]["operation"], "DELETE /pets");
    assert_eq!(report["left_out"][0]["code"], "unsupported-parameter");
    assert_eq!(report["opaque"].as_array().map(Vec::len), Some(1));
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let warning = diagnostics.iter().find(|row| row["code"] == "unsupported-parameter").unwrap();
    assert_eq!(warning["severity"], "warning");
    assert_eq!(warning["file"], "spec/api.yaml");
    assert_eq!(warning["line"], 17);
    assert!(warning["pointer"].as_str().unwrap().starts_with("#/paths/~1pets/delete"), "{warning}");
    assert!(diagnostics.iter().any(|row| row["severity"] == "note"), "notes are in the report too");
}

/// Every file below `path` with the time it was last written.
fn times(path: &Path) -> Vec<(String, SystemTime)> {
    let mut times = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            times.extend(self::times(&entry.path()));
        } else {
            let modified = entry.metadata().unwrap().modified().unwrap();
            times.push((entry.path().display().to_string(), modified));
        }
    }
    times.sort();
    times
}
