//! Words that are right and change nothing: what they need is missing.
//!
//! Only what the document itself shows is looked at; whether a word is spelt well and stands where it may is `survey`'s.

use std::collections::HashSet;

use super::client::{Client, Profile};
use super::filter::Filter;
use super::value::Value;
use crate::diag::{Code, Diagnostics};
use crate::source::{Pointer, Tree};

/// Words of operations that only the profile gives a meaning.
const OF_PROFILE: [&str; 2] = ["x-fields", "x-linkage"];

/// Reports the profile `json-api` without resources, of which `first_resource` is the first place that is one's.
pub(super) fn without_resources(client: &Client, first_resource: Option<&Pointer>, diags: &mut Diagnostics) {
    match (client.profile, first_resource) {
        (None, Some(place)) => report(place, "nothing says that the API follows JSON:API", diags),
        (Some(Profile::JsonApi), None) => {
            let place = Pointer::root().child("x-client").child("profile");
            report(&place, "no schema says which resources have its attributes", diags);
        }
        (Some(Profile::JsonApi), Some(_)) | (None, None) => {}
    }
}

/// Reports what needs the profile `json-api` in a document without it.
pub(super) fn without_profile(client: &Client, tree: &Tree, operations: &[Pointer], diags: &mut Diagnostics) {
    if client.profile == Some(Profile::JsonApi) {
        return;
    }
    let id_names = Pointer::root().child("x-client").child("id_names");
    let of_operations =
        operations.iter().flat_map(|place| OF_PROFILE.iter().map(move |word| place.child(word)));
    for place in std::iter::once(id_names).chain(of_operations) {
        if tree.at(&place).is_some() {
            let name = place.last().unwrap_or_default().into_owned();
            report(&place, format!("`{name}` has a meaning in the profile `json-api` only"), diags);
        }
    }
}

/// The parts of filters that fit no parameter so far. Operations often share an `x-filter`, so one that it fits is enough.
#[derive(Debug, Default)]
pub(super) struct Unfitting {
    fitting: HashSet<(&'static str, String)>,
    /// In document order.
    met: Vec<(&'static str, String, Pointer)>,
}

impl Unfitting {
    /// Notes the parts of the `filter` of an operation whose query parameters are `queries`.
    pub(super) fn meet(&mut self, word: &Value, filter: &Filter, queries: &HashSet<&str>) {
        let declared: Vec<&str> = queries.iter().filter_map(|name| filter.name.inner(name)).collect();
        for (pattern, _) in &filter.types {
            let attributes = filter.grammar.iter().flat_map(|grammar| grammar.attributes.keys());
            let others = filter.params.keys().chain(attributes).map(String::as_str);
            let fits = declared.iter().copied().chain(others).any(|name| pattern.matches(name));
            let place = word.place.child("types").child(pattern.as_str());
            self.note("types", pattern.as_str(), place, fits);
        }
        for name in filter.enums.keys() {
            let place = word.place.child("enums").child(name);
            self.note("enums", name, place, declared.contains(&name.as_str()));
        }
    }

    fn note(&mut self, of: &'static str, key: &str, place: Pointer, fits: bool) {
        if fits {
            self.fitting.insert((of, key.to_owned()));
        } else {
            self.met.push((of, key.to_owned(), place));
        }
    }

    /// Reports each part that fits nothing anywhere, where it stands first.
    pub(super) fn report(mut self, diags: &mut Diagnostics) {
        for (of, key, place) in std::mem::take(&mut self.met) {
            if self.fitting.insert((of, key.clone())) {
                report(&place, format!("no filter is called as `{key}` says"), diags);
            }
        }
    }
}

/// Reports a word or a part of one that changes nothing.
pub(super) fn report(place: &Pointer, message: impl Into<String>, diags: &mut Diagnostics) {
    diags
        .warn(Code::WordWithoutEffect, place)
        .message(message)
        .help("it changes nothing; remove it or add what it needs");
}
