//! Diagnostics for people: each with the line it is about and a caret, as rustc shows its own.
//!
//! Nothing of the document is printed raw: characters that steer a terminal are spelled out, and what is
//! very long is cut. Whether there are colours is the caller's decision.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use indexmap::IndexMap;

use super::places::{Places, Spot};
use super::visible::{is_hidden, push_visible, visible};
use super::{Code, Diagnostic, Severity};
use crate::source::Source;

/// How much of a line is shown before what it is about, and from there on, in characters.
const MAX_BEFORE: usize = 80;
const MAX_AFTER: usize = 120;
/// How much of a message or a help text is shown, in characters.
const MAX_TEXT: usize = 1000;
/// How many further places of a repeated diagnostic are named.
const MAX_PLACES: usize = 3;

/// Whether a listing has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escape sequences for a terminal.
    Always,
}

/// What a listing does with diagnostics that say the same of many places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// Shows the first and names a few of the others.
    Grouped,
    /// Shows every one.
    All,
}

/// All of `list`, in its order, each ending in an empty line. `sources` are the files by
/// [`FileId`](super::FileId).
pub fn listing(list: &[Diagnostic], sources: &[&Source], colour: Colour, repeats: Repeats) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    // The lines are cut here, where it costs nothing; the renderer never has to.
    let renderer = renderer.term_width(8 * (MAX_BEFORE + MAX_AFTER));
    let places = Places::new(sources);
    let mut out = String::new();
    for (first, others) in groups(list, repeats) {
        let report = [group(first, &others, &places)];
        out.push_str(&renderer.render(&report));
        out.push_str("\n\n");
    }
    out
}

/// How many there are of each severity, on one line: `2 errors, 3 warnings`.
pub fn summary(list: &[Diagnostic]) -> String {
    let count = |severity: Severity| {
        let count = list.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", severity.name()))
    };
    let counts: Vec<_> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(count).collect();
    if counts.is_empty() { "nothing to report".to_owned() } else { counts.join(", ") }
}

/// Each diagnostic with those that say the same.
fn groups(list: &[Diagnostic], repeats: Repeats) -> Vec<(&Diagnostic, Vec<&Diagnostic>)> {
    match repeats {
        Repeats::All => list.iter().map(|diagnostic| (diagnostic, Vec::new())).collect(),
        Repeats::Grouped => {
            let mut groups: IndexMap<(Severity, Code, &str), (&Diagnostic, Vec<&Diagnostic>)> =
                IndexMap::new();
            for diagnostic in list {
                groups
                    .entry((diagnostic.severity, diagnostic.code, &diagnostic.message))
                    .and_modify(|(_, others)| others.push(diagnostic))
                    .or_insert_with(|| (diagnostic, Vec::new()));
            }
            groups.into_values().collect()
        }
    }
}

fn group(diagnostic: &Diagnostic, others: &[&Diagnostic], places: &Places<'_>) -> Group<'static> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        Group::with_title(level.primary_title(shown(&diagnostic.message)).id(diagnostic.code.name()));
    match places.spot(diagnostic) {
        Some(spot) => group = with_line(group, &spot),
        None => group = group.element(Level::NOTE.message(shown(&format!("at `{}`", diagnostic.pointer)))),
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(shown(help)));
    }
    if !others.is_empty() {
        group = group.element(Level::NOTE.message(more(others, places)));
    }
    group
}

fn with_line(group: Group<'static>, spot: &Spot<'_>) -> Group<'static> {
    let (name, position) = (shown(spot.source.name()), spot.position);
    let line = Line::around(spot.source.text(), &spot.focus);
    let snippet = Snippet::source(line.text)
        .line_start(position.line)
        .annotation(AnnotationKind::Primary.span(line.focus));
    if line.verbatim {
        group.element(snippet.path(name))
    } else {
        // The renderer would count the column in the text it is given.
        let origin = Origin::path(name).line(position.line).char_column(position.column);
        group.element(origin).element(snippet)
    }
}

