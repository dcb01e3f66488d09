//! The value every stage before `lower` works on: order kept, keys unique, numbers whole.

use super::map::{Key, Map};

/// A document, or a part of one, as read from YAML or JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with the text it was written in.
    Number(Box<Number>),
    /// A string.
    String(Box<str>),
    /// A sequence.
    List(Vec<Tree>),
    /// A mapping, in document order. There are many, and most values are none.
    Map(Box<Map>),
}

/// A number that has lost no digit: the text as written, and its value where one fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// As written in the document: `3.10`, `1e3`, `-9223372036854776000`.
    pub text: String,
    /// What the text stands for.
    pub value: NumberValue,
}

/// The value of a [`Number`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberValue {
    /// A whole number.
    Integer(i128),
    /// Anything else.
    Float(f64),
}

impl From<Map> for Tree {
    fn from(map: Map) -> Self {
        Self::Map(Box::new(map))
    }
}

impl<K: Into<Key>> FromIterator<(K, Tree)> for Tree {
    fn from_iter<I: IntoIterator<Item = (K, Tree)>>(members: I) -> Self {
        Map::from_iter(members).into()
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<Number> for Tree {
    fn from(number: Number) -> Self {
        Self::Number(Box::new(number))
    }
}

impl Tree {
    /// The member `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.as_map().and_then(|map| map.get(key))
    }

    /// The mapping, if this is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Tree::Map(map) => Some(map),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::List(_) => None,
        }
    }

    /// The sequence, if this is one.
    pub fn as_list(&self) -> Option<&[Tree]> {
        match self {
            Tree::List(list) => Some(list),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Map(_) => None,
        }
    }

    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Tree::String(text) => Some(text),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Tree::Bool(value) => Some(*value),
            Tree::Null | Tree::String(_) | Tree::Number(_) | Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// The text of a scalar in a place where a string is wanted: `version: 3.10` is `"3.10"`.
    pub fn scalar_text(&self) -> Option<String> {
        match self {
            Tree::Bool(value) => Some(value.to_string()),
            Tree::Number(number) => Some(number.text.clone()),
            Tree::String(text) => Some(text.to_string()),
            Tree::Null | Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// What a diagnostic calls this value: `a string`, `a mapping`.
    pub fn kind(&self) -> &'static str {
        match self {
            Tree::Null => "null",
            Tree::Bool(_) => "a boolean",
            Tree::Number(_) => "a number",
            Tree::String(_) => "a string",
            Tree::List(_) => "a sequence",
            Tree::Map(_) => "a mapping",
        }
    }

    /// How many values there are in it, itself among them.
    pub fn size(&self) -> usize {
        match self {
            Tree::Map(map) => 1 + map.values().map(Tree::size).sum::<usize>(),
            Tree::List(list) => 1 + list.iter().map(Tree::size).sum::<usize>(),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => 1,
        }
    }

    /// The value at `pointer`, if there is one.
    pub fn at(&self, pointer: &super::Pointer) -> Option<&Tree> {
        pointer.tokens().try_fold(self, |tree, token| match tree {
            Tree::Map(map) => map.get(token.as_ref()),
            Tree::List(list) => token.parse::<usize>().ok().and_then(|index| list.get(index)),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => None,
        })
    }

    /// The value at `pointer`, if there is one, to be changed.
    pub fn at_mut(&mut self, pointer: &super::Pointer) -> Option<&mut Tree> {
        pointer.tokens().try_fold(self, |tree, token| match tree {
            Tree::Map(map) => map.get_mut(token.as_ref()),
            Tree::List(list) => token.parse::<usize>().ok().and_then(|index| list.get_mut(index)),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => None,
        })
    }
}
