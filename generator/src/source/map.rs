//! Mappings of a [`Tree`]: unique keys, in document order. Small, for a document consists of small ones: their keys are shared with
//! others', and only where there are many members is there an index of them. Does not know what a key means.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::iter;
use std::ops::Deref;
use std::slice;
use std::sync::Arc;
use std::vec;

use super::Tree;

/// The most members of which one is found by looking at each.
const FEW: usize = 12;

/// A key of a [`Map`]. Copies share their text.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Arc<str>);

/// Gives equal keys one text.
#[derive(Debug, Default)]
pub(super) struct Keys(HashSet<Key>);

/// A mapping with unique keys, in document order.
#[derive(Clone, Default)]
pub struct Map {
    members: Vec<(Key, Tree)>,
    /// Where each member is, if there are more than a [`FEW`].
    places: Option<Box<Places>>,
}

/// Large beside a small mapping, and so kept apart from it.
#[derive(Clone)]
struct Places(HashMap<Key, usize>);

type Members<'m> = iter::Map<slice::Iter<'m, (Key, Tree)>, fn(&'m (Key, Tree)) -> (&'m Key, &'m Tree)>;

type MembersMut<'m> =
    iter::Map<slice::IterMut<'m, (Key, Tree)>, fn(&'m mut (Key, Tree)) -> (&'m Key, &'m mut Tree)>;

impl Keys {
    /// The key of that text.
    pub(super) fn get(&mut self, text: &str) -> Key {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let key = Key::from(text);
        self.0.insert(key.clone());
        key
    }
}

impl Key {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&Key> for Key {
    fn from(key: &Key) -> Self {
        key.clone()
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, text: &str) -> bool {
        *self.0 == *text
    }
}

impl PartialEq<&str> for Key {
    fn eq(&self, text: &&str) -> bool {
        *self.0 == **text
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Map {
    /// One without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// One without members, with room for so many.
    pub fn with_capacity(members: usize) -> Self {
        Self { members: Vec::with_capacity(members), places: None }
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.0.get(key).copied(),
            None => self.members.iter().position(|(known, _)| *known == *key),
        }
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.position(key).map(|at| &self.members[at].1)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Tree> {
        self.position(key).map(|at| &mut self.members[at].1)
    }

    /// Whether there is a member `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Gives `key` a value, behind all others if it had none; gives the value that it had.
    pub fn insert(&mut self, key: impl Into<Key>, value: Tree) -> Option<Tree> {
        let key = key.into();
        if let Some(at) = self.position(&key) {
            return Some(std::mem::replace(&mut self.members[at].1, value));
        }
        self.push(key, value);
        None
    }

    /// The value of `key`, which is `value()` if it had none.
    pub fn get_or_insert(&mut self, key: impl Into<Key>, value: impl FnOnce() -> Tree) -> &mut Tree {
        let key = key.into();
        let at = self.position(&key).unwrap_or_else(|| {
            self.push(key, value());
            self.members.len() - 1
        });
        &mut self.members[at].1
    }

    /// Adds a member whose key is not there.
    fn push(&mut self, key: Key, value: Tree) {
        if let Some(places) = &mut self.places {
            places.0.insert(key.clone(), self.members.len());
        }
        self.members.push((key, value));
        if self.places.is_none() {
            self.find_places();
        }
    }

    fn find_places(&mut self) {
        let places = || self.members.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
        self.places = (self.members.len() > FEW).then(|| Box::new(Places(places())));
    }

    /// Takes the member `key` out; those behind it move up.
    pub fn remove(&mut self, key: &str) -> Option<Tree> {
        let at = self.position(key)?;
        let (_, value) = self.members.remove(at);
        if let Some(places) = &mut self.places {
            places.0.remove(key);
            places.0.values_mut().filter(|place| **place > at).for_each(|place| *place -= 1);
        }
        Some(value)
    }

    /// Keeps the members for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&Key, &mut Tree) -> bool) {
        self.members.retain_mut(|(key, value)| keep(key, value));
        self.find_places();
    }

    /// The members, in document order.
    pub fn iter(&self) -> Members<'_> {
        self.members.iter().map(|(key, value)| (key, value))
    }

    /// The members, in document order, with values that can be changed.
    pub fn iter_mut(&mut self) -> MembersMut<'_> {
        self.members.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The keys, in document order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> + ExactSizeIterator {
        self.members.iter().map(|(key, _)| key)
    }

    /// The values, in document order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Tree> + ExactSizeIterator {
        self.members.iter().map(|(_, value)| value)
    }

    /// The values, in document order, to be changed.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Tree> + ExactSizeIterator {
        self.members.iter_mut().map(|(_, value)| value)
    }

    /// Gives back the room for members that are not there.
    pub fn shrink_to_fit(&mut self) {
        self.members.shrink_to_fit();
    }
}

/// Whether the members are the same, in whatever order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Into<Key>> FromIterator<(K, Tree)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Tree)>>(members: I) -> Self {
        let mut map = Self::new();
        map.extend(members);
        map
    }
}

impl<K: Into<Key>> Extend<(K, Tree)> for Map {
    fn extend<I: IntoIterator<Item = (K, Tree)>>(&mut self, members: I) {
        for (key, value) in members {
            self.insert(key, value);
        }
    }
}

impl IntoIterator for Map {
    type Item = (Key, Tree);
    type IntoIter = vec::IntoIter<(Key, Tree)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m Key, &'m Tree);
    type IntoIter = Members<'m>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'m> IntoIterator for &'m mut Map {
    type Item = (&'m Key, &'m mut Tree);
    type IntoIter = MembersMut<'m>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, Key, Map};
    use crate::source::Tree;

    fn numbered(count: usize) -> Map {
        (0..count).map(|at| (at.to_string(), Tree::from(at.to_string()))).collect()
    }

    #[test]
    fn a_member_is_found_among_few_and_among_many() {
        for count in [FEW, FEW + 1, 10 * FEW] {
            let mut map = numbered(count);
            assert_eq!(map.get("7").and_then(Tree::as_str), Some("7"));
            assert_eq!(map.insert("7", Tree::Null), Some(Tree::from("7".to_owned())));
            assert_eq!((map.len(), map.get("7"), map.get("none")), (count, Some(&Tree::Null), None));
        }
    }

    #[test]
    fn what_is_behind_a_removed_member_moves_up() {
        for count in [FEW, 10 * FEW] {
            let mut map = numbered(count);
            assert!(map.remove("3").is_some() && map.remove("3").is_none());
            assert_eq!(map.get("4").and_then(Tree::as_str), Some("4"));
            map.retain(|key, _| *key != "5");
            assert_eq!(map.get("6").and_then(Tree::as_str), Some("6"));
            assert_eq!(map.keys().nth(4).map(Key::as_str), Some("6"));
            map.insert("3", Tree::Null);
            assert_eq!((map.keys().len(), map.get("3")), (count - 1, Some(&Tree::Null)));
        }
    }

    #[test]
    fn order_makes_no_difference_to_equality() {
        let (map, turned) = (numbered(3), numbered(3).into_iter().rev().collect::<Map>());
        assert_eq!(map, turned);
        assert_ne!(map, numbered(2));
    }
}
