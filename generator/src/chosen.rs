//! What `x-client` chooses for stages that do not know our words: names, and components that are one.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::analyze::Facts;
use crate::config::Config;
use crate::diag::{Code, Diagnostics};
use crate::model::Api;
use crate::name::Overrides;
use crate::source::Pointer;
use crate::words::{TypeKey, Words};

/// The names that the configuration and the document's words choose; the configuration's go before.
pub(crate) fn overrides(config: &Config, words: &Words) -> Overrides {
    let mut overrides = config.names.clone();
    let client = Pointer::root().child("x-client");
    for (key, name) in &words.client.type_names {
        let (key, place) = match key {
            TypeKey::Component(component) => (component.clone(), client.child("type_names").child(component)),
            TypeKey::Place(place) => (place.to_string(), client.child("type_names")),
        };
        say(&mut overrides.types, &mut overrides.places, (key, name), &place);
    }
    let rename = client.child("groups").child("rename");
    for (group, name) in &words.client.group_names {
        say(&mut overrides.groups, &mut overrides.places, (group.clone(), name), &rename.child(group));
    }
    overrides
}

fn say(
    names: &mut IndexMap<String, String>,
    places: &mut BTreeMap<String, Pointer>,
    (key, name): (String, &String),
    place: &Pointer,
) {
    if !names.contains_key(&key) {
        places.extend([(key.clone(), place.clone()), (name.clone(), place.clone())]);
        names.insert(key, name.clone());
    }
}

/// Reports components that are said to be the same and are not.
pub(crate) fn report_unequal(words: &Words, api: &Api, facts: &Facts, diags: &mut Diagnostics) {
    let place = Pointer::root().child("x-client").child("same_schema");
    for (at, set) in words.client.same_schema.iter().enumerate() {
        let known = |name: &String| api.component(name).map(|id| facts.canonical(id));
        let first = set.iter().find_map(known);
        let is_other = |name: &String| known(name).is_some_and(|id| Some(id) != first);
        for (index, name) in set.iter().enumerate().filter(|(_, name)| is_other(name)) {
            diags
                .error(Code::InvalidWord, &place.index(at).index(index))
                .message(format!("`{name}` has another shape than the first of the set"))
                .help("take it out of the set, or make the schemas alike; nothing is generated");
        }
    }
}
