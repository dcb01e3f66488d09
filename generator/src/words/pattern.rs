//! Regular expressions of a document, compiled.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

/// How much memory a compiled pattern may take, in bytes. A megabyte is compiled within some ten milliseconds.
const SIZE_LIMIT: usize = 1 << 20;

/// How many different patterns a document may have.
const MOST_PATTERNS: usize = 200;

/// The patterns of a document, each compiled once.
#[derive(Debug, Default)]
pub(super) struct Patterns(HashMap<String, Result<Pattern, String>>);

impl Patterns {
    /// The pattern `text`. The error says in one line why it cannot be used.
    pub(super) fn compiled(&mut self, text: &str) -> Result<Pattern, String> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        if self.0.len() >= MOST_PATTERNS {
            return Err(format!("the document has more than {MOST_PATTERNS} patterns"));
        }
        let compiled = Pattern::new(text);
        self.0.insert(text.to_owned(), compiled.clone());
        compiled
    }
}

/// A regular expression that names are held against.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles `text`. The error says what is wrong with it, in one line.
    fn new(text: &str) -> Result<Self, String> {
        let compiled = RegexBuilder::new(text).size_limit(SIZE_LIMIT).build();
        compiled.map(Self).map_err(|error| {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            reason.trim_start_matches("error: ").to_owned()
        })
    }

    /// Whether it matches `name`, anywhere unless it is anchored. Takes time linear in the length of `name`.
    pub fn matches(&self, name: &str) -> bool {
        self.0.is_match(name)
    }

    /// As the document writes it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_matches_anywhere_unless_anchored() {
        assert!(Pattern::new("_in_last$").unwrap().matches("created_in_last"));
        assert!(!Pattern::new("^in_last$").unwrap().matches("created_in_last"));
    }

    #[test]
    fn a_wrong_pattern_is_explained_in_one_line() {
        assert_eq!(Pattern::new("(a").unwrap_err(), "unclosed group");
        let greedy = Pattern::new("(a{500}){500}").unwrap_err();
        assert_eq!(greedy.lines().count(), 1, "{greedy}");
    }

    #[test]
    fn no_pattern_takes_more_than_linear_time() {
        let pattern = Pattern::new("^(a+)+$").unwrap();
        assert!(!pattern.matches(&format!("{}b", "a".repeat(100_000))));
    }
}
