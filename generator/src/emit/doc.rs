//! The document's words as doc comments: Markdown that renders, and nothing that runs.
//!
//! rustdoc compiles and runs what it takes for a Rust example: a fenced block that names no other language, and any block that
//! is indented. It passes HTML through to the page, and takes `[name]` for a link to an item. None of that may come from a document.

use std::ops::Range;

use proc_macro2::TokenStream;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use quote::quote;

use super::allowed;
use crate::model::Docs;

/// Languages a fenced block may name: rustdoc runs none of them.
const LANGUAGES: &[&str] = &[
    "bash",
    "console",
    "curl",
    "css",
    "graphql",
    "html",
    "http",
    "javascript",
    "js",
    "json",
    "python",
    "ruby",
    "sh",
    "shell",
    "text",
    "toml",
    "xml",
    "yaml",
];

/// Doc attributes for `docs`, or for `fallback` where the document says nothing.
pub(super) fn item(docs: &Docs, fallback: &str) -> TokenStream {
    let text = words(docs).map(|words| inert(&words)).filter(|words| !words.trim().is_empty());
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let text = text.as_deref().unwrap_or(fallback);
    let lines = match allowed::line(docs) {
        Some(allowed) => own(&format!("{}\n\n{allowed}", text.trim_end())),
        None => own(text),
    };
    quote!(#lines #deprecated)
}

/// Doc attributes for text that is not the document's.
pub(super) fn own(text: &str) -> TokenStream {
    attributes(text)
}

/// Doc attributes for text of the document, made inert.
pub(super) fn lines(text: &str) -> TokenStream {
    attributes(&inert(text))
}

/// Summary and description of the document, if it has either.
pub(super) fn words(docs: &Docs) -> Option<String> {
    let summary = docs.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let description = docs.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match (summary, description) {
        (Some(summary), Some(description)) if summary != description => {
            Some(format!("{summary}\n\n{description}"))
        }
        (Some(text), _) | (None, Some(text)) => Some(text.to_owned()),
        (None, None) => None,
    }
}

/// The document's text where it is no Markdown.
pub(super) fn plain(text: &str) -> String {
    printable(text.trim())
}

/// The document's text on one line where it is no Markdown.
pub(super) fn plain_line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The document's text on one line where it is no Markdown; what was a paragraph is a sentence.
pub(super) fn plain_paragraphs(text: &str) -> String {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(plain_line).filter(|paragraph| !paragraph.is_empty()).collect();
    let Some((last, first)) = paragraphs.split_last() else { return String::new() };
    let sentence = |text: &String| {
        let stop = if text.ends_with(['.', '!', '?', ':', ';', ',']) { " " } else { ". " };
        format!("{text}{stop}")
    };
    first.iter().map(sentence).collect::<String>() + last
}

/// The document's text on one line, for places that have room for one.
pub(super) fn one_line(text: &str) -> String {
    inert(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The document's text as a code span on one line, whatever backticks are in it (`CommonMark` 0.31.2, Code spans).
pub(super) fn code(text: &str) -> String {
    let line = printable(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.is_empty() {
        return "`\"\"`".to_owned();
    }
    let runs: Vec<usize> = line.split(|c| c != '`').map(str::len).collect();
    let fence = "`".repeat((1..=runs.len() + 1).find(|length| !runs.contains(length)).unwrap_or(1));
    let space = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{line}{space}{fence}")
}

fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// `text` as Markdown in which rustdoc finds no code to run, no HTML and no link to an item.
pub(super) fn inert(text: &str) -> String {
    let mut text = printable(text);
    for _ in 0..4 {
        let edits = edits(&text);
        if edits.is_empty() {
            return text;
        }
        text = apply(&text, edits);
    }
    verbatim(&text)
}

/// Control and direction characters out, line ends alike: a comment cannot hold them.
fn printable(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) && !text.contains(" \n") {
        return text.trim_end().to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_direction =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let lines: Vec<String> = text
        .split(['\n', '\u{2028}', '\u{2029}', '\u{85}'])
        .map(|line| {
            let line: String = line.chars().filter(|c| !is_direction(*c)).collect();
            let line = line.replace('\t', "    ");
            line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>()
        })
        .collect();
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    trimmed.join("\n")
}

/// All of it as a block of plain text.
fn verbatim(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

type Edit = (Range<usize>, String);

fn edits(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut broken = Vec::new();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let callback = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        broken.push(link.span);
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(callback));
    let mut inside = Inside::default();
    for (event, range) in parser.into_offset_iter() {
        inside.follow(&event);
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => found.push(unindent(text, range)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                found.extend(relabel(text, range, &info));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let html = text[range.clone()].replace('<', "&lt;");
                found.push((range, html));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. })
                if !is_address(&dest_url) && link_type != LinkType::Email =>
            {
                found.push(match link_type {
                    LinkType::Autolink => (range.start..range.start + 1, "&lt;".to_owned()),
                    _ => (range.start..range.start, "\\".to_owned()),
                });
            }
            Event::Text(_) if inside.is_prose() => found.extend(addresses(text, range)),
            Event::Start(Tag::Item) => inside.items.push(content_column(text, range.start)),
            Event::SoftBreak | Event::HardBreak if !inside.quoted => {
                found.extend(inside.items.last().and_then(|column| indent(text, range.start, *column)));
            }
            _ => {}
        }
    }
    found.extend(broken.into_iter().map(|span| (span.start..span.start, "\\".to_owned())));
    found
}

/// What the text being read is part of.
#[derive(Default)]
struct Inside {
    code: bool,
    link: bool,
    quoted: bool,
    /// The columns at which the contents of the list items around it begin.
    items: Vec<usize>,
}

impl Inside {
    fn follow(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.code = true,
            Event::End(TagEnd::CodeBlock) => self.code = false,
            Event::End(TagEnd::Item) => _ = self.items.pop(),
            Event::Start(Tag::BlockQuote(_)) => self.quoted = true,
            Event::End(TagEnd::BlockQuote(_)) => self.quoted = false,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.link = true,
            Event::End(TagEnd::Link | TagEnd::Image) => self.link = false,
            _ => {}
        }
    }

    fn is_prose(&self) -> bool {
        !self.code && !self.link
    }
}

fn is_address(destination: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| destination.starts_with(scheme))
}

