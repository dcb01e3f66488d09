//! The attributes of resources: on reading each may be missing, and what is not known is kept.

use super::{Lowering, kept};
use crate::diag::Code;
use crate::lower::pattern::has_pattern;
use crate::lower::schema::Here;
use crate::model::{Member, Object, Presence};
use crate::schema::Schema;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The object that is read: a sparse fieldset may leave out any attribute, required or not.
    pub(super) fn attributes(&mut self, schema: &'d Schema) -> Object {
        let here = self.here_of(&schema.pointer).unwrap_or_else(|| Here::component("attributes"));
        let mut members: Vec<Member> = Vec::new();
        let mut patterns = Vec::new();
        for part in self.attribute_schemas(schema) {
            patterns.extend(self.patterns(part, &here));
            for member in self.members(part, &here) {
                if !has_pattern(part, &member.name) && members.iter().all(|known| known.name != member.name) {
                    members.push(Member { presence: Presence::Optional, ..member });
                }
            }
        }
        Object { patterns, ..kept(members) }
    }

    /// The schemas whose properties are the attributes: the one itself, or the parts of its `allOf`.
    ///
    /// Attributes that are described otherwise are kept as they come, and said to be.
    pub(super) fn attribute_schemas(&mut self, schema: &'d Schema) -> Vec<&'d Schema> {
        let mut parts = Vec::new();
        if self.parts(schema, &mut Vec::new(), &mut parts) {
            return parts;
        }
        self.diags
            .warn(Code::UnsupportedSchema, &schema.pointer)
            .message("these attributes are no object with members")
            .help("the client keeps them as they come, and cannot send them");
        Vec::new()
    }

    /// What is inline in attributes belongs to what the resource is called, so that its name begins with that.
    pub(super) fn here_of(&self, place: &Pointer) -> Option<Here> {
        let resource = self.resources.by_attributes.get(place)?;
        Some(Here::component(&self.thing(resource)))
    }
}
