//! Reads a source into a tree.

use std::ops::Range;

use serde::de::DeserializeSeed as _;

use super::decode::{JsonGuide, OutlineGuide, Value};
use super::map::Keys;
use super::outline::{Kind, Outline, Problem, Style, outline};
use super::{Format, Pointer, Source, Tree, guard};
use crate::diag::{Code, Diagnostics};

/// Reads YAML or JSON.
///
/// `None` if the text cannot be read; then at least one error was reported. Takes time and memory in
/// proportion to the text, whatever it contains.
pub fn read(source: &Source, diags: &mut Diagnostics) -> Option<Tree> {
    let text = source.text();
    if let Some(at) = text.find('\0') {
        let message = "a NUL character, which no text may contain".to_owned();
        let help = Some("nothing is read; is this a text file?");
        Problem { code: Code::Syntax, message, span: at..at + 1, help }.report(&Pointer::root(), diags);
        return None;
    }
    match source.format() {
        Format::Json => {
            read_json(text, diags).map_err(|problem| problem.report(&Pointer::root(), diags)).ok()?
        }
        Format::Yaml => read_yaml(text, diags),
        Format::JsonOrYaml => read_json(text, diags).unwrap_or_else(|_| read_yaml(text, diags)),
    }
}

/// `Err` if the text is not JSON, `Ok(None)` if it is, but an error was reported.
fn read_json(text: &str, diags: &mut Diagnostics) -> Result<Option<Tree>, Problem> {
    let mut guide = JsonGuide::new(text);
    let mut decoder = serde_json::Deserializer::from_str(text);
    let tree = Value::new(&mut guide, &mut Keys::default())
        .deserialize(&mut decoder)
        .and_then(|tree| decoder.end().map(|()| tree));
    let tree = tree.map_err(|error| {
        let at = byte_column(text, error.line(), error.column());
        if guide.too_deep() { Problem::too_deep(at) } else { json_problem(&error, at) }
    })?;
    if guide.found_duplicates() {
        report_json_duplicates(text, diags);
        return Ok(None);
    }
    Ok(Some(tree))
}

/// The outline knows where both keys are; it is not made for a JSON text that has no duplicates.
fn report_json_duplicates(text: &str, diags: &mut Diagnostics) {
    let (outline, _) = outline(text);
    if guard::check(&outline, text, diags) {
        diags
            .error(Code::DuplicateKey, &Pointer::root())
            .message("a key stands twice in the same object")
            .help("nothing is read, for either could be meant; remove or rename one of them");
    }
}

fn json_problem(error: &serde_json::Error, span: Range<usize>) -> Problem {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = error.to_string();
    let reason = reason.strip_suffix(&place).unwrap_or(&reason);
    Problem { code: Code::Syntax, message: format!("not valid JSON: {reason}"), span, help: None }
}

fn read_yaml(text: &str, diags: &mut Diagnostics) -> Option<Tree> {
    let (outline, problem) = outline(text);
    let problem = problem.or_else(|| outline.is_empty().then(Problem::empty));
    if let Some(problem) = problem {
        problem.report(&Pointer::root(), diags);
        return None;
    }
    if !guard::check(&outline, text, diags) {
        return None;
    }
    let mut guide = OutlineGuide::new(&outline.nodes);
    match Value::new(&mut guide, &mut Keys::default()).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(tree) => Some(tree),
        Err(error) => {
            yaml_problem(text, &error).report(&Pointer::root(), diags);
            None
        }
    }
}

fn yaml_problem(text: &str, error: &serde_yaml::Error) -> Problem {
    let span = error.location().map_or(0..0, |place| char_column(text, place.line(), place.column()));
    Problem { code: Code::Syntax, message: format!("not valid YAML: {error}"), span, help: None }
}

/// The place in `text` of a byte column, both counted from one.
fn byte_column(text: &str, line: usize, column: usize) -> Range<usize> {
    let start = line_start(text, line);
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at..at
}

/// The place in `text` of a character column, both counted from one.
fn char_column(text: &str, line: usize, column: usize) -> Range<usize> {
    let start = line_start(text, line);
    let rest = text.get(start..).unwrap_or_default();
    let at = rest.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at);
    at..at
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

impl Problem {
    fn empty() -> Self {
        Self {
            code: Code::EmptyDocument,
            message: "the file is empty".to_owned(),
            span: 0..0,
            help: Some("nothing is read; is it the right file, and saved?"),
        }
    }
}