/// The column at which the contents of the list item at `start` begin, as Markdown has it.
fn content_column(text: &str, start: usize) -> usize {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let item = text[start..].trim_start_matches(' ');
    let number = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = item.get(number + 1..).unwrap_or_default();
    let spaces = behind.len() - behind.trim_start_matches(' ').len();
    let marker = text.len() - item.len() - line_start;
    marker + number + 1 + if (1..=4).contains(&spaces) { spaces } else { 1 }
}

/// Indents the line behind the break at `at`, which goes on with a list item, as far as the item and no farther: Markdown does not ask
/// for it, and clippy does.
fn indent(text: &str, at: usize, column: usize) -> Option<Edit> {
    let start = at + text[at..].find('\n')? + 1;
    let line = text[start..].lines().next()?;
    let own = line.len() - line.trim_start_matches(' ').len();
    // Indented, it would make a heading of what is above it.
    let is_underline = || line.trim().chars().all(|c| matches!(c, '=' | '-'));
    // From four spaces on, nothing begins a block that would begin one with less.
    let is_prose = || own < column + 4 || line[own..].starts_with(char::is_alphabetic);
    let is_safe = if own < column { !is_underline() } else { is_prose() };
    (own != column && is_safe).then(|| (start..start + own, " ".repeat(column)))
}

/// Takes the indentation away that makes a block code.
fn unindent(text: &str, range: Range<usize>) -> Edit {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let lines: Vec<&str> = text[start..range.end].lines().map(str::trim_start).collect();
    let end = if text[start..range.end].ends_with('\n') { "\n" } else { "" };
    (start..range.end, format!("{}{end}", lines.join("\n")))
}

/// Gives a fenced block a language that is not run.
fn relabel(text: &str, range: Range<usize>, info: &str) -> Option<Edit> {
    if LANGUAGES.contains(&info.trim()) {
        return None;
    }
    let first = text[range.clone()].lines().next().unwrap_or_default();
    let fence = first.chars().take_while(|c| matches!(c, '`' | '~')).count();
    let label = if LANGUAGES.contains(&info.split([',', ' ']).next().unwrap_or_default()) {
        info.split([',', ' ']).next().unwrap_or_default().to_owned()
    } else {
        "text".to_owned()
    };
    Some((range.start + fence..range.start + first.len(), label))
}

