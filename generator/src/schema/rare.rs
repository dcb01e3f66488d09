//! What few schemas have.

use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

use indexmap::IndexMap;

use super::{Content, Schema, Words, Xml};
use crate::source::Tree;

/// Something that is blank in most schemas and takes hardly any room in those.
#[derive(Clone, PartialEq)]
pub struct Rare<T>(Option<Box<T>>);

/// What can be blank.
pub trait Blank: PartialEq + 'static {
    /// The blank one.
    fn blank() -> &'static Self;
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::blank()).then(|| Box::new(value)))
    }
}

impl<T> Rare<Vec<T>> {
    /// Keeps the items for which `keep` is true.
    pub(super) fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        if let Some(items) = &mut self.0 {
            items.retain(keep);
        }
        self.0.take_if(|items| items.is_empty());
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => T::blank(),
        }
    }
}

impl<T: Blank + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[allow(clippy::into_iter_without_iter, reason = "what is inside has it")]
impl<'r, T: Blank> IntoIterator for &'r Rare<T>
where
    &'r T: IntoIterator,
{
    type Item = <&'r T as IntoIterator>::Item;
    type IntoIter = <&'r T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

impl Blank for Vec<Schema> {
    fn blank() -> &'static Self {
        static BLANK: Vec<Schema> = Vec::new();
        &BLANK
    }
}

impl Blank for Vec<String> {
    fn blank() -> &'static Self {
        static BLANK: Vec<String> = Vec::new();
        &BLANK
    }
}

impl Blank for Vec<Tree> {
    fn blank() -> &'static Self {
        static BLANK: Vec<Tree> = Vec::new();
        &BLANK
    }
}

impl Blank for IndexMap<String, Schema> {
    fn blank() -> &'static Self {
        static BLANK: LazyLock<IndexMap<String, Schema>> = LazyLock::new(IndexMap::new);
        &BLANK
    }
}

impl Blank for Content {
    fn blank() -> &'static Self {
        static BLANK: Content = Content { media_type: None, encoding: None, schema: None };
        &BLANK
    }
}

impl Blank for Words {
    fn blank() -> &'static Self {
        static BLANK: Words = Words {
            name: None,
            id: None,
            resource_type: None,
            any_resource: false,
            extensible: Vec::new(),
            lenient: false,
            rust_type: None,
        };
        &BLANK
    }
}

impl Blank for Xml {
    fn blank() -> &'static Self {
        static BLANK: Xml = Xml { name: None, prefix: None, namespace: None, node: None };
        &BLANK
    }
}