/// `and 51 more like this, at api.yaml:12:5, api.yaml:14:5, api.yaml:17:5, …`
fn more(others: &[&Diagnostic], places: &Places<'_>) -> String {
    let mut text = format!("and {} more like this", others.len());
    for (index, other) in others.iter().take(MAX_PLACES).enumerate() {
        let place = match places.spot(other) {
            Some(Spot { source, position, .. }) => {
                format!("{}:{}:{}", shown(source.name()), position.line, position.column)
            }
            None => shown(&other.pointer.to_string()),
        };
        text.push_str(if index == 0 { ", at " } else { ", " });
        text.push_str(&place);
    }
    if others.len() > MAX_PLACES {
        text.push_str(", …");
    }
    text
}

/// `text`, cut to a bearable length and without anything that would not be seen.
fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}

/// A line of the document, as it is shown.
struct Line {
    text: String,
    focus: Range<usize>,
    /// Whether a column of the shown text is the same column of the document.
    verbatim: bool,
}

impl Line {
    /// The line in which `focus` begins, cut on both sides where it is long.
    fn around(text: &str, focus: &Range<usize>) -> Self {
        let (before, after) = text.split_at_checked(focus.start).unwrap_or((text, ""));
        let (before, cut_before) = tail(before);
        let after_end = after.char_indices().take_while(|(_, character)| *character != '\n').nth(MAX_AFTER);
        let cut_after = after_end.is_some();
        let after = match after_end {
            Some((end, _)) => &after[..end],
            None => after.lines().next().unwrap_or_default(),
        };
        let mut line = Self { text: String::new(), focus: 0..0, verbatim: !cut_before };
        if cut_before {
            line.text.push('…');
        }
        for character in before.chars() {
            line.verbatim &= !is_hidden(character);
            push_visible(&mut line.text, character);
        }
        line.focus.start = line.text.len();
        let focused = focus.len().min(after.len());
        for (at, character) in after.char_indices() {
            push_visible(&mut line.text, character);
            if at < focused {
                line.focus.end = line.text.len();
            }
        }
        line.focus.end = line.focus.end.max(line.focus.start);
        if cut_after {
            line.text.push('…');
        }
        line
    }
}

/// The last line of `before`, or the end of it, and whether that is not all of it.
fn tail(before: &str) -> (&str, bool) {
    let mut start = before.len();
    for (count, (at, character)) in before.char_indices().rev().enumerate() {
        if character == '\n' {
            break;
        }
        if count == MAX_BEFORE {
            return (&before[start..], true);
        }
        start = at;
    }
    (&before[start..], false)
}

#[cfg(test)]
mod tests {
    use super::{Colour, Repeats, listing, summary};
    use crate::diag::{Code, Diagnostics, FileId};
    use crate::source::{Pointer, Source};

    fn pointer(path: &str) -> Pointer {
        path.split('/').skip(1).fold(Pointer::root(), |pointer, token| pointer.child(token))
    }

    /// The listing of one warning about `path`.
    fn check_listing(text: &str, path: &str, expected: &str) {
        let source = Source::from_text("api.yaml", text);
        let mut diags = Diagnostics::default();
        diags.warn(Code::DuplicateKey, &pointer(path)).message("a `message`");
        assert_eq!(listing(diags.list(), &[&source], Colour::Never, Repeats::Grouped), expected);
    }

