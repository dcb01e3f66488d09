//! What the events of a stream tell (OAS 3.2.0, Special Considerations for `text/event-stream` Content).

use super::Lowering;
use super::medium::{self, Medium};
use super::schema::Here;
use crate::diag::Code;
use crate::model::{
    DataForm, EventData, Events, Membership, Scalar, Shape, Step, Tag, Type, Union, Untyped, Variant,
};
use crate::schema::{Additional, Content, JsonType, Schema};
use crate::source::{Pointer, Tree};

/// The members that an event can have (WHATWG HTML, section 9.2.6; OAS 3.2.0 has comments besides).
const EVENT: [&str; 5] = ["data", "event", "id", "retry", COMMENT];

/// The one that is no field, and whose name says nothing about what has it.
const COMMENT: &str = "comment";

/// The most schemas that one is made of.
const MOST_PARTS: usize = 64;

/// What a schema stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    /// `itemSchema`, which describes the event.
    Item,
    /// `schema`, which before OpenAPI 3.2 described the data, or an event, as its author liked.
    Whole,
}

/// One kind of the events of a stream.
struct Kind<'d> {
    /// What events of the kind are called; nothing for any that no other kind is called.
    names: Vec<&'d str>,
    /// The schema of their data, if it is described.
    data: Option<&'d Schema>,
}

impl<'d> Lowering<'d> {
    /// The events of a stream.
    pub(super) fn events(&mut self, place: &Pointer, here: &Here) -> Events {
        let Some(schema) = self.item_schema(place) else {
            return Events { data: EventData::Text, end: None };
        };
        if let Some(named) = self.named_events(schema, place, here) {
            return named;
        }
        let item = place.child("itemSchema");
        let keyword = if self.document.schemas.get(&item).is_some() { Keyword::Item } else { Keyword::Whole };
        if let Some(described) = self.described_data(schema, keyword) {
            // What nothing is said of is text, as the data of every event is.
            return self.events_of(&described, place, here, |lowering, data| {
                lowering.is_text(data) || lowering.is_silent(data)
            });
        }
        if keyword == Keyword::Item {
            self.diags
                .note(Code::SchemaSpelling, &item)
                .message("an `itemSchema` describes the event, and this is none")
                .help("it is read as that of the data; put it into a member `data`, as a `contentSchema` if it is JSON");
        }
        self.events_of(&[schema], place, here, Self::is_text)
    }

