//! The allocator: in a scope every name is given once.

use std::collections::{HashMap, HashSet};

use super::{case, reserved};

/// Names that live side by side.
///
/// Two names that differ only by case or by underscores count as equal: they would on some file systems, and for readers.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
    /// The number to try next behind a name.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` are taken.
    pub(super) fn new(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| fold(name)).collect(), next: HashMap::new() }
    }

    /// Takes `name` if it is an identifier, no keyword and free.
    pub(super) fn take(&mut self, name: &str) -> bool {
        case::is_identifier(name) && !reserved::is_keyword(name) && self.taken.insert(fold(name))
    }

    /// Gives the first of `candidates` that is free, else one of them with an underscore or a number behind it.
    ///
    /// The candidates come from [`case`](super::case), so they are identifiers or keywords.
    pub(super) fn give<'c>(&mut self, candidates: impl IntoIterator<Item = &'c str>) -> String {
        let mut last = "unnamed";
        for candidate in candidates {
            last = candidate;
            if self.take(candidate) {
                return candidate.to_owned();
            }
        }
        let is_free_with_underscore = reserved::is_keyword(last) && self.taken.insert(fold(last));
        if is_free_with_underscore {
            return format!("{last}_");
        }
        for number in self.next.get(last).copied().unwrap_or(2).. {
            let candidate = format!("{last}{number}");
            if self.take(&candidate) {
                self.next.insert(last.to_owned(), number + 1);
                return candidate;
            }
        }
        unreachable!("a scope has fewer names than there are numbers")
    }
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_keyword_gets_an_underscore() {
        let mut scope = Scope::default();
        assert_eq!(scope.give(["type"]), "type_");
        assert_eq!(scope.give(["self"]), "self_");
        assert_eq!(scope.give(["type"]), "type2");
    }

    #[test]
    fn names_that_differ_by_case_or_separator_count_as_equal() {
        let mut scope = Scope::default();
        assert_eq!(scope.give(["a_b"]), "a_b");
        assert_eq!(scope.give(["ab"]), "ab2");
        assert_eq!(scope.give(["AB"]), "AB3");
    }

    #[test]
    fn the_first_free_candidate_is_given() {
        let mut scope = Scope::new(&["list"]);
        assert_eq!(scope.give(["list", "list_tags"]), "list_tags");
    }
}
