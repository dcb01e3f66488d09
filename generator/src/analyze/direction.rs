//! Which types are sent, which are read, and which need a form for each.

use std::collections::BTreeSet;

use super::usage;
use crate::model::{Api, Shape, Type, TypeId};

/// Whether a type is sent, read, or both. One that no operation uses counts as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Direction {
    /// Only in responses.
    #[default]
    Read,
    /// Only in requests.
    Write,
    /// In both.
    Both,
}

/// The direction of each type.
pub(super) fn directions(api: &Api, merged: &dyn Fn(TypeId) -> TypeId) -> Vec<Direction> {
    let mut sent = BTreeSet::new();
    let mut read = BTreeSet::new();
    for operation in &api.operations {
        usage::reach(
            api,
            usage::sent(operation).flat_map(Type::definitions),
            merged,
            Shape::types,
            &mut sent,
        );
        usage::reach(
            api,
            usage::read(operation).flat_map(Type::definitions),
            merged,
            Shape::types,
            &mut read,
        );
    }
    usage::reach(api, usage::received(api).flat_map(Type::definitions), merged, Shape::types, &mut read);
    // What no operation uses is there to be read, and so is what it consists of.
    let unused = (0..api.types.len())
        .map(TypeId::at)
        .filter(|id| !sent.contains(&merged(*id)) && !read.contains(&merged(*id)));
    let unused: Vec<TypeId> = unused.collect();
    usage::reach(api, unused.into_iter(), merged, Shape::types, &mut read);
    let direction = |id: &TypeId| match (sent.contains(id), read.contains(id)) {
        (true, true) => Direction::Both,
        (true, false) => Direction::Write,
        (false, _) => Direction::Read,
    };
    (0..api.types.len()).map(|index| direction(&TypeId::at(index))).collect()
}

/// Which types differ between what is sent and what is read, themselves or in something they contain.
pub(super) fn splits(api: &Api, directions: &[Direction], merged: &dyn Fn(TypeId) -> TypeId) -> Vec<bool> {
    let both = |at: usize| directions[at] == Direction::Both;
    let mut split: Vec<bool> = api
        .types
        .iter()
        .enumerate()
        .map(|(at, definition)| both(at) && definition.shape.differs_when_sent())
        .collect();
    loop {
        let mut changed = false;
        for (at, definition) in api.types.iter().enumerate() {
            let inner = definition.shape.types().into_iter().flat_map(Type::definitions).map(merged);
            if both(at) && !split[at] && inner.into_iter().any(|id| split[id.index()]) {
                split[at] = true;
                changed = true;
            }
        }
        if !changed {
            return split;
        }
    }
}
