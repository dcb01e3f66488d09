//! What a Rust value does not hold of the JSON it was read from.
//!
//! A typed value knows what is in an answer, and forgets how it was said: that an optional member was null and not absent, which
//! members there were beyond those that the API's description names, with which offset and how many digits an instant was
//! written. It is the value that is shown, and these are put back into it. So is the spelling into what is sent.

use std::collections::HashMap;
use std::iter::once;

use super::super::{Base64, Base64Url, Json, Timestamp};

/// What becomes of members that a typed value does not hold.
#[derive(Clone, Copy)]
enum Missing {
    PutBack,
    LeftOut,
}

/// Puts back into `shown`, which was written from a typed value, what that value does not hold of what `came`.
pub(super) fn keep(came: &Json, shown: &mut Json) {
    restore(came, shown, Missing::PutBack);
}

/// Spells the values in `sent`, which was written from a typed value, as they were in what was `given`.
pub(super) fn spell(given: &Json, sent: &mut Json) {
    restore(given, sent, Missing::LeftOut);
}

/// The texts of a body by what typed values may write for them; of several for which that is the same, the first one.
pub(super) struct Texts<'t>(HashMap<String, &'t str>);

impl<'t> Texts<'t> {
    /// Of texts in the order in which they came.
    pub(super) fn new(came: &[&'t str]) -> Self {
        let as_they_are = came.iter().map(|text| ((*text).to_owned(), *text));
        let mut texts: HashMap<_, _> = as_they_are.collect();
        for text in came {
            for written in rewritten(text) {
                texts.entry(written).or_insert(text);
            }
        }
        Self(texts)
    }

    /// Puts these texts in place of what `shown` has for them: the same instants and bytes in another spelling.
    pub(super) fn respell(&self, shown: &mut Json) {
        match shown {
            Json::String(text) => {
                let same = once(text.clone()).chain(rewritten(text)).find_map(|text| self.0.get(&text));
                if let Some(same) = same {
                    (*same).clone_into(text);
                }
            }
            Json::Array(items) => items.iter_mut().for_each(|item| self.respell(item)),
            Json::Object(members) => members.values_mut().for_each(|member| self.respell(member)),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}

/// How typed values write what `text` may be, an instant or bytes, where that is another text.
pub(super) fn rewritten(text: &str) -> impl Iterator<Item = String> {
    let instant = text.parse::<Timestamp>().ok().map(|instant| instant.to_string());
    let bytes = serde_json::from_value::<Base64>(text.into()).ok();
    let url_safe = bytes.as_ref().map(|bytes| Base64Url::from(bytes.to_vec()).to_string());
    let all = [instant, bytes.map(|bytes| bytes.to_string()), url_safe];
    all.into_iter().flatten().filter(move |written| written != text)
}

fn restore(first: &Json, last: &mut Json, missing: Missing) {
    match (first, last) {
        (Json::Object(first), Json::Object(last)) => {
            for (name, value) in first {
                match (last.get_mut(name), missing) {
                    (Some(last), _) => restore(value, last, missing),
                    (None, Missing::PutBack) => _ = last.insert(name.clone(), value.clone()),
                    (None, Missing::LeftOut) => {}
                }
            }
        }
        (Json::Array(first), Json::Array(last)) if first.len() == last.len() => {
            for (first, last) in first.iter().zip(last) {
                restore(first, last, missing);
            }
        }
        (Json::Number(first), Json::Number(last)) => {
            if first.as_f64().zip(last.as_f64()).is_some_and(|(first, last)| is_same_number(first, last)) {
                *last = first.clone();
            }
        }
        (Json::String(first), Json::String(last)) => {
            if first != last && is_same_text(first, last) {
                last.clone_from(first);
            }
        }
        (
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) | Json::Array(_),
            _,
        ) => {}
    }
}

/// Whether two numbers are one, as far as a number of single precision can tell.
#[allow(clippy::cast_possible_truncation, clippy::float_cmp, reason = "that is the question")]
fn is_same_number(first: f64, last: f64) -> bool {
    first == last || first as f32 == last as f32
}

/// Whether two texts are the same instant, or the same bytes as base64.
fn is_same_text(came: &str, shown: &str) -> bool {
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    let bytes = |text: &str| serde_json::from_value::<Base64>(text.into()).ok();
    match instant(shown) {
        Some(shown) => instant(came) == Some(shown),
        None => bytes(shown).is_some_and(|shown| bytes(came) == Some(shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, Texts};

    #[test]
    fn of_several_spellings_the_first_is_shown() {
        let offsets: Vec<String> =
            (1..20).map(|hour| format!("2024-01-01T{hour:02}:00:00+{hour:02}:00")).collect();
        let came: Vec<&str> = offsets.iter().map(String::as_str).chain(["-_8", "-_8=", "+/8"]).collect();
        let respelt = |text: &str| {
            let mut shown = Json::from(vec![text]);
            Texts::new(&came).respell(&mut shown);
            shown
        };
        for (text, expected) in [
            ("2024-01-01T00:00:00Z", came[0]),
            ("2024-01-01T00:00:00.000+00:00", came[0]),
            (came[5], came[5]),
            ("+/8=", "-_8"),
            ("other", "other"),
        ] {
            assert_eq!(respelt(text), Json::from(vec![expected]));
        }
    }
}
