//! YAML, as people write it: a member a line, texts of several lines as blocks, quotes only where they are needed.

use std::fmt::Write as _;

use super::is_escaped;
use crate::source::Tree;

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