impl Outline<'_> {
    /// Whether there is no value, or only a missing one.
    fn is_empty(&self) -> bool {
        match self.nodes.first().map(|node| &node.kind) {
            Some(Kind::Scalar { text, style: Style::Plain }) => text.is_empty(),
            Some(Kind::Scalar { .. } | Kind::List | Kind::Map | Kind::Alias(_)) => false,
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Key, NumberValue, Source, Tree};
    use super::read;
    use crate::diag::{Code, Diagnostics};

    fn check_read(name: &str, text: &str) -> Tree {
        let mut diags = Diagnostics::default();
        let tree = read(&Source::from_text(name, text), &mut diags);
        assert_eq!(diags.list(), []);
        tree.unwrap()
    }

    fn check_number(name: &str, text: &str, value: NumberValue) {
        let tree = check_read(name, &format!("[\"1 \\\" 2\", -7, {text}]"));
        let Some(Tree::Number(number)) = tree.as_list().and_then(|list| list.last()) else {
            panic!("`{text}` is no number: {tree:?}")
        };
        assert_eq!((number.text.as_str(), number.value), (text, value));
    }

    #[test]
    fn numbers_keep_their_text() {
        for name in ["api.json", "api.yaml"] {
            check_number(name, "3.10", NumberValue::Float(3.1));
            check_number(name, "1E3", NumberValue::Float(1000.0));
            check_number(name, "-9223372036854776000", NumberValue::Integer(-9_223_372_036_854_776_000));
            check_number(name, "123456789012345678901234567890", {
                NumberValue::Integer(123_456_789_012_345_678_901_234_567_890)
            });
        }
        let tree = check_read("api.yaml", "a: 0x1F\nb: +5\nc: &n 1.50\nd: *n\n");
        let texts: Vec<_> =
            ["a", "b", "c", "d"].iter().filter_map(|key| tree.get(key)?.scalar_text()).collect();
        assert_eq!(texts, ["0x1F", "+5", "1.50", "1.50"]);
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let tree =
            check_read("api.yaml", "[on, no, yes, 0755, 1_000, 2020-01-01, 12:30:45, 'true', !!str 5, NaN]");
        assert!(
            tree.as_list().is_some_and(|list| list.iter().all(|item| item.as_str().is_some())),
            "{tree:?}"
        );
        let tree = check_read("api.yaml", "[~, null, true, '']");
        assert_eq!(tree, Tree::List(vec![Tree::Null, Tree::Null, Tree::Bool(true), Tree::from("")]));
    }

    #[test]
    fn keys_are_the_text_they_are_written_in() {
        let tree = check_read("api.yaml", "200: a\n4XX: b\nyes: c\n1.10: d\nnull: e\n? f\n: g\n");
        let keys: Vec<_> = tree.as_map().unwrap().keys().map(Key::as_str).collect();
        assert_eq!(keys, ["200", "4XX", "yes", "1.10", "null", "f"]);
    }

    #[test]
    fn merge_keys_are_applied_and_own_members_win() {
        let tree =
            check_read("api.yaml", "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  z: 3\n  <<: [*a, *b]\n");
        assert_eq!(tree.get("c"), Some(&check_read("api.yaml", "{x: 1, y: 1, z: 3}")));
        let tree = check_read("api.yaml", "'<<': 1");
        assert!(tree.get("<<").is_some(), "in quotes it is a key like any other");
        let tree = check_read("api.json", r#"{"<<": {"a": 1}}"#);
        assert!(tree.get("<<").is_some(), "JSON knows no merging");
    }

    #[test]
    fn a_tag_is_reported_and_its_value_kept() {
        let mut diags = Diagnostics::default();
        let text = "a: !secret {b: 1.0}\nc: !t [d]\ne: !u 1.50\nf: 2.50\n";
        let tree = read(&Source::from_text("api.yaml", text), &mut diags).unwrap();
        assert_eq!(tree, check_read("api.yaml", "{a: {b: 1.0}, c: [d], e: 1.50, f: 2.50}"));
        let found: Vec<_> = diags.list().iter().map(|found| (found.code, found.pointer.as_str())).collect();
        assert_eq!(found, [(Code::YamlTag, "/a"), (Code::YamlTag, "/c"), (Code::YamlTag, "/e")]);
    }

    #[test]
    fn duplicate_keys_are_all_reported_with_their_pointers() {
        for (name, text) in [
            ("api.yaml", "a: {b: 1, b: 2}\nc: [{d: 1, d: 2}]\n"),
            ("api.json", { r#"{"a": {"b": 1, "b": 2}, "c": [{"d": 1, "d": 2}]}"# }),
        ] {
            let mut diags = Diagnostics::default();
            assert_eq!(read(&Source::from_text(name, text), &mut diags), None);
            let found: Vec<_> = diags.list().iter().map(|found| found.pointer.as_str()).collect();
            assert_eq!(found, ["/a/b", "/c/0/d"]);
        }
    }

    #[test]
    fn line_ends_of_every_kind_are_read() {
        let tree = check_read("api.yaml", "a: 1\r\nb: |\r\n  x\r\n  y\r\n");
        assert_eq!(tree.get("b").and_then(Tree::as_str), Some("x\ny\n"));
        check_read("api.json", "{\r\n\t\"a\": 1\r\n}\r\n");
    }
}
