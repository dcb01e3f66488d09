//! JSON pointers into what an API answers.

use std::fmt;

/// A JSON pointer (RFC 6901) into a value that the document does not contain: the body of an answer, an item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JsonPointer(String);

impl JsonPointer {
    /// Reads `text`, which is empty or begins with a slash; a `~` stands before `0` or `1` only.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_escape = |rest: &str| rest.starts_with(['0', '1']);
        let is_pointer = text.is_empty() || text.starts_with('/');
        (is_pointer && text.split('~').skip(1).all(is_escape)).then(|| Self(text.to_owned()))
    }

    /// The pointer to a member of the value itself.
    pub(super) fn member(name: &str) -> Self {
        Self(format!("/{}", name.replace('~', "~0").replace('/', "~1")))
    }

    /// As RFC 6901 writes it; empty for the whole value.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::JsonPointer;

    #[test]
    fn a_pointer_is_empty_or_begins_with_a_slash() {
        for good in ["", "/", "/data/0", "/a~1b~0c", "/a b"] {
            assert_eq!(JsonPointer::parse(good).unwrap().as_str(), good);
        }
        for bad in ["data", "#/data", "/a~", "/a~2"] {
            assert_eq!(JsonPointer::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_members_name_is_escaped() {
        let pointer = JsonPointer::member("a/b~c");
        assert_eq!(pointer.as_str(), "/a~1b~0c");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a/b~c"]);
    }
}
