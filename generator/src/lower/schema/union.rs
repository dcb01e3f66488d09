//! `oneOf`, `anyOf` and lists of types.

use indexmap::{IndexMap, IndexSet};

use super::{Here, Lowered, Lowering, all_of, docs, enumeration};
use crate::diag::Code;
use crate::model::{EnumValues, Enumeration, Membership, Shape, Step, Tag, Type, Union, Untyped, Variant};
use crate::resolve;
use crate::schema::{JsonType, Schema, TypeSet};
use crate::source::Pointer;

/// How deep parts of parts are looked into for a member.
const MOST_PARTS: usize = 8;

/// Whether one of the alternatives is null, or allows it.
pub(super) fn has_null(schema: &Schema) -> bool {
    alternatives(schema).any(Schema::is_nullable)
}

pub(super) fn is_null(schema: &Schema) -> bool {
    let says_nothing_else = schema.reference.is_none()
        && schema.properties.is_empty()
        && schema.items.is_none()
        && schema.prefix.is_empty()
        && schema.enumeration.is_empty()
        && schema.all_of.is_empty()
        && alternatives(schema).next().is_none();
    schema.is_nullable() && schema.types.without_null().is_empty() && says_nothing_else
}

/// The one part of an `allOf` that only wraps it, which is how 3.0 says something beside a `$ref`.
fn innermost(schema: &Schema) -> &Schema {
    all_of::wrapped(schema).map_or(schema, innermost)
}

/// What an alternative is called by: itself, or the schema that it takes in last.
fn named(branch: &Schema) -> &Schema {
    branch.all_of.last().filter(|part| part.reference.is_some()).unwrap_or(branch)
}

pub(super) fn alternatives(schema: &Schema) -> impl Iterator<Item = &Schema> {
    schema.one_of.iter().chain(&schema.any_of)
}

impl<'d> Lowering<'d> {
    pub(super) fn union(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        let branches: Vec<&Schema> =
            alternatives(schema).filter(|branch| !is_null(branch)).map(innermost).collect();
        if branches.iter().all(|branch| says_nothing_about_shape(branch)) && !schema.properties.is_empty() {
            return self.object(schema, here);
        }
        let is_tag =
            |name: &String| schema.discriminator.as_ref().is_some_and(|known| known.property == *name);
        let are_taken_in = branches.iter().all(|branch| self.takes_schema_in(branch, schema, 0));
        if !schema.properties.keys().all(is_tag) && !are_taken_in {
            if let Some(written_out) = self.document.schemas.distributed(&schema.pointer) {
                return self.union(written_out, here);
            }
            self.unsupported(&schema.pointer, "members beside alternatives have no type in the client yet");
            return Lowered::Use(Type::Json(Untyped::Unsupported));
        }
        let has_default = schema.discriminator.as_ref().is_some_and(|known| known.default.is_some());
        if let ([only], false) = (branches.as_slice(), has_default) {
            return self.lowered(only, here);
        }
        if let Some(values) = open_enumeration(&branches) {
            return Lowered::Definition(Shape::Enumeration(Enumeration { values }));
        }
        let tags = self.tags(schema, &branches);
        let mut variants = self.variants(&branches, tags.as_ref(), here);
        let default =
            tags.as_ref().and_then(|(member, _)| self.default_variant(schema, member, &mut variants));
        let tag = if let Some((member, _)) = tags {
            Tag::Member(member)
        } else {
            self.diags
                .note(Code::UntaggedUnion, &schema.pointer)
                .message("no member with a constant tells these alternatives apart")
                .help("the client takes the one that declares most of the members that are there");
            Tag::Shape
        };
        let membership = Membership::Needed;
        Lowered::Definition(Shape::Union(Union { variants, tag, membership, default }))
    }

    /// A variant for each branch, and for each value of a tag that the branch does not declare: its value is known by the variant alone.
    fn variants(
        &mut self,
        branches: &[&'d Schema],
        tags: Option<&(String, Vec<Vec<String>>)>,
        here: &Here,
    ) -> Vec<Variant> {
        let mut variants = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            let known = tags.and_then(|(member, tags)| Some((member, tags.get(index)?.as_slice())));
            let own = known.map_or(&[] as &[String], |(_, tags)| tags);
            let hint = own.first().cloned().unwrap_or_else(|| self.hint(branch, index));
            let typed = self.typed(branch, &here.step(Step::Variant(index, Some(hint.clone()))));
            let is_kept = known.is_none_or(|(member, _)| self.declares(branch, member, 0));
            if own.len() < 2 || is_kept {
                variants.push(Variant { hint, tags: own.to_vec(), ty: typed.ty });
                continue;
            }
            variants.extend(own.iter().map(|tag| Variant {
                hint: tag.clone(),
                tags: vec![tag.clone()],
                ty: typed.ty.clone(),
            }));
        }
        variants
    }

    /// Whether `base` is a part of a schema's `allOf`, at whatever depth.
    fn takes_schema_in(&self, schema: &'d Schema, base: &Schema, depth: usize) -> bool {
        let end = self.end_of_chain(schema);
        let mut parts = end.all_of.iter().filter(|_| depth < MOST_PARTS);
        parts.any(|part| {
            self.end_of_chain(part).pointer == base.pointer || self.takes_schema_in(part, base, depth + 1)
        })
    }

    /// Whether a schema or a part of it declares a member of that name.
    pub(super) fn declares(&self, schema: &'d Schema, member: &str, depth: usize) -> bool {
        let end = self.end_of_chain(schema);
        let mut parts = end.all_of.iter().filter(|_| depth < MOST_PARTS);
        end.properties.contains_key(member) || parts.any(|part| self.declares(part, member, depth + 1))
    }

