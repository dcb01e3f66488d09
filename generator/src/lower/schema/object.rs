//! Objects and maps.

use std::collections::{HashSet, VecDeque};

use super::{Here, Lowered, Lowering, docs};
use crate::diag::Code;
use crate::lower::pattern::has_pattern;
use crate::model::{Docs, Member, MemberDirection, Object, Presence, Reading, Shape, Step, Type, Untyped};
use crate::schema::{Additional, JsonType, Schema};

/// How deep references and parts are looked into.
const MOST_DEEP: usize = 16;

impl<'d> Lowering<'d> {
    /// An object with members becomes a definition, one with only `additionalProperties` a map, one that says nothing
    /// a JSON object.
    pub(super) fn object(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        if schema.properties.is_empty() && schema.patterns.is_empty() && !schema.has_conditional_members() {
            return match &schema.additional {
                Additional::Schema(_) if here.is_too_deep() => self.too_deep(schema),
                Additional::Schema(values) => {
                    let ty = self.typed(values, &here.step(Step::Values)).into_type();
                    Lowered::Use(Type::Map(Box::new(ty)))
                }
                Additional::Unspecified | Additional::Forbidden | Additional::Any => {
                    self.untyped(schema, Untyped::AnyObject)
                }
            };
        }
        let mut object = Object::of(self.members(schema, here));
        self.undescribed(schema, &mut object.members);
        object.additional = self.additional(schema, here);
        self.add_patterns(&mut object, schema, here);
        Lowered::Definition(Shape::Object(object))
    }

    /// The patterns of member names with the members they stand for, which are kept among those that the document does not name;
    /// but what has to be there stays a member.
    pub(super) fn add_patterns(&mut self, object: &mut Object, schema: &'d Schema, here: &Here) {
        if schema.patterns.is_empty() {
            return;
        }
        let is_own =
            |member: &Member| member.presence == Presence::Required || !has_pattern(schema, &member.name);
        object.members.retain(is_own);
        object.patterns.extend(self.patterns(schema, here));
        object.additional = Some(Type::Json(Untyped::Anything));
    }

    /// Members that `required` names and `properties` does not: they have to be there, whatever they are.
    pub(super) fn undescribed(&mut self, schema: &Schema, members: &mut Vec<Member>) {
        for name in &schema.required {
            if members.iter().all(|member| member.name != *name) {
                self.report_untyped(schema, &format!("`{name}` is required and not described"));
                members.push(Member {
                    name: name.clone(),
                    ty: Type::Json(Untyped::Anything),
                    presence: Presence::Required,
                    nullable: false,
                    direction: MemberDirection::Both,
                    constant: None,
                    reading: Reading::Strict,
                    docs: Docs::default(),
                });
            }
        }
    }

    pub(in crate::lower) fn members(&mut self, schema: &'d Schema, here: &Here) -> Vec<Member> {
        let mut members = self.own_members(schema, here);
        self.add_conditional(schema, here, &mut members);
        members
    }

    fn own_members(&mut self, schema: &'d Schema, here: &Here) -> Vec<Member> {
        let mut members = Vec::with_capacity(schema.properties.len());
        for (name, property) in &schema.properties {
            if property.is_false() {
                self.report_forbidden(property);
                continue;
            }
            let typed = self.typed(property, &here.step(Step::Property(name.clone())));
            members.push(Member {
                name: name.clone(),
                reading: self.reading(property, &typed.ty),
                ty: typed.ty,
                presence: if schema.required.contains(name) {
                    Presence::Required
                } else {
                    Presence::Optional
                },
                nullable: typed.nullable,
                direction: self.direction(property),
                constant: typed.constant,
                docs: docs(property),
            });
        }
        members
    }

    /// Members that are described for some values only: they may be there or not.
    fn add_conditional(&mut self, schema: &'d Schema, here: &Here, members: &mut Vec<Member>) {
        let mut open: VecDeque<&'d Schema> = schema.conditional.iter().collect();
        let mut seen = HashSet::from([&schema.pointer]);
        while let Some(part) = open.pop_front() {
            let end = self.end_of_chain(part);
            if !seen.insert(&end.pointer) {
                continue;
            }
            open.extend(end.all_of.iter().chain(&end.conditional));
            for member in self.own_members(end, here) {
                if members.iter().all(|known| known.name != member.name) {
                    members.push(Member { presence: Presence::Optional, ..member });
                }
            }
        }
    }

    fn report_forbidden(&mut self, property: &Schema) {
        self.diags
            .note(Code::KeywordNotEnforced, &property.pointer)
            .message("`false` says that this member is never there")
            .help("the client has no such member");
    }

    /// In which direction the values of a member go.
    pub(in crate::lower) fn direction(&self, property: &'d Schema) -> MemberDirection {
        match (
            self.says(property, |known| known.read_only, 0),
            self.says(property, |known| known.write_only, 0),
        ) {
            (true, false) => MemberDirection::ReadOnly,
            (false, true) => MemberDirection::WriteOnly,
            (true, true) | (false, false) => MemberDirection::Both,
        }
    }

    /// Whether a schema, one that it refers to, or a part of one of them says so (JSON Schema 2020-12, section 9.4).
    fn says(&self, schema: &'d Schema, is_said: fn(&Schema) -> bool, depth: usize) -> bool {
        let within = |inner: &'d Schema| depth < MOST_DEEP && self.says(inner, is_said, depth + 1);
        is_said(schema) || self.target(schema).is_some_and(within) || schema.all_of.iter().any(within)
    }

    /// How the value of a member is read, as its schema or the one it refers to says.
    fn reading(&mut self, property: &'d Schema, ty: &Type) -> Reading {
        let end = self.end_of_chain(property);
        let Some(said) = [property, end].into_iter().find(|schema| schema.words.lenient) else {
            return Reading::Strict;
        };
        if !matches!(ty, Type::Foreign(_)) && self.has_lenient_form(end) {
            return Reading::Lenient;
        }
        // Of a list or an object that says so itself, `words` has said it.
        if !matches!(said.types.single(), Some(JsonType::Array | JsonType::Object)) {
            self.report_lenient(said, "a value of this kind can be read in one way only");
        }
        Reading::Strict
    }

    /// Reports an `x-lenient` that changes nothing.
    pub(super) fn report_lenient(&mut self, schema: &Schema, message: &str) {
        self.diags
            .warn(Code::WordWithoutEffect, &schema.pointer.child("x-lenient"))
            .message(message)
            .help("it changes nothing; it is for members that are a text, a number, a boolean or a time");
    }

    /// The values of undeclared members, where the document asks to keep them.
    pub(in crate::lower) fn additional(&mut self, schema: &'d Schema, here: &Here) -> Option<Type> {
        match &schema.additional {
            Additional::Schema(values) => Some(self.typed(values, &here.step(Step::Values)).into_type()),
            Additional::Any => Some(Type::Json(Untyped::Anything)),
            Additional::Unspecified | Additional::Forbidden => None,
        }
    }
}
