//! What stands beside alternatives holds for each of them: `{A, oneOf: [B, C]}` to `{oneOf: [{allOf: [A, B]}, {allOf: [A, C]}]}`.
//!
//! The alternatives may be the schema's own or those of a part of its `allOf`, where that is written or behind a `$ref`. Only where all
//! are objects; what is something else stays as it is.

use std::collections::HashMap;

use super::{Additional, Discriminator, JsonType, Rare, Reference, Schema, Schemas};
use crate::source::Pointer;

/// How many references are followed from one to the next.
const MOST_REFERENCES: usize = 64;
/// How many parts of parts are looked at.
const MOST_PARTS: usize = 64;
/// How many alternatives are written out.
const MOST_ALTERNATIVES: usize = 64;
/// How many schemas there may be in what is written out, in all.
const MOST_SCHEMAS: usize = 200_000;

/// The schemas for which it can be done, each so written, by the places of what they are written for.
pub(super) fn distributed(schemas: &Schemas) -> HashMap<Pointer, Schema> {
    let mut found = HashMap::new();
    let mut left = MOST_SCHEMAS;
    for (_, schema) in schemas.iter() {
        within(schema, schemas, &mut left, &mut found);
    }
    found
}

/// How many schemas there are in it, itself among them.
fn size(schema: &Schema) -> usize {
    1 + schema.children().map(size).sum::<usize>()
}

fn is_plain(schema: &Schema) -> bool {
    schema.one_of.is_empty() && schema.any_of.is_empty()
}

fn within(schema: &Schema, schemas: &Schemas, left: &mut usize, found: &mut HashMap<Pointer, Schema>) {
    for child in schema.children() {
        within(child, schemas, left, found);
    }
    if found.contains_key(&schema.pointer) {
        return;
    }
    let flat = flat(schema, schemas);
    let taken_apart = taken_apart(flat.as_ref().unwrap_or(schema), schemas);
    let Some((alternatives, discriminator, rest)) = taken_apart else { return };
    let each: usize = rest.iter().map(size).sum();
    let all = alternatives.iter().map(|alternative| each + size(alternative)).sum::<usize>();
    let Some(rest_left) = left.checked_sub(all) else { return };
    *left = rest_left;
    let place = schema.pointer.child("alternative");
    let written_out = alternatives.into_iter().enumerate().map(|(at, alternative)| Schema {
        pointer: place.index(at),
        title: alternative.title.clone(),
        all_of: [rest.clone(), vec![alternative]].concat().into(),
        ..Schema::default()
    });
    let one_of = written_out.collect::<Vec<_>>().into();
    found.insert(schema.pointer.clone(), Schema { one_of, discriminator, ..bare(schema) });
}

/// The schema with the parts of its parts in their place, if alternatives are among those.
fn flat(schema: &Schema, schemas: &Schemas) -> Option<Schema> {
    let mut budget = MOST_PARTS;
    let is_nested =
        schema.all_of.iter().any(|part| has_alternatives_within(end(part, schemas), schemas, &mut budget));
    let mut all_of = Vec::new();
    let mut budget = MOST_PARTS;
    for part in schema.all_of.iter().filter(|_| is_nested) {
        flatten(part, schemas, &mut budget, &mut all_of)?;
    }
    is_nested.then(|| Schema { all_of: all_of.into(), ..schema.clone() })
}

/// Whether a part of a schema that is plain itself has alternatives.
fn has_alternatives_within(schema: &Schema, schemas: &Schemas, budget: &mut usize) -> bool {
    is_plain(schema)
        && schema.all_of.iter().any(|part| {
            let Some(left) = budget.checked_sub(1) else { return false };
            *budget = left;
            let part = end(part, schemas);
            !is_plain(part) || has_alternatives_within(part, schemas, budget)
        })
}

