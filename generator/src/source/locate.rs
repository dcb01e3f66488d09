//! Pointers to lines and columns.

use std::ops::Range;

use super::outline::{Kind, Outline, outline};
use super::{Pointer, Source};

/// How far a line and a column may be from the place where counting begins, in bytes.
const STRIDE: usize = 1024;

/// A line and a column, both counted from one; columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// Where a value stands in the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key, if the value is a member of a mapping.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
    /// What to point at: the value if it is a scalar on one line, else its key or its first line.
    pub focus: Range<usize>,
}

/// The places of everything in a document. Costs a pass over the text: made when there is something to
/// show, not before.
#[derive(Debug)]
pub struct Locations<'s> {
    text: &'s str,
    outline: Outline<'s>,
    /// The children of node `n` are `children[first[n]..first[n + 1]]`: items, or keys sorted by text.
    children: Vec<usize>,
    first: Vec<usize>,
    marks: Vec<Mark>,
}

/// A place whose line and column are known.
#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    position: Position,
}

impl<'s> Locations<'s> {
    /// Finds the places in `source`; of one that cannot be read to its end, those before the mistake.
    pub fn new(source: &'s Source) -> Self {
        let text = source.text();
        let (outline, _) = outline(text);
        let (children, first) = children(&outline);
        Self { text, outline, children, first, marks: marks(text) }
    }

    /// The place of what `pointer` points to; if there is no such thing, of the nearest thing around it.
    ///
    /// `None` only if there is no value in the text at all.
    pub fn find(&self, pointer: &Pointer) -> Option<Place> {
        let mut value = 0;
        let mut key = None;
        self.outline.nodes.first()?;
        for token in pointer.tokens() {
            let container = self.outline.target(value);
            let Some(child) = self.child(container, &token) else { break };
            (key, value) = child;
        }
        Some(self.place(key, value))
    }

    /// The line and column of a byte of the text.
    pub fn position(&self, offset: usize) -> Position {
        let at = self.marks.partition_point(|mark| mark.offset <= offset);
        let Some(mark) = at.checked_sub(1).and_then(|at| self.marks.get(at)) else {
            return Position { line: 1, column: 1 };
        };
        let between = self.text.as_bytes().get(mark.offset..offset.min(self.text.len())).unwrap_or_default();
        Position { line: mark.position.line, column: mark.position.column + chars(between) }
    }

    /// The key, if it has one, and the value of a member or an item.
    fn child(&self, container: usize, token: &str) -> Option<(Option<usize>, usize)> {
        match &self.outline.nodes.get(container)?.kind {
            Kind::List => {
                let item = *self.children_of(container).get(token.parse::<usize>().ok()?)?;
                Some((None, item))
            }
            Kind::Map => self.member(container, token).or_else(|| self.merged_member(container, token)),
            Kind::Scalar { .. } | Kind::Alias(_) => None,
        }
    }

    fn member(&self, map: usize, name: &str) -> Option<(Option<usize>, usize)> {
        let keys = self.children_of(map);
        let at =
            keys.binary_search_by(|key| self.outline.key_text(*key).unwrap_or_default().cmp(name)).ok()?;
        let key = *keys.get(at)?;
        let value = self.outline.nodes.get(key)?.next;
        (value < self.outline.nodes.len()).then_some((Some(key), value))
    }

    /// A member that came by `<<`. One level: a merge of merges points to the mapping itself.
    fn merged_member(&self, map: usize, name: &str) -> Option<(Option<usize>, usize)> {
        let (key, value) = self.member(map, "<<")?;
        key.filter(|key| self.outline.is_merge(*key))?;
        let source = self.outline.target(value);
        match self.outline.nodes.get(source)?.kind {
            Kind::Map => self.member(source, name),
            Kind::List => {
                self.children_of(source).iter().find_map(|item| self.member(self.outline.target(*item), name))
            }
            Kind::Scalar { .. } | Kind::Alias(_) => None,
        }
    }

