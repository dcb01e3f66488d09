//! Characters of a printed file that hide or reorder others, made visible.

/// `text` without control characters and those that reorder text. They can only be in comments, since a
/// literal has them escaped; rustc refuses some of them there.
pub(super) fn inert(text: String) -> String {
    // Nearly all text is ASCII, of which a look at the bytes tells; at many of them at once, without a branch for each.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    let are_plain =
        |bytes: &[u8]| bytes.iter().fold(0, |other, byte| other | u8::from(!is_plain(*byte))) == 0;
    if text.as_bytes().chunks(1 << 10).all(are_plain) || !text.chars().any(is_treacherous) {
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
