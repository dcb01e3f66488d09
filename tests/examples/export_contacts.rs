//! `export_contacts`.

use std::fs;

use super::program::{run, run_in};

const HEAD: &str = "\
id,name,email,phone_number,address_city,address_country,subscribed,created_at
1,\"Lovelace, Grace\",grace.1@example.com,,Arlington,,true,2026-01-01T01:00:00Z
2,\"Lovelace, Alan\",alan.2@example.com,,Manchester,,true,2026-01-01T02:00:00Z
3,\"Lovelace, Katherine\",katherine.3@example.com,555 0003,London,,true,2026-01-01T03:00:00Z
";

#[test]
fn all_pages_are_exported() {
    let ended = run("export_contacts", &["--demo"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), "exported 250 of 250 contacts\n"));
    assert!(ended.out.starts_with(HEAD), "{}", ended.out);
    let ids: Vec<String> =
        ended.out.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(ids, (1..=250).map(|id| id.to_string()).collect::<Vec<_>>());
}

#[test]
fn the_contacts_of_one_site_go_to_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let ended =
        run_in(directory.path(), "export_contacts", &["--demo", "--site", "2", "--output", "contacts.csv"]);
    assert_eq!(
        (ended.code, ended.out.as_str(), ended.err.as_str()),
        (Some(0), "", "exported 50 of 50 contacts\n")
    );
    let files: Vec<_> =
        fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["contacts.csv"]);
    assert_eq!(fs::read_to_string(directory.path().join("contacts.csv")).unwrap().lines().count(), 51);
}

#[test]
fn without_credentials_it_names_the_variable() {
    let ended = run("export_contacts", &[]);
    let told = "export_contacts: the environment variable \"KAJABI_CLIENT_ID\" is not set\n";
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(1), "", told));
}