    fn children_of(&self, container: usize) -> &[usize] {
        match (self.first.get(container), self.first.get(container + 1)) {
            (Some(start), Some(end)) => self.children.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    fn place(&self, key: Option<usize>, value: usize) -> Place {
        let span = |at: usize| self.outline.nodes.get(at).map_or(0..0, |node| node.span.clone());
        let (key, value_span) = (key.map(span), span(value));
        let is_scalar = matches!(
            self.outline.nodes.get(value).map(|node| &node.kind),
            Some(Kind::Scalar { .. } | Kind::Alias(_))
        );
        let value_text = self.text.get(value_span.clone()).unwrap_or_default();
        let first_line = value_text.lines().next().unwrap_or_default().len();
        let shown = is_scalar && first_line > 0 && first_line == value_text.len();
        let focus = match &key {
            Some(key) if !shown => key.clone(),
            _ => value_span.start..value_span.start + first_line,
        };
        Place { key, value: value_span, focus }
    }
}

/// The children of all nodes, container after container, and where each one's begin.
fn children(outline: &Outline<'_>) -> (Vec<usize>, Vec<usize>) {
    let mut all = Vec::with_capacity(outline.nodes.len());
    let mut first = Vec::with_capacity(outline.nodes.len() + 1);
    for (at, node) in outline.nodes.iter().enumerate() {
        let start = all.len();
        first.push(start);
        match node.kind {
            Kind::List => all.extend(outline.children(at)),
            Kind::Map => {
                all.extend(outline.children(at).step_by(2));
                // Stable: of equal keys the first is found.
                all[start..].sort_by_key(|key| outline.key_text(*key).unwrap_or_default());
            }
            Kind::Scalar { .. } | Kind::Alias(_) => {}
        }
    }
    first.push(all.len());
    (all, first)
}

/// The beginnings of lines, and places every so often inside long ones.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let mut position = Position { line: index + 1, column: 1 };
        for chunk in line.as_bytes().chunks(STRIDE) {
            marks.push(Mark { offset, position });
            offset += chunk.len();
            position.column += chars(chunk);
        }
    }
    if text.is_empty() || text.ends_with('\n') {
        let line = marks.last().map_or(1, |mark| mark.position.line + 1);
        marks.push(Mark { offset, position: Position { line, column: 1 } });
    }
    marks
}

/// The characters that begin in `bytes`, a part of some UTF-8.
fn chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::{Locations, Place};
    use crate::source::{Pointer, Source};

    const YAML: &str = "\
openapi: 3.0.0
info: &info
  title: 'T\u{e9}st' # comment
  description: |
    two
    lines
paths:
  /a/b:
    get: {tags: [x, y], summary: s}
again:
  <<: *info
  own: 1
list:
- first
- deep:
  - 5
";

    fn found(text: &str, pointer: &str) -> (Place, usize, usize) {
        let source = Source::from_text("api", text);
        let locations = Locations::new(&source);
        let place = locations.find(&Pointer::from_reference(pointer).unwrap()).unwrap();
        let position = locations.position(place.focus.start);
        (place, position.line, position.column)
    }

    /// The value at `pointer` is `value`, and what is shown of it begins at this line and column.
    #[track_caller]
    fn check_found(text: &str, pointer: &str, value: &str, line: usize, column: usize) {
        let (place, found_line, found_column) = found(text, pointer);
        assert_eq!(&text[place.value], value);
        assert_eq!((found_line, found_column), (line, column));
    }

    #[test]
    fn scalars_are_shown_themselves() {
        check_found(YAML, "#/openapi", "3.0.0", 1, 10);
        check_found(YAML, "#/info/title", "'T\u{e9}st'", 3, 10);
        check_found(YAML, "#/paths/~1a~1b/get/tags/1", "y", 9, 21);
        check_found(YAML, "#/list/0", "first", 14, 3);
        check_found(YAML, "#/list/1/deep/0", "5", 16, 5);
    }

    #[test]
    fn containers_and_long_texts_are_shown_by_their_key() {
        check_found(YAML, "#/paths/~1a~1b/get", "{tags: [x, y], summary: s}", 9, 5);
        check_found(YAML, "#/info/description", "two\n    lines\n", 4, 3);
        check_found(YAML, "#/list", "first\n- deep:\n  - 5", 13, 1);
    }

    #[test]
    fn what_does_not_exist_is_shown_by_what_is_around_it() {
        check_found(YAML, "#/info/title/x/y", "'T\u{e9}st'", 3, 10);
        check_found(YAML, "#/list/7", "first\n- deep:\n  - 5", 13, 1);
    }

    #[test]
    fn merged_members_are_found_where_they_are_written() {
        check_found(YAML, "#/again/title", "'T\u{e9}st'", 3, 10);
        check_found(YAML, "#/again/own", "1", 12, 8);
    }

    #[test]
    fn json_is_located_in_either_layout() {
        let minified = r#"{"\u00e9":{"b":[1,{"c":null}]},"d":2}"#;
        check_found(minified, "#/\u{e9}/b/1/c", "null", 1, 24);
        check_found(minified, "#/\u{e9}/b/1", r#"{"c":null}"#, 1, 19);
        check_found("{\n\t\"a\": {\n\t\t\"b\": [\n\t\t\t1 ]\n\t}\n}", "#/a/b/0", "1", 4, 4);
    }

    #[test]
    fn columns_of_long_lines_count_characters() {
        let text = format!("[{}\"x\"]", "\"\u{e9}\u{20ac}\", ".repeat(2_000));
        check_found(&text, "#/2000", "\"x\"", 1, 2 + 2_000 * 6);
    }

    #[test]
    fn a_broken_document_is_located_up_to_its_mistake() {
        check_found("a:\n  b: 1\n  c: [2,\n", "#/a/b", "1", 2, 6);
        let source = Source::from_text("api", "");
        assert_eq!(Locations::new(&source).find(&Pointer::root()), None);
    }
}
