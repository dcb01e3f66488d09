//! Which operations use a type, through however many others.

use std::collections::BTreeSet;

use crate::model::{Api, BodyKind, Content, Operation, OperationId, Type, TypeId};

/// The operations that send or read each type; those of merged types are gathered at the one that stands for them.
pub(super) fn users(api: &Api, merged: &dyn Fn(TypeId) -> TypeId) -> Vec<BTreeSet<OperationId>> {
    let mut users = vec![BTreeSet::new(); api.types.len()];
    for (index, operation) in api.operations.iter().enumerate() {
        let id = OperationId::at(index);
        let mut reached = BTreeSet::new();
        let roots = sent(operation).chain(read(operation));
        reach(api, roots.filter_map(Type::named), merged, &mut reached);
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
    reach(api, api.type_ids().filter(|id| users[merged(*id).index()].is_empty()), merged, &mut unused);
    unused
}

/// The types an operation sends.
pub(super) fn sent(operation: &Operation) -> impl Iterator<Item = &Type> {
    let body = operation.body.as_ref().and_then(|body| match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) => Some(ty),
        BodyKind::Text | BodyKind::Bytes => None,
    });
    operation.parameters.iter().map(|parameter| &parameter.ty).chain(body)
}

/// The types an operation reads.
pub(super) fn read(operation: &Operation) -> impl Iterator<Item = &Type> {
    operation.responses.iter().filter_map(|response| match &response.content {
        Content::Json(ty) => Some(ty),
        Content::Empty | Content::Text | Content::Bytes | Content::Undeclared => None,
    })
}

/// Adds everything reachable from `roots` to `reached`.
pub(super) fn reach(
    api: &Api,
    roots: impl Iterator<Item = TypeId>,
    merged: &dyn Fn(TypeId) -> TypeId,
    reached: &mut BTreeSet<TypeId>,
) {
    let mut open: Vec<TypeId> = roots.collect();
    while let Some(id) = open.pop() {
        // An alias that was merged away still leads to what stands for it.
        let id = merged(id);
        if reached.insert(id) {
            open.extend(api.type_def(id).shape.types().into_iter().filter_map(Type::named));
        }
    }
}
