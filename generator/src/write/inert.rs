//! Characters of a printed file that hide or reorder others, made visible.

/// `text` without control characters and those that reorder text. They can only be in comments, since a
/// literal has them escaped; rustc refuses some of them there.
pub(super) fn inert(text: String) -> String {
    // Nearly all text is ASCII, of which a look at the bytes tells.
    let is_control = |byte: u8| byte.is_ascii_control() && byte != b'\n' && byte != b'\t';
    if !text.bytes().any(|byte| is_control(byte) || !byte.is_ascii()) || !text.chars().any(is_treacherous) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 64);
    for character in text.chars() {
        if is_treacherous(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

/// Whether it hides others, or changes where they are shown.
pub(super) fn is_treacherous(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    ) || (character.is_control() && character != '\n' && character != '\t')
}
