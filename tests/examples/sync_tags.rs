//! `sync_tags`.

use std::fs;

use super::program::{run, run_in};

const CHANGES: &str = "\
ada@example.com: +Customer -Trial
alan@example.com: as wished
grace@example.com: -Newsletter
";
const NOTHING: &str = "Nothing was changed; --apply does it.\n";

#[test]
fn a_dry_run_says_what_would_be_changed() {
    let ended = run("sync_tags", &["--demo"]);
    assert_eq!((ended.code, ended.out, ended.err), (Some(0), format!("{CHANGES}{NOTHING}"), String::new()));
}

/// The stand-in answers the first change with 503, so it is made twice.
#[test]
fn changes_are_made_and_made_again_after_a_failure_that_passes() {
    let ended = run("sync_tags", &["--demo", "--apply"]);
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), CHANGES, ""));
}

#[test]
fn wishes_are_read_from_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let wishes = "tag,name,email\nTrial,Alan,alan@example.com\n Newsletter ,Alan,Alan@example.com\n";
    fs::write(directory.path().join("wishes.csv"), wishes).unwrap();
    let ended = run_in(directory.path(), "sync_tags", &["--demo", "--csv", "wishes.csv"]);
    assert_eq!((ended.code, ended.out), (Some(0), format!("alan@example.com: +Trial\n{NOTHING}")));
}

#[test]
fn an_address_that_is_only_part_of_a_contact_s_is_nobody_s() {
    let ended = run("sync_tags", &["--demo", "da@example.com", "Trial"]);
    let told = "da@example.com: there is no contact with this address\n";
    assert_eq!((ended.code, ended.out), (Some(1), format!("{told}{NOTHING}")));
}

#[test]
fn an_unknown_tag_is_noticed_before_anything_is_changed() {
    let ended = run("sync_tags", &["--demo", "--apply", "ada@example.com", "Custommer"]);
    let told = "sync_tags: site 1 has no tag Custommer\n";
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(1), "", told));
}
