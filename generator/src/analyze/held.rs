//! What a type holds where values are written as fields, and the objects whose fields stand in brackets.

use std::collections::{BTreeSet, HashSet};

use super::Facts;
use crate::model::{
    Api, Content, FieldStyle, FormPart, MembersBy, Object, PartContent, QueryStyle, Shape, Type, TypeId,
};

/// The most names of types of their own that lead from one to the next.
const MOST_NAMES: usize = 8;

/// What a type is to fields, behind its other names and without null.
#[derive(Debug, Clone, Copy)]
pub enum Held<'a> {
    /// An object, and its type.
    Object(&'a Object, TypeId),
    /// A list whose items have a type by their position, and its type.
    Tuple(&'a Object, TypeId),
    /// An object whose members have any name, and what each is.
    Map(&'a Type),
    /// A list, and what an item is.
    List(&'a Type),
    /// Anything, or one of several things.
    Open,
    /// A single value.
    Single,
}

impl<'a> Held<'a> {
    /// What `of` is.
    pub fn of(api: &'a Api, facts: &Facts, of: &'a Type) -> Self {
        Self::behind(api, facts, of, MOST_NAMES)
    }

    /// The same, behind so many names of types of their own.
    fn behind(api: &'a Api, facts: &Facts, of: &'a Type, names: usize) -> Self {
        match facts.resolved(api, of) {
            Type::Named(id) => {
                let id = facts.canonical(*id);
                match &api.type_def(id).shape {
                    Shape::Object(object) if object.by == MembersBy::Position => Held::Tuple(object, id),
                    Shape::Object(object) => Held::Object(object, id),
                    // One that holds itself somewhere inside.
                    Shape::Alias(inner) if names > 0 => Held::behind(api, facts, inner, names - 1),
                    Shape::Alias(_) | Shape::Union(_) => Held::Open,
                    Shape::Enumeration(_) | Shape::Id(_) => Held::Single,
                }
            }
            Type::Map(inner) => Held::Map(inner),
            Type::List(item) => Held::List(item),
            Type::Json(_) => Held::Open,
            Type::Scalar(_) | Type::Foreign(_) | Type::JsonApi(_) | Type::Nullable(_) => Held::Single,
        }
    }

    /// The type of the member called `name`.
    fn member(self, name: &str) -> Option<&'a Type> {
        match self {
            Held::Object(object, _) => {
                let known = object.members.iter().find(|member| member.name == name);
                known.map(|member| &member.ty).or(object.additional.as_ref())
            }
            Held::Map(inner) => Some(inner),
            Held::Tuple(..) | Held::List(_) | Held::Open | Held::Single => None,
        }
    }
}

/// The objects of answers that are read of fields or parts whose names have brackets, each with all that it may hold.
pub(super) fn bracketed(api: &Api, facts: &Facts) -> BTreeSet<TypeId> {
    let mut found = Bracketed { api, facts, types: BTreeSet::new() };
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    for known in responses.flat_map(|response| &response.contents) {
        match &known.content {
            Content::Form(form) => found.form(&form.ty, &form.fields),
            Content::NamedParts(known) => found.parts(&known.parts),
            Content::Empty
            | Content::Json(_)
            | Content::Xml(..)
            | Content::Text
            | Content::Bytes
            | Content::Events(_)
            | Content::Items(..)
            | Content::Parts(_)
            | Content::Undeclared => {}
        }
    }
    found.types
}

struct Bracketed<'a> {
    api: &'a Api,
    facts: &'a Facts,
    types: BTreeSet<TypeId>,
}

impl<'a> Bracketed<'a> {
    fn parts(&mut self, parts: &'a [FormPart]) {
        for part in parts {
            match (&part.content, &part.style) {
                (PartContent::Value(ty), Some(style)) => self.value(ty, style),
                (PartContent::Multipart(inner) | PartContent::Multiparts(inner), _) => self.parts(inner),
                (PartContent::Value(_), None) | (PartContent::File | PartContent::Files, _) => {}
            }
        }
    }

    fn form(&mut self, of: &'a Type, fields: &'a [(String, FieldStyle)]) {
        let held = self.held(of);
        for (name, style) in fields {
            if let Some(ty) = held.member(name) {
                self.value(ty, style);
            }
        }
    }

    fn value(&mut self, of: &'a Type, style: &'a FieldStyle) {
        match (style, self.held(of)) {
            (FieldStyle::Query(QueryStyle::Deep, _), _) => self.brackets(of),
            (FieldStyle::Form(fields), Held::List(item)) => self.form(item, fields),
            (FieldStyle::Form(fields), _) => self.form(of, fields),
            (FieldStyle::Query(..) | FieldStyle::Json | FieldStyle::Text | FieldStyle::Xml(_), _) => {}
        }
    }

    /// All that is reached from `of`, without going as deep as it does.
    fn brackets(&mut self, of: &'a Type) {
        let (mut open, mut seen) = (vec![of], HashSet::new());
        while let Some(of) = open.pop() {
            if !seen.insert(std::ptr::from_ref(of)) {
                continue;
            }
            match self.held(of) {
                Held::Object(object, id) | Held::Tuple(object, id) => {
                    if self.types.insert(id) {
                        open.extend(object.members.iter().map(|member| &member.ty));
                        open.extend(&object.additional);
                    }
                }
                Held::Map(inner) | Held::List(inner) => open.push(inner),
                Held::Open | Held::Single => {}
            }
        }
    }

    fn held(&self, of: &'a Type) -> Held<'a> {
        Held::of(self.api, self.facts, of)
    }
}
