//! Trees as the JSON values that the shell is decoded from.

use indexmap::IndexMap;
use serde_json::Value;

use crate::source::{Key, NumberValue, Tree};

/// The extensions of an object: its `x-` words.
pub(super) fn extensions(tree: &Tree) -> IndexMap<String, Value> {
    let words = tree.as_map().into_iter().flatten().filter(|(key, _)| key.starts_with("x-"));
    words.map(|(key, value)| (key.to_string(), plain(value))).collect()
}

pub(super) fn object<'t>(entries: impl Iterator<Item = (&'t Key, &'t Tree)>) -> Value {
    Value::Object(entries.map(|(key, value)| (key.to_string(), plain(value))).collect())
}

pub(super) fn with(mut value: Value, key: &str, member: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.insert(key.to_owned(), member);
    }
    value
}

/// The tree as a JSON value. A number beyond 64 bits becomes a float; the shell holds none that matters.
pub(super) fn plain(tree: &Tree) -> Value {
    match tree {
        Tree::Null => Value::Null,
        Tree::Bool(value) => Value::Bool(*value),
        Tree::Number(number) => match number.value {
            NumberValue::Integer(integer) => match i64::try_from(integer) {
                Ok(small) => Value::from(small),
                Err(_) => Value::String(number.text.clone()),
            },
            NumberValue::Float(float) => Value::from(float),
        },
        Tree::String(text) => Value::String(text.to_string()),
        Tree::List(items) => Value::Array(items.iter().map(plain).collect()),
        Tree::Map(map) => object(map.iter()),
    }
}

/// Like [`plain`], for objects whose scalars are all texts (servers and their variables, tags).
pub(super) fn textual(tree: &Tree) -> Value {
    match tree {
        Tree::Bool(_) | Tree::Number(_) => Value::String(tree.scalar_text().unwrap_or_default()),
        Tree::List(items) => Value::Array(items.iter().map(textual).collect()),
        Tree::Map(map) => Value::Object(
            map.iter()
                .filter(|(_, value)| **value != Tree::Null)
                .map(|(key, value)| (key.to_string(), textual(value)))
                .collect(),
        ),
        Tree::Null | Tree::String(_) => plain(tree),
    }
}
