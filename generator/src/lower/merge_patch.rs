//! Bodies that are merge patches: a member that is null is removed, whatever its schema says of null (RFC 7396, section 1).

use super::Lowering;
use super::medium;
use crate::model::{BodyKind, MembersBy, Operation, Presence, Shape, Type, TypeId};

impl Lowering<'_> {
    /// Lets every member that may be absent from a merge patch be null in it, however deep it stands. Lists are replaced as a whole.
    pub(super) fn allow_removal(&mut self, operations: &[Operation]) {
        let bodies = operations.iter().filter_map(|operation| operation.body.as_ref());
        let patches = bodies.flat_map(|body| &body.media).filter_map(|media| match &media.kind {
            BodyKind::Json(ty) if medium::essence(&media.media_type) == "application/merge-patch+json" => {
                Some(ty)
            }
            BodyKind::Json(_)
            | BodyKind::Parts(_)
            | BodyKind::Form(_)
            | BodyKind::Multipart(_)
            | BodyKind::Lines(_)
            | BodyKind::Xml(..)
            | BodyKind::Text
            | BodyKind::Bytes
            | BodyKind::Range => None,
        });
        let mut open: Vec<TypeId> = Vec::new();
        patches.for_each(|ty| objects(ty, &mut open));
        let mut seen = vec![false; self.types.len()];
        while let Some(id) = open.pop() {
            if !std::mem::replace(&mut seen[id.index()], true) {
                allow_null(&mut self.types[id.index()].shape, &mut open);
            }
        }
    }
}

fn allow_null(shape: &mut Shape, open: &mut Vec<TypeId>) {
    match shape {
        Shape::Object(object) => {
            // What is a list in JSON takes the place of what is there.
            if object.by == MembersBy::Position {
                return;
            }
            for member in &mut object.members {
                objects(&member.ty, open);
                let is_removable = member.presence != Presence::Required && member.constant.is_none();
                member.nullable |= is_removable && !matches!(member.ty, Type::Json(_));
                allow_null_values(&mut member.ty);
            }
            if let Some(additional) = &mut object.additional {
                objects(additional, open);
                make_nullable(additional);
            }
        }
        Shape::Alias(ty) => {
            objects(ty, open);
            allow_null_values(ty);
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| objects(&variant.ty, open)),
        Shape::Enumeration(_) | Shape::Id(_) => {}
    }
}

/// The values of maps are members too.
fn allow_null_values(ty: &mut Type) {
    match ty {
        Type::Map(value) => {
            allow_null_values(value);
            make_nullable(value);
        }
        Type::Nullable(inner) => allow_null_values(inner),
        Type::Scalar(_)
        | Type::Named(_)
        | Type::List(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => {}
    }
}

fn make_nullable(ty: &mut Type) {
    if !matches!(ty, Type::Nullable(_) | Type::Json(_)) {
        *ty = Type::Nullable(Box::new(ty.clone()));
    }
}

/// The definitions that are merged into what is there; the items of a list are not.
fn objects(ty: &Type, into: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => into.push(*id),
        Type::Map(inner) | Type::Nullable(inner) => objects(inner, into),
        Type::Scalar(_) | Type::List(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) => {}
    }
}
