//! JSON pointers (RFC 6901): the place of everything in a document.

use std::borrow::Cow;
use std::fmt;

/// A JSON pointer from the root of the document: `/paths/~1v1~1contacts/get`.
///
/// Displayed as a URI fragment without percent-encoding, `#/paths/~1v1~1contacts/get`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a reference into the same document, `#/components/schemas/pet`.
    ///
    /// `None` for a reference to another document or one that is not a pointer. Percent-encoding is
    /// undone (RFC 6901, section 6).
    pub fn from_reference(reference: &str) -> Option<Self> {
        let fragment = reference.strip_prefix('#')?;
        if !(fragment.is_empty() || fragment.starts_with('/')) {
            return None;
        }
        Some(Self(percent_decode(fragment)?.into_owned()))
    }

    /// The reference within a document that [`from_reference`](Self::from_reference) reads as this.
    pub fn to_reference(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }

    /// The pointer to member `token` of what this points to.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        if token.contains(['~', '/']) {
            text.push_str(&token.replace('~', "~0").replace('/', "~1"));
        } else {
            text.push_str(token);
        }
        Self(text)
    }

    /// The pointer to item `index` of what this points to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer to what `inner` points to within what this points to.
    #[must_use]
    pub fn join(&self, inner: &Self) -> Self {
        Self(format!("{}{}", self.0, inner.0))
    }

    /// The way from what `outer` points to; `None` if this does not point to it or into it.
    pub fn within(&self, outer: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(outer.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// The pointer's tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|token| {
            if token.contains('~') {
                Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(token)
            }
        })
    }

    /// The last token, unescaped; `None` for the root.
    pub fn last(&self) -> Option<Cow<'_, str>> {
        self.tokens().last()
    }

    /// What the pointer is a child of; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|at| Self(self.0[..at].to_owned()))
    }

    /// The pointer as RFC 6901 writes it, without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

pub(crate) fn percent_decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn slashes_and_tildes_are_escaped_and_restored() {
        let pointer = Pointer::root().child("paths").child("/v1/a~b").index(3);
        assert_eq!(pointer.to_string(), "#/paths/~1v1~1a~0b/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/v1/a~b", "3"]);
    }

    #[test]
    fn a_pointer_is_taken_apart_where_it_was_joined() {
        let (outer, inner) = (Pointer::root().child("a"), Pointer::root().child("b").index(1));
        assert_eq!(outer.join(&inner).to_string(), "#/a/b/1");
        assert_eq!(outer.join(&inner).within(&outer), Some(inner));
        assert_eq!(outer.within(&outer), Some(Pointer::root()));
        assert_eq!(Pointer::root().child("ab").within(&outer), None);
    }

    #[test]
    fn a_reference_is_percent_decoded() {
        let pointer = Pointer::from_reference("#/components/schemas/a%20b").map(|p| p.to_string());
        assert_eq!(pointer.as_deref(), Some("#/components/schemas/a b"));
        assert_eq!(Pointer::from_reference("other.yaml#/a"), None);
        assert_eq!(Pointer::from_reference("#/a%zz"), None);
        let pointer = Pointer::root().child("100%25");
        assert_eq!(Pointer::from_reference(&pointer.to_reference()), Some(pointer));
    }
}
