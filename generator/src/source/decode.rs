//! Fills a [`Tree`] from `serde_yaml` or `serde_json`, keeping what their own values lose.
//!
//! A decoder says what a number is worth, not how it was written. So a [`Guide`] walks over the text
//! side by side with it and supplies the text of each number, resolves merge keys, and stops the
//! decoder as soon as the two do not see the same document: what the guard has not seen is not decoded.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny};
use serde::de::{Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::map::Keys;
use super::outline::{Kind, MAX_NESTING, Node};
use super::{Key, Map, Number, NumberValue, Tree};

/// Goes over the text node by node, in step with a decoder.
pub(super) trait Guide {
    /// Comes to a value. If it is an alias, goes to its anchor and tells where to go on afterwards.
    fn enter(&mut self) -> Option<usize>;
    /// Goes on after an alias.
    fn leave(&mut self, resume: Option<usize>);
    /// Passes a scalar.
    fn scalar(&mut self) -> Result<(), Mismatch>;
    /// Passes a number and gives its text.
    fn number(&mut self) -> Result<&str, Mismatch>;
    /// Passes a key.
    fn key(&mut self) -> Result<KeyRole, Mismatch>;
    /// Steps into a container and tells where it ends.
    fn open(&mut self) -> Result<usize, Mismatch>;
    /// Steps out of the container that ends there.
    fn close(&mut self, end: usize) -> Result<(), Mismatch>;
    /// Notes that a key came twice in one mapping.
    fn duplicate(&mut self);
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyRole {
    /// It names its value.
    Member,
    /// It merges the members of its value into the mapping (<https://yaml.org/type/merge.html>).
    Merge,
}

/// Why the guide stopped the decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// The decoder sees another document than the guard has looked at.
    Shape,
    /// The document is nested too deeply.
    Depth,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Mismatch::Shape => "this can be read in more than one way; put the value into quotes",
            Mismatch::Depth => "nested too deeply",
        })
    }
}

/// Decodes one value with the help of a guide.
pub(super) struct Value<'g, G> {
    guide: &'g mut G,
    keys: &'g mut Keys,
}

impl<'de, G: Guide> DeserializeSeed<'de> for Value<'_, G> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        let Value { guide, keys } = self;
        let resume = guide.enter();
        let tree = deserializer.deserialize_any(Value { guide, keys })?;
        guide.leave(resume);
        Ok(tree)
    }
}

impl<'g, G: Guide> Value<'g, G> {
    pub(super) fn new(guide: &'g mut G, keys: &'g mut Keys) -> Self {
        Self { guide, keys }
    }

    /// For a value inside this one.
    fn inner(&mut self) -> Value<'_, G> {
        Value { guide: self.guide, keys: self.keys }
    }

    fn plain<E: Error>(self, tree: Tree) -> Result<Tree, E> {
        self.guide.scalar().map_err(E::custom)?;
        Ok(tree)
    }

    fn number<E: Error>(self, value: NumberValue) -> Result<Tree, E> {
        let text = self.guide.number().map_err(E::custom)?.to_owned();
        // `serde_json` makes a float of a whole number above 64 bits.
        let value = match (value, text.parse()) {
            (NumberValue::Float(_), Ok(integer)) => NumberValue::Integer(integer),
            (value, _) => value,
        };
        Ok(Tree::from(Number { text, value }))
    }
}

