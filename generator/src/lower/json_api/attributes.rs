//! The attributes of resources: on reading each may be missing, and what is not known is kept.

use super::Lowering;
use crate::lower::pattern::has_pattern;
use crate::lower::schema::Here;
use crate::model::{Object, Presence, Reading, Type, Untyped};
use crate::schema::Schema;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The object that is read: a sparse fieldset may leave out any attribute, required or not.
    pub(super) fn attributes(&mut self, schema: &'d Schema) -> Object {
        let here = self.here_of(&schema.pointer).unwrap_or_else(|| Here::component("attributes"));
        let patterns = self.patterns(schema, &here);
        let mut members = self.members(schema, &here);
        members.retain(|member| !has_pattern(schema, &member.name));
        for member in &mut members {
            member.presence = Presence::Optional;
        }
        Object {
            additional: Some(Type::Json(Untyped::Anything)),
            reading: Reading::Keeping,
            patterns,
            ..Object::of(members)
        }
    }

    /// What is inline in attributes belongs to what the resource is called, so that its name begins with that.
    pub(super) fn here_of(&self, place: &Pointer) -> Option<Here> {
        let resource = self.resources.by_attributes.get(place)?;
        Some(Here::component(&self.thing(resource)))
    }
}
