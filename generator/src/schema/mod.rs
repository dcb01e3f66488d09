//! Schemas as JSON Schema 2020-12 has them, whatever version's spelling they were written in.
//!
//! `nullable` has become a member of the type set and every schema knows its place. What a schema *means* for the client
//! is decided in `lower`; which schema a `$ref` leads to, in `resolve`.

mod applied;
mod distribute;
mod keywords;
mod rare;
mod read;
mod restriction;
mod spelling;
mod xml;

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::source::{Pointer, Tree};

pub use rare::{Blank, Rare};
pub(crate) use read::read_all;
pub use restriction::{Count, Limit, Restrictions};
pub use xml::{NodeType, Xml, is_xml_name};

/// The version of OpenAPI a document is written in, as far as spellings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.0: schemas have `nullable`.
    V3_0,
    /// 3.1 and later: schemas are JSON Schema 2020-12.
    V3_1,
}

/// All schemas of a document, by the place they stand at.
///
/// Holds every schema that is not inside another one, and every target of a `$ref`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schemas {
    by_pointer: IndexMap<Pointer, Schema>,
    distributed: HashMap<Pointer, Schema>,
}

impl Schemas {
    /// The schema at `pointer`.
    pub fn get(&self, pointer: &Pointer) -> Option<&Schema> {
        self.by_pointer.get(pointer)
    }

    /// How many there are with those inside them; one that is also the target of a `$ref` counts once.
    pub fn count(&self) -> usize {
        let mut open: Vec<&Schema> = self.by_pointer.values().collect();
        let mut seen = std::collections::HashSet::new();
        while let Some(schema) = open.pop() {
            if seen.insert(&schema.pointer) {
                open.extend(schema.children());
            }
        }
        seen.len()
    }

    /// The schema at `pointer` with what stands beside its alternatives in each of them, if it can be written so.
    pub fn distributed(&self, pointer: &Pointer) -> Option<&Schema> {
        self.distributed.get(pointer)
    }

    /// Those among the components, with their names, in document order.
    pub fn components<'s>(&'s self) -> impl Iterator<Item = (String, &'s Schema)> {
        let place = Pointer::root().child("components").child("schemas");
        let named = move |(pointer, schema): (&Pointer, &'s Schema)| {
            let name = schema.component().filter(|name| place.child(name) == *pointer);
            name.map(|name| (name, schema))
        };
        self.by_pointer.iter().filter_map(named)
    }

    /// All of them, in document order of the places that use them.
    pub fn iter(&self) -> impl Iterator<Item = (&Pointer, &Schema)> {
        self.by_pointer.iter()
    }
}

/// A schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Where it stands.
    pub pointer: Pointer,
    /// What its `$ref` points to, if it has one. Other keywords then hold besides.
    pub reference: Option<Reference>,
    /// `type`, with null if `nullable`; empty means any.
    pub types: TypeSet,
    /// `format`.
    pub format: Option<String>,
    /// What a text contains.
    pub content: Rare<Content>,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `properties`, in document order.
    pub properties: Rare<IndexMap<String, Schema>>,
    /// `required`.
    pub required: Rare<Vec<String>>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `then`, `else` and `dependentSchemas`: what holds for some values only.
    pub conditional: Rare<Vec<Schema>>,
    /// `x-pattern-properties`: regular expressions of member names, and what the values are.
    pub patterns: Rare<IndexMap<String, Schema>>,
    /// What the document asks of the client besides.
    pub words: Rare<Words>,
    /// `prefixItems`.
    pub prefix: Rare<Vec<Schema>>,
    /// `items`, unless it forbids items.
    pub items: Option<Box<Schema>>,
    /// What may follow the items of `prefix`.
    pub after_prefix: AfterPrefix,
    /// `enum`, or `const` as an enumeration of one; empty means unrestricted.
    pub enumeration: Rare<Vec<Tree>>,
    /// What values are held to beyond their type.
    pub restrictions: Option<Box<Restrictions>>,
    /// `allOf`.
    pub all_of: Rare<Vec<Schema>>,
    /// `oneOf`.
    pub one_of: Rare<Vec<Schema>>,
    /// `anyOf`.
    pub any_of: Rare<Vec<Schema>>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// `default`, unless it is null.
    pub default: Option<Box<Tree>>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `xml`.
    pub xml: Rare<Xml>,
    /// Whether it is one of the schemas that are no objects.
    pub admits: Admits,
}

/// What may follow the items that have schemas of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AfterPrefix {
    /// Items, as `items` has them.
    #[default]
    Items,
    /// Nothing: `items` is `false`.
    Nothing,
}

/// Which values a schema can be for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Admits {
    /// Those that fit what it says.
    #[default]
    Some,
    /// None: it is `false`.
    None,
}

/// What a text contains (JSON Schema 2020-12, section 8, “contentMediaType”).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// `contentMediaType`.
    pub media_type: Option<String>,
    /// `contentEncoding`.
    pub encoding: Option<String>,
    /// `contentSchema`.
    pub schema: Option<Box<Schema>>,
}

/// The target of a `$ref`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// In the same document.
    Local(Pointer),
    /// Anything else, as written.
    External(String),
}

/// The `x-` words of a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// `x-name`: what the type shall be called.
    pub name: Option<String>,
    /// `x-id`: the text is the id of a thing, and this is what the type of such ids is called.
    pub id: Option<String>,
    /// `x-resource-type`: the `type` of the JSON:API resources whose attributes these are.
    pub resource_type: Option<String>,
    /// `x-any-resource`: this stands for a resource of any type.
    pub any_resource: bool,
    /// `x-extensible-enum`: values that are known.
    pub extensible: Vec<String>,
    /// `x-lenient`: other JSON types are accepted on reading.
    pub lenient: bool,
    /// `x-rust-type`: the path of a type that stands for the schema.
    pub rust_type: Option<String>,
}

