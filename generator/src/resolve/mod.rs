//! Follows `$ref`s to the right kind of object.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::ReferenceOr;

use crate::diag::{Code, Diagnostics};
use crate::dialect::Document;
use crate::schema::{Reference, Schema, Schemas};
use crate::source::Pointer;

/// Reports every `$ref` of a schema that leads nowhere, to another file, or round in a circle.
///
/// After it, without errors, [`Chains`] finds the end of every chain.
pub fn check_schemas(document: &Document, diags: &mut Diagnostics) {
    let mut check = Check { schemas: &document.schemas, sound: HashSet::new(), diags };
    for (_, schema) in document.schemas.iter() {
        check.within(schema);
    }
}

struct Check<'d> {
    schemas: &'d Schemas,
    /// Schemas whose chain of `$ref`s is known to end, so that each chain is walked once.
    sound: HashSet<&'d Pointer>,
    diags: &'d mut Diagnostics,
}

impl<'d> Check<'d> {
    fn within(&mut self, schema: &'d Schema) {
        match &schema.reference {
            Some(Reference::External(text)) => external(text, &schema.pointer.child("$ref"), self.diags),
            Some(Reference::Local(target)) if self.schemas.get(target).is_none() => {
                dangling(target, &schema.pointer.child("$ref"), self.diags);
            }
            Some(Reference::Local(target)) if self.is_circular(schema) => self
                .diags
                .error(Code::ReferenceCycle, &schema.pointer.child("$ref"))
                .message(format!("`{target}` leads back here, so this stands for no shape"))
                .help("give one of the schemas in the circle a shape of its own"),
            Some(Reference::Local(_)) | None => {}
        }
        self.mapping(schema);
        for child in schema.children() {
            self.within(child);
        }
    }

    /// What a discriminator maps its values to: references, or names of components.
    fn mapping(&mut self, schema: &Schema) {
        let Some(discriminator) = &schema.discriminator else { return };
        let place = schema.pointer.child("discriminator");
        for (value, target) in &discriminator.mapping {
            self.mapped(
                target,
                &place.child("mapping").child(value),
                &format!("`{value}` tells nothing apart"),
            );
        }
        if let Some(target) = &discriminator.default {
            self.mapped(target, &place.child("defaultMapping"), "other values are kept as JSON");
        }
    }

    fn mapped(&mut self, target: &str, place: &Pointer, otherwise: &str) {
        if self.schemas.get(&mapped(target)).is_none() {
            self.diags
                .warn(Code::IgnoredValue, place)
                .message(format!("`{target}` is no schema of this document"))
                .help(format!("{otherwise}; correct the reference or take it out"));
        }
    }

    fn is_circular(&mut self, start: &'d Schema) -> bool {
        let mut chain = IndexSet::from([&start.pointer]);
        let mut current = start;
        while let Some(Reference::Local(target)) = &current.reference {
            if self.sound.contains(target) {
                break;
            }
            if !chain.insert(target) {
                return *target == start.pointer;
            }
            match self.schemas.get(target) {
                Some(next) => current = next,
                None => break,
            }
        }
        self.sound.extend(chain);
        false
    }
}

/// What a discriminator means by `target`: a reference, or the name of a component (OAS 3.2.0, Discriminator Object).
pub(crate) fn mapped(target: &str) -> Pointer {
    Pointer::from_reference(target).unwrap_or_else(|| component_pointer("schemas", target))
}

/// Where chains of `$ref`s between schemas end, each chain walked once however many begin in it.
#[derive(Debug)]
pub struct Chains<'d> {
    schemas: &'d Schemas,
    ends: HashMap<&'d Pointer, End<'d>>,
}

/// The end of a chain of `$ref`s.
#[derive(Debug, Clone, Copy)]
pub struct End<'d> {
    /// The schema that refers to nothing.
    pub schema: &'d Schema,
    /// Whether a schema on the way, or the last, fulfils what was asked.
    pub holds: bool,
}

