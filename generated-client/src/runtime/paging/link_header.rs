//! The `Link` header (RFC 8288).

use reqwest::header::LINK;

use super::super::HeaderMap;

/// The target of the first link with relation `next`; what comes after a malformed link in the same header is not read.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        let mut rest = text.as_ref();
        while let Some(link) = link(&mut rest) {
            if link.is_next {
                return Some(link.target.to_owned());
            }
        }
        None
    })
}

struct Link<'t> {
    target: &'t str,
    is_next: bool,
}

/// Reads one link (RFC 8288, appendix B.2).
fn link<'t>(rest: &mut &'t str) -> Option<Link<'t>> {
    let (target, after) = rest.trim_start_matches([' ', '\t', ',']).strip_prefix('<')?.split_once('>')?;
    *rest = after;
    let (mut relations, mut elsewhere) = (None, false);
    while let Some((name, value)) = parameter(rest) {
        // Of several `rel`, the first counts (section 3.3); a link with an anchor is about another resource (section 3.2).
        if name.eq_ignore_ascii_case("rel") {
            relations.get_or_insert(value);
        } else if name.eq_ignore_ascii_case("anchor") {
            elsewhere = true;
        }
    }
    let relations = relations.unwrap_or_default();
    let is_next = relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"));
    Some(Link { target, is_next: is_next && !elsewhere })
}

/// Reads one parameter of a link (RFC 8288, appendix B.3), with the backslashes of a quoted value left in.
fn parameter<'t>(rest: &mut &'t str) -> Option<(&'t str, &'t str)> {
    let text = rest.trim_start_matches([' ', '\t']).strip_prefix(';')?;
    let (name, after) = text.split_at(text.find(['=', ';', ',']).unwrap_or(text.len()));
    let Some(value) = after.strip_prefix('=') else {
        *rest = after;
        return Some((name.trim(), ""));
    };
    let value = value.trim_start_matches([' ', '\t']);
    let (value, after) = match value.strip_prefix('"') {
        Some(quoted) => unquote(quoted),
        None => value.split_at(value.find([';', ',']).unwrap_or(value.len())),
    };
    *rest = after;
    Some((name.trim(), value.trim()))
}

/// Splits at the closing quotation mark; without one, everything is the value.
fn unquote(text: &str) -> (&str, &str) {
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match c {
            '"' if !escaped => {
                let (value, after) = text.split_at(index);
                return (value, after.strip_prefix('"').unwrap_or(after));
            }
            _ => escaped = c == '\\' && !escaped,
        }
    }
    (text, "")
}
