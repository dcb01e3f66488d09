//! Relationships: which resources belong to one.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::{
    Json, JsonObject, Object, ObjectWriter, haste, next_key, object, read_id, required, skip,
};
use super::{Links, ResourceId};

/// Type and id of a resource (JSON:API 1.1, section "Resource Identifier Objects").
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Identifier {
    /// The resource's `type`.
    pub type_: String,
    /// Its `id`.
    pub id: String,
}

impl Identifier {
    /// The resource of this type and id.
    pub fn new(type_: impl Into<String>, id: impl Into<String>) -> Self {
        Self { type_: type_.into(), id: id.into() }
    }
}

/// A relationship to one resource or none.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ToOne {
    /// The resource; `None` if there is none, or if the server did not say which.
    pub data: Option<Identifier>,
    /// Links of the relationship.
    pub links: Links,
    /// What else the server says of it.
    pub meta: Option<JsonObject>,
}

impl ToOne {
    /// A relationship to `data`.
    pub fn new(data: Option<Identifier>) -> Self {
        Self { data, ..Self::default() }
    }
}

/// A relationship to any number of resources.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ToMany {
    /// The resources; empty if there are none, or if the server did not say which.
    pub data: Vec<Identifier>,
    /// Links of the relationship.
    pub links: Links,
    /// What else the server says of it.
    pub meta: Option<JsonObject>,
}

impl ToMany {
    /// A relationship to `data`.
    pub fn new(data: Vec<Identifier>) -> Self {
        Self { data, ..Self::default() }
    }
}

/// A relationship to resources of one type, as ids of that type. What a server says their `type` is does not matter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Linkage<I> {
    /// The ids; empty if there are none.
    pub data: Vec<I>,
    /// Links of the relationship.
    pub links: Links,
    /// What else the server says of it.
    pub meta: Option<JsonObject>,
}

impl<I> Linkage<I> {
    /// A relationship to `data`.
    pub fn new(data: Vec<I>) -> Self {
        Self { data, links: Links::new(), meta: None }
    }
}

impl<I> Default for Linkage<I> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// The members that every relationship has.
struct Relationship {
    data: Identifiers,
    links: Links,
    meta: Option<JsonObject>,
}

impl<'de> Object<'de> for Relationship {
    const NAME: &'static str = "Relationship";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut data, mut links, mut meta) = (Identifiers::default(), None, None);
        while let Some(name) = next_key(&mut members)? {
            match &*name {
                "data" => data = members.next_value()?,
                "links" => links = fitting(&mut members)?,
                "meta" => meta = fitting(&mut members)?,
                _ => skip(&mut members)?,
            }
        }
        Ok(Self { data, links: links.unwrap_or_default(), meta })
    }
}

/// What a server sends for `data`: some take a relationship to one for a relationship to many, or write `[]` for none.
#[derive(Default)]
enum Identifiers {
    #[default]
    None,
    One(Identifier),
    Many(Vec<Identifier>),
}

impl Identifiers {
    fn into_vec(self) -> Vec<Identifier> {
        match self {
            Self::None => Vec::new(),
            Self::One(identifier) => vec![identifier],
            Self::Many(identifiers) => identifiers,
        }
    }
}

impl<'de> Deserialize<'de> for Identifiers {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(IdentifiersVisitor)
    }
}

struct IdentifiersVisitor;

impl<'de> Visitor<'de> for IdentifiersVisitor {
    type Value = Identifiers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (`Identifier`) or a list of them")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Identifiers::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        Identifier::from_members(members).map(Identifiers::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut identifiers = Vec::new();
        while let Some(identifier) = items.next_element()? {
            identifiers.push(identifier);
        }
        Ok(Identifiers::Many(identifiers))
    }
}

/// Links and meta of another shape than theirs are left out: who asks for a relationship asks for its data.
fn fitting<'de, T: DeserializeOwned, A: MapAccess<'de>>(members: &mut A) -> Result<Option<T>, A::Error> {
    if haste::is_on() {
        return haste::noted(members.next_value());
    }
    let value: Json = members.next_value()?;
    Ok(T::deserialize(value).ok())
}

fn write<S: Serializer, T: Serialize>(
    sink: S,
    data: &T,
    links: &Links,
    meta: Option<&JsonObject>,
) -> Result<S::Ok, S::Error> {
    let mut writer = ObjectWriter::new(sink);
    writer.required("data", data);
    if !links.is_empty() {
        writer.required("links", links);
    }
    writer.optional("meta", &meta);
    writer.end()
}

/// A list of one is read as that one, and an empty list as none.
impl<'de> Deserialize<'de> for ToOne {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let Relationship { data, links, meta } = object(source)?;
        let data = match data {
            Identifiers::None => None,
            Identifiers::One(identifier) => Some(identifier),
            Identifiers::Many(mut few) if few.len() <= 1 => few.pop(),
            Identifiers::Many(more) => {
                return Err(D::Error::invalid_length(more.len(), &"one resource or none in `data`"));
            }
        };
        Ok(Self { data, links, meta })
    }
}

impl Serialize for ToOne {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        write(sink, &self.data, &self.links, self.meta.as_ref())
    }
}

/// One that is not in a list is read as a list of one.
impl<'de> Deserialize<'de> for ToMany {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let Relationship { data, links, meta } = object(source)?;
        Ok(Self { data: data.into_vec(), links, meta })
    }
}

impl Serialize for ToMany {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        write(sink, &self.data, &self.links, self.meta.as_ref())
    }
}

impl<'de, I: From<String>> Deserialize<'de> for Linkage<I> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let ToMany { data, links, meta } = ToMany::deserialize(source)?;
        Ok(Self { data: data.into_iter().map(|identifier| I::from(identifier.id)).collect(), links, meta })
    }
}

impl<I: ResourceId> Serialize for Linkage<I> {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let data: Vec<Typed<'_>> = self.data.iter().map(|id| Typed(I::TYPE, id.as_ref())).collect();
        write(sink, &data, &self.links, self.meta.as_ref())
    }
}

impl<'de> Object<'de> for Identifier {
    const NAME: &'static str = "Identifier";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut type_, mut id) = (None, None);
        while let Some(name) = next_key(&mut members)? {
            match &*name {
                "type" => type_ = Some(members.next_value()?),
                "id" => id = Some(members.next_value::<Text>()?.0),
                _ => skip(&mut members)?,
            }
        }
        Ok(Self { type_: required(type_, "type")?, id: required(id, "id")? })
    }
}

impl<'de> Deserialize<'de> for Identifier {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        object(source)
    }
}

impl Serialize for Identifier {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        Typed(&self.type_, &self.id).serialize(sink)
    }
}

/// `type` and `id`, to be written.
pub(super) struct Typed<'a>(pub(super) &'a str, pub(super) &'a str);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let mut writer = ObjectWriter::new(sink);
        writer.constant("type", self.0);
        writer.constant("id", self.1);
        writer.end()
    }
}

/// An id, to be read.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        read_id(source).map(Self)
    }
}
