//! Overlays made to hang or exhaust whoever applies them: each gives an error with a place, quickly and without a panic.

// The texts are short to write here, not quick to build.
#![allow(clippy::format_collect, clippy::unwrap_used)]

use clientsmith::diag::{Code, Diagnostic, Diagnostics, FileId, Severity};
use clientsmith::source::{Source, Sources, Tree};

/// Applies an overlay to a document in a thread with the stack of an ordinary test.
fn overlaid(document: &str, overlay: impl Into<String>) -> (Option<Tree>, Vec<Diagnostic>) {
    let document = Source::from_text("api.yaml", document);
    let sources = Sources { overlays: vec![Source::from_text("overlay.yaml", overlay)], ..document.into() };
    let apply = move || {
        let mut diags = Diagnostics::default();
        let tree = clientsmith::read(&sources, &mut diags);
        (tree, diags.into_list())
    };
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(apply).unwrap().join().unwrap()
}

fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: Fixture, version: 1.0.0}}\nactions:\n{actions}")
}

/// There is nothing but errors of this kind in the overlay.
#[track_caller]
fn check_error(document: &str, overlay: impl Into<String>, code: Code) {
    let (tree, diags) = overlaid(document, overlay);
    assert!(tree.is_none(), "it was applied");
    let is_it =
        |found: &Diagnostic| (found.code, found.severity, found.file) == (code, Severity::Error, FileId(1));
    assert!(!diags.is_empty() && diags.iter().all(is_it), "{diags:#?}");
}

/// A list of `count` lists.
fn wide(count: usize) -> String {
    format!("{{\"list\": [{}[]]}}", "[1, [2]], ".repeat(count))
}

#[test]
fn what_is_refused_in_a_document_is_refused_in_an_overlay() {
    check_error("a: 1", "[".repeat(100_000), Code::NestingTooDeep);
    check_error("a: 1", overlay(&"- ".repeat(100_000)), Code::NestingTooDeep);
    let laughs: String =
        (1..10).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))).collect();
    check_error("a: 1", format!("a0: &a0 [lol]\n{laughs}"), Code::AliasExpansion);
    check_error("a: 1", "overlay: 1.0.0\noverlay: 1.1.0\n", Code::DuplicateKey);
    check_error("a: 1", "", Code::EmptyDocument);
    check_error("a: 1", "a: &a [*a]", Code::SelfAlias);
}

#[test]
fn endless_problems_are_reported_up_to_a_limit() {
    for action in
        ["- 1\n", "- {target: '$['}\n", "- {target: $.no, remove: true}\n", "- {target: $, update: 1}\n"]
    {
        let (tree, diags) = overlaid("a: 1", overlay(&action.repeat(10_000)));
        assert!(tree.is_none());
        assert!((1..=101).contains(&diags.len()), "{} for {action}", diags.len());
    }
    let unknown: String = (0..10_000).map(|n| format!("k{n}: 1\n")).collect();
    assert!(overlaid("a: 1", overlay("- {target: $}\n") + &unknown).1.len() <= 101);
}

#[test]
fn many_actions_are_applied() {
    let (tree, diags) = overlaid("list: []", overlay(&"- {target: $.list, update: 1}\n".repeat(10_000)));
    assert_eq!(diags, []);
    assert_eq!(tree.unwrap().get("list").and_then(Tree::as_list).map(<[Tree]>::len), Some(10_000));
}

#[test]
fn expressions_nested_beyond_reason() {
    let target = |target: String| overlay(&format!("- {{target: \"{target}\", remove: true}}\n"));
    for (open, close) in
        [("[?", "]"), ("[?(", ")]"), ("[?!(", ")]"), ("[?@", "]"), ("[?length(", ")]"), ("[?@[?", "]]")]
    {
        let text = format!("${}@.a{}", open.repeat(20_000), close.repeat(20_000));
        check_error("a: 1", target(text), Code::InvalidJsonPath);
    }
    let nested = format!("$[?{}@.a{}]", "@[?".repeat(14), "]".repeat(14));
    check_error("a: 1", target(nested), Code::UnmatchedTarget);
    check_error("a: 1", target(format!("$[{}'a'", "'a', ".repeat(100_000))), Code::InvalidJsonPath);
}

