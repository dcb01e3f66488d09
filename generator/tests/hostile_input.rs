//! Input made to break a reader: each gives an error with a place, quickly and without a panic.

// The texts are short to write here, not quick to build.
#![allow(clippy::format_collect, clippy::format_push_string, clippy::unwrap_used)]

use clientsmith::diag::{Code, Diagnostic, Diagnostics, Severity};
use clientsmith::source::{Locations, Source, Tree, read};

/// A diagnostic with its line and column.
type Found = (Diagnostic, (usize, usize));

/// Reads `text` in a thread with the stack of an ordinary test.
fn read_all(name: &str, text: String) -> (Option<Tree>, Vec<Found>) {
    let source = Source::from_text(name, text);
    let reader = move || {
        let mut diags = Diagnostics::default();
        let tree = read(&source, &mut diags);
        let locations = Locations::new(&source);
        let place = |diagnostic: &Diagnostic| {
            let start = diagnostic.span.clone().or_else(|| Some(locations.find(&diagnostic.pointer)?.focus));
            let position = locations.position(start.map_or(0, |span| span.start));
            (position.line, position.column)
        };
        let list = diags.into_list().into_iter().map(|found| (found.clone(), place(&found))).collect();
        (tree, list)
    };
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(reader).unwrap().join().unwrap()
}

/// Reading gives nothing but one error, of this kind and at this line and column.
#[track_caller]
fn check_error(name: &str, text: impl Into<String>, code: Code, place: (usize, usize)) {
    let (tree, diags) = read_all(name, text.into());
    assert!(tree.is_none(), "it was read");
    let found: Vec<_> = diags.iter().map(|(found, at)| (found.code, found.severity, *at)).collect();
    assert_eq!(found, [(code, Severity::Error, place)], "{diags:?}");
}

#[track_caller]
fn check_read(name: &str, text: impl Into<String>) -> Tree {
    let (tree, diags) = read_all(name, text.into());
    assert!(diags.is_empty(), "{diags:?}");
    tree.unwrap()
}

#[test]
fn a_hundred_thousand_brackets() {
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    check_error("api.json", text.clone(), Code::NestingTooDeep, (1, 121));
    check_error("api.yaml", text.clone(), Code::NestingTooDeep, (1, 121));
    check_error("api.yaml", format!("a: {text}"), Code::NestingTooDeep, (1, 124));
}

#[test]
fn a_hundred_thousand_braces() {
    check_error("api.json", r#"{"a":"#.repeat(100_000), Code::NestingTooDeep, (1, 601));
    check_error("api.yaml", format!("- {}", "{a: ".repeat(100_000)), Code::NestingTooDeep, (1, 483));
}

#[test]
fn a_hundred_thousand_dashes() {
    check_error("api.yaml", "- ".repeat(100_000), Code::NestingTooDeep, (1, 241));
}

#[test]
fn a_hundred_thousand_question_marks() {
    check_error("api.yaml", "? ".repeat(100_000), Code::NestingTooDeep, (1, 241));
}

#[test]
fn ten_thousand_levels_of_indentation() {
    let text: String = (0..10_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    check_error("api.yaml", text, Code::NestingTooDeep, (121, 121));
}

#[test]
fn the_deepest_nesting_allowed_is_read() {
    let text = format!("{}1{}", "[".repeat(120), "]".repeat(120));
    check_read("api.json", text.clone());
    check_read("api.yaml", format!("{text} # YAML"));
    check_read("api.yaml", "- ".repeat(120));
}

#[test]
fn aliases_that_nest_too_deeply() {
    let text: String = (1..200).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect();
    check_error("api.yaml", format!("a0: &a0 []\n{text}"), Code::NestingTooDeep, (120, 14));
}

#[test]
fn billion_laughs() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for n in 1..10 {
        let aliases = vec![format!("*a{}", n - 1); 9].join(", ");
        text += &format!("a{n}: &a{n} [{aliases}]\n");
    }
    check_error("api.yaml", text, Code::AliasExpansion, (5, 35));
}

#[test]
fn twenty_thousand_aliases_of_a_long_list() {
    let text = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(20_000), "*a, ".repeat(20_000));
    check_error("api.yaml", text, Code::AliasExpansion, (2, 109));
}