/// `additionalProperties`.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Additional {
    /// Not said.
    #[default]
    Unspecified,
    /// `false`.
    Forbidden,
    /// `true`.
    Any,
    /// A schema.
    Schema(Box<Schema>),
}

/// `discriminator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: the value, and the reference it stands for.
    pub mapping: IndexMap<String, String>,
    /// `defaultMapping`: the reference that all other values stand for, and no value too.
    pub default: Option<String>,
}

/// A set of JSON types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypeSet(u8);

/// A JSON type, as JSON Schema counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonType {
    /// `null`.
    Null = 1,
    /// `boolean`.
    Boolean = 2,
    /// `integer`.
    Integer = 4,
    /// `number`.
    Number = 8,
    /// `string`.
    String = 16,
    /// `array`.
    Array = 32,
    /// `object`.
    Object = 64,
}

impl JsonType {
    const ALL: [(JsonType, &'static str); 7] = [
        (JsonType::Null, "null"),
        (JsonType::Boolean, "boolean"),
        (JsonType::Integer, "integer"),
        (JsonType::Number, "number"),
        (JsonType::String, "string"),
        (JsonType::Array, "array"),
        (JsonType::Object, "object"),
    ];

    /// What a schema calls it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(ty, _)| *ty == self).map_or("", |(_, name)| *name)
    }

    /// The type a schema calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, candidate)| *candidate == name).map(|(ty, _)| *ty)
    }
}

impl TypeSet {
    /// Adds `ty`.
    pub fn insert(&mut self, ty: JsonType) {
        self.0 |= ty as u8;
    }

    /// Whether `ty` is in the set.
    pub fn contains(self, ty: JsonType) -> bool {
        self.0 & ty as u8 != 0
    }

    /// The set without null.
    #[must_use]
    pub fn without_null(self) -> Self {
        Self(self.0 & !(JsonType::Null as u8))
    }

    /// Whether nothing is in the set, so that any type is allowed.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The only type of the set besides null, if there is exactly one.
    pub fn single(self) -> Option<JsonType> {
        let mut types = self.without_null().iter();
        types.next().filter(|_| types.next().is_none())
    }

    /// The types of the set.
    pub fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL.into_iter().map(|(ty, _)| ty).filter(move |ty| self.contains(*ty))
    }
}

impl Schema {
    /// The schemas directly inside this one.
    pub fn children(&self) -> impl Iterator<Item = &Schema> {
        let additional = match &self.additional {
            Additional::Schema(schema) => Some(&**schema),
            Additional::Unspecified | Additional::Forbidden | Additional::Any => None,
        };
        self.properties
            .values()
            .chain(additional)
            .chain(&self.conditional)
            .chain(self.patterns.values())
            .chain(&self.prefix)
            .chain(self.items.as_deref())
            .chain(self.content.schema.as_deref())
            .chain(&self.all_of)
            .chain(&self.one_of)
            .chain(&self.any_of)
    }

    /// Its name, if it is a component.
    pub fn component(&self) -> Option<String> {
        let name = self.pointer.as_str().strip_prefix("/components/schemas/")?;
        self.pointer.last().filter(|_| !name.contains('/')).map(std::borrow::Cow::into_owned)
    }

    /// Whether its values are bytes as they are, where the medium can hold such.
    ///
    /// OAS 3.0.4, Data Types: `format: binary`. OAS 3.1.1, Working with Binary Data: a `contentMediaType` without `type` and
    /// `contentEncoding`; with `type: string`, which many write, one that is no text.
    pub fn is_binary(&self) -> bool {
        let is_raw = match self.content.encoding.as_deref() {
            Some(encoding) => ["binary", "8bit", "7bit"].iter().any(|raw| encoding.eq_ignore_ascii_case(raw)),
            None => self
                .content
                .media_type
                .as_deref()
                .is_some_and(|media| self.types.is_empty() || !is_textual(media)),
        };
        let is_bare = self.reference.is_none() && self.enumeration.is_empty() && self.all_of.is_empty();
        match self.types.single() {
            Some(JsonType::String) => is_bare && (is_raw || self.format.as_deref() == Some("binary")),
            None => {
                is_bare && is_raw && self.types.is_empty() && self.one_of.is_empty() && self.any_of.is_empty()
            }
            Some(
                JsonType::Null
                | JsonType::Boolean
                | JsonType::Integer
                | JsonType::Number
                | JsonType::Array
                | JsonType::Object,
            ) => false,
        }
    }

    /// Whether it is `false`, which no value fits.
    pub fn is_false(&self) -> bool {
        self.admits == Admits::None
    }

    /// Whether there may be members that are described for some values only.
    pub fn has_conditional_members(&self) -> bool {
        let has_some = |part: &Schema| {
            !part.properties.is_empty() || !part.all_of.is_empty() || part.reference.is_some()
        };
        self.conditional.iter().any(|part| has_some(part) || part.has_conditional_members())
    }

    /// Whether it says that null is allowed.
    pub fn is_nullable(&self) -> bool {
        self.types.contains(JsonType::Null)
    }
}

/// Whether a media type is that of text, or of something that is written as text.
fn is_textual(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/") || ["json", "xml", "yaml"].iter().any(|ending| essence.ends_with(ending))
}
