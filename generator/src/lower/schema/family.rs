//! A schema with a `discriminator` that others take into their `allOf`: where it is used, any of those may stand (OAS 3.0.4,
//! Discriminator Object).

use std::collections::HashMap;

use super::{Here, Lowered, Lowering, all_of::wrapped, docs, enumeration};
use crate::dialect::Document;
use crate::model::{Membership, Shape, Step, Tag, Type, Union, Variant};
use crate::resolve;
use crate::schema::{Discriminator, Schema};
use crate::source::Pointer;

/// How far schemas may descend from one another.
const MOST_GENERATIONS: usize = 32;

/// Which components have which others in their `allOf`.
#[derive(Debug, Default)]
pub(in crate::lower) struct Families<'d> {
    children: HashMap<&'d Pointer, Vec<&'d Schema>>,
}

impl<'d> Families<'d> {
    /// The families of a document; `end` leads from a schema to what its `$ref`s stand for.
    pub(in crate::lower) fn new(document: &'d Document, end: impl Fn(&'d Schema) -> &'d Schema) -> Self {
        let mut children: HashMap<&'d Pointer, Vec<&'d Schema>> = HashMap::new();
        for (_, schema) in document.schemas.components() {
            for part in schema.all_of.iter().filter(|part| part.reference.is_some()) {
                let known = children.entry(&end(part).pointer).or_default();
                if !known.iter().any(|child| child.pointer == schema.pointer) {
                    known.push(schema);
                }
            }
        }
        Self { children }
    }

    /// Those that are told apart from each other by the discriminator of `base`; a descendant that has one itself stands for its own.
    fn members(&self, base: &'d Schema) -> Vec<&'d Schema> {
        let mut members = Vec::new();
        self.descend(base, base, 0, &mut members);
        members
    }

    fn descend(&self, base: &'d Schema, from: &'d Schema, generation: usize, members: &mut Vec<&'d Schema>) {
        for child in self.children.get(&from.pointer).into_iter().flatten() {
            let is_known =
                child.pointer == base.pointer || members.iter().any(|known| known.pointer == child.pointer);
            if is_known || generation == MOST_GENERATIONS {
                continue;
            }
            let is_other_name = wrapped(child).is_some() && !is_mapped(base, child);
            if !is_other_name {
                members.push(child);
            }
            if child.discriminator.is_none() {
                self.descend(base, child, generation + 1, members);
            }
        }
    }
}

impl<'d> Lowering<'d> {
    /// The members of the family of `schema`, if it is the base of one.
    fn family_of(&self, schema: &'d Schema) -> Option<(&'d Discriminator, Vec<&'d Schema>)> {
        let discriminator = schema.discriminator.as_ref()?;
        let is_plain = schema.one_of.is_empty()
            && schema.any_of.is_empty()
            && self.by_pointer.contains_key(&schema.pointer);
        let members = self.families.members(schema);
        (is_plain && !members.is_empty()).then_some((discriminator, members))
    }

    /// Whether the schema is taken into a family under its own name, even if it adds nothing to the base.
    pub(super) fn is_of_a_family(&self, schema: &'d Schema) -> bool {
        schema.all_of.iter().any(|part| {
            let base = self.end_of_chain(part);
            part.reference.is_some() && base.discriminator.is_some() && is_mapped(base, schema)
        })
    }

    /// What stands where the base of a family is used: one of its members, or what the base itself describes.
    pub(super) fn family(&mut self, schema: &'d Schema, here: &Here) -> Option<Lowered> {
        let (discriminator, members) = self.family_of(schema)?;
        let mut variants = Vec::with_capacity(members.len() + 1);
        for member in members {
            let tags = self.family_tags(discriminator, schema, member, 0);
            let (Some(id), Some(hint)) = (self.by_pointer.get(&member.pointer), tags.first().cloned()) else {
                continue;
            };
            variants.push(Variant { hint, tags, ty: Type::Named(*id) });
        }
        let own = self.own_tags(discriminator, schema);
        let is_default =
            self.default_of(schema).is_some_and(|target| self.end_of_chain(target).pointer == schema.pointer);
        if !own.is_empty() || is_default {
            let hint = own.first().cloned().unwrap_or_else(|| "default".to_owned());
            let step = Step::Variant(variants.len(), Some("base".to_owned()));
            let ty = self.base(schema, &here.step(step));
            variants.push(Variant { hint, tags: own, ty });
        }
        let default = if is_default {
            variants.len().checked_sub(1)
        } else {
            self.default_variant(schema, &discriminator.property, &mut variants)
        };
        let (tag, membership) = (Tag::Member(discriminator.property.clone()), Membership::Needed);
        Some(Lowered::Definition(Shape::Union(Union { variants, tag, membership, default })))
    }

