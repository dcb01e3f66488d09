//! Which operations use a type, through however many others.

use std::collections::BTreeSet;

use super::cycles;
use crate::model::{Api, Body, JsonApi, Operation, OperationId, Origin, Shape, Type, TypeId};

/// Which operations send or read which types.
///
/// Types that lead to each other are used by the same operations, which are kept once: where most types of a document hang together, a
/// list for each would be as long as the document squared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Usage {
    /// The position in `users` for each type that stands for itself.
    pub(super) circle: Vec<usize>,
    /// The operations, in order.
    pub(super) users: Vec<Vec<OperationId>>,
}

/// The operations that send or read each type; those of merged types are gathered at the one that stands for them.
pub(super) fn usage(api: &Api, merged: &dyn Fn(TypeId) -> TypeId) -> Usage {
    let needed = needed(api, merged);
    let circles = cycles::components(&needed);
    let mut circle = vec![0; needed.len()];
    for (position, types) in circles.iter().enumerate() {
        for ty in types {
            circle[*ty] = position;
        }
    }
    let leads_to = |types: &Vec<usize>| {
        let mut inner: Vec<usize> = types.iter().flat_map(|ty| &needed[*ty]).map(|ty| circle[*ty]).collect();
        inner.sort_unstable();
        inner.dedup();
        inner
    };
    let leads_to: Vec<Vec<usize>> = circles.iter().map(leads_to).collect();
    let mut users: Vec<Vec<OperationId>> = vec![Vec::new(); circles.len()];
    let mut open = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let id = OperationId::at(index);
        let roots = sent(operation).chain(read(operation)).flat_map(Type::definitions);
        open.extend(roots.map(|root| circle[merged(root).index()]));
        while let Some(at) = open.pop() {
            // Operations come one after another, so that one which was here is the last.
            if users[at].last() != Some(&id) {
                users[at].push(id);
                open.extend(&leads_to[at]);
            }
        }
    }
    Usage { circle, users }
}

/// What is there because of each type: an alias that was merged away still leads to what stands for it.
fn needed(api: &Api, merged: &dyn Fn(TypeId) -> TypeId) -> Vec<Vec<usize>> {
    let of = |shape: &Shape| {
        let inner = shape.needs().into_iter().flat_map(Type::definitions);
        inner.map(|id| merged(id).index()).collect()
    };
    api.types.iter().map(|definition| of(&definition.shape)).collect()
}

/// The types that no operation uses, and all that those consist of: they cannot depend on what an operation brings in.
pub(super) fn unused(api: &Api, usage: &Usage, merged: &dyn Fn(TypeId) -> TypeId) -> BTreeSet<TypeId> {
    let mut unused = BTreeSet::new();
    let taken_apart: BTreeSet<TypeId> = api.taken_apart.iter().map(|id| merged(*id)).collect();
    let without_users = api.type_ids().filter(|id| {
        let is_part = matches!(api.type_def(*id).origin, Origin::Inline { .. });
        !api.is_selection
            && !is_part
            && !taken_apart.contains(&merged(*id))
            && usage.users[usage.circle[merged(*id).index()]].is_empty()
    });
    let received = received(api).flat_map(Type::definitions);
    reach(
        api,
        without_users.chain(shared_by_documents(api)).chain(received),
        merged,
        Shape::needs,
        &mut unused,
    );
    unused
}

/// What the generic documents of JSON:API are made with, whichever resource they hold.
fn shared_by_documents(api: &Api) -> impl Iterator<Item = TypeId> {
    api.structures().flat_map(|structure| match structure {
        JsonApi::Document { any, .. } => vec![*any],
        JsonApi::Page { meta, any, .. } => {
            meta.iter().flat_map(|meta| meta.definitions()).chain([*any]).collect()
        }
        JsonApi::Linkage(_) | JsonApi::ToOne | JsonApi::ToMany | JsonApi::Links | JsonApi::Identifier => {
            Vec::new()
        }
    })
}

/// What the API sends by itself.
pub(super) fn received(api: &Api) -> impl Iterator<Item = &Type> {
    api.received()
}

/// The types an operation sends.
pub(super) fn sent(operation: &Operation) -> impl Iterator<Item = &Type> {
    let body = operation.body.iter().flat_map(Body::types);
    operation.parameters.iter().map(|parameter| &parameter.ty).chain(body)
}

/// The types an operation reads.
pub(super) fn read(operation: &Operation) -> impl Iterator<Item = &Type> {
    let contents = operation.responses.iter().flat_map(|response| &response.contents);
    let headers = operation.headers.iter().map(|header| &header.ty);
    contents.flat_map(|content| content.content.types()).chain(headers)
}

/// Adds everything reachable from `roots` to `reached`, going by the types that `edges` gives.
pub(super) fn reach(
    api: &Api,
    roots: impl Iterator<Item = TypeId>,
    merged: &dyn Fn(TypeId) -> TypeId,
    edges: fn(&Shape) -> Vec<&Type>,
    reached: &mut BTreeSet<TypeId>,
) {
    let mut open: Vec<TypeId> = roots.collect();
    while let Some(id) = open.pop() {
        // An alias that was merged away still leads to what stands for it.
        let id = merged(id);
        if reached.insert(id) {
            open.extend(edges(&api.type_def(id).shape).into_iter().flat_map(Type::definitions));
        }
    }
}
