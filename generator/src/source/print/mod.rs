//! [`Tree`](super::Tree) to text: YAML for people, JSON for programs.
//!
//! What is written reads back to the same tree, the text of each number included. Of the document's characters none is written
//! raw that would not be seen: they are escaped, so that a terminal can show the text as it is.

mod json;
mod yaml;

pub use json::to_json;
pub use yaml::to_yaml;

use crate::diag::is_hidden;

/// Whether `character` is not written as itself.
fn is_escaped(character: char) -> bool {
    // Neither is printable (YAML 1.2.2, section 5.1).
    let is_no_character = matches!(character, '\u{fffe}' | '\u{ffff}');
    character.is_control() || is_hidden(character) || is_no_character
}

#[cfg(test)]
mod tests {
    use super::{to_json, to_yaml};
    use crate::diag::Diagnostics;
    use crate::source::{Source, Tree, read};

    /// Strings that YAML could take for something else.
    #[rustfmt::skip]
    const ODD: &[&str] = &[
        "", " ", "a ", " a", "~", "null", "True", "1", "1.0", "-1", "0x1F", ".inf", "2020-01-01", "1_000",
        "<<", "a: b", "a:", "a #b", "#a", "- a", "-", "?", "? a", "&a", "*a", "!a", "|", ">", "%a", "@a",
        "`a", "'a'", "\"a\"", "it's", "[a", "{a", "a, b", "---", "...", "--- a", "a\nb", "a\nb\n", "a\n\n",
        "\n", "\na", " a\nb", "a\n b\n", "a\n \nb", "a \nb", "a\tb", "\ta", "a\r\nb", "\r", "a\u{85}b",
        "a\u{2028}b", "\u{feff}", "\u{202e}x", "\u{1b}[2J", "\u{0}", "\u{7f}", "\u{fffe}",
        "caf\u{e9} \u{65e5}\u{672c}", "\u{1f600}", "\u{93f}a", "# a\nb", "a: |\n b", "=", "y", "NO", "\\",
        "\\n", "a\\b", "//", "\u{10ffff}", "\u{e0041}", "'", "''", "a\n'b", "\u{b2}",
    ];

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

    #[test]
    fn every_string_reads_back() {
        for text in ODD {
            let string = Tree::from(*text);
            check_round_trip(&string);
            check_round_trip(&Tree::List(vec![string.clone(), Tree::List(vec![string.clone()])]));
            let map = Tree::from_iter([((*text).to_owned(), string.clone()), ("k".to_owned(), string)]);
            check_round_trip(&map);
            check_round_trip(&Tree::List(vec![map.clone(), map]));
        }
    }

    #[test]
    fn long_keys_read_back() {
        for length in [499, 501, 2000] {
            let key = format!("a: {}", "x".repeat(length));
            let map = Tree::from_iter([(key.clone(), Tree::Null), ("k".to_owned(), Tree::Null)]);
            check_round_trip(&map);
            check_round_trip(&Tree::List(vec![Tree::from_iter([(key, map)])]));
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
        let tree = Tree::from("a\u{1b}[2J\u{202e}\u{85}\u{e0041}\u{0}");
        for text in [to_yaml(&tree), to_json(&tree)] {
            assert!(text.trim_end().is_ascii() && !text.trim_end().contains(char::is_control), "{text:?}");
        }
    }
}