    #[test]
    fn a_diagnostic_is_shown_with_its_line_and_help() {
        let source = Source::from_text("api.yaml", "info:\n  title: 3\n");
        let mut diags = Diagnostics::default();
        diags
            .error(Code::Syntax, &pointer("/info/title"))
            .message("not a string")
            .help("put it\ninto quotes");
        insta::assert_snapshot!(listing(diags.list(), &[&source], Colour::Never, Repeats::Grouped), @r"
        error[syntax]: not a string
         --> api.yaml:2:10
          |
        2 |   title: 3
          |          ^
          |
          = help: put it
                  into quotes
        ");
    }

    #[test]
    fn a_container_is_shown_by_its_key() {
        check_listing(
            "paths:\n  get:\n    a: b\n",
            "/paths/get",
            "\
warning[duplicate-key]: a `message`
 --> api.yaml:2:3
  |
2 |   get:
  |   ^^^

",
        );
    }

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        check_listing(
            "a: \"x\u{202e}y\" # \u{200b}\n",
            "/a",
            "\
warning[duplicate-key]: a `message`
 --> api.yaml:1:4
  |
1 | a: \"x\\u{202e}y\" # \\u{200b}
  |    ^^^^^^^^^^^^

",
        );
        let mut diags = Diagnostics::default();
        diags.error(Code::Syntax, &pointer("/\u{1b}[1m")).message("\u{1b}]0;x\u{7}").help("\u{202e}\r\u{85}");
        let text = listing(diags.list(), &[], Colour::Never, Repeats::All);
        assert!(text.chars().all(|character| character == '\n' || !super::is_hidden(character)), "{text:?}");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_and_keeps_its_column() {
        let text = format!("[{}{{\"here\": 1}}, {}0]", "1, ".repeat(20_000), "2, ".repeat(20_000));
        let source = Source::from_text("api.json", text);
        let mut diags = Diagnostics::default();
        diags.error(Code::Syntax, &Pointer::root().index(20_000).child("here")).message("a message");
        let text = listing(diags.list(), &[&source], Colour::Never, Repeats::All);
        assert!(text.contains("--> api.json:1:60011"), "{text}");
        assert!(text.contains("1, 1, {\"here\": 1}, 2, 2,"), "{text}");
        assert!(text.len() < 1000, "{text}");
    }

    #[test]
    fn a_long_message_is_cut() {
        let mut diags = Diagnostics::default();
        diags.error(Code::Syntax, &Pointer::root()).message("x".repeat(1_000_000));
        assert!(listing(diags.list(), &[], Colour::Never, Repeats::All).len() < 2000);
    }

    #[test]
    fn the_same_at_many_places_is_shown_once() {
        let source = Source::from_text("api.yaml", "- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n");
        let mut diags = Diagnostics::default();
        for index in 0..6 {
            diags.note(Code::YamlTag, &Pointer::root().index(index)).message("the same");
        }
        let list = diags.list();
        insta::assert_snapshot!(listing(list, &[&source], Colour::Never, Repeats::Grouped), @r"
        note[yaml-tag]: the same
         --> api.yaml:1:3
          |
        1 | - 1
          |   ^
          |
          = note: and 5 more like this, at api.yaml:2:3, api.yaml:3:3, api.yaml:4:3, …
        ");
        let all = listing(list, &[&source], Colour::Never, Repeats::All);
        assert_eq!(all.matches("note[yaml-tag]").count(), 6);
    }

    #[test]
    fn without_a_text_the_pointer_is_named() {
        let mut diags = Diagnostics::default();
        diags.enter(FileId(7));
        diags.error(Code::Syntax, &pointer("/a")).message("a message");
        insta::assert_snapshot!(listing(diags.list(), &[], Colour::Never, Repeats::All), @r"
        error[syntax]: a message
         |
         = note: at `#/a`
        ");
    }

    #[test]
    fn the_end_of_a_text_can_be_shown() {
        for text in ["", "a", "a\n", "a\r\n"] {
            let source = Source::from_text("api.yaml", text);
            let mut diags = Diagnostics::default();
            diags.error(Code::Syntax, &Pointer::root()).at(text.len()..text.len()).message("a message");
            let text = listing(diags.list(), &[&source], Colour::Never, Repeats::All);
            assert!(text.contains("--> api.yaml:"), "{text}");
        }
    }

    #[test]
    fn colours_are_the_callers_choice() {
        let mut diags = Diagnostics::default();
        diags.error(Code::Syntax, &Pointer::root()).message("a message");
        let coloured = |colour| listing(diags.list(), &[], colour, Repeats::All).contains('\u{1b}');
        assert!(coloured(Colour::Always) && !coloured(Colour::Never));
    }

    #[test]
    fn a_summary_counts_each_severity() {
        let mut diags = Diagnostics::default();
        assert_eq!(summary(diags.list()), "nothing to report");
        for _ in 0..2 {
            diags.warn(Code::Syntax, &Pointer::root()).message("a");
        }
        diags.error(Code::Syntax, &Pointer::root()).message("b");
        assert_eq!(summary(diags.list()), "1 error, 2 warnings");
    }
}
