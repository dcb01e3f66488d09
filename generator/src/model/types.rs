//! Types: the shapes of what is sent and read.

use super::{Docs, ForeignId, MemberDirection, Object, Origin, Presence, Scalar};
use crate::source::Pointer;

/// A type definition, by its position in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The id of what is at `position`. There are never as many as an id can count: the reader bounds a document's size.
    pub(crate) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something that gets a name of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Where its schema stands.
    pub pointer: Pointer,
    /// Where its name can come from.
    pub origin: Origin,
    /// The name the document asks for (`x-name`).
    pub wanted_name: Option<String>,
    /// The document's words.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
}

/// What a [`TypeDef`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with known members.
    Object(Object),
    /// A string or an integer with known values.
    Enumeration(Enumeration),
    /// One of several.
    Union(Union),
    /// Text that names one thing of a kind.
    Id(Id),
    /// Another name for a type.
    Alias(Type),
}

/// Text that names one thing of a kind, and is not taken for the name of another kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Id {
    /// The `type` of the resources it names, where that is known.
    pub resource: Option<String>,
    /// Names with a meaning of their own.
    pub special: Vec<String>,
}

/// A string or an integer with known values; others are kept as they come.
#[derive(Debug, Clone, PartialEq)]
pub struct Enumeration {
    /// The values, in document order, without null.
    pub values: EnumValues,
}

/// The values of an [`Enumeration`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnumValues {
    /// Strings.
    Strings(Vec<String>),
    /// Integers.
    Integers(Vec<i64>),
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// In document order.
    pub variants: Vec<Variant>,
    /// How they are told apart.
    pub tag: Tag,
    /// Whether the variants' types are there because of it.
    pub membership: Membership,
    /// The position of the variant that takes values whose tag is none of the others', or that have none.
    pub default: Option<usize>,
}

/// Whether a union brings the types of its variants along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Membership {
    /// It does.
    #[default]
    Needed,
    /// A variant is there if something else needs its type; else its values count as unknown.
    Offered,
}

/// How the variants of a [`Union`] are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// By the value of the member of that name.
    Member(String),
    /// By the JSON type, and for objects by the members that are there.
    Shape,
    /// By the name of the event whose data it is; the data of each variant in the form that is said.
    Event(Vec<DataForm>),
}

/// How the data of an event is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataForm {
    /// As text.
    Text,
    /// As JSON.
    Json,
}

/// One of the types of a [`Union`].
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What its name can be made of: a tag's value, a component's name.
    pub hint: String,
    /// The values of the tag that stand for it; empty without a tag.
    pub tags: Vec<String>,
    /// What it holds.
    pub ty: Type,
}

/// A type as it is used.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A definition of its own.
    Named(TypeId),
    /// A sequence of values.
    List(Box<Type>),
    /// An object with arbitrary member names.
    Map(Box<Type>),
    /// A value that may be null, inside a list or a map or another name.
    Nullable(Box<Type>),
    /// A single value.
    Scalar(Scalar),
    /// A type that is not the client's own.
    Foreign(ForeignId),
    /// Any JSON value.
    Json(Untyped),
    /// A structure that JSON:API gives every document.
    JsonApi(JsonApi),
}

/// The structures of JSON:API 1.1.
#[derive(Debug, Clone, PartialEq)]
pub enum JsonApi {
    /// A document with one resource.
    Document {
        /// The resource.
        data: Box<Type>,
        /// The union of all resources.
        any: TypeId,
    },
    /// A document with a page of resources.
    Page {
        /// A resource.
        item: Box<Type>,
        /// `meta`, where it is described.
        meta: Option<Box<Type>>,
        /// The union of all resources.
        any: TypeId,
    },
    /// A document with identifiers of resources of one type, given by its ids.
    Linkage(Box<Type>),
    /// A relationship to one resource or none.
    ToOne,
    /// A relationship to several resources.
    ToMany,
    /// `links`.
    Links,
    /// A resource identifier.
    Identifier,
}

/// Why a value has no type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Untyped {
    /// The document allows anything here.
    Anything,
    /// The document says it is an object and nothing else.
    AnyObject,
    /// The document says more than the client can express.
    Unsupported,
}

impl Shape {
    /// The types it uses directly.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Shape::Object(object) => {
                let patterns = object.patterns.iter().map(|pattern| &pattern.ty);
                object
                    .members
                    .iter()
                    .map(|member| &member.ty)
                    .chain(&object.additional)
                    .chain(patterns)
                    .collect()
            }
            Shape::Enumeration(_) | Shape::Id(_) => Vec::new(),
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Shape::Alias(ty) => vec![ty],
        }
    }

    /// Whether it is an object with a member that is only sent or only read, that is sent by itself, or whose null and absence
    /// differ when it is sent.
    pub fn differs_when_sent(&self) -> bool {
        match self {
            Shape::Object(object) => object.members.iter().any(|member| {
                member.direction != MemberDirection::Both
                    || member.presence == Presence::Defaulted
                    || member.presence == Presence::Optional && member.nullable
                    || member.presence == Presence::Required && member.constant.is_some()
            }),
            Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_) => false,
        }
    }

    /// The types that are there because it is.
    pub fn needs(&self) -> Vec<&Type> {
        match self {
            Shape::Union(Union { membership: Membership::Offered, .. }) => Vec::new(),
            Shape::Object(_) | Shape::Enumeration(_) | Shape::Id(_) | Shape::Union(_) | Shape::Alias(_) => {
                self.types()
            }
        }
    }
}

impl Type {
    /// The definition this type is or is made of by lists, maps and nulls.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Type::Named(id) => Some(*id),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.named(),
            Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => None,
        }
    }

    /// The structure of JSON:API that this type is or is made of by lists, maps and nulls.
    pub fn structure(&self) -> Option<&JsonApi> {
        match self {
            Type::JsonApi(structure) => Some(structure),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.structure(),
            Type::Named(_) | Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) => None,
        }
    }

    /// What this type is or is made of by lists, maps and nulls.
    pub fn innermost(&self) -> &Type {
        match self {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.innermost(),
            Type::Named(_) | Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => self,
        }
    }

    /// All definitions this type uses.
    pub fn definitions(&self) -> Vec<TypeId> {
        match self {
            Type::Named(id) => vec![*id],
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.definitions(),
            Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) => Vec::new(),
            Type::JsonApi(structure) => structure.definitions(),
        }
    }
}

impl JsonApi {
    /// What is in the value itself: the resource of a document, the `meta` of a page; a page's resources are in a list.
    pub fn held(&self) -> Option<&Type> {
        match self {
            JsonApi::Document { data, .. } => Some(data),
            JsonApi::Page { meta, .. } => meta.as_deref(),
            JsonApi::Linkage(_) | JsonApi::ToOne | JsonApi::ToMany | JsonApi::Links | JsonApi::Identifier => {
                None
            }
        }
    }

    fn definitions(&self) -> Vec<TypeId> {
        match self {
            JsonApi::Document { data, any } => data.definitions().into_iter().chain([*any]).collect(),
            JsonApi::Page { item, meta, any } => {
                let meta = meta.iter().flat_map(|meta| meta.definitions());
                item.definitions().into_iter().chain(meta).chain([*any]).collect()
            }
            JsonApi::Linkage(id) => id.definitions(),
            JsonApi::ToOne | JsonApi::ToMany | JsonApi::Links | JsonApi::Identifier => Vec::new(),
        }
    }
}
