use std::fs;

use crate::{PETS, Project};

#[test]
fn a_fresh_client_is_up_to_date() {
    let project = Project::new(PETS);
    project.check("generate", 0);
    let outcome = project.check("check", 0);
    assert_eq!(outcome.out, "client is up to date: 1 operation in 1 group, 2 types\n");
    assert_eq!(outcome.err, "");
}

#[test]
fn every_difference_is_listed_and_nothing_is_written() {
    let project = Project::new(PETS);
    project.check("generate", 0);
    fs::remove_file(project.path().join("client/README.md")).unwrap();
    project.write("spec/api.yaml", PETS.replace("tags: [pets]", "tags: [animals]"));
    let outcome = project.check("check", 1);
    for line in
        ["missing  client/README.md\n", "changed  client/Cargo.toml\n", "changed  spec/clientsmith.lock\n"]
    {
        assert!(outcome.out.contains(line), "{outcome:#?}");
    }
    assert!(outcome.out.lines().any(|line| line.starts_with("stale    client/src/pets")), "{outcome:#?}");
    assert!(outcome.err.ends_with("; renew with `clientsmith generate`\n"), "{outcome:#?}");
    assert!(!project.exists("client/README.md"));
    project.check("generate", 0);
    project.check("check", 0);
}

#[test]
fn the_command_named_is_the_one_that_renews() {
    let project = Project::empty();
    project.write("the api.yaml", PETS);
    let mut command = project.command("check --out out --layout module --deny-warnings --spec");
    let output = command.arg("the api.yaml").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8(output.stderr).unwrap();
    let expected = "`clientsmith generate --spec 'the api.yaml' --out out --layout module`\n";
    assert!(err.ends_with(expected), "{err}");
    assert!(!project.exists("out"));
}

#[test]
fn a_report_is_written_whatever_differs() {
    let project = Project::new(PETS);
    project.check("check --report report.json", 1);
    assert_eq!(project.json("report.json")["operations"], 1);
}

#[test]
fn a_wrong_document_is_not_compared() {
    let outcome = Project::new(PETS.replace("{type: string}", "text")).check("check", 1);
    assert_eq!(outcome.out, "");
    assert!(outcome.err.contains("error[malformed-schema]"), "{outcome:?}");
}
