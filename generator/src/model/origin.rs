//! Where the names of types can come from.

use super::HttpMethod;

/// Where a type's name can come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The key in `components.schemas`.
    Component(String),
    /// Something that a JSON:API document's resources of one type bring along.
    Resource {
        /// The resources' `type`.
        resource: String,
        /// What one of them is called: the singular of the type, or what the document asks for.
        thing: String,
        /// Which of the things.
        part: ResourcePart,
    },
    /// The values that an operation's sorting or including takes.
    Choice {
        /// What the operation is about: the last fixed word of its path.
        noun: String,
        /// What one of those is called.
        thing: String,
        /// What is chosen.
        kind: ChoiceKind,
    },
    /// Text that names one thing of a kind (`x-id`), by the name the document gives it.
    Id(String),
    /// A schema inside something else: whose, and the way there.
    Inline {
        /// What it belongs to.
        owner: Owner,
        /// The way from the owner's schema to this one.
        steps: Vec<Step>,
    },
}

/// What resources of a type bring along (JSON:API 1.1, Resource Objects).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResourcePart {
    /// The resource object.
    Itself,
    /// Its `id`.
    Id,
    /// Its `attributes`.
    Attributes,
    /// Its `relationships`.
    Relationships,
    /// The names of its fields, for sparse fieldsets.
    Field,
}

/// What a caller chooses by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChoiceKind {
    /// What to sort by.
    Sort,
    /// What to include.
    Include,
    /// The values of a filter.
    Filter,
}

/// What an inline type belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The component schema of that name.
    Component(String),
    /// A part of an operation.
    Operation {
        /// Its HTTP method.
        method: HttpMethod,
        /// Its path template.
        path: String,
        /// Which part of it.
        role: Role,
    },
    /// The body of the webhook of that name.
    Webhook(String),
}

/// Which part of an operation a schema describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The request body.
    Body,
    /// The body of the response with that status, as the document writes it.
    Response(String),
    /// The parameter of that name.
    Parameter(String),
}

/// One step from a schema to one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into the property of that name.
    Property(String),
    /// Into the items of an array.
    Items,
    /// Into the values of a map.
    Values,
    /// Into the alternative at that position, with what it is called or tagged as.
    Variant(usize, Option<String>),
}
