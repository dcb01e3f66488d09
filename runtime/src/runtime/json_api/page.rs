//! A document with a list of resources.

use serde::de::{DeserializeOwned, MapAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::{Json, JsonObject, Map, Object, ObjectWriter, attribute, next_key, object, required};
use super::{PageLinks, Resource, ToMany, ToOne, find};

/// A document whose primary data is a list of `T`, the whole or a page of it; `I` are the resources that came with it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T, M = JsonObject, I = Json> {
    /// The primary data; empty if it is `null`. It must be there: an answer without it is no list, for instance an error.
    pub data: Vec<T>,
    /// Resources that the primary data refers to, where the request asked for them.
    pub included: Vec<I>,
    /// Links of the page.
    pub links: PageLinks,
    /// What else the server says, such as how much there is in all.
    pub meta: Option<M>,
    /// Members that JSON:API does not name, and `links` and `meta` of another shape than theirs.
    pub extra: Map<Json>,
}

impl<T, M, I> Page<T, M, I> {
    /// A page of `data` alone.
    pub fn new(data: Vec<T>) -> Self {
        Self { data, included: Vec::new(), links: PageLinks::new(), meta: None, extra: Map::new() }
    }
}

impl<T, M, I> Default for Page<T, M, I> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T, M, I: Resource> Page<T, M, I> {
    /// The included resource that `relationship` points to.
    pub fn included_one(&self, relationship: &ToOne) -> Option<&I> {
        find(&self.included, relationship.data.as_ref()?)
    }

    /// The included resources that `relationship` points to, in its order; those that were not included are passed over.
    pub fn included_many<'d>(&'d self, relationship: &'d ToMany) -> impl Iterator<Item = &'d I> {
        relationship.data.iter().filter_map(|wanted| find(&self.included, wanted))
    }
}

impl<'de, T, M, I> Object<'de> for Page<T, M, I>
where
    T: Deserialize<'de>,
    M: DeserializeOwned,
    I: Deserialize<'de>,
{
    const NAME: &'static str = "Page";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut page, mut data, mut links) = (Self::default(), None, None);
        while let Some(name) = next_key(&mut members)? {
            match &*name {
                "data" => data = Some(members.next_value::<Option<_>>()?.unwrap_or_default()),
                "included" => page.included = members.next_value::<Option<_>>()?.unwrap_or_default(),
                "links" => attribute(&mut members, name, &mut links, &mut page.extra)?,
                "meta" => attribute(&mut members, name, &mut page.meta, &mut page.extra)?,
                _ => _ = page.extra.insert(name.into_owned(), members.next_value()?),
            }
        }
        page.data = required(data, "data")?;
        page.links = links.unwrap_or_default();
        Ok(page)
    }
}

impl<'de, T, M, I> Deserialize<'de> for Page<T, M, I>
where
    T: Deserialize<'de>,
    M: DeserializeOwned,
    I: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        object(source)
    }
}

/// What is empty is left out, but for `data`.
impl<T: Serialize, M: Serialize, I: Serialize> Serialize for Page<T, M, I> {
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
