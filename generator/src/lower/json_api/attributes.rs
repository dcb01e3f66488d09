//! The attributes of resources: on reading each may be missing, and what is not known is kept.

use super::{Lowering, component_at};
use crate::lower::pattern::has_pattern;
use crate::lower::schema::Here;
use crate::model::{Object, Presence, Reading, Type, Untyped};
use crate::schema::Schema;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The object that is read: a sparse fieldset may leave out any attribute, required or not.
    pub(super) fn attributes(&mut self, schema: &'d Schema) -> Object {
        let here = here_of(&schema.pointer);
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
}

/// The way to what is inline in the schema at `place`.
fn here_of(place: &Pointer) -> Here {
    match component_at(place) {
        Some(name) => Here::component(&name),
        None => Here::at(place).unwrap_or_else(|| Here::component("attributes")),
    }
}