    /// The members that the base itself describes.
    fn base(&mut self, schema: &'d Schema, here: &Here) -> Type {
        let lowered =
            if schema.all_of.is_empty() { self.object(schema, here) } else { self.all_of(schema, here) };
        let shape = match lowered {
            Lowered::Use(ty) => return ty,
            Lowered::Definition(shape) => shape,
        };
        let origin = here.origin();
        let id = self.declare(&schema.pointer.child("discriminator"), origin);
        if let Some(definition) = self.types.get_mut(id.index()) {
            definition.shape = shape;
            definition.docs = docs(schema);
        }
        Type::Named(id)
    }

    /// The values that stand for `member`: those that map to it, its constant, or its name; with those of its own family.
    fn family_tags(
        &self,
        discriminator: &Discriminator,
        base: &'d Schema,
        member: &'d Schema,
        generation: usize,
    ) -> Vec<String> {
        let mut tags = mapped(discriminator, member);
        if tags.is_empty() {
            tags = self.mapped_above(discriminator, base, member);
        }
        if tags.is_empty() {
            let parts = member.all_of.iter().filter(|part| part.reference.is_none()).chain([member]);
            let mut said = parts.filter_map(|part| part.properties.get(&discriminator.property));
            tags.extend(said.find_map(enumeration::constant));
        }
        if tags.is_empty() {
            tags.extend(self.name_as_written(discriminator, base, member));
        }
        if let Some((own, others)) = self.family_of(member).filter(|_| generation < MOST_GENERATIONS) {
            for other in others {
                let inner = match mapped(discriminator, other) {
                    inner if inner.is_empty() => self.family_tags(own, member, other, generation + 1),
                    inner => inner,
                };
                tags.extend(inner);
            }
        }
        let mut seen = std::collections::HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
        tags
    }

    /// The values that stand for the base itself: a mapping that does not name it says that it is only the base of others.
    fn own_tags(&self, discriminator: &Discriminator, base: &'d Schema) -> Vec<String> {
        let mut tags = mapped(discriminator, base);
        if tags.is_empty() {
            tags = self.mapped_above(discriminator, base, base);
        }
        if tags.is_empty() && discriminator.mapping.is_empty() {
            tags.extend(self.name_as_written(discriminator, base, base));
        }
        tags
    }

    /// The values that the bases of `base` have for `member` in a mapping of the same property.
    fn mapped_above(&self, discriminator: &Discriminator, base: &'d Schema, member: &Schema) -> Vec<String> {
        let mut above = vec![base];
        for generation in 0..MOST_GENERATIONS {
            let Some(current) = above.get(generation).copied() else { break };
            for part in current.all_of.iter().filter(|part| part.reference.is_some()) {
                let base = self.end_of_chain(part);
                let same =
                    base.discriminator.as_ref().filter(|other| other.property == discriminator.property);
                let tags = same.map(|other| mapped(other, member)).unwrap_or_default();
                if !tags.is_empty() {
                    return tags;
                }
                above.push(base);
            }
        }
        Vec::new()
    }

    /// The component's name, as the values of the discriminating member have it if those are listed.
    fn name_as_written(
        &self,
        discriminator: &Discriminator,
        base: &'d Schema,
        member: &'d Schema,
    ) -> Option<String> {
        let name = member.pointer.last()?.into_owned();
        let listed = base.properties.get(&discriminator.property).map(|property| self.end_of_chain(property));
        let mut values =
            listed.into_iter().flat_map(|listed| &listed.enumeration).filter_map(|value| value.as_str());
        let is_same = |value: &&str| value.eq_ignore_ascii_case(&name);
        let other = values.clone().all(|value| value != name).then(|| values.find(is_same)).flatten();
        Some(other.map_or(name, str::to_owned))
    }
}

/// The values that the mapping has for a component.
fn mapped(discriminator: &Discriminator, schema: &Schema) -> Vec<String> {
    let is_it = |to: &String| resolve::mapped(to) == schema.pointer;
    discriminator.mapping.iter().filter(|(_, to)| is_it(to)).map(|(value, _)| value.clone()).collect()
}

fn is_mapped(base: &Schema, schema: &Schema) -> bool {
    base.discriminator.as_ref().is_some_and(|discriminator| !mapped(discriminator, schema).is_empty())
}