impl<'de, G: Guide> Visitor<'de> for Value<'_, G> {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        self.plain(Tree::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Tree, E> {
        self.plain(Tree::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tree, E> {
        self.plain(Tree::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tree, E> {
        self.number(NumberValue::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tree, E> {
        self.number(NumberValue::Integer(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Tree, E> {
        self.number(NumberValue::Integer(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Tree, E> {
        #[allow(clippy::cast_precision_loss)] // Its digits are kept in the text.
        let float = value as f64;
        self.number(i128::try_from(value).map_or(NumberValue::Float(float), NumberValue::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        self.number(NumberValue::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Tree, E> {
        self.plain(Tree::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Tree, A::Error> {
        let end = self.guide.open().map_err(A::Error::custom)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.inner())? {
            list.push(item);
        }
        self.guide.close(end).map_err(A::Error::custom)?;
        list.shrink_to_fit();
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Tree, A::Error> {
        let end = self.guide.open().map_err(A::Error::custom)?;
        let mut map = Map::new();
        let mut merges = Vec::new();
        while let Some(key) = members.next_key_seed(KeyOf(self.keys))? {
            let role = self.guide.key().map_err(A::Error::custom)?;
            let value = members.next_value_seed(self.inner())?;
            match role {
                KeyRole::Merge => merges.push(value),
                KeyRole::Member if map.insert(key, value).is_some() => self.guide.duplicate(),
                KeyRole::Member => {}
            }
        }
        self.guide.close(end).map_err(A::Error::custom)?;
        // A document consists of small mappings, and is held as a whole.
        map.shrink_to_fit();
        Ok(Tree::from(if merges.is_empty() { map } else { merged(merges, map) }))
    }

    /// A value with a tag of its own, `!name value`: the value. The guard has warned.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Tree, A::Error> {
        let (IgnoredAny, content) = tagged.variant()?;
        content.newtype_variant_seed(Tagged(self))
    }
}

/// The value behind a tag: the guide has come to it already.
struct Tagged<'g, G>(Value<'g, G>);

impl<'de, G: Guide> DeserializeSeed<'de> for Tagged<'_, G> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

/// A key, whatever it is written as: `200` is `"200"`.
struct KeyOf<'g>(&'g mut Keys);

impl<'de> DeserializeSeed<'de> for KeyOf<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        Ok(self.0.get(key))
    }
}

/// The members of `merges`, the first of a name first, under those of `map` itself.
fn merged(merges: Vec<Tree>, map: Map) -> Map {
    let mut all = Map::new();
    for merge in merges {
        let sources = match merge {
            Tree::List(list) => list,
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Map(_) => vec![merge],
        };
        for source in sources {
            if let Tree::Map(source) = source {
                for (key, value) in *source {
                    all.get_or_insert(key, || value);
                }
            }
        }
    }
    all.extend(map);
    all
}

/// The guide through YAML: the outline the guard has checked.
pub(super) struct OutlineGuide<'o, 'a> {
    nodes: &'o [Node<'a>],
    at: usize,
}

impl<'o, 'a> OutlineGuide<'o, 'a> {
    pub(super) fn new(nodes: &'o [Node<'a>]) -> Self {
        Self { nodes, at: 0 }
    }

    fn pass(&mut self) -> Result<&'o Node<'a>, Mismatch> {
        let node = self.nodes.get(self.at).ok_or(Mismatch::Shape)?;
        self.at += 1;
        Ok(node)
    }
}

impl Guide for OutlineGuide<'_, '_> {
    fn enter(&mut self) -> Option<usize> {
        let Some(Node { kind: Kind::Alias(target), .. }) = self.nodes.get(self.at) else { return None };
        let resume = self.at + 1;
        self.at = *target;
        Some(resume)
    }

    fn leave(&mut self, resume: Option<usize>) {
        if let Some(resume) = resume {
            self.at = resume;
        }
    }

    fn scalar(&mut self) -> Result<(), Mismatch> {
        self.number().map(|_| ())
    }

    fn number(&mut self) -> Result<&str, Mismatch> {
        match &self.pass()?.kind {
            Kind::Scalar { text, .. } => Ok(text),
            Kind::List | Kind::Map | Kind::Alias(_) => Err(Mismatch::Shape),
        }
    }

    fn key(&mut self) -> Result<KeyRole, Mismatch> {
        let key = self.pass()?;
        match key.kind {
            Kind::Scalar { .. } | Kind::Alias(_) if key.is_merge() => Ok(KeyRole::Merge),
            Kind::Scalar { .. } | Kind::Alias(_) => Ok(KeyRole::Member),
            Kind::List | Kind::Map => Err(Mismatch::Shape),
        }
    }

    fn open(&mut self) -> Result<usize, Mismatch> {
        let node = self.pass()?;
        match node.kind {
            Kind::List | Kind::Map => Ok(node.next),
            Kind::Scalar { .. } | Kind::Alias(_) => Err(Mismatch::Shape),
        }
    }

    fn close(&mut self, end: usize) -> Result<(), Mismatch> {
        if self.at == end { Ok(()) } else { Err(Mismatch::Shape) }
    }

    fn duplicate(&mut self) {}
}

/// The guide through JSON: the text itself, in which `serde_json` finds every mistake but a key that
/// comes twice.
pub(super) struct JsonGuide<'s> {
    text: &'s str,
    at: usize,
    depth: usize,
    duplicates: bool,
}

impl<'s> JsonGuide<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self { text, at: 0, depth: 0, duplicates: false }
    }

    /// Whether any key came twice.
    pub(super) fn found_duplicates(&self) -> bool {
        self.duplicates
    }

    /// Whether the text is nested too deeply, so that decoding stopped.
    pub(super) fn too_deep(&self) -> bool {
        self.depth > MAX_NESTING
    }
}

impl Guide for JsonGuide<'_> {
    fn enter(&mut self) -> Option<usize> {
        None
    }

    fn leave(&mut self, _resume: Option<usize>) {}

    fn scalar(&mut self) -> Result<(), Mismatch> {
        Ok(())
    }

    /// The next number of the text. Numbers are decoded in the order of the text, so one is enough.
    fn number(&mut self) -> Result<&str, Mismatch> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = string_end(bytes, at + 1),
                b'-' | b'0'..=b'9' => {
                    let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                    let length = bytes[at..].iter().take_while(|byte| is_part(byte)).count();
                    self.at = at + length;
                    return self.text.get(at..self.at).ok_or(Mismatch::Shape);
                }
                _ => at += 1,
            }
        }
        Err(Mismatch::Shape)
    }

    fn key(&mut self) -> Result<KeyRole, Mismatch> {
        Ok(KeyRole::Member)
    }

    fn open(&mut self) -> Result<usize, Mismatch> {
        self.depth += 1;
        if self.too_deep() { Err(Mismatch::Depth) } else { Ok(0) }
    }

    fn close(&mut self, _end: usize) -> Result<(), Mismatch> {
        self.depth -= 1;
        Ok(())
    }

    fn duplicate(&mut self) {
        self.duplicates = true;
    }
}

/// The byte after the quote that ends the string whose content begins at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}
