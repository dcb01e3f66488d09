//! JSON, a member a line.

use std::fmt::Write as _;

use super::is_escaped;
use crate::source::{Number, NumberValue, Tree};

/// `tree` as a JSON text. Of numbers that YAML knows and JSON does not, the value is written: `0x1F` is 31; infinity and what
/// is no number are strings.
pub fn to_json(tree: &Tree) -> String {
    let mut out = String::new();
    json(&mut out, tree, 0);
    out.push('\n');
    out
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
        Tree::Null => out.push_str("null"),
        Tree::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Tree::List(_) => out.push_str("[]"),
        Tree::Map(_) => out.push_str("{}"),
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
