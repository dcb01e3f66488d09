//! Parts without names (OAS 3.2.0, Encoding By Position): some that come first, and others that are all alike.

use super::Lowering;
use super::encoding::Composite;
use super::multipart::Described;
use super::schema::docs;
use crate::model::{FormPart, Member, PartPlace, Presence, Step, Type};
use crate::schema::Schema;

impl<'d> Lowering<'d> {
    /// The parts of what is a list, if it is one: those that have a schema of their own by their position, and what all others are.
    pub(super) fn positional_parts(&mut self, composite: &Composite<'d>) -> Option<Vec<FormPart>> {
        let mut parts = self.first_parts(composite);
        let first = parts.len();
        let place = composite.place.child("itemEncoding");
        if let Some(item) = self.other_items(composite) {
            let said = self.said(composite.encodings.of_rest, &place, composite);
            let here = composite.here.step(Step::Items);
            let ty = Type::List(Box::new(self.typed(item, &here).into_type()));
            let name = free_name("items".to_owned(), &parts);
            let member = Member { docs: docs(item), ..Member::of(&name, ty, Presence::Optional) };
            let described = Described { member, said, schema: Some(item), place: PartPlace::Rest };
            parts.push(self.form_part(described, &place, composite));
        }
        if parts.is_empty() {
            return None;
        }
        self.take_apart(composite.schema);
        if composite.encodings.of_rest.is_some() && parts.len() == first {
            self.report_encoding(&place, "the schema has no other items".to_owned());
        }
        self.report_names(composite, "parts that have positions have no names");
        Some(parts)
    }

    /// The schema of the items that have none of their own.
    fn other_items(&self, composite: &Composite<'d>) -> Option<&'d Schema> {
        composite.item.or_else(|| self.end_of_chain(composite.schema?).items.as_deref())
    }

    fn first_parts(&mut self, composite: &Composite<'d>) -> Vec<FormPart> {
        let whole = composite.schema.map(|whole| self.end_of_chain(whole));
        let first = whole.map_or(&[][..], |whole| &whole.prefix);
        // What is said of a position is said of an item like all others, where no schema is that position's alone.
        let said = composite.encodings.by_position.len().saturating_sub(first.len());
        let others = self.other_items(composite).into_iter().flat_map(|item| std::iter::repeat_n(item, said));
        let least = whole.and_then(|whole| whole.restrictions.as_ref()?.items.least).unwrap_or_default();
        let encodings = composite.place.child("prefixEncoding");
        let mut parts: Vec<FormPart> = Vec::new();
        for (at, schema) in first.iter().chain(others).enumerate() {
            let is_there = at < first.len() || u64::try_from(at).is_ok_and(|at| at < least);
            let presence = if is_there { Presence::Required } else { Presence::Optional };
            let place = encodings.index(at);
            let said = self.said(composite.encodings.by_position.get(at), &place, composite);
            let name = self.part_name(schema, &parts);
            let here = composite.here.step(Step::Property(name.clone()));
            let ty = self.typed(schema, &here).into_type();
            let member = Member { docs: docs(schema), ..Member::of(&name, ty, presence) };
            let described = Described { member, said, schema: Some(schema), place: PartPlace::At(at) };
            parts.push(self.form_part(described, &place, composite));
        }
        for at in parts.len()..if parts.is_empty() { 0 } else { composite.encodings.by_position.len() } {
            self.report_encoding(&encodings.index(at), "the schema has no item at this position".to_owned());
        }
        parts
    }

    /// What the client calls a part: by the title of its schema, or as the component is called.
    fn part_name(&self, schema: &'d Schema, before: &[FormPart]) -> String {
        let end = self.end_of_chain(schema);
        let title = schema.title.clone().filter(|title| !title.trim().is_empty());
        let wanted =
            title.or_else(|| end.component()).filter(|name| before.iter().all(|part| part.name != *name));
        wanted.unwrap_or_else(|| free_name(format!("part {}", before.len() + 1), before))
    }
}

/// A name that no part has: the one that is wanted, or that with a number.
fn free_name(wanted: String, before: &[FormPart]) -> String {
    let is_free = |name: &String| before.iter().all(|part| part.name != *name);
    let numbered = (2..).map(|number| format!("{wanted} {number}"));
    let free = std::iter::once(wanted.clone()).chain(numbered).find(is_free);
    free.unwrap_or(wanted)
}