#[test]
fn aliases_of_a_long_string() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(100_000));
    check_error("api.yaml", text, Code::AliasExpansion, (2, 181));
}

#[test]
fn many_honest_aliases_are_read() {
    let tree = check_read("api.yaml", format!("a: &a {{b: 1, c: [2, 3]}}\nd: [{}]\n", "*a, ".repeat(3_000)));
    assert_eq!(tree.get("d").and_then(Tree::as_list).map(<[Tree]>::len), Some(3_000));
}

#[test]
fn a_chain_of_aliases_is_read() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for n in 1..110 {
        text += &format!("a{n}: &a{n} [*a{}, *a0]\n", n - 1);
    }
    check_read("api.yaml", text);
}

#[test]
fn an_anchor_inside_itself() {
    check_error("api.yaml", "a: &a {b: *a}\n", Code::SelfAlias, (1, 11));
    check_error("api.yaml", "&a [[[*a]]]\n", Code::SelfAlias, (1, 7));
    check_error("api.yaml", "a: &a\n  <<: *a\n", Code::SelfAlias, (2, 7));
}

#[test]
fn an_alias_of_nothing() {
    check_error("api.yaml", "a: *b\n", Code::Syntax, (1, 4));
}

#[test]
fn duplicate_keys() {
    check_error("api.yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n", Code::DuplicateKey, (4, 3));
    check_error("api.yaml", "200: a\n'200': b\n", Code::DuplicateKey, (2, 1));
    check_error("api.json", "{\"a\": {\"b\": 1,\n \"b\": 2}}", Code::DuplicateKey, (2, 2));
    check_error("api.json", r#"{"a": 1, "\u0061": 2}"#, Code::DuplicateKey, (1, 10));
}

#[test]
fn endless_duplicate_keys_are_reported_up_to_a_limit() {
    let (tree, diags) = read_all("api.yaml", "a: 1\n".repeat(100_000));
    assert!(tree.is_none());
    assert_eq!(diags.len(), 100);
}

#[test]
fn a_mapping_of_very_many_keys_is_read() {
    let text: String = (0..20_000).map(|n| format!("k{n}: {n}\n")).collect();
    check_read("api.yaml", text);
    let text: String = (0..20_000).map(|n| format!("\"k{n}\":{n},")).collect();
    check_read("api.json", format!("{{{}}}", text.trim_end_matches(',')));
}

#[test]
fn keys_that_are_not_scalars() {
    check_error("api.yaml", "paths:\n  {id}: 1\n", Code::ComplexKey, (2, 3));
    check_error("api.yaml", "? [a, b]\n: 1\n", Code::ComplexKey, (1, 3));
}

#[test]
fn an_empty_file() {
    for text in ["", "\n\n", "# nothing\n", "---\n", "\u{feff}"] {
        let (tree, diags) = read_all("api.yaml", text.to_owned());
        assert!(tree.is_none());
        assert_eq!(diags.len(), 1, "{text:?}");
        assert_eq!(diags[0].0.code, Code::EmptyDocument, "{text:?}");
    }
}

#[test]
fn several_documents() {
    check_error("api.yaml", "a: 1\n---\nb: 2\n", Code::MultipleDocuments, (2, 1));
    check_read("api.yaml", "---\na: 1\n...\n");
}

#[test]
fn a_nul_character() {
    check_error("api.yaml", "a: 1\nb: x\0y\n", Code::Syntax, (2, 5));
    check_error("api.json", "{\"a\": \"\0\"}", Code::Syntax, (1, 8));
}

#[test]
fn half_a_surrogate_pair() {
    check_error("api.json", r#"{"a": "\ud800"}"#, Code::Syntax, (1, 14));
    check_error("api.yaml", r#"a: "\ud800""#, Code::Syntax, (1, 4));
}

#[test]
fn json_that_is_not_quite_json() {
    check_error("api.json", "{\n  \"a\": 1,\n}", Code::Syntax, (3, 1));
    check_error("api.json", "[1, 2,]", Code::Syntax, (1, 7));
    check_error("api.json", "{\"a\": NaN}", Code::Syntax, (1, 7));
    check_error("api.json", "{\"a\": 1} x", Code::Syntax, (1, 10));
    check_error("api.json", "{\"\u{e9}\u{e9}\": 01}", Code::Syntax, (1, 9));
    check_error("api.json", "{\"a\": 1e400}", Code::Syntax, (1, 11));
}

#[test]
fn yaml_that_begins_like_json_is_read_by_the_name_of_its_file() {
    check_read("api.yaml", "{openapi: 3.0.0, paths: {}, }");
    check_error("api", "{openapi: 3.0.0}", Code::Syntax, (1, 2));
}

#[test]
fn wrong_indentation_and_tabs() {
    check_error("api.yaml", "a:\n  b: 1\n c: 2\n", Code::Syntax, (3, 2));
    check_error("api.yaml", "a:\n\tb: 1\n", Code::Syntax, (2, 2));
    check_error("api.yaml", "a: b: c\n", Code::Syntax, (1, 5));
}

#[test]
fn merge_keys_without_a_mapping() {
    check_error("api.yaml", "a:\n  <<: text\n", Code::MergeKey, (2, 7));
    check_error("api.yaml", "a:\n  <<: [{b: 1}, 2]\n", Code::MergeKey, (2, 7));
}

#[test]
fn an_unfinished_string_of_megabytes() {
    check_error("api.json", format!("{{\"a\": \"{}", "x".repeat(2_000_000)), Code::Syntax, (1, 2_000_007));
    let (tree, diags) = read_all("api.yaml", format!("a: \"{}", "x\n ".repeat(300_000)));
    assert!(tree.is_none() && diags.len() == 1, "{diags:?}");
}

#[test]
fn long_comments_scalars_and_lists_are_read() {
    check_read("api.yaml", format!("{}a: 1\n", "# comment\n".repeat(20_000)));
    check_read("api.yaml", format!("a: |\n{}", "  text\n".repeat(20_000)));
    check_read("api.yaml", format!("a: [{}]\n", "1, ".repeat(20_000)));
    check_read("api.json", format!("[{}1]", "1, ".repeat(20_000)));
}

#[test]
fn a_flood_of_anchors_tags_and_directives() {
    let (tree, diags) = read_all("api.yaml", (0..20_000).map(|n| format!("- &a{n} x\n")).collect());
    assert!(tree.is_some() && diags.is_empty());
    let (tree, diags) = read_all("api.yaml", "- !t x\n".repeat(20_000));
    assert!(tree.is_some());
    assert!(diags.iter().all(|(found, _)| found.code == Code::YamlTag));
    let directives: String = (0..20_000).map(|n| format!("%TAG !t{n}! tag:example.com\n")).collect();
    check_error("api.yaml", format!("{directives}--- a\n"), Code::Syntax, (101, 1));
}

#[test]
fn a_byte_order_mark_and_the_line_ends_of_windows_are_no_part_of_the_text() {
    let tree = check_read("api.yaml", "\u{feff}a: 1\r\nb:\r\n  - c\r\n");
    assert_eq!(tree, check_read("api.yaml", "a: 1\nb:\n  - c\n"));
    assert_eq!(check_read("api.json", "\u{feff}{\"a\":\r\n1}"), check_read("api.json", "{\"a\": 1}"));
}
