//! Which operations use a type, through however many others.

use std::collections::BTreeSet;

use crate::model::{Api, Body, JsonApi, Operation, OperationId, Origin, Shape, Type, TypeId};

/// The operations that send or read each type; those of merged types are gathered at the one that stands for them.
pub(super) fn users(api: &Api, merged: &dyn Fn(TypeId) -> TypeId) -> Vec<BTreeSet<OperationId>> {
    let mut users = vec![BTreeSet::new(); api.types.len()];
    for (index, operation) in api.operations.iter().enumerate() {
        let id = OperationId::at(index);
        let mut reached = BTreeSet::new();
        let roots = sent(operation).chain(read(operation));
        reach(api, roots.flat_map(Type::definitions), merged, Shape::needs, &mut reached);
        for ty in reached {
            users[ty.index()].insert(id);
        }
    }
    users
}

/// The types that no operation uses, and all that those consist of: they cannot depend on what an operation brings in.
pub(super) fn unused(
    api: &Api,
    users: &[BTreeSet<OperationId>],
    merged: &dyn Fn(TypeId) -> TypeId,
) -> BTreeSet<TypeId> {
    let mut unused = BTreeSet::new();
    let taken_apart: BTreeSet<TypeId> = api.taken_apart.iter().map(|id| merged(*id)).collect();
    let without_users = api.type_ids().filter(|id| {
        let is_part = matches!(api.type_def(*id).origin, Origin::Inline { .. });
        !api.is_selection
            && !is_part
            && !taken_apart.contains(&merged(*id))
            && users[merged(*id).index()].is_empty()
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
