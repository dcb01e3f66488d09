//! Text that is safe to print: a document cannot move the cursor, hide characters or reorder them.

use std::path::{Component, Path, PathBuf};

/// How much of a value is shown in a line with others, in characters.
const MAX_CELL: usize = 200;

/// `text` with everything spelled out that a terminal would not show as it is; line breaks stay.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        push_line(&mut out, content);
        out.push_str(&line[content.len()..]);
    }
    out
}

/// `text` on a single line, cut to a bearable length.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::new();
    match text.char_indices().nth(MAX_CELL) {
        Some((end, _)) => {
            push_line(&mut out, &text[..end]);
            out.push('…');
        }
        None => push_line(&mut out, text),
    }
    out
}

/// `path` without detours: `spec/../client` is `client`.
pub(super) fn path(path: &Path) -> String {
    let mut short = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir if matches!(short.components().next_back(), Some(Component::Normal(_))) => {
                short.pop();
            }
            Component::CurDir => {}
            Component::ParentDir | Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                short.push(component);
            }
        }
    }
    let mut out = String::new();
    push_line(&mut out, &short.to_string_lossy());
    if out.is_empty() { ".".to_owned() } else { out }
}

/// `1 file`, `2 files`.
pub(super) fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn push_line(out: &mut String, line: &str) {
    // `escape_debug` knows what cannot be seen, but escapes these three too.
    for piece in line.split_inclusive(['"', '\'', '\\']) {
        let content = piece.strip_suffix(['"', '\'', '\\']).unwrap_or(piece);
        out.extend(content.escape_debug());
        out.push_str(&piece[content.len()..]);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{MAX_CELL, cell, path, text};

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        assert_eq!(text("a\u{1b}[2J\u{202e}\r\nb\u{9b}"), "a\\u{1b}[2J\\u{202e}\\r\nb\\u{9b}");
    }

    #[test]
    fn ordinary_text_stays() {
        for line in ["it's \"so\" \\ so", "caf\u{e9} \u{65e5}\u{672c}\u{8a9e} \u{928}\u{93f}", "→ …\n\n"]
        {
            assert_eq!(text(line), line);
        }
    }

    #[test]
    fn a_cell_is_one_short_line() {
        assert_eq!(cell("a\nb"), "a\\nb");
        assert_eq!(cell(&"x".repeat(1_000_000)).chars().count(), MAX_CELL + 1);
    }

    #[test]
    fn a_path_makes_no_detours() {
        assert_eq!(path(Path::new("spec/../client")), "client");
        assert_eq!(path(Path::new("../a/./b/..")), "../a");
        assert_eq!(path(Path::new("a/..")), ".");
        assert_eq!(path(Path::new("/a")), "/a");
    }
}
