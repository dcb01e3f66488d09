//! Makes the document's characters safe to print: what steers a terminal or turns text round is spelled
//! out instead.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with every character that is not seen as itself written as `\u{…}`; line breaks stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| character != '\n' && is_hidden(character)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if character == '\n' { out.push('\n') } else { push_visible(&mut out, character) }
    }
    Cow::Owned(out)
}

/// Appends `character` as itself or, if it would not be seen, as `\u{…}`.
pub(super) fn push_visible(out: &mut String, character: char) {
    if is_hidden(character) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
    } else {
        out.push(character);
    }
}

/// Whether a terminal would act on `character`, show nothing or reorder what stands around it.
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(
        character,
        // Soft hyphen, Arabic letter mark, fillers and other signs without a shape of their own,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{3164}'
            // zero widths, direction marks, line and paragraph separators, embeddings, isolates, joiners,
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // more of both, and tags.
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    ) || (character.is_control() && character != '\t')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn ordinary_text_of_any_script_is_left_alone() {
        for text in ["caf\u{e9} \u{65e5}\u{672c}\u{8a9e}\t\u{5d0}", "a\nb"] {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn escape_sequences_and_direction_marks_are_spelled_out() {
        assert_eq!(visible("\u{1b}[31m"), "\\u{1b}[31m");
        assert_eq!(visible("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
        assert_eq!(visible("\r\u{7f}\u{e0041}"), "\\u{d}\\u{7f}\\u{e0041}");
    }
}
