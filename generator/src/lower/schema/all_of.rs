//! `allOf`: the members of all parts in one object.

use super::{Here, Lowered, Lowering, is_bare, union};
use crate::diag::Code;
use crate::model::{Member, MemberDirection, Object, Presence, Shape, Type, Untyped};
use crate::schema::{JsonType, Schema};
use crate::source::Pointer;

/// How many `allOf`s can be inside one another, through `$ref`s.
const MOST_LEVELS: usize = 64;

/// The one part of an `allOf` that says something, where that is all the schema has: 3.0's way of saying something beside a `$ref`.
pub(super) fn wrapped(schema: &Schema) -> Option<&Schema> {
    let mut parts = schema.all_of.iter().filter(|part| !says_nothing(part));
    match (parts.next(), parts.next()) {
        (Some(only), None) if is_bare(schema) => Some(only),
        (None, _) => schema.all_of.first().filter(|_| schema.all_of.len() == 1 && is_bare(schema)),
        (Some(_), _) => None,
    }
}

/// Whether null is allowed by a part that says nothing else.
pub(super) fn has_null(schema: &Schema) -> bool {
    wrapped(schema).is_some() && schema.all_of.iter().any(|part| says_nothing(part) && part.is_nullable())
}

/// Whether nothing is said about the shape: a description, a restriction.
fn says_nothing(schema: &Schema) -> bool {
    schema.reference.is_none()
        && is_bare(schema)
        && schema.all_of.is_empty()
        && schema.types.without_null().is_empty()
}

impl<'d> Lowering<'d> {
    /// Parts that are objects are taken together; a single part stands for itself; anything else is a JSON value.
    pub(super) fn all_of(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        let is_other_name = !self.is_of_a_family(schema) && schema.discriminator.is_none();
        if let Some(only) = wrapped(schema).filter(|_| is_other_name) {
            return self.lowered(only, here);
        }
        let mut parts = Vec::new();
        let place = schema.pointer.child("allOf");
        if let Some(written_out) = self.document.schemas.distributed(&schema.pointer) {
            return self.union(written_out, here);
        }
        if self.flattening.contains(&schema.pointer) || !self.parts(schema, &mut Vec::new(), &mut parts) {
            self.unsupported(&place, "a part of this `allOf` is no object, or leads back here");
            return Lowered::Use(Type::Json(Untyped::Unsupported));
        }
        self.flattening.push(schema.pointer.clone());
        let lowered = self.flattened(schema, &parts, here);
        self.flattening.pop();
        lowered
    }

    fn flattened(&mut self, schema: &'d Schema, parts: &[&'d Schema], here: &Here) -> Lowered {
        let mut object = Object::of(Vec::new());
        for part in parts {
            let members = self.members(part, here);
            for member in members {
                self.merge(&mut object.members, member, part);
            }
            let additional = self.additional(part, here);
            object.additional = object.additional.or(additional);
            self.add_patterns(&mut object, part, here);
        }
        for name in parts.iter().flat_map(|part| &part.required) {
            if let Some(member) = object.members.iter_mut().find(|member| member.name == *name) {
                member.presence = Presence::Required;
            }
        }
        for part in parts {
            self.undescribed(part, &mut object.members);
        }
        if object.members.is_empty() && object.patterns.is_empty() {
            return self.untyped(schema, Untyped::AnyObject);
        }
        Lowered::Definition(Shape::Object(object))
    }

    /// Collects the object schemas that `schema` consists of, with those it refers to; `false` if one is no object or
    /// contains itself.
    pub(in crate::lower) fn parts(
        &self,
        schema: &'d Schema,
        above: &mut Vec<&'d Pointer>,
        parts: &mut Vec<&'d Schema>,
    ) -> bool {
        let schema = self.only_alternative(self.end_of_chain(schema));
        let is_object = schema.types.is_empty() || schema.types.contains(JsonType::Object);
        // A base that lists what takes it in as its alternatives: of the one that is taken apart the other members are wanted.
        let is_listed =
            union::alternatives(schema).any(|listed| above.contains(&&self.end_of_chain(listed).pointer));
        let has_no_alternatives = schema.one_of.is_empty() && schema.any_of.is_empty();
        let is_plain = (has_no_alternatives || is_listed) && schema.enumeration.is_empty();
        if above.len() > MOST_LEVELS
            || above.contains(&&schema.pointer)
            || !is_object
            || !is_plain
            || schema.is_false()
        {
            return false;
        }
        if parts.iter().any(|known| known.pointer == schema.pointer) {
            // What is taken in twice is no more than once.
            return true;
        }
        above.push(&schema.pointer);
        let whole = schema.all_of.iter().all(|part| self.parts(part, above, parts));
        above.pop();
        parts.push(schema);
        whole
    }

    /// What is left of `{oneOf: [{type: null}, …]}` where null cannot be: an object is wanted.
    pub(in crate::lower) fn only_alternative(&self, schema: &'d Schema) -> &'d Schema {
        let mut others = union::alternatives(schema).filter(|branch| !union::is_null(branch));
        match (others.next(), others.next()) {
            (Some(only), None) if schema.properties.is_empty() && schema.all_of.is_empty() => {
                self.end_of_chain(only)
            }
            (Some(_) | None, _) => schema,
        }
    }

    fn merge(&mut self, members: &mut Vec<Member>, member: Member, part: &Schema) {
        let Some(known) = members.iter_mut().find(|known| known.name == member.name) else {
            members.push(member);
            return;
        };
        if known.ty != member.ty {
            let narrower = self.narrower(&known.ty, &member.ty);
            if narrower.is_none() {
                self.diags
                    .warn(Code::UnsupportedSchema, &part.pointer.child("properties").child(&member.name))
                    .message(format!(
                        "`{}` is described differently by another part of the `allOf`",
                        member.name
                    ))
                    .help("the client has the type of the part that comes last");
            }
            known.ty = match (&known.constant, &member.constant, narrower) {
                // A text with one value is narrower than any list of them.
                (Some(_), None, Some(_)) => known.ty.clone(),
                (None, Some(_), _) | (_, _, None) => member.ty,
                (_, _, Some(narrower)) => narrower,
            };
        }
        known.nullable &= member.nullable;
        if member.direction != MemberDirection::Both {
            known.direction = member.direction;
        }
        if member.presence == Presence::Required {
            known.presence = Presence::Required;
        }
        known.constant = known.constant.take().or(member.constant);
        known.docs.description = known.docs.description.take().or(member.docs.description);
        known.docs.deprecated |= member.docs.deprecated;
    }
}
