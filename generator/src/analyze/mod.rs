//! What can be computed from the model alone: one pure pass a file, gathered in [`Facts`].

mod cycles;
mod deprecated;
mod direction;
mod documents;
mod held;
mod hint;
mod leaves;
mod outcome;
mod twins;
mod usage;

use std::collections::BTreeSet;

pub use direction::Direction;
pub use documents::Documents;
pub use held::Held;
pub use hint::Hint;
pub use outcome::Outcome;
use usage::Usage;

use crate::model::{Api, ForeignId, OperationId, Scalar, Shape, Type, TypeId};

/// What is known about the types of an [`Api`].
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    canonical: Vec<TypeId>,
    classes: Vec<Vec<TypeId>>,
    direction: Vec<Direction>,
    split: Vec<bool>,
    boxed: BTreeSet<(TypeId, TypeId)>,
    wrapped: BTreeSet<TypeId>,
    usage: Usage,
    independent: BTreeSet<TypeId>,
    leaves: leaves::Leaves,
    documents: Option<Documents>,
    has_deprecated: bool,
    bracketed: BTreeSet<TypeId>,
}

/// Computes the facts about `api`.
pub fn analyze(api: &Api) -> Facts {
    let own_direction = direction::directions(api, &|id| id);
    let canonical = twins::twins(api, &own_direction);
    let mut classes = vec![Vec::new(); canonical.len()];
    for (at, id) in canonical.iter().enumerate() {
        classes[id.index()].push(TypeId::at(at));
    }
    let merged = |id: TypeId| canonical.get(id.index()).copied().unwrap_or(id);
    let direction = direction::directions(api, &merged);
    let split = direction::splits(api, &direction, &merged);
    let (boxed, wrapped) = cycles::cycles(api, &merged);
    let usage = usage::usage(api, &merged);
    let independent = usage::unused(api, &usage, &merged);
    let (documents, has_deprecated) = (documents::documents(api), deprecated::is_anywhere(api));
    let leaves = leaves::Leaves::default();
    let facts = Facts {
        canonical,
        classes,
        direction,
        split,
        boxed,
        wrapped,
        usage,
        independent,
        leaves,
        documents,
        has_deprecated,
        bracketed: BTreeSet::new(),
    };
    let leaves = leaves::leaves(api, &facts);
    let bracketed = held::bracketed(api, &facts);
    Facts { leaves, bracketed, ..facts }
}

impl Facts {
    /// The type that stands for `id` and all that are equal to it.
    pub fn canonical(&self, id: TypeId) -> TypeId {
        self.canonical.get(id.index()).copied().unwrap_or(id)
    }

    /// The types merged into `id`, itself included, in document order.
    pub fn class(&self, id: TypeId) -> &[TypeId] {
        self.classes.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether `id` is sent, read, or both.
    pub fn direction(&self, id: TypeId) -> Direction {
        self.direction.get(self.canonical(id).index()).copied().unwrap_or_default()
    }

    /// Whether `id` needs two forms, one to read and one to send.
    pub fn is_split(&self, id: TypeId) -> bool {
        self.split.get(self.canonical(id).index()).copied().unwrap_or(false)
    }

    /// Whether a value of `inner` directly in `outer` has to be boxed, or `outer` would contain itself.
    pub fn is_boxed(&self, outer: TypeId, inner: TypeId) -> bool {
        self.boxed.contains(&(self.canonical(outer), self.canonical(inner)))
    }

    /// Whether a member of `outer` with the type `ty` has to be boxed.
    pub fn is_boxed_member(&self, outer: TypeId, ty: &Type) -> bool {
        match ty {
            Type::Named(inner) => self.is_boxed(outer, *inner),
            Type::Nullable(inner) => self.is_boxed_member(outer, inner),
            Type::JsonApi(structure) => {
                structure.held().is_some_and(|inner| self.is_boxed_member(outer, inner))
            }
            Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) => false,
        }
    }

    /// Whether `id`, another name for a type, needs a type of its own because it stands for itself somewhere inside.
    pub fn is_wrapped(&self, id: TypeId) -> bool {
        self.wrapped.contains(&self.canonical(id))
    }

    /// The kinds of single values that there are in the client.
    pub fn scalars(&self) -> &BTreeSet<Scalar> {
        &self.leaves.scalars
    }

    /// The types of others that there are in the client.
    pub fn foreign(&self) -> &BTreeSet<ForeignId> {
        &self.leaves.foreign
    }

    /// The scalar, enumeration, list or whatever else is behind `of`, through other names and without null.
    pub fn resolved<'a>(&self, api: &'a Api, of: &'a Type) -> &'a Type {
        let mut current = of;
        loop {
            current = match current {
                Type::Nullable(inner) => inner,
                Type::Named(id) => match &api.type_def(self.canonical(*id)).shape {
                    Shape::Alias(inner) if !self.is_wrapped(*id) => inner,
                    Shape::Alias(_)
                    | Shape::Object(_)
                    | Shape::Enumeration(_)
                    | Shape::Union(_)
                    | Shape::Id(_) => return current,
                },
                Type::List(_)
                | Type::Map(_)
                | Type::Scalar(_)
                | Type::Foreign(_)
                | Type::Json(_)
                | Type::JsonApi(_) => return current,
            };
        }
    }

    /// The objects of answers that are read of fields or parts whose names have brackets.
    pub fn bracketed(&self) -> &BTreeSet<TypeId> {
        &self.bracketed
    }

    /// The operations that send or read `id`, in document order.
    pub fn users(&self, id: TypeId) -> &[OperationId] {
        self.usage.users.get(self.circle(id)).map_or(&[], Vec::as_slice)
    }

    /// The circle of types that `id` is in, alone or with others: they have the same users.
    pub fn circle(&self, id: TypeId) -> usize {
        self.usage.circle[self.canonical(id).index()]
    }

    /// Whether the client has `id` at all: an operation uses it, or it is there whatever operations are.
    pub fn is_used(&self, id: TypeId) -> bool {
        self.is_independent(id) || !self.users(id).is_empty()
    }

    /// Whether `id` is there whatever operations are: none uses it, or it is part of a type that none uses.
    pub fn is_independent(&self, id: TypeId) -> bool {
        self.independent.contains(&self.canonical(id))
    }

    /// What the documents of JSON:API are made with, if the client has any.
    pub fn documents(&self) -> Option<&Documents> {
        self.documents.as_ref()
    }

    /// Whether the document advises against using any operation, parameter, type or member.
    pub fn has_deprecated(&self) -> bool {
        self.has_deprecated
    }
}
