//! The document's words, wherever they go: shown as written, and never run.

use clientsmith::emit::Layout;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::Show::{Call, Description, File, Impls, Item, Type};
use crate::support::Fixture;

crate::fixtures! { "text":
    descriptions_run_nothing => [Call("pets", "list")],
    html_and_links_to_items_are_shown_as_written => [Type("Pet")],
    quotes_and_delimiters_stay_text => [Type("Pet"), Impls("Pet"), Type("Words")],
    characters_that_hide_or_reorder_are_spelled_out => [Type("Pet"), Impls("Pet"), Type("Words")],
    paths_are_no_format_strings => [
        Call("pets", "get"), Description("pets", "get"), Description("pets", "other"), Description("pets", "third"),
    ],
    wire_names_stay_as_written => [Call("pets", "list"), Description("pets", "list")],
    tags_and_servers_are_text_too => [File("client.rs"), Description("pets_x", "list")],
    title_and_version_break_no_file => [File("mod.rs")],
    words_of_ours_stay_text => [Item("types/mod.rs", "impl Webhook"), Call("zoo", "list"), Item("zoo.rs", "pub(super) static LIST_PAGING")],
}

#[test]
fn title_and_version_are_text_in_manifest_and_readme() {
    let generation = Fixture::of("text", "title_and_version_break_no_file").generation_as(Layout::Package);
    let files = generation.files.unwrap();
    let contents = |path: &str| files.iter().find(|file| file.path == path).unwrap().contents.clone();
    let (manifest, readme) = (contents("Cargo.toml"), contents("README.md"));
    let parsed: toml::Table = manifest.parse().unwrap();
    let tables: Vec<&String> = parsed.keys().collect();
    assert_eq!(tables, ["bin", "dependencies", "features", "package", "target"]);
    let shown = manifest.lines().take(9).collect::<Vec<_>>().join("\n");
    crate::check_snapshot("text", "manifest_and_readme", &format!("{shown}\n\n{readme}"));
}

/// rustdoc runs code without a language or in Rust, and hands HTML through.
#[test]
fn no_comment_of_any_client_has_code_to_run_or_html() {
    for kind in ["shapes", "operations", "names", "text"] {
        for fixture in Fixture::all(kind) {
            for file in crate::client(&fixture) {
                for comment in comments(&file.contents) {
                    check_inert(&format!("{}/{}: {}", fixture.kind, fixture.name, file.path), &comment);
                }
            }
        }
    }
}

fn comments(contents: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in contents.lines() {
        let line = line.trim_start();
        match (line.strip_prefix("///").or(line.strip_prefix("//!")), comments.last_mut()) {
            (Some(text), Some(last)) => {
                last.push_str(text.strip_prefix(' ').unwrap_or(text));
                last.push('\n');
            }
            _ => comments.push(String::new()),
        }
    }
    comments
}

fn check_inert(place: &str, comment: &str) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(comment, options) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                assert!(
                    ["text", "json"].contains(&&*language),
                    "{place}: code in `{language}` in\n{comment}"
                );
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("{place}: code in\n{comment}"),
            Event::Html(html) | Event::InlineHtml(html) => panic!("{place}: HTML {html} in\n{comment}"),
            _ => {}
        }
    }
}
