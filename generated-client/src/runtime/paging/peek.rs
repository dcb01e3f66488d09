//! Looks for a few places in the text of an answer.
//!
//! A pass over the body for itself, so that the types of pages need not say where their next page is. It keeps nothing but what
//! it looks for.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as _, Deserializer};

use super::super::next_key;
use super::{Next, Paging};

/// What an answer says about its page and the pages after it.
pub(super) struct Peek {
    /// For each of [`Paging::next`], what is at its place; absent for those that are not in the body.
    pub(super) next: Vec<Found>,
    pub(super) more: Found,
    pub(super) total: Option<u64>,
    pub(super) pages: Option<u64>,
    /// How many items there are; `None` if there is no list at their place.
    pub(super) items: Option<u64>,
}

/// What is at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Absent,
    Null,
    Boolean(bool),
    /// A string or a number; of an object, its `href`.
    Text(String),
    /// A list, or an object without `href`.
    Other,
}

/// Reads what `paging` names. Errors if `body` is no JSON, or nested deeper than 128 levels on the way to a place.
pub(super) fn peek(body: &[u8], paging: &Paging) -> Result<Peek, serde_json::Error> {
    let mut wanted = vec![(paging.items, Target::Items)];
    let mut last = Vec::new();
    let mut slots = 0;
    let mut slot = || {
        slots += 1;
        Target::Value(slots - 1)
    };
    for next in paging.next {
        match (next, slot()) {
            (Next::Value(pointer) | Next::Link { pointer, .. }, slot) => wanted.push((pointer, slot)),
            (Next::LastItem(pointer), slot) => last.push((*pointer, slot)),
            (Next::Header, _) => {}
        }
    }
    wanted.extend(paging.more.iter().chain(paging.total).chain(paging.pages).map(|place| (*place, slot())));
    let mut notes = Notes { found: vec![Found::Absent; slots], items: None, last };
    Node { wanted: &wanted, notes: &mut notes }
        .deserialize(&mut serde_json::Deserializer::from_slice(body))?;
    let Notes { found, items, .. } = notes;
    // One slot for each place, in this order.
    let (next, rest) = found.split_at(paging.next.len());
    let (more, rest) = rest.split_at(usize::from(paging.more.is_some()));
    let (total, pages) = rest.split_at(paging.total.len());
    let more = more.first().cloned().unwrap_or(Found::Absent);
    Ok(Peek { next: next.to_vec(), more, total: first_number(total), pages: first_number(pages), items })
}

fn first_number(found: &[Found]) -> Option<u64> {
    found.iter().find_map(|found| match found {
        Found::Text(text) => text.parse().ok(),
        Found::Absent | Found::Null | Found::Boolean(_) | Found::Other => None,
    })
}

/// The rest of a JSON pointer from a value on, and what is wanted there.
type Wanted = (&'static str, Target);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The value, for this slot of [`Notes::found`].
    Value(usize),
    /// The list of items.
    Items,
}

struct Notes {
    found: Vec<Found>,
    items: Option<u64>,
    /// What is wanted of the last item.
    last: Vec<Wanted>,
}

impl Notes {
    fn note(&mut self, target: Target, found: &Found) {
        let Target::Value(slot) = target else { return };
        if let Some(place) = self.found.get_mut(slot) {
            place.clone_from(found);
        }
    }
}

/// A value at or below which something is wanted.
struct Node<'w> {
    wanted: &'w [Wanted],
    notes: &'w mut Notes,
}

impl Node<'_> {
    /// The targets that are this very value.
    fn here(&self) -> Vec<Target> {
        self.wanted.iter().filter(|(rest, _)| rest.is_empty()).map(|(_, target)| *target).collect()
    }

    fn note(&mut self, found: &Found) {
        for target in self.here() {
            self.notes.note(target, found);
        }
    }

    /// What is wanted at or below the member or element of this name.
    fn below<'n>(&self, name: &'n str) -> impl Iterator<Item = Wanted> + use<'_, 'n> {
        self.wanted.iter().filter_map(|(rest, target)| Some((step(rest, name)?, *target)))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(mut self) -> Result<(), E> {
        self.note(&Found::Null);
        if self.here().contains(&Target::Items) {
            self.notes.items = Some(0);
        }
        Ok(())
    }

    fn visit_bool<E>(mut self, value: bool) -> Result<(), E> {
        self.note(&Found::Boolean(value));
        Ok(())
    }

    fn visit_u64<E>(mut self, value: u64) -> Result<(), E> {
        self.note(&Found::Text(value.to_string()));
        Ok(())
    }

    fn visit_i64<E>(mut self, value: i64) -> Result<(), E> {
        self.note(&Found::Text(value.to_string()));
        Ok(())
    }

    fn visit_f64<E>(mut self, value: f64) -> Result<(), E> {
        self.note(&Found::Text(value.to_string()));
        Ok(())
    }

    fn visit_str<E>(mut self, value: &str) -> Result<(), E> {
        self.note(&Found::Text(value.to_owned()));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        self.note(&Found::Other);
        let here = self.here();
        while let Some(name) = next_key(&mut members)? {
            let mut wanted: Vec<Wanted> = self.below(&name).collect();
            if name == "href" {
                wanted.extend(
                    here.iter().filter(|target| **target != Target::Items).map(|target| ("", *target)),
                );
            }
            if wanted.is_empty() {
                members.next_value::<IgnoredAny>()?;
            } else {
                members.next_value_seed(Node { wanted: &wanted, notes: self.notes })?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        self.note(&Found::Other);
        let items = self.here().contains(&Target::Items);
        let last = if items { self.notes.last.clone() } else { Vec::new() };
        let deeper = self.wanted.iter().any(|(rest, _)| !rest.is_empty());
        let mut wanted = last.clone();
        let mut count = 0_u64;
        loop {
            if deeper {
                wanted.truncate(last.len());
                wanted.extend(self.below(&count.to_string()));
            }
            let element = Element { wanted: &wanted, last: &last, notes: self.notes };
            if elements.next_element_seed(element)?.is_none() {
                break;
            }
            count += 1;
        }
        if items {
            self.notes.items = Some(count);
        }
        Ok(())
    }
}

/// An element of a list, where what was noted of the element before it is forgotten.
struct Element<'w> {
    wanted: &'w [Wanted],
    last: &'w [Wanted],
    notes: &'w mut Notes,
}

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        if self.wanted.is_empty() {
            return IgnoredAny::deserialize(source).map(|_| ());
        }
        for (_, target) in self.last {
            self.notes.note(*target, &Found::Absent);
        }
        Node { wanted: self.wanted, notes: self.notes }.deserialize(source)
    }
}

/// The rest of `pointer` below member `name`; `None` if it leads elsewhere (RFC 6901, section 4).
fn step(pointer: &'static str, name: &str) -> Option<&'static str> {
    let pointer = pointer.strip_prefix('/')?;
    let (token, rest) = pointer.split_at(pointer.find('/').unwrap_or(pointer.len()));
    let same =
        if token.contains('~') { token.replace("~1", "/").replace("~0", "~") == name } else { token == name };
    same.then_some(rest)
}