    /// A list of JSON types: each is an alternative.
    pub(super) fn several_types(&mut self, types: TypeSet, schema: &'d Schema, here: &Here) -> Lowered {
        let mut variants = Vec::new();
        for ty in types.without_null().iter() {
            let name = type_name(ty);
            let index = variants.len();
            let here = here.step(Step::Variant(index, Some(name.to_owned())));
            let held = match self.of_type(ty, schema, &here) {
                Lowered::Use(ty) => ty,
                Lowered::Definition(shape) => {
                    let id = self.declare(&schema.pointer.child("type").child(name), here.origin());
                    if let Some(definition) = self.types.get_mut(id.index()) {
                        definition.shape = shape;
                        definition.docs = docs(schema);
                    }
                    Type::Named(id)
                }
            };
            variants.push(Variant { hint: name.to_owned(), tags: Vec::new(), ty: held });
        }
        let (tag, membership) = (Tag::Shape, Membership::Needed);
        Lowered::Definition(Shape::Union(Union { variants, tag, membership, default: None }))
    }

    /// The member that tells the branches apart, and its values for each of them.
    fn tags(&self, schema: &Schema, branches: &[&'d Schema]) -> Option<(String, Vec<Vec<String>>)> {
        if let Some(discriminator) = &schema.discriminator {
            let tags: Vec<Vec<String>> = branches
                .iter()
                .map(|branch| {
                    self.discriminator_values(branch, &discriminator.property, &discriminator.mapping)
                })
                .collect();
            if tags.iter().all(|tags| !tags.is_empty()) {
                return Some((discriminator.property.clone(), tags));
            }
        }
        let names = self.declared_names(branches.first()?, 0);
        names.into_iter().find_map(|name| {
            let constant = |branch: &&'d Schema| enumeration::constant(self.member_called(branch, name, 0)?);
            let values: Vec<String> = branches.iter().map(constant).collect::<Option<_>>()?;
            let distinct = values.iter().enumerate().all(|(at, value)| !values[..at].contains(value));
            distinct.then(|| (name.clone(), values.into_iter().map(|value| vec![value]).collect()))
        })
    }

    /// The names of the members that a schema or a part of it declares.
    fn declared_names(&self, schema: &'d Schema, depth: usize) -> Vec<&'d String> {
        let end = self.end_of_chain(schema);
        let parts = end.all_of.iter().filter(|_| depth < MOST_PARTS);
        end.properties.keys().chain(parts.flat_map(|part| self.declared_names(part, depth + 1))).collect()
    }

    /// The member of that name that a schema or a part of it declares.
    pub(in crate::lower) fn member_called(
        &self,
        schema: &'d Schema,
        name: &str,
        depth: usize,
    ) -> Option<&'d Schema> {
        let end = self.end_of_chain(schema);
        let mut parts = end.all_of.iter().rev().filter(|_| depth < MOST_PARTS);
        end.properties.get(name).or_else(|| parts.find_map(|part| self.member_called(part, name, depth + 1)))
    }

    /// OAS 3.0.4, Discriminator Object: the keys that map to the branch, else its constant, else its component's name.
    fn discriminator_values(
        &self,
        branch: &'d Schema,
        property: &str,
        mapping: &IndexMap<String, String>,
    ) -> Vec<String> {
        let target = self.target(named(branch)).map(|target| &target.pointer);
        let name = target.and_then(Pointer::last);
        let is_meant = |reference: &str| target.is_some_and(|target| resolve::mapped(reference) == *target);
        let mapped: Vec<String> =
            mapping.iter().filter(|(_, to)| is_meant(to)).map(|(value, _)| value.clone()).collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let constant = self.member_called(branch, property, 0).and_then(enumeration::constant);
        constant.or(name.map(std::borrow::Cow::into_owned)).into_iter().collect()
    }

    fn hint(&self, branch: &'d Schema, index: usize) -> String {
        if let Some(target) = self.target(named(branch)) {
            return target.pointer.last().map(std::borrow::Cow::into_owned).unwrap_or_default();
        }
        match (&branch.title, branch.types.single()) {
            (Some(title), _) => title.clone(),
            (None, Some(ty)) => type_name(ty).to_owned(),
            (None, None) => format!("variant {}", index + 1),
        }
    }
}

/// `anyOf: [{type: string}, {enum: [...]}]` lists known values of an open enumeration.
fn open_enumeration(branches: &[&Schema]) -> Option<EnumValues> {
    let free = |branch: &Schema| {
        branch.types.single() == Some(JsonType::String)
            && branch.enumeration.is_empty()
            && branch.reference.is_none()
    };
    if !branches.iter().any(|branch| free(branch)) {
        return None;
    }
    let mut values = IndexSet::new();
    for branch in branches.iter().filter(|branch| !free(branch)) {
        if branch.enumeration.is_empty() {
            return None;
        }
        for value in &branch.enumeration {
            values.insert(value.as_str()?.to_owned());
        }
    }
    (values.len() > 1).then_some(EnumValues::Strings(values.into_iter().collect()))
}

/// `anyOf: [{required: [a]}, {required: [b]}]` restricts an object that is described beside it.
fn says_nothing_about_shape(schema: &Schema) -> bool {
    schema.reference.is_none()
        && schema.properties.is_empty()
        && schema.items.is_none()
        && schema.prefix.is_empty()
        && schema.enumeration.is_empty()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && matches!(schema.types.single(), None | Some(JsonType::Object))
}

fn type_name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}
