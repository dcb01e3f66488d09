//! A document with one resource.

use serde::de::value::UnitDeserializer;
use serde::de::{IntoDeserializer as _, MapAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::{Json, JsonObject, Map, Object, ObjectWriter, attribute, missing, next_key, object};
use super::{Links, Resource, ToMany, ToOne, find};

/// A document whose primary data is `T` (JSON:API 1.1, section "Top Level"); `I` are the resources that came with it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Document<T, I = Json> {
    /// The primary data. It must be there, and must not be `null`, unless `T` is an `Option`.
    pub data: T,
    /// Resources that the primary data refers to, where the request asked for them.
    pub included: Vec<I>,
    /// Links of the document.
    pub links: Links,
    /// What else the server says.
    pub meta: Option<JsonObject>,
    /// Members that JSON:API does not name, and `links` and `meta` of another shape than theirs.
    pub extra: Map<Json>,
}

impl<T, I> Document<T, I> {
    /// A document of `data` alone.
    pub fn new(data: T) -> Self {
        Self { data, included: Vec::new(), links: Links::new(), meta: None, extra: Map::new() }
    }
}

impl<T, I: Resource> Document<T, I> {
    /// The included resource that `relationship` points to.
    pub fn included_one(&self, relationship: &ToOne) -> Option<&I> {
        find(&self.included, relationship.data.as_ref()?)
    }

    /// The included resources that `relationship` points to, in its order; those that were not included are passed over.
    pub fn included_many<'d>(&'d self, relationship: &'d ToMany) -> impl Iterator<Item = &'d I> {
        relationship.data.iter().filter_map(|wanted| find(&self.included, wanted))
    }
}

impl<'de, T: Deserialize<'de>, I: Deserialize<'de>> Object<'de> for Document<T, I> {
    const NAME: &'static str = "Document";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut data, mut included, mut links, mut meta) = (None, None, None, None);
        let mut extra = Map::new();
        while let Some(name) = next_key(&mut members)? {
            match &*name {
                "data" => data = Some(members.next_value()?),
                "included" => included = members.next_value()?,
                "links" => attribute(&mut members, name, &mut links, &mut extra)?,
                "meta" => attribute(&mut members, name, &mut meta, &mut extra)?,
                _ => _ = extra.insert(name.into_owned(), members.next_value()?),
            }
        }
        let data = match data {
            Some(data) => data,
            None => absent()?,
        };
        let included: Option<Vec<I>> = included;
        Ok(Self {
            data,
            included: included.unwrap_or_default(),
            links: links.unwrap_or_default(),
            meta,
            extra,
        })
    }
}

/// What `T` is when `data` is not there: what it is for `null`, or an error.
fn absent<'de, T: Deserialize<'de>, E: serde::de::Error>() -> Result<T, E> {
    let null: UnitDeserializer<E> = ().into_deserializer();
    T::deserialize(null).map_err(|_| missing("data"))
}

impl<'de, T: Deserialize<'de>, I: Deserialize<'de>> Deserialize<'de> for Document<T, I> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        object(source)
    }
}

/// What is empty is left out, but for `data`.
impl<T: Serialize, I: Serialize> Serialize for Document<T, I> {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let mut writer = ObjectWriter::new(sink);
        writer.required("data", &self.data);
        if !self.included.is_empty() {
            writer.required("included", &self.included);
        }
        if !self.links.is_empty() {
            writer.required("links", &self.links);
        }
        writer.optional("meta", &self.meta);
        writer.extra(&self.extra);
        writer.end()
    }
}
