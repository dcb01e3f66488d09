//! Links of documents, pages, resources and relationships.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::{Json, Map, Object, ObjectWriter, next_key, object};

/// Links by name. A link is text, or an object with `href` (JSON:API 1.1, section "Links").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links(Map<Json>);

impl Links {
    /// No links.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where link `name` leads; `None` if there is none or it is `null`.
    pub fn get(&self, name: &str) -> Option<&str> {
        href(self.0.get(name)?)
    }

    /// Sets link `name`.
    pub fn set(&mut self, name: impl Into<String>, href: impl Into<String>) {
        self.0.insert(name.into(), Json::String(href.into()));
    }

    /// Name and target of every link that leads somewhere, ordered by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, link)| Some((name.as_str(), href(link)?)))
    }

    /// The links as they came, with all members of those that are objects.
    pub fn as_json(&self) -> &Map<Json> {
        &self.0
    }

    /// Whether there is nothing, not even a link that is `null`.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An empty list is read as no links: so PHP writes an empty object.
impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(LinksVisitor)
    }
}

struct LinksVisitor;

impl<'de> Visitor<'de> for LinksVisitor {
    type Value = Links;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (`Links`)")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Links, A::Error> {
        Map::deserialize(MapAccessDeserializer::new(members)).map(Links)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Links, A::Error> {
        match items.next_element::<IgnoredAny>()? {
            None => Ok(Links::new()),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }
}

impl Serialize for Links {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(sink)
    }
}

/// The links of a page (JSON:API 1.1, section "Pagination"). Of a link that is an object, only `href` is kept.
///
/// They are for looking at: an operation's stream follows them without leaving the client's base URL.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PageLinks {
    /// This page.
    pub self_: Option<String>,
    /// This page, as some servers call it.
    pub current: Option<String>,
    /// The first page.
    pub first: Option<String>,
    /// The page before this one.
    pub prev: Option<String>,
    /// The page after this one.
    pub next: Option<String>,
    /// The last page.
    pub last: Option<String>,
    /// Links of other names, and those that are neither text nor an object with `href`.
    pub extra: Map<Json>,
}

impl PageLinks {
    /// No links.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is no link at all.
    pub fn is_empty(&self) -> bool {
        self.extra.is_empty() && self.named().iter().all(|(_, link)| link.is_none())
    }

    fn named(&self) -> [(&'static str, &Option<String>); 6] {
        [
            ("self", &self.self_),
            ("current", &self.current),
            ("first", &self.first),
            ("prev", &self.prev),
            ("next", &self.next),
            ("last", &self.last),
        ]
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "self" => Some(&mut self.self_),
            "current" => Some(&mut self.current),
            "first" => Some(&mut self.first),
            "prev" => Some(&mut self.prev),
            "next" => Some(&mut self.next),
            "last" => Some(&mut self.last),
            _ => None,
        }
    }
}

impl<'de> Object<'de> for PageLinks {
    const NAME: &'static str = "PageLinks";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let mut links = Self::default();
        while let Some(name) = next_key(&mut members)? {
            let link: Json = members.next_value()?;
            match (links.slot(&name), href(&link)) {
                (Some(slot), Some(href)) => *slot = Some(href.to_owned()),
                (Some(slot), None) if link.is_null() => *slot = None,
                (Some(_), None) | (None, _) => _ = links.extra.insert(name.into_owned(), link),
            }
        }
        Ok(links)
    }
}

impl<'de> Deserialize<'de> for PageLinks {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        object(source)
    }
}

/// Links that are `None` are left out.
impl Serialize for PageLinks {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let mut writer = ObjectWriter::new(sink);
        for (name, link) in self.named() {
            writer.optional(name, link);
        }
        writer.extra(&self.extra);
        writer.end()
    }
}

fn href(link: &Json) -> Option<&str> {
    link.as_str().or_else(|| link.get("href")?.as_str())
}
