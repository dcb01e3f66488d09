//! [`Tree`] to text: YAML for people, JSON for programs.
//!
//! What is written reads back to the same tree, the text of each number included. Of the document's characters none is written
//! raw that would not be seen: they are escaped, so that a terminal can show the text as it is.

use std::fmt::Write as _;

use super::{Number, NumberValue, Tree};
use crate::diag::is_hidden;

/// The longest key that is written in front of its colon. YAML allows 1024 characters (YAML 1.2.2, section 7.4.2).
const MAX_KEY: usize = 500;

/// `tree` as a YAML document.
pub fn to_yaml(tree: &Tree) -> String {
    let mut out = String::new();
    match tree {
        Tree::Map(_) | Tree::List(_) => block(&mut out, tree, 0),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => out.push_str(&flow(tree)),
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// `tree` as a JSON text. Of numbers that YAML knows and JSON does not, the value is written: `0x1F` is 31; infinity and what
/// is no number are strings.
pub fn to_json(tree: &Tree) -> String {
    let mut out = String::new();
    json(&mut out, tree, 0);
    out.push('\n');
    out
}

/// A value from the current place of a line on; `indent` is where its lines begin.
fn block(out: &mut String, tree: &Tree, indent: usize) {
    match tree {
        Tree::Map(map) if !map.is_empty() => {
            for (index, (key, value)) in map.iter().enumerate() {
                start_line(out, index, indent);
                let key = string(key);
                if key.len() > MAX_KEY {
                    let _ = write!(out, "? {key}\n{:indent$}:", "");
                } else {
                    let _ = write!(out, "{key}:");
                }
                member(out, value, indent);
            }
        }
        Tree::List(list) if !list.is_empty() => {
            for (index, item) in list.iter().enumerate() {
                start_line(out, index, indent);
                out.push('-');
                match item {
                    Tree::Map(_) | Tree::List(_) => {
                        out.push(' ');
                        block(out, item, indent + 2);
                    }
                    Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {
                        member(out, item, indent);
                    }
                }
            }
        }
        tree => {
            out.push_str(&flow(tree));
            out.push('\n');
        }
    }
}

/// The first line of a container goes on where its parent's has begun.
fn start_line(out: &mut String, index: usize, indent: usize) {
    if index > 0 || out.is_empty() || out.ends_with('\n') {
        let _ = write!(out, "{:indent$}", "");
    }
}

/// A value behind the `:` or `-` of a line that begins at `indent`.
fn member(out: &mut String, value: &Tree, indent: usize) {
    let inner = indent + 2;
    match value {
        Tree::Map(map) if !map.is_empty() => {
            out.push('\n');
            block(out, value, inner);
        }
        Tree::List(list) if !list.is_empty() => {
            out.push('\n');
            block(out, value, inner);
        }
        Tree::String(text) if is_literal(text) => {
            out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
            for line in text.lines() {
                if !line.is_empty() {
                    let _ = write!(out, "{:inner$}{line}", "");
                }
                out.push('\n');
            }
        }
        value => {
            out.push(' ');
            out.push_str(&flow(value));
            out.push('\n');
        }
    }
}

/// A value on one line: a scalar, or a container without content.
fn flow(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Number(number) => number.text.clone(),
        Tree::String(text) => string(text),
        Tree::List(_) => "[]".to_owned(),
        Tree::Map(_) => "{}".to_owned(),
    }
}

/// Whether `text` can stand line by line behind a `|`: it has several, and begins and ends with something to see.
fn is_literal(text: &str) -> bool {
    let is_shown = text.chars().all(|character| character == '\n' || !is_escaped(character));
    text.contains('\n') && is_shown && !text.starts_with([' ', '\n']) && !text.ends_with("\n\n")
}

fn string(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if !text.chars().any(is_escaped) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            character if is_escaped(character) => {
                let code = u32::from(character);
                let _ =
                    if code > 0xffff { write!(out, "\\U{code:08x}") } else { write!(out, "\\u{code:04x}") };
            }
            character => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Whether `text` is a string without quotes, also for those who read YAML 1.1.
fn is_plain(text: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() && !is_escaped(character);
    let first =
        text.chars().next().is_some_and(|first| first == '/' || is_word(first) && !first.is_numeric());
    let inside = |character| is_word(character) || " _-./{}()+=;@$'".contains(character);
    let is_other = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    first
        && text.chars().all(inside)
        && !text.ends_with(' ')
        && !is_other.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_escaped(character: char) -> bool {
    // Neither is printable (YAML 1.2.2, section 5.1).
    let is_no_character = matches!(character, '\u{fffe}' | '\u{ffff}');
    character.is_control() || is_hidden(character) || is_no_character
}

fn json(out: &mut String, tree: &Tree, indent: usize) {
    let inner = indent + 2;
    match tree {
        Tree::Map(map) if !map.is_empty() => {
            for (index, (key, value)) in map.iter().enumerate() {
                let _ = write!(out, "{}\n{:inner$}", if index == 0 { "{" } else { "," }, "");
                json_string(out, key);
                out.push_str(": ");
                json(out, value, inner);
            }
            let _ = write!(out, "\n{:indent$}}}", "");
        }
        Tree::List(list) if !list.is_empty() => {
            for (index, item) in list.iter().enumerate() {
                let _ = write!(out, "{}\n{:inner$}", if index == 0 { "[" } else { "," }, "");
                json(out, item, inner);
            }
            let _ = write!(out, "\n{:indent$}]", "");
        }
        Tree::Number(number) => json_number(out, number),
        Tree::String(text) => json_string(out, text),
        Tree::Null | Tree::Bool(_) | Tree::List(_) | Tree::Map(_) => out.push_str(&flow(tree)),
    }
}

fn json_number(out: &mut String, number: &Number) {
    let is_json = serde_json::from_str::<serde_json::Number>(&number.text).is_ok();
    let _ = match number.value {
        _ if is_json => write!(out, "{}", number.text),
        NumberValue::Integer(integer) => write!(out, "{integer}"),
        NumberValue::Float(float) if float.is_finite() => write!(out, "{float:?}"),
        NumberValue::Float(_) => {
            json_string(out, &number.text);
            Ok(())
        }
    };
}

/// A string as RFC 8259, section 7, writes it.
fn json_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            character if is_escaped(character) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            character => out.push(character),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{to_json, to_yaml};
    use crate::diag::Diagnostics;
    use crate::source::{Source, Tree, read};

    fn parsed(name: &str, text: &str) -> Tree {
        let mut diags = Diagnostics::default();
        let tree = read(&Source::from_text(name, text), &mut diags);
        assert_eq!(diags.list(), [], "{text}");
        tree.unwrap()
    }

    /// What is printed reads back to the same tree, the same way round every time.
    #[track_caller]
    fn check_round_trip(tree: &Tree) {
        let yaml = to_yaml(tree);
        assert_eq!(&parsed("a.yaml", &yaml), tree, "{yaml}");
        let again = to_yaml(&parsed("a.yaml", &yaml));
        assert_eq!(again, yaml);
        // Only a container is taken for JSON.
        let tree = Tree::List(vec![tree.clone()]);
        let json = to_json(&tree);
        assert_eq!(parsed("a.json", &json), tree, "{json}");
    }

    #[test]
    fn a_document_is_printed_as_one_would_write_it() {
        let text = "\
openapi: 3.0.3
info:
  title: 'Pets: all of them'
  description: |
    One line.

      Another.
paths:
  /pets/{id}:
    get:
      tags:
        - a
        - 'yes'
      parameters:
        - name: id
          in: path
          schema: {}
        - - 1.50
          - null
          - []
      responses:
        '200':
          description: |-
            no
            end
";
        let tree = parsed("a.yaml", text);
        let expected = text.replace("openapi: 3.0.3", "openapi: '3.0.3'");
        assert_eq!(to_yaml(&tree), expected);
        check_round_trip(&tree);
    }

    /// Strings that are something else unless they are quoted, and characters that a reader or a terminal acts on.
    const STRINGS: &[&str] = &[
        "",
        " ",
        "a ",
        " a",
        "~",
        "null",
        "True",
        "1",
        "1.0",
        "-1",
        "0x1F",
        ".inf",
        "2020-01-01",
        "1_000",
        "<<",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "- a",
        "-",
        "?",
        "? a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a'",
        "\"a\"",
        "it's",
        "[a",
        "{a",
        "a, b",
        "---",
        "...",
        "--- a",
        "a\nb",
        "a\nb\n",
        "a\n\n",
        "\n",
        "\na",
        " a\nb",
        "a\n b\n",
        "a\n \nb",
        "a \nb",
        "a\tb",
        "\ta",
        "a\r\nb",
        "\r",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{feff}",
        "\u{202e}x",
        "\u{1b}[2J",
        "\u{0}",
        "\u{7f}",
        "\u{fffe}",
        "caf\u{e9} \u{65e5}\u{672c}",
        "\u{1f600}",
        "\u{93f}a",
        "# a\nb",
        "a: |\n  b",
        "=",
        "y",
        "NO",
        "\\",
        "\\n",
        "a\\b",
        "//",
        "\u{10ffff}",
        "\u{e0041}",
        "'",
        "''",
        "a\n'b",
        "\u{b2}",
    ];

    #[test]
    fn every_string_reads_back() {
        for text in STRINGS.iter().copied() {
            let string = Tree::String(text.to_owned());
            check_round_trip(&string);
            check_round_trip(&Tree::List(vec![string.clone(), Tree::List(vec![string.clone()])]));
            let map = Tree::Map(
                [(text.to_owned(), string.clone()), ("k".to_owned(), string)].into_iter().collect(),
            );
            check_round_trip(&map);
            check_round_trip(&Tree::List(vec![map.clone(), map]));
        }
    }

    #[test]
    fn long_keys_read_back() {
        for length in [499, 501, 2000] {
            let key = format!("a: {}", "x".repeat(length));
            let map =
                Tree::Map([(key.clone(), Tree::Null), ("k".to_owned(), Tree::Null)].into_iter().collect());
            check_round_trip(&map);
            check_round_trip(&Tree::List(vec![Tree::Map([(key, map)].into_iter().collect())]));
        }
    }

    #[test]
    fn numbers_keep_their_text() {
        let text = "- 3.10\n- 1E3\n- -0\n- 123456789012345678901234567890\n- 0.1e-7\n";
        let tree = parsed("a.yaml", text);
        assert_eq!(to_yaml(&tree), text);
        check_round_trip(&tree);
        let tree = parsed("a.yaml", "- 0x1F\n- +5\n- .5\n- 5.\n- .inf\n- .nan\n");
        assert_eq!(to_yaml(&tree), "- 0x1F\n- +5\n- .5\n- 5.\n- .inf\n- .nan\n");
        assert_eq!(to_json(&tree), "[\n  31,\n  5,\n  0.5,\n  5.0,\n  \".inf\",\n  \".nan\"\n]\n");
    }

    #[test]
    fn the_deepest_nesting_reads_back() {
        let text = format!("{}{}", "[{\"a\": ".repeat(59), "}]".repeat(59)).replace(": }", ": 1}");
        check_round_trip(&parsed("a.json", &text));
    }

    #[test]
    fn nothing_is_printed_that_a_terminal_acts_on() {
        let tree = Tree::String("a\u{1b}[2J\u{202e}\u{85}\u{e0041}\u{0}".to_owned());
        for text in [to_yaml(&tree), to_json(&tree)] {
            assert!(text.trim_end().is_ascii() && !text.trim_end().contains(char::is_control), "{text:?}");
        }
    }
}
