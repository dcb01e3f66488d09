//! How loud and how colourful it is; explanations.

use clientsmith::diag::Code;
use clientsmith::words::vocabulary;

use crate::{ODD_PETS, PETS, Project};

#[test]
fn quiet_says_nothing_where_nothing_fails() {
    let project = Project::new(ODD_PETS);
    for words in ["generate", "check", "inspect"] {
        let outcome = project.check(&format!("{words} --quiet"), 0);
        assert_eq!((outcome.out.as_str(), outcome.err.as_str()), ("", ""), "{words}");
    }
    assert!(project.exists("client/Cargo.toml"));
}

#[test]
fn quiet_says_why_it_fails() {
    let outcome = Project::new(ODD_PETS).check("-q generate --deny-warnings", 1);
    assert!(outcome.err.contains("warning[unsupported-parameter]"), "{outcome:?}");
    let outcome = Project::new("a: [").check("-q generate", 1);
    assert!(outcome.err.contains("error[syntax]"), "{outcome:?}");
    let outcome = Project::new(PETS).check("-q check", 1);
    assert!(outcome.out.contains("missing  client/Cargo.toml\n"), "{outcome:?}");
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    Project::new(PETS).check("generate -q -v", 2);
}

#[test]
fn colours_are_shown_on_demand() {
    // Without an option there are none: standard output and error are no terminals, and `Project::check` looks.
    let project = Project::new(ODD_PETS);
    for (words, coloured) in [
        ("generate --color always", true),
        ("inspect --color always", true),
        ("generate --color auto", false),
        ("generate --color never", false),
    ] {
        let output = project.command(words).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        assert_eq!(text.contains(&0x1b), coloured, "{words}");
    }
}

#[test]
fn every_word_is_shown() {
    let project = Project::empty();
    let list = project.check("words", 0).out;
    for word in vocabulary() {
        let text = project.check(&format!("words {}", word.name), 0).out;
        assert!(text.starts_with(&format!("{}\n\n{}.\n", word.name, word.gives)), "{text}");
        assert!(text.ends_with(&format!("\n\n{}\n", word.shape)), "{text}");
        assert!(list.lines().any(|line| line.split_whitespace().next() == Some(word.name)), "{list}");
    }
    assert_eq!(project.check("words sort", 0).out, project.check("words x-sort", 0).out);
}

#[test]
fn every_code_is_explained() {
    let project = Project::empty();
    let list = project.check("explain", 0).out;
    for code in Code::ALL {
        let text = project.check(&format!("explain {code}"), 0).out;
        let (heading, explanation) = text.split_once("\n\n").unwrap();
        assert_eq!(heading, code.name());
        assert!(explanation.lines().all(|line| line.is_empty() || !line.starts_with(' ')), "{text}");
        assert!(list.lines().any(|line| line.split_whitespace().next() == Some(heading)), "{code}");
    }
    assert_eq!(list.lines().count(), Code::ALL.len());
}