#[test]
fn long_expressions_are_read() {
    let or = format!("$[?{} @ == 1]", "@.x || ".repeat(20_000));
    let names = format!("$[{}'a']", "'b', ".repeat(20_000));
    for target in [or, names] {
        let (tree, diags) = overlaid("a: 1", overlay(&format!("- {{target: \"{target}\", remove: true}}\n")));
        assert_eq!(diags, []);
        assert_eq!(tree, Some(Tree::from(clientsmith::source::Map::new())));
    }
}

#[test]
fn expressions_that_multiply() {
    let deep = format!("{}1{}", "[1, ".repeat(110), "]".repeat(110));
    let target = |target: &str| overlay(&format!("- {{target: '{target}', remove: true}}\n"));
    check_error(&deep, target("$..*..*..*..*..*..*"), Code::OverlayTooCostly);
    check_error(&wide(3_000), target("$..[?$..[?$..*]]"), Code::OverlayTooCostly);
    check_error(
        &wide(3_000),
        target("$..[?count($..*) == count($..[?@ == $.list])]"),
        Code::OverlayTooCostly,
    );
    let many = "- {target: '$..[?length(@) == 2 && $..[?@ == 1]]', update: []}\n".repeat(5_000);
    check_error(&wide(300), overlay(&many), Code::OverlayTooCostly);
}

#[test]
fn patterns_that_backtrack_or_multiply() {
    let document = format!("{{\"a\": \"{}!\"}}", "a".repeat(5_000));
    let action =
        |pattern: &str| overlay(&format!("- {{target: \"$[?search(@, '{pattern}')]\", remove: true}}\n"));
    for pattern in ["(a+)+b", "(a|aa)+b", "(.*)*b", "(((((((((x)"] {
        check_error(&document, action(pattern), Code::UnmatchedTarget);
    }
    for pattern in ["((a{1,60}){1,60})b", "((a?){99}){99}b", "((a{1,99}){1,99}){1,99}b", "[^a]{999999}"] {
        check_error(&document, action(pattern), Code::OverlayTooCostly);
    }
    check_error(&document, action(&"(".repeat(100_000)), Code::UnmatchedTarget);
}

#[test]
fn documents_that_grow() {
    let double = "- {target: $.list, copy: $.list}\n".repeat(64);
    check_error("list: [a]", overlay(&double), Code::OverlayTooCostly);
    let update = format!("- {{target: '$.list[*]', update: [\"{}\"]}}\n", "x".repeat(100_000));
    check_error(&wide(3_000), overlay(&update), Code::OverlayTooCostly);
}

#[test]
fn documents_that_deepen() {
    let deepen = "- {target: $..b, copy: $.a}\n".repeat(200);
    check_error("a: {b: {}}", overlay(&deepen), Code::NestingTooDeep);
    let (open, close) = ("{a: ".repeat(70), "}".repeat(70));
    let document = format!("{open}{{}}{close}");
    let path = ".a".repeat(70);
    check_error(
        &document,
        overlay(&format!("- {{target: ${path}, update: {document}}}\n")),
        Code::NestingTooDeep,
    );
}

#[test]
fn items_removed_one_by_one() {
    let one_by_one = "- {target: '$.list[0]', remove: true}\n".repeat(5_000);
    check_error(&wide(20_000), overlay(&one_by_one), Code::OverlayTooCostly);
    let (tree, diags) = overlaid(&wide(20_000), overlay("- {target: '$.list[::2]', remove: true}\n"));
    assert_eq!(diags, []);
    assert_eq!(tree.unwrap().get("list").and_then(Tree::as_list).map(<[Tree]>::len), Some(10_000));
}