/// Adds `part`, or what it is made of where alternatives are in that; none if that is too much.
fn flatten(part: &Schema, schemas: &Schemas, budget: &mut usize, parts: &mut Vec<Schema>) -> Option<()> {
    *budget = budget.checked_sub(1)?;
    let end = end(part, schemas);
    let mut within = MOST_PARTS;
    if !has_alternatives_within(end, schemas, &mut within) {
        parts.push(part.clone());
        return Some(());
    }
    for inner in &end.all_of {
        flatten(inner, schemas, budget, parts)?;
    }
    if !end.properties.is_empty() || !end.required.is_empty() {
        parts.push(without_alternatives(end));
    }
    Some(())
}

/// Alternatives, how they are told apart, and what holds for each of them.
type TakenApart = (Vec<Schema>, Option<Box<Discriminator>>, Vec<Schema>);

fn taken_apart(schema: &Schema, schemas: &Schemas) -> Option<TakenApart> {
    if schema.all_of.is_empty() && (schema.properties.is_empty() || is_plain(schema)) {
        return None;
    }
    let has_own = !is_plain(schema);
    let with_alternatives = |part: &&Schema| !is_plain(end(part, schemas));
    let others: Vec<&Schema> = schema.all_of.iter().filter(with_alternatives).collect();
    let source = match (has_own, others.as_slice()) {
        (true, []) if !schema.properties.is_empty() || !schema.all_of.is_empty() => schema,
        (false, [only]) if schema.all_of.len() > 1 || !schema.properties.is_empty() => *only,
        _ => return None,
    };
    let described = end(source, schemas);
    let alternatives: Vec<Schema> = described.one_of.iter().chain(&described.any_of).cloned().collect();
    let is_object = |part: &Schema| {
        let part = end(part, schemas);
        let ty = part.types.single();
        let may_be = matches!(ty, None | Some(JsonType::Object)) && !part.is_nullable();
        let leads_back = part.all_of.iter().any(|inner| end(inner, schemas).pointer == schema.pointer);
        may_be
            && !leads_back
            && is_plain(part)
            && part.enumeration.is_empty()
            && part.items.is_none()
            && part.prefix.is_empty()
            && !part.is_false()
    };
    let says_something = |part: &Schema| {
        let part = end(part, schemas);
        !part.properties.is_empty() || !part.all_of.is_empty()
    };
    let is_fit = described.one_of.is_empty() != described.any_of.is_empty()
        && (2..=MOST_ALTERNATIVES).contains(&alternatives.len())
        && alternatives.iter().all(is_object)
        && alternatives.iter().any(says_something)
        && schema.all_of.iter().all(|part| std::ptr::eq(part, source) || is_object(part))
        && schema.enumeration.is_empty()
        && schema.reference.is_none()
        && matches!(schema.types.single(), None | Some(JsonType::Object));
    if !is_fit {
        return None;
    }
    let mut rest = Vec::new();
    for part in &schema.all_of {
        if !std::ptr::eq(part, source) {
            rest.push(part.clone());
        } else if !described.properties.is_empty() && source.reference.is_none() {
            rest.push(without_alternatives(described));
        }
    }
    let own = Some(without_alternatives(schema));
    rest.extend(own.filter(|own| !own.properties.is_empty() || !own.required.is_empty()));
    let behind =
        source.reference.is_some() && !(described.properties.is_empty() && described.all_of.is_empty());
    (!behind).then(|| (alternatives, described.discriminator.clone(), rest))
}

/// What a schema says of its members itself.
fn without_alternatives(schema: &Schema) -> Schema {
    Schema {
        title: None,
        description: None,
        all_of: Rare::default(),
        one_of: Rare::default(),
        any_of: Rare::default(),
        discriminator: None,
        ..schema.clone()
    }
}

/// What a schema says besides its members.
fn bare(schema: &Schema) -> Schema {
    Schema {
        properties: Rare::default(),
        required: Rare::default(),
        additional: Additional::Unspecified,
        patterns: Rare::default(),
        all_of: Rare::default(),
        any_of: Rare::default(),
        ..schema.clone()
    }
}

fn end<'s>(schema: &'s Schema, schemas: &'s Schemas) -> &'s Schema {
    let mut current = schema;
    for _ in 0..MOST_REFERENCES {
        let Some(Reference::Local(target)) = &current.reference else { break };
        let Some(next) = schemas.get(target) else { break };
        current = next;
    }
    current
}
