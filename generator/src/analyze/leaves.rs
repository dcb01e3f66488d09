//! What is in the client that has no definition of its own: single values, and types of others.

use std::collections::BTreeSet;

use super::{Facts, usage};
use crate::model::{Api, ForeignId, Scalar, Type};

/// Every kind of single value, and every type of others, that occurs in a type of the client or in what an operation sends or reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Leaves {
    pub(super) scalars: BTreeSet<Scalar>,
    pub(super) foreign: BTreeSet<ForeignId>,
}

pub(super) fn leaves(api: &Api, facts: &Facts) -> Leaves {
    let used = api.type_ids().filter(|id| facts.canonical(*id) == *id && facts.is_used(*id));
    let in_types = used.flat_map(|id| api.type_def(id).shape.types());
    let in_operations = api.operations.iter().flat_map(|known| usage::sent(known).chain(usage::read(known)));
    let mut leaves = Leaves::default();
    for ty in in_types.chain(in_operations).chain(usage::received(api)) {
        match ty.innermost() {
            Type::Scalar(scalar) => _ = leaves.scalars.insert(*scalar),
            Type::Foreign(id) => _ = leaves.foreign.insert(*id),
            Type::Named(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Json(_)
            | Type::JsonApi(_) => {}
        }
    }
    leaves
}
