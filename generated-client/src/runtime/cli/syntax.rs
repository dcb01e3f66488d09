//! JSON as it is given: whether it is JSON at all, and whether a member stands twice in it, of which one would be dropped.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::response::without_bom;

/// What is wrong with `given` as JSON, whatever value it is.
pub(super) fn wrong(given: &[u8]) -> Option<String> {
    if given.iter().all(u8::is_ascii_whitespace) {
        return Some("is empty".to_owned());
    }
    let read = serde_json::from_slice::<IgnoredAny>(without_bom(given));
    read.err().map(|error| format!("is not JSON: {error}"))
}

/// The place of a member in the JSON text `given` that stands beside another of the same name.
pub(super) fn repeated(given: &[u8]) -> Option<String> {
    let mut found = None;
    let names = Names { place: String::new(), found: &mut found };
    // What is no JSON is an error of reading.
    _ = names.deserialize(&mut serde_json::Deserializer::from_slice(without_bom(given)));
    found
}

/// Looks at the names of the members of a value and of those in it.
struct Names<'f> {
    place: String,
    found: &'f mut Option<String>,
}

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let place = format!("{}/{name}", self.place);
            if !names.insert(name) {
                self.found.get_or_insert_with(|| place.clone());
            }
            members.next_value_seed(Names { place, found: &mut *self.found })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut at = 0;
        while items
            .next_element_seed(Names { place: format!("{}/{at}", self.place), found: &mut *self.found })?
            .is_some()
        {
            at += 1;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