    /// Events whose data is one of these; without content it is text if `is_text` says so.
    fn events_of(
        &mut self,
        described: &[&'d Schema],
        place: &Pointer,
        here: &Here,
        is_text: fn(&Self, &'d Schema) -> bool,
    ) -> Events {
        let all: Vec<&Schema> = described.iter().flat_map(|data| self.event_alternatives(data)).collect();
        let text = |known: &Schema| sole_text(self.end_of_chain(known));
        let end = all.iter().find_map(|known| text(known)).filter(|_| all.len() > 1);
        let is_rest = |known: &&Schema| end.is_none() || text(known) != end;
        let mut rest: Vec<&Schema> = all.into_iter().filter(is_rest).collect();
        rest.dedup_by_key(|known| self.told(Some(known)));
        let is_plain = |known: &&'d Schema| {
            self.content_of(known).map_or_else(|| is_text(self, known), |content| !is_json(content))
        };
        let data = match (described, rest.as_slice()) {
            (_, several) if several.iter().all(is_plain) => EventData::Text,
            (_, [only]) => self.event_data(only, here),
            (_, several) if several.iter().any(is_plain) => EventData::Any,
            ([only], several)
                if end.is_none() && several.iter().all(|known| self.content_of(known).is_none()) =>
            {
                self.event_data(only, here)
            }
            (_, _) => EventData::Json(self.untyped_item(place)),
        };
        Events { data, end }
    }

    /// The schemas of the data of each kind of event that has one; none if `schema` describes the data itself.
    fn described_data(&self, schema: &'d Schema, keyword: Keyword) -> Option<Vec<&'d Schema>> {
        let (base, own) = self.kinds_of_events(schema);
        let kinds: Vec<Vec<&Schema>> = own.into_iter().map(|own| [own, base.clone()].concat()).collect();
        let data: Vec<&Schema> =
            kinds.iter().filter_map(|parts| self.said_of_member(parts, "data")).collect();
        let is_event = match keyword {
            Keyword::Item => {
                let is_data = |data: &&Schema| self.is_text(data) || self.holds_content(data);
                let names: Vec<&str> = kinds.iter().flat_map(|parts| names(parts)).collect();
                names.iter().any(|name| EVENT.contains(name) && *name != COMMENT)
                    && (names.iter().all(|name| EVENT.contains(name)) || data.iter().any(is_data))
            }
            Keyword::Whole => kinds.iter().all(|parts| {
                let is_more = names(parts).any(|name| name != "data");
                let data = self.said_of_member(parts, "data");
                data.is_some_and(|data| is_more || self.holds_content(data))
                    && names(parts).all(|name| EVENT.contains(&name))
            }),
        };
        is_event.then_some(data)
    }

    /// The events of a stream whose item schema is a choice of events with names, of which not all tell the same.
    pub(super) fn named_events(
        &mut self,
        schema: &'d Schema,
        place: &Pointer,
        here: &Here,
    ) -> Option<Events> {
        let (base, own) = self.kinds_of_events(schema);
        let mut kinds: Vec<Kind<'d>> =
            own.iter().map(|own| self.event_kind(own, &base)).collect::<Option<_>>()?;
        let text = |kind: &Kind<'d>| kind.data.and_then(|data| sole_text(self.end_of_chain(data)));
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
    fn event_kind(&self, own: &[&'d Schema], base: &[&'d Schema]) -> Option<Kind<'d>> {
        let event = self.said_of_member(own, "event").map(|event| self.end_of_chain(event));
        let texts = event.map(|event| event.enumeration.iter().filter_map(Tree::as_str).collect());
        let called: Vec<&str> = texts.unwrap_or_default();
        let is_about_events = names(own).all(|name| EVENT.contains(&name))
            && (!called.is_empty() || self.said_of_member(own, "data").is_some());
        let data = || self.said_of_member(&[own, base].concat(), "data");
        let told = || data().filter(|data| !self.is_silent(data));
        is_about_events.then(|| Kind { names: called, data: told() })
    }

    /// The schemas that a schema of events is made of, and those of each kind of event, if it has several.
    fn kinds_of_events(&self, schema: &'d Schema) -> (Vec<&'d Schema>, Vec<Vec<&'d Schema>>) {
        let base = self.with_parts(schema);
        let branches = base.iter().flat_map(|part| part.one_of.iter().chain(&part.any_of));
        let own: Vec<Vec<&Schema>> = branches.map(|branch| self.with_parts(branch)).collect();
        if own.is_empty() { (Vec::new(), vec![base]) } else { (base, own) }
    }

    /// A schema and what its `$ref` and its `allOf` take in, however deep.
    fn with_parts(&self, schema: &'d Schema) -> Vec<&'d Schema> {
        let mut parts = vec![schema];
        let mut at = 0;
        while let Some(part) = parts.get(at).copied().filter(|_| at < MOST_PARTS) {
            parts.extend(self.chains.target(part).into_iter().chain(&part.all_of));
            at += 1;
        }
        parts
    }

    /// What schemas that hold together say of a member: the first that says more than that it is there or is text.
    fn said_of_member(&self, parts: &[&'d Schema], name: &str) -> Option<&'d Schema> {
        let all = || parts.iter().filter_map(|part| part.properties.get(name));
        let is_more = |known: &&Schema| {
            let is_plain = self.is_text(known) || self.is_silent(known);
            !is_plain || self.content_of(known).is_some() || !self.end_of_chain(known).enumeration.is_empty()
        };
        all().find(is_more).or_else(|| all().next())
    }

    /// The alternatives of a schema of data; itself if it has none.
    fn event_alternatives(&self, schema: &'d Schema) -> Vec<&'d Schema> {
        let end = self.end_of_chain(schema);
        let all: Vec<&Schema> = end.one_of.iter().chain(&end.any_of).collect();
        if all.is_empty() || self.content_of(schema).is_some() { vec![schema] } else { all }
    }

    /// What is said of the content of a text.
    fn content_of(&self, schema: &'d Schema) -> Option<&'d Content> {
        let contents = self.with_parts(schema).into_iter().map(|part| &*part.content);
        contents.into_iter().find(|content| content.media_type.is_some() || content.schema.is_some())
    }

    /// Whether something is said of the content of a text, or of one of several.
    fn holds_content(&self, schema: &'d Schema) -> bool {
        self.event_alternatives(schema).iter().any(|known| self.content_of(known).is_some())
    }

    /// Whether values of a schema are text.
    fn is_text(&self, schema: &'d Schema) -> bool {
        let is_text = |part: &&Schema| {
            let is_texts = part.enumeration.iter().all(|value| value.as_str().is_some());
            let is_open = part.types.is_empty() && !part.enumeration.is_empty();
            part.types.single() == Some(JsonType::String) || is_open && is_texts
        };
        self.with_parts(schema).iter().any(is_text)
    }

    /// Whether a schema says nothing of what its values are.
    fn is_silent(&self, schema: &'d Schema) -> bool {
        self.with_parts(schema).iter().all(|part| {
            let Schema { items, additional, prefix, properties, .. } = part;
            let is_simple = items.is_none() && prefix.is_empty() && properties.is_empty();
            let is_alone = part.one_of.is_empty() && part.any_of.is_empty() && part.enumeration.is_empty();
            let is_bare = part.content.media_type.is_none() && part.content.schema.is_none();
            part.types.is_empty()
                && is_simple
                && is_alone
                && is_bare
                && *additional == Additional::Unspecified
        })
    }

    fn event_data(&mut self, schema: &'d Schema, here: &Here) -> EventData {
        match self.content_of(schema) {
            Some(content) if !is_json(content) => EventData::Text,
            Some(Content { schema: Some(inner), .. }) => EventData::Json(self.typed(inner, here).into_type()),
            Some(Content { schema: None, .. }) => EventData::Json(Type::Json(Untyped::Anything)),
            None if self.is_text(schema) => EventData::Text,
            None if self.end_of_chain(schema).types.contains(JsonType::String) => EventData::Any,
            None => match self.typed(schema, here) {
                typed if typed.ty == Type::Scalar(Scalar::String) => EventData::Text,
                typed => EventData::Json(typed.into_type()),
            },
        }
    }

    /// The place of what the data is when it is read.
    fn told(&self, data: Option<&'d Schema>) -> Option<&'d Pointer> {
        let data = data?;
        let content = self.content_of(data).and_then(|content| content.schema.as_deref());
        Some(&self.end_of_chain(content.unwrap_or(data)).pointer)
    }
}

fn names<'d>(parts: &[&'d Schema]) -> impl Iterator<Item = &'d str> {
    parts.iter().flat_map(|part| part.properties.keys()).map(String::as_str)
}

/// Whether a text whose content this is can be read as JSON.
fn is_json(content: &Content) -> bool {
    let is_json = |media_type: &String| medium::medium(media_type) == Medium::Json;
    content.encoding.is_none() && content.media_type.as_ref().is_none_or(is_json)
}

/// The one text that a schema allows.
fn sole_text(schema: &Schema) -> Option<String> {
    match schema.enumeration.as_slice() {
        [Tree::String(only)] => Some(only.to_string()),
        _ => None,
    }
}
