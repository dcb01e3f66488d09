//! Which kinds of single values there are in the client.

use std::collections::BTreeSet;

use super::{Facts, usage};
use crate::model::{Api, Scalar, Type};

/// Every kind that occurs in a type of the client, or in what an operation sends or reads.
pub(super) fn scalars(api: &Api, facts: &Facts) -> BTreeSet<Scalar> {
    let used = api.type_ids().filter(|id| facts.canonical(*id) == *id && facts.is_used(*id));
    let in_types = used.flat_map(|id| api.type_def(id).shape.types());
    let in_operations = api.operations.iter().flat_map(|known| usage::sent(known).chain(usage::read(known)));
    in_types.chain(in_operations).chain(usage::received(api)).filter_map(Type::scalar).collect()
}