impl<'d> Chains<'d> {
    /// Walks all chains in `schemas`, which [`check_schemas`] found to be sound, and asks `holds` of every schema on them.
    pub fn new(schemas: &'d Schemas, holds: fn(&Schema) -> bool) -> Self {
        let mut ends: HashMap<&'d Pointer, End<'d>> = HashMap::new();
        for (_, start) in schemas.iter() {
            let mut way = vec![start];
            let mut end = loop {
                let Some(current) = way.last().copied() else { unreachable!("the way begins with a schema") };
                if let Some(known) = ends.get(&current.pointer) {
                    way.pop();
                    break *known;
                }
                match target(current, schemas) {
                    Some(next) => way.push(next),
                    None => break End { schema: current, holds: false },
                }
            };
            for schema in way.into_iter().rev() {
                end.holds |= holds(schema);
                ends.insert(&schema.pointer, end);
            }
        }
        Self { schemas, ends }
    }

    /// The schema that the `$ref` of `schema` points to.
    pub fn target(&self, schema: &Schema) -> Option<&'d Schema> {
        target(schema, self.schemas)
    }

    /// The end of the chain that begins at `schema`, a target of a `$ref` or a schema that is not inside another.
    pub fn end(&self, schema: &'d Schema) -> End<'d> {
        self.ends.get(&schema.pointer).copied().unwrap_or(End { schema, holds: false })
    }
}

fn target<'d>(schema: &Schema, schemas: &'d Schemas) -> Option<&'d Schema> {
    match &schema.reference {
        Some(Reference::Local(target)) => schemas.get(target),
        Some(Reference::External(_)) | None => None,
    }
}

/// The object that `reference` stands for, and where it is: itself, or the component its `$ref` leads to.
///
/// `kind` is the key in `components`. `None`, with a diagnostic, if it leads nowhere, elsewhere or round in a circle.
pub fn component<'d, T>(
    reference: &'d ReferenceOr<T>,
    place: &Pointer,
    kind: &str,
    components: &'d IndexMap<String, ReferenceOr<T>>,
    diags: &mut Diagnostics,
) -> Option<(&'d T, Pointer)> {
    let mut current = reference;
    let mut at = place.clone();
    for _ in 0..=components.len() {
        let text = match current {
            ReferenceOr::Item(item) => return Some((item, at)),
            ReferenceOr::Reference { reference } => reference,
        };
        let Some(target) = Pointer::from_reference(text) else {
            external(text, &at.child("$ref"), diags);
            return None;
        };
        let found = target.last().filter(|name| component_pointer(kind, name) == target);
        let Some(next) = found.and_then(|name| components.get(name.as_ref())) else {
            diags
                .error(Code::DanglingReference, &at.child("$ref"))
                .message(format!("the `{kind}` of the document have nothing at `{target}`"))
                .help("correct the pointer or add what it points to; nothing is generated");
            return None;
        };
        current = next;
        at = target;
    }
    diags
        .error(Code::ReferenceCycle, &place.child("$ref"))
        .message("this `$ref` leads back to itself")
        .help("give one of the components in the circle content of its own");
    None
}

fn component_pointer(kind: &str, name: &str) -> Pointer {
    Pointer::root().child("components").child(kind).child(name)
}

fn dangling(target: &Pointer, place: &Pointer, diags: &mut Diagnostics) {
    diags
        .error(Code::DanglingReference, place)
        .message(format!("the document has nothing at `{target}`"))
        .help("correct the pointer or add what it points to");
}

fn external(text: &str, place: &Pointer, diags: &mut Diagnostics) {
    if text.starts_with('#') {
        diags
            .error(Code::DanglingReference, place)
            .message(format!("`{text}` is no pointer into the document"))
            .help("pointers look like `#/components/schemas/name`; nothing is generated");
        return;
    }
    diags
        .error(Code::ExternalReference, place)
        .message(format!("`{text}` points out of the document"))
        .help("bundle the files into one document first");
}
