//! What goes wrong, and the exit code for it.

use std::fmt::Write as _;
use std::process::Stdio;

use crate::{CONFIG, PETS, Project};

/// The command cannot do its work, and says why in these words.
#[track_caller]
fn check_unusable(project: &Project, words: &str, expected: &str) {
    let outcome = project.check(words, 2);
    assert!(outcome.err.starts_with("error: "), "{outcome:#?}");
    assert!(outcome.err.contains(expected), "{outcome:#?}");
    assert_eq!(outcome.out, "");
}

/// The document is wrong, which every command finds, says and reports.
#[track_caller]
fn check_wrong(document: impl AsRef<[u8]>, code: &str) {
    let project = Project::new(document);
    for command in ["generate", "check", "inspect"] {
        let outcome = project.check(&format!("{command} --report {command}.json"), 1);
        assert_eq!(outcome.out, "", "{command}");
        assert!(outcome.err.contains("error"), "{outcome:#?}");
        assert!(outcome.err.len() < 20_000, "{command}: {} bytes", outcome.err.len());
        let report = project.json(&format!("{command}.json"));
        let first = &report["diagnostics"][0];
        assert_eq!((&first["code"], &first["severity"]), (&code.into(), &"error".into()), "{report}");
    }
    project.check("dump --stage names", 1);
    assert!(!project.exists("client"));
}

#[test]
fn a_directory_without_a_configuration() {
    let project = Project::empty();
    for command in ["generate", "check", "inspect", "dump --stage api"] {
        check_unusable(&project, command, "there is no `spec/clientsmith.toml` here");
    }
    check_unusable(&project, "generate", "`--spec FILE`");
}

#[test]
fn files_that_do_not_exist() {
    let project = Project::new(PETS);
    check_unusable(&project, "generate --config no.toml", "`no.toml`");
    check_unusable(&project, "generate --spec no.yaml --out out", "cannot read `no.yaml`");
    check_unusable(&project, "generate --spec spec --out out", "cannot read `spec`");
    check_unusable(&project, "generate --report no/such/report.json", "no/such/report.json");
}

#[test]
fn a_place_to_write_to_is_missing() {
    let project = Project::new(PETS);
    check_unusable(&project, "generate --spec spec/api.yaml", "needs `--out DIR`");
    project.write("spec/clientsmith.toml", "spec = 'api.yaml'");
    check_unusable(&project, "generate", "no directory to write to");
    project.write("spec/clientsmith.toml", "out = 'out'");
    check_unusable(&project, "generate", "no document");
}

#[test]
fn a_configuration_that_cannot_be_used() {
    let project = Project::new(PETS);
    project.write("spec/clientsmith.toml", "outt = 'x'");
    check_unusable(&project, "generate", "unknown field `outt`");
    project.write("spec/clientsmith.toml", "[diagnostics]\nallow = ['x']");
    check_unusable(&project, "generate", "there is no diagnostic `x`");
    project.write("spec/clientsmith.toml", CONFIG);
    project.write("spec/clientsmith.lock", "[types]\na = 1");
    check_unusable(&project, "generate", "clientsmith.lock");
}

#[test]
fn a_file_in_the_way_is_not_overwritten() {
    let project = Project::new(PETS);
    project.write("client/Cargo.toml", "mine");
    check_unusable(&project, "generate", "was not made by clientsmith");
    assert_eq!(project.read("client/Cargo.toml"), "mine");
}

#[test]
fn words_that_are_not_understood() {
    let project = Project::new(PETS);
    for words in ["", "generrate", "generate --color blue", "dump", "dump --stage tokens", "explain a b"] {
        assert_eq!(project.check(words, 2).out, "", "{words}");
    }
    check_unusable(&project, "explain duplicate-keys", "did you mean `duplicate-key`?");
    check_unusable(&project, "explain zebra", "`clientsmith explain` lists them all");
    check_unusable(&project, "words x-zebra", "`clientsmith words` lists them all");
}

#[test]
fn help_and_version_are_no_failures() {
    let project = Project::empty();
    assert!(project.check("--version", 0).out.starts_with("clientsmith "));
    for command in ["", "generate", "check", "inspect", "dump", "vendor", "explain", "words"] {
        assert!(project.check(&format!("{command} --help"), 0).out.contains("Usage: clientsmith"));
    }
}

#[test]
fn documents_that_cannot_be_read() {
    check_wrong("", "empty-document");
    check_wrong("a: 1\na: 2\n", "duplicate-key");
    check_wrong("a: [", "syntax");
    check_wrong("a: \0", "syntax");
    check_wrong("a: &a [*a]\n", "self-alias");
    check_wrong("a: 1\n---\nb: 2\n", "multiple-documents");
    check_wrong("? [a]\n: 1\n", "complex-key");
    check_wrong("<<: text\n", "merge-key");
}

#[test]
fn files_that_are_no_text() {
    check_wrong(b"\xff\xfea\0:\0", "syntax");
    check_wrong(b"a: \xc3(", "syntax");
}

#[test]
fn documents_that_describe_no_api() {
    check_wrong("a: 1\n", "not-openapi");
    check_wrong("swagger: '1.2'\n", "unsupported-version");
    check_wrong(PETS.replace("{type: string}", "text"), "malformed-schema");
    check_wrong(
        PETS.replace("{name: id,", "{$ref: '#/components/parameters/id'}, {name: id,"),
        "dangling-reference",
    );
    check_wrong(PETS.replace("{type: string}", "{type: [1]}"), "malformed-schema");
}

#[test]
fn documents_made_to_exhaust_the_machine() {
    check_wrong("[".repeat(100_000), "nesting-too-deep");
    check_wrong("{\"a\":".repeat(100_000), "nesting-too-deep");
    let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for n in 1..10 {
        let aliases = vec![format!("*a{}", n - 1); 9].join(", ");
        writeln!(laughs, "a{n}: &a{n} [{aliases}]").unwrap();
    }
    check_wrong(laughs, "alias-expansion");
}

#[test]
fn messages_cannot_steer_the_terminal() {
    // `Project::check` looks for control characters in everything that is printed.
    check_wrong("openapi: \"\\e]0;x\\a\\u202e\"\n", "unsupported-version");
    let title = PETS.replace("title: Pets", "title: \"a\\e[2Jb\\u202e\\nc\"");
    let outcome = Project::new(title).check("inspect", 0);
    assert!(outcome.out.starts_with("a\\u{1b}[2Jb\\u{202e}\\nc 1.0.0\n"), "{outcome:?}");
}

#[test]
fn the_deepest_types_and_the_longest_chains_are_compiled() {
    let mut document = PETS.to_owned();
    let (open, close) = ("{type: array, items: ".repeat(110), "}".repeat(110));
    writeln!(document, "    Deep: {open}{{type: string}}{close}").unwrap();
    for n in 0..3_000 {
        let next = format!("'#/components/schemas/C{}'", n + 1);
        writeln!(document, "    C{n}: {{type: object, properties: {{next: {{$ref: {next}}}}}}}").unwrap();
    }
    document += "    C3000: {type: string}\n";
    Project::new(document).check("inspect", 0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let project = Project::new(PETS);
    for words in ["explain", "inspect", "dump --stage dialect", "--help"] {
        let mut command = project.command(words);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{words}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{words}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let project = Project::new(PETS);
    let full = std::fs::File::create("/dev/full").unwrap();
    let output = project.command("explain").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write to standard output"));
}
