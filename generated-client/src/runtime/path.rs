//! Path templates and the values that fill them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::build_error::BuildError;

/// Everything but the unreserved characters of RFC 3986, section 2.3.
pub(super) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Everything that cannot stand in a path as it is: `pchar` and `/` of RFC 3986, section 3.3 are kept.
const LITERAL: &AsciiSet = &COMPONENT
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// The values for the slots of a path template, percent-encoded.
#[derive(Clone, Default)]
pub(super) struct Slots(Vec<(&'static str, String)>);

impl Slots {
    /// Sets one slot.
    ///
    /// An empty value and the values `.` and `..` are refused, because a URL with them names another resource.
    pub(super) fn set(&mut self, name: &'static str, value: &str) -> Result<(), BuildError> {
        let encoded = segment(name, value)?;
        self.0.push((name, encoded));
        Ok(())
    }

    /// Sets one slot to text that is percent-encoded already; see [`elsewhere`].
    #[allow(dead_code, reason = "a client may be without the capability that needs it")]
    pub(super) fn set_encoded(&mut self, name: &'static str, encoded: String) {
        self.0.push((name, encoded));
    }

    /// Puts `new` where `old` stands in the slot of this name; both are percent-encoded. Whether it stands there.
    #[allow(dead_code, reason = "a client may be without a command line")]
    pub(super) fn replace(&mut self, name: &str, old: &str, new: &str) -> bool {
        let mut slots = self.0.iter_mut().filter(|(known, _)| *known == name);
        let slot = slots.find(|(_, value)| value.contains(old));
        slot.map(|(_, value)| *value = value.replacen(old, new, 1)).is_some()
    }

    /// Puts `new` into the slot of this name if it holds `old` and nothing else; both are percent-encoded.
    #[allow(dead_code, reason = "a client may be without a command line")]
    pub(super) fn swap(&mut self, name: &str, old: &str, new: &str) {
        let slot = self.0.iter_mut().find(|(known, value)| *known == name && value == old);
        if let Some((_, value)) = slot {
            new.clone_into(value);
        }
    }

    /// The template with every slot filled, starting with `/`.
    ///
    /// One pass: braces in values are never expanded.
    pub(super) fn fill(&self, template: &'static str) -> Result<String, BuildError> {
        let mut path = String::with_capacity(template.len() + 32);
        if !template.starts_with('/') {
            path.push('/');
        }
        let mut rest = template;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            push_literal(&mut path, literal);
            let missing = BuildError::PathParameter { name, reason: "it has no value" };
            path.push_str(self.get(name).ok_or(missing)?);
            rest = tail;
        }
        push_literal(&mut path, rest);
        Ok(path)
    }

    /// What is in the slot of this name, percent-encoded.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|slot| slot.0 == name).map(|slot| slot.1.as_str())
    }
}

fn segment(name: &'static str, value: &str) -> Result<String, BuildError> {
    match elsewhere(value) {
        Some(reason) => Err(BuildError::PathParameter { name, reason }),
        None => Ok(utf8_percent_encode(value, COMPONENT).to_string()),
    }
}

/// Why a URL with this segment names another resource, if it does.
pub(super) fn elsewhere(segment: &str) -> Option<&'static str> {
    match segment {
        "" => Some("it is empty, which would name another resource"),
        "." | ".." => Some("it is a dot segment, which would name another resource"),
        _ => None,
    }
}

/// Appends a literal part of a template; what is percent-encoded already stays as it is.
fn push_literal(path: &mut String, literal: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'.');
    if literal.bytes().all(plain) {
        return path.push_str(literal);
    }
    push_encoded(path, literal, LITERAL);
}

/// Appends a text of which the characters in `set` are percent-encoded, but for what is that already (RFC 6570, section 3.2.3).
pub(super) fn push_encoded(out: &mut String, text: &str, set: &'static AsciiSet) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.extend(utf8_percent_encode(before, set));
        let is_encoded = after.as_bytes().iter().take(2).filter(|byte| byte.is_ascii_hexdigit()).count() == 2;
        out.push_str(if is_encoded { "%" } else { "%25" });
        rest = after;
    }
    out.extend(utf8_percent_encode(rest, set));
}
