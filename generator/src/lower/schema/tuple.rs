//! Lists whose first items each have a schema of their own (`prefixItems`).

use super::{Here, Lowered, Lowering, docs};
use crate::model::{
    Docs, Member, MemberDirection, MembersBy, Object, Presence, Reading, Shape, Step, Type, Untyped,
};
use crate::schema::{AfterPrefix, Schema};

/// How many items can have a type of their own.
const MOST_ITEMS: usize = 64;

/// What items are called by their position.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

impl<'d> Lowering<'d> {
    /// An object whose members are items: those that have to be there and those that may be, and a list of what follows unless nothing may.
    pub(super) fn tuple(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        if schema.prefix.len() > MOST_ITEMS {
            self.unsupported(&schema.pointer, "more items than a type can have have schemas of their own");
            return Lowered::Use(Type::Json(Untyped::Unsupported));
        }
        let mut object = Object { by: MembersBy::Position, ..Object::of(Vec::new()) };
        let count = schema.restrictions.as_ref().map(|known| known.items).unwrap_or_default();
        let below = |at: usize, limit: u64| u64::try_from(at).is_ok_and(|at| at < limit);
        let has_room = |at: usize| count.most.is_none_or(|most| below(at, most));
        for (position, item) in schema.prefix.iter().enumerate() {
            if !has_room(position) {
                break;
            }
            let is_required = count.least.is_some_and(|least| below(position, least));
            let name = ordinal(position);
            let typed = self.typed(item, &here.step(Step::Property(name.clone())));
            if item.words.lenient {
                self.report_lenient(item, "the items of a list can be read in one way only");
            }
            object.members.push(Member {
                name,
                ty: typed.ty,
                presence: if is_required { Presence::Required } else { Presence::Optional },
                nullable: typed.nullable,
                direction: MemberDirection::Both,
                constant: typed.constant,
                reading: Reading::Strict,
                docs: described(docs(item), position),
            });
        }
        if schema.after_prefix == AfterPrefix::Items && has_room(object.members.len()) {
            object.additional = Some(match &schema.items {
                Some(items) => self.typed(items, &here.step(Step::Items)).into_type(),
                None => Type::Json(Untyped::Anything),
            });
        }
        if object.members.is_empty() {
            return Lowered::Use(Type::List(Box::new(Type::Json(Untyped::Anything))));
        }
        Lowered::Definition(Shape::Object(object))
    }
}

/// What is said of an item of which the document says nothing.
fn described(docs: Docs, at: usize) -> Docs {
    if docs.summary.is_some() || docs.description.is_some() {
        return docs;
    }
    let description = match ORDINALS.get(at) {
        Some(ordinal) => format!("The {ordinal} item."),
        None => format!("The item at position {}.", at + 1),
    };
    Docs { description: Some(description), ..docs }
}

/// `second`, `item 13`
fn ordinal(at: usize) -> String {
    ORDINALS.get(at).map_or_else(|| format!("item {}", at + 1), |known| (*known).to_owned())
}
