//! Which operations of a document its client is to have: those that the configuration selects.
//!
//! What is not selected is taken out of the tree, so that no later stage knows of it; the schemas that only such operations use have no
//! types then.

use std::collections::HashSet;

use crate::diag::{Code, Diagnostics};
use crate::source::{Key, Map, Pointer, Tree};

/// The members of a path item that are operations (OAS 3.2.0, Path Item Object).
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// What is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Operations of which one of these is true; all, if nothing is said.
    pub only: Criteria,
    /// Operations of which none of these is true.
    pub except: Criteria,
    /// Whether deprecated operations are among them.
    pub deprecated: bool,
}

/// What operations are known by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Criteria {
    /// One of their tags.
    pub tags: Vec<String>,
    /// Their `operationId`, or method and path as in `GET /pets/{id}`; `*` stands for anything.
    pub operations: Vec<String>,
    /// Their paths; `*` stands for anything.
    pub paths: Vec<String>,
}

/// Everything.
impl Default for Selection {
    fn default() -> Self {
        Self { only: Criteria::default(), except: Criteria::default(), deprecated: true }
    }
}

impl Selection {
    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// What an operation is known by.
struct Known<'t> {
    path: &'t str,
    line: String,
    id: &'t str,
    tags: HashSet<&'t str>,
}

impl Criteria {
    fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.operations.is_empty() && self.paths.is_empty()
    }

    /// The entries that are true of an operation.
    fn matching(&self, known: &Known<'_>) -> Vec<&String> {
        let tags = self.tags.iter().filter(|tag| known.tags.contains(tag.as_str()));
        let is_it = |text: &&String| fits(text, known.id) || fits(text, &known.line);
        let operations = self.operations.iter().filter(is_it);
        let paths = self.paths.iter().filter(|text| fits(text, known.path));
        tags.chain(operations).chain(paths).collect()
    }
}

/// Takes out the operations that are not selected.
pub(crate) fn select(mut tree: Tree, selection: &Selection, diags: &mut Diagnostics) -> Tree {
    let Some(Tree::Map(paths)) = tree.at_mut(&Pointer::root().child("paths")) else { return tree };
    if selection.is_all() {
        return tree;
    }
    let (mut found, mut left_out, mut total) = (HashSet::new(), 0, 0);
    for (path, item) in paths.iter_mut() {
        let Tree::Map(item) = item else { continue };
        let mut retain = |method: &str, operation: &Tree| {
            let is_selected = is_selected(selection, path, method, operation, &mut found);
            total += 1;
            left_out += usize::from(!is_selected);
            is_selected
        };
        item.retain(|method, operation| !METHODS.contains(&method.as_str()) || retain(method, operation));
        if let Some(Tree::Map(others)) = item.get_mut("additionalOperations") {
            others.retain(|method, operation| retain(method, operation));
        }
    }
    paths.retain(|_, item| !item.as_map().is_some_and(is_bare));
    report(selection, &found, (left_out, total), diags);
    tree
}

fn is_selected(
    selection: &Selection,
    path: &str,
    method: &str,
    operation: &Tree,
    found: &mut HashSet<String>,
) -> bool {
    let tags = operation.get("tags").and_then(Tree::as_list).unwrap_or_default();
    let known = Known {
        path,
        line: format!("{} {path}", method.to_ascii_uppercase()),
        id: operation.get("operationId").and_then(Tree::as_str).unwrap_or_default(),
        tags: tags.iter().filter_map(Tree::as_str).collect(),
    };
    let (only, except) = (selection.only.matching(&known), selection.except.matching(&known));
    found.extend(only.iter().chain(&except).map(|text| (*text).clone()));
    let is_deprecated = operation.get("deprecated").and_then(Tree::as_bool).unwrap_or_default();
    let is_wanted = selection.only.is_empty() || !only.is_empty();
    is_wanted && except.is_empty() && (selection.deprecated || !is_deprecated)
}

/// Whether nothing is left of a path item that could be called.
fn is_bare(item: &Map) -> bool {
    let is_operation = |key: &Key| METHODS.contains(&key.as_str()) || *key == "$ref";
    let others = item.get("additionalOperations").and_then(Tree::as_map);
    !item.keys().any(is_operation) && others.is_none_or(Map::is_empty)
}

fn report(
    selection: &Selection,
    found: &HashSet<String>,
    (left_out, total): (usize, usize),
    diags: &mut Diagnostics,
) {
    let Selection { only, except, .. } = selection;
    let all = [("tag", &only.tags), ("operation", &only.operations), ("path", &only.paths)];
    let others = [("tag", &except.tags), ("operation", &except.operations), ("path", &except.paths)];
    for (what, texts) in all.into_iter().chain(others) {
        for text in texts.iter().filter(|text| !found.contains(*text)) {
            diags
                .error(Code::UnusedOverride, &Pointer::root())
                .message(format!("the configuration selects by the {what} `{text}`, and no operation has it"))
                .help("correct or remove the entry");
        }
    }
    if left_out > 0 {
        diags
            .note(Code::NotSelected, &Pointer::root().child("paths"))
            .message(format!("the configuration does not select {left_out} of {total} operations"))
            .help("they are not in the client, nor are the types that only they use");
    }
}

/// Whether `text` is `pattern`, in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut last = None;
    for piece in pieces {
        // Each piece as early as it can be, but for the last, which ends the text.
        if let Some(piece) = last.replace(piece) {
            match rest.split_once(piece) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text) in [
            ("GET /a", "GET /a"),
            ("*", ""),
            ("/a/*", "/a/"),
            ("*b*", "abc"),
            ("a*b*c", "a-b-b-c"),
            ("/a*", "/a/b/c"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("/a", "/a/b"), ("/a/*", "/a"), ("a*b*c", "acb"), ("", "a"), ("ab*ba", "aba")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
