//! Short, harmless excerpts of bodies for messages.

use super::StatusCode;

/// The first `limit` characters of a body that is text, with control characters made spaces; `None` if it is empty or binary.
///
/// Only for answers that report an error: the body of a success may hold tokens, so it is never shown.
pub(super) fn of_error_body(status: StatusCode, body: &[u8], limit: usize) -> Option<String> {
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    // At most four bytes a character in UTF-8; a character that the cut splits is left out.
    let head = body.get(..limit.saturating_mul(4)).unwrap_or(body);
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let cut = cut(text.trim(), limit);
    (!cut.is_empty()).then_some(cut)
}

/// The first `limit` characters of `text`, followed by `…` if there are more, with control characters made spaces.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let plain = |c: char| if c.is_control() || is_bidi_control(c) { ' ' } else { c };
    let mut cut: String = text.chars().take(limit).map(plain).collect();
    if text.chars().nth(limit).is_some() {
        cut.push('…');
    }
    cut
}

/// Whether `c` reorders the text around it on a terminal (UAX 9, section 2).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