/// Puts bare addresses into angle brackets, which makes them links.
fn addresses(text: &str, range: Range<usize>) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut from = range.start;
    while let Some(at) = text[from..range.end].find("http") {
        let start = from + at;
        let rest = &text[start..range.end];
        let length =
            rest.find(|c: char| c.is_whitespace() || "<>\"'`()[]{}|\\^".contains(c)).unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        let is_bare = (address.starts_with("https://") || address.starts_with("http://"))
            && address.len() > 10
            && !text[..start].ends_with(['<', '/', '=']);
        if is_bare {
            found.push((start..start + address.len(), format!("<{address}>")));
        }
        from = start + length.max(4);
    }
    found
}

/// Applies the edits that do not overlap; the next pass finds the rest.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (range, replacement) in edits {
        if range.start >= at {
            result.push_str(&text[at..range.start]);
            result.push_str(&replacement);
            at = range.end;
        }
    }
    result.push_str(&text[at..]);
    result
}

#[cfg(test)]
mod tests {
    use super::{code, inert, plain_paragraphs};

    #[test]
    fn a_code_span_holds_any_backticks() {
        assert_eq!(code("a  b"), "`a b`");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("``` x"), "` ``` x `");
        assert_eq!(code(" "), "`\"\"`");
    }

    #[test]
    fn paragraphs_on_one_line_are_sentences() {
        assert_eq!(plain_paragraphs("Sort\norder\n\nOne of:\n\n\n* `a`\n"), "Sort order. One of: * `a`");
        assert_eq!(plain_paragraphs(" \n\n"), "");
    }

    #[test]
    fn a_fence_without_a_language_is_text() {
        assert_eq!(inert("a\n\n```\nlet x;\n```"), "a\n\n```text\nlet x;\n```");
        assert_eq!(inert("```rust\nx\n```"), "```text\nx\n```");
        assert_eq!(inert("```json\n{}\n```"), "```json\n{}\n```");
    }

    #[test]
    fn an_indented_block_is_no_code() {
        assert_eq!(inert("a\n\n    std::process::exit(1)"), "a\n\nstd::process::exit(1)");
    }

    #[test]
    fn a_line_that_goes_on_with_an_item_is_indented_as_it() {
        assert_eq!(inert("* a\nb\n  * c\nd\n\ne"), "* a\n  b\n  * c\n    d\n\ne");
        assert_eq!(inert("10. a\n b\n=="), "10. a\n    b\n==");
        assert_eq!(inert("- a\n     b\n     - c"), "- a\n  b\n     - c");
        assert_eq!(inert("- a\n       b\n       # c"), "- a\n  b\n       # c");
        assert_eq!(inert("a\nb"), "a\nb");
    }

    #[test]
    fn html_is_shown_and_not_run() {
        assert_eq!(inert("a <script>alert(1)</script>"), "a &lt;script>alert(1)&lt;/script>");
    }

    #[test]
    fn brackets_are_no_links_to_items() {
        assert_eq!(inert("see [Foo] and `[x]`"), "see \\[Foo] and `[x]`");
        assert_eq!(inert("see [Foo](Bar)"), "see \\[Foo](Bar)");
        assert_eq!(inert("[foo]\n\n[foo]: NoSuch"), "\\[foo]\n\n[foo]: NoSuch");
        assert_eq!(inert("<javascript:alert(1)>"), "&lt;javascript:alert(1)>");
        assert_eq!(inert("see [Foo](https://example.com)"), "see [Foo](https://example.com)");
    }

    #[test]
    fn bare_addresses_become_links() {
        assert_eq!(inert("at https://example.com/a, or"), "at <https://example.com/a>, or");
        assert_eq!(inert("`https://example.com`"), "`https://example.com`");
    }

    #[test]
    fn what_a_comment_cannot_hold_is_taken_out() {
        assert_eq!(inert("a\u{202e}b\0c\r\nd"), "ab\u{fffd}c\nd");
    }
}
