//! Events whose name says what their data is (OAS 3.2.0, Special Considerations for `text/event-stream`).

use super::Lowering;
use super::content::{EVENT, sole_text};
use super::schema::Here;
use crate::model::{DataForm, EventData, Events, Membership, Scalar, Shape, Step, Tag, Type, Union, Variant};
use crate::schema::Schema;
use crate::source::{Pointer, Tree};

/// One kind of the events of a stream.
struct Kind<'d> {
    /// What events of the kind are called; nothing for any that no other kind is called.
    names: Vec<&'d str>,
    /// The schema of their data, if it is described.
    data: Option<&'d Schema>,
}

impl<'d> Lowering<'d> {
    /// The events of a stream whose item schema is a choice of events with names, of which not all tell the same.
    pub(super) fn named_events(
        &mut self,
        schema: &'d Schema,
        place: &Pointer,
        here: &Here,
    ) -> Option<Events> {
        let end = self.end_of_chain(schema);
        let branches = end.one_of.iter().chain(&end.any_of);
        let mut kinds: Vec<Kind<'d>> =
            branches.map(|branch| self.event_kind(branch, end)).collect::<Option<_>>()?;
        let text = |kind: &Kind<'d>| kind.data.and_then(sole_text);
        let last = kinds.iter().find_map(text).filter(|_| kinds.len() > 1);
        kinds.retain(|kind| last.is_none() || text(kind) != last);
        let mut targets: Vec<Option<&Pointer>> = kinds.iter().map(|kind| self.told(kind.data)).collect();
        targets.dedup();
        let nameless = kinds.iter().filter(|kind| kind.names.is_empty()).count();
        if targets.len() < 2 || nameless > 1 {
            return None;
        }
        let here = here.step(Step::Property("event".to_owned()));
        let place = place.child("itemSchema").child("data");
        if let Some(known) = self.by_pointer.get(&place) {
            return Some(Events { data: EventData::Named(Type::Named(*known)), end: last });
        }
        let id = self.declare(&place, here.origin());
        let (mut variants, mut forms) = (Vec::new(), Vec::new());
        for (at, kind) in kinds.iter().enumerate() {
            let hint = (*kind.names.first().unwrap_or(&"message")).to_owned();
            let here = here.step(Step::Variant(at, Some(hint.clone())));
            let (ty, form) = match kind.data.map(|data| self.event_data(data, &here)) {
                Some(EventData::Json(ty)) => (ty, DataForm::Json),
                Some(EventData::Text | EventData::Named(_) | EventData::Any) | None => {
                    (Type::Scalar(Scalar::String), DataForm::Text)
                }
            };
            let is_new = |name: &&&str| {
                variants.iter().all(|known: &Variant| known.tags.iter().all(|tag| tag != **name))
            };
            let tags = kind.names.iter().filter(is_new).map(|name| (*name).to_owned()).collect();
            variants.push(Variant { hint, tags, ty });
            forms.push(form);
        }
        let union = Union { variants, tag: Tag::Event(forms), membership: Membership::Needed, default: None };
        self.types[id.index()].shape = Shape::Union(union);
        Some(Events { data: EventData::Named(Type::Named(id)), end: last })
    }

    /// What an alternative says of an event; none if it is not about events.
    fn event_kind(&self, branch: &'d Schema, whole: &'d Schema) -> Option<Kind<'d>> {
        let parts = self.with_parts(branch);
        let is_event = |part: &&&Schema| part.properties.keys().all(|name| EVENT.contains(&name.as_str()));
        let said = |name: &str| parts.iter().find_map(|part| part.properties.get(name));
        let event = said("event").map(|event| self.end_of_chain(event));
        let texts = event.map(|event| event.enumeration.iter().filter_map(Tree::as_str).collect());
        let names: Vec<&str> = texts.unwrap_or_default();
        let data = said("data")
            .or_else(|| self.with_parts(whole).iter().find_map(|part| part.properties.get("data")));
        let is_about_events =
            parts.iter().all(|part| is_event(&part)) && (!names.is_empty() || said("data").is_some());
        is_about_events.then_some(Kind { names, data })
    }

    /// A schema and what its `allOf` takes in.
    fn with_parts(&self, schema: &'d Schema) -> Vec<&'d Schema> {
        let end = self.end_of_chain(schema);
        [end].into_iter().chain(end.all_of.iter().map(|part| self.end_of_chain(part))).collect()
    }

    /// The place of what the data is when it is read.
    fn told(&self, data: Option<&'d Schema>) -> Option<&'d Pointer> {
        let data = data?;
        let end = self.end_of_chain(data);
        let content = data.content.schema.as_ref().or(end.content.schema.as_ref());
        Some(&content.map_or(end, |content| self.end_of_chain(content)).pointer)
    }
}
