//! `x-client`: what holds for the client as a whole.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use indexmap::IndexMap;

use super::scope::{METHODS, Scope};
use super::value::{Members, Value};
use crate::diag::Diagnostics;
use crate::model::HttpMethod;
use crate::source::Pointer;

/// `x-client`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Client {
    /// `profile`: the conventions the whole API follows, if any.
    pub profile: Option<Profile>,
    /// `groups.rename`: names of groups, by tag or by the name the group would have.
    pub group_names: IndexMap<String, String>,
    /// `error.document`: the component schema in which the API answers errors.
    pub error_document: Option<String>,
    /// `same_schema`: sets of component schemas that are one type.
    pub same_schema: Vec<Vec<String>>,
    /// `type_names`: the names of types.
    pub type_names: IndexMap<TypeKey, String>,
    /// `id_names`: the names of the id types, by resource type.
    pub id_names: IndexMap<String, String>,
    /// `retry`: when a call is repeated.
    pub retry: Option<Retry>,
}

/// The conventions of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// `json-api`: <https://jsonapi.org/format/1.1/>.
    JsonApi,
}

/// What a chosen type name is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TypeKey {
    /// The component schema of this name.
    Component(String),
    /// The schema at this place of the document.
    Place(Pointer),
}

/// `x-client.retry`; what is absent is left to the runtime.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retry {
    /// `statuses`: after which a call with a method of `methods` is repeated.
    pub statuses: Vec<u16>,
    /// `methods`: which may be repeated.
    pub methods: Vec<HttpMethod>,
    /// `always`: the statuses after which any call is repeated.
    pub always: Vec<u16>,
    /// `max`: how many times at most.
    pub max: Option<u32>,
    /// `backoff`.
    pub backoff: Option<Backoff>,
    /// `idempotency_header`: the header that makes any request repeatable.
    pub idempotency_header: Option<String>,
}

/// The waits between tries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backoff {
    /// `initial_ms`: before the first repetition, in milliseconds.
    pub initial_ms: Option<u64>,
    /// `factor`: how many times as long each further wait is, from 1 to 100.
    pub factor: Option<u32>,
    /// `max_ms`: the longest, in milliseconds.
    pub max_ms: Option<u64>,
}

const MEMBERS: [&str; 7] = ["profile", "groups", "error", "same_schema", "type_names", "id_names", "retry"];

/// Reads `x-client`.
pub(super) fn read(scope: &Scope, diags: &mut Diagnostics) -> Client {
    let word = Value::member(scope.tree, &Pointer::root(), "x-client");
    let Some(members) = word.and_then(|word| word.members(&MEMBERS, diags)) else {
        return Client::default();
    };
    let profiles = [("json-api", Profile::JsonApi)];
    Client {
        profile: members.get("profile").and_then(|value| value.choice(&profiles, diags)),
        group_names: group_names(&members, diags),
        error_document: error_document(&members, scope, diags),
        same_schema: same_schema(&members, scope, diags),
        type_names: type_names(&members, scope, diags),
        id_names: id_names(&members, scope, diags),
        retry: members.get("retry").and_then(|value| retry(&value, diags)),
    }
}

fn group_names(client: &Members, diags: &mut Diagnostics) -> IndexMap<String, String> {
    let groups = client.get("groups").and_then(|groups| groups.members(&["rename"], diags));
    let rename = groups.and_then(|groups| groups.get("rename"));
    rename.map(|rename| rename.names_by_key(diags)).unwrap_or_default()
}

fn error_document(client: &Members, scope: &Scope, diags: &mut Diagnostics) -> Option<String> {
    let error = client.get("error")?.members(&["document"], diags)?;
    let document = error.wanted("document", diags)?;
    scope.component(&document, diags)
}

fn same_schema(client: &Members, scope: &Scope, diags: &mut Diagnostics) -> Vec<Vec<String>> {
    let mut sets = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let given = client.get("same_schema").map(|sets| sets.items(diags)).unwrap_or_default();
    for value in given {
        let component = |item: &Value, diags: &mut Diagnostics| {
            let name = item.tree.as_str().unwrap_or_default();
            if seen.contains(name) {
                item.invalid(format!("`{name}` is in another set"), "make one set of the two", diags);
                return None;
            }
            scope.component(item, diags)
        };
        let set = value.distinct(diags, component);
        if value.tree.as_list().is_some_and(|list| list.len() < 2) {
            value.invalid("a set of one schema says nothing", "name those it is the same as", diags);
        }
        seen.extend(set.iter().cloned());
        sets.push(set);
    }
    sets
}

fn id_names(client: &Members, scope: &Scope, diags: &mut Diagnostics) -> IndexMap<String, String> {
    let names = client.get("id_names");
    for (resource, value) in names.as_ref().map(|names| names.entries(diags)).into_iter().flatten() {
        scope.check_resource_type(&value, resource, diags);
    }
    names.map(|names| names.names_by_key(diags)).unwrap_or_default()
}

fn type_names(client: &Members, scope: &Scope, diags: &mut Diagnostics) -> IndexMap<TypeKey, String> {
    let entries = client.get("type_names").map(|names| names.entries(diags)).unwrap_or_default();
    let entry = |(key, value): (&str, Value)| {
        let name = value.name(diags)?;
        Some((type_key(key, &value, scope, diags)?, name.to_owned()))
    };
    entries.into_iter().filter_map(entry).collect()
}

fn type_key(key: &str, value: &Value, scope: &Scope, diags: &mut Diagnostics) -> Option<TypeKey> {
    let reference = if key.starts_with('#') { key.to_owned() } else { format!("#{key}") };
    if reference.starts_with("#/") {
        let place = Pointer::from_reference(&reference).filter(|place| scope.tree.at(place).is_some());
        if place.is_none() {
            value.dangling("schema at", key, "nothing is generated; correct the pointer", diags);
        }
        return place.map(TypeKey::Place);
    }
    let known = scope.has_component(key);
    if !known {
        value.dangling("component schema", key, "nothing is generated; correct the name", diags);
    }
    known.then(|| TypeKey::Component(key.to_owned()))
}

fn retry(value: &Value, diags: &mut Diagnostics) -> Option<Retry> {
    const RETRY: [&str; 6] = ["statuses", "methods", "always", "max", "backoff", "idempotency_header"];
    let members = value.members(&RETRY, diags)?;
    let methods = METHODS.each_ref().map(|(_, method)| (method.as_str(), method.clone()));
    let mut statuses = |key: &str| {
        let list = members.get(key);
        list.map(|list| list.distinct(diags, status)).unwrap_or_default()
    };
    Some(Retry {
        statuses: statuses("statuses"),
        always: statuses("always"),
        methods: members
            .get("methods")
            .map(|list| list.distinct(diags, |item, diags| item.choice(&methods, diags)))
            .unwrap_or_default(),
        max: members.get("max").and_then(|value| count(&value, 0..=1000, diags)),
        backoff: members.get("backoff").and_then(|value| backoff(&value, diags)),
        idempotency_header: members.get("idempotency_header").and_then(|value| value.header(diags)),
    })
}

fn status(value: &Value, diags: &mut Diagnostics) -> Option<u16> {
    value.whole(100..=599, diags).and_then(|status| u16::try_from(status).ok())
}

fn count(value: &Value, range: RangeInclusive<u64>, diags: &mut Diagnostics) -> Option<u32> {
    value.whole(range, diags).and_then(|count| u32::try_from(count).ok())
}

fn backoff(value: &Value, diags: &mut Diagnostics) -> Option<Backoff> {
    let members = value.members(&["initial_ms", "factor", "max_ms"], diags)?;
    let milliseconds = 0..=24 * 60 * 60 * 1000;
    Some(Backoff {
        initial_ms: members.get("initial_ms").and_then(|value| value.whole(milliseconds.clone(), diags)),
        factor: members.get("factor").and_then(|value| count(&value, 1..=100, diags)),
        max_ms: members.get("max_ms").and_then(|value| value.whole(milliseconds, diags)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Backoff, Profile, TypeKey};
    use crate::model::HttpMethod;
    use crate::words::testing::{complaints, words};

    const SCHEMAS: &str = "components: {schemas: {Problem: {}, Fault: {}, Pet: {x-resource-type: pets, properties: {toy: {}}}}}\n";

    #[test]
    fn every_member_is_read() {
        let client = words(&format!(
            "{SCHEMAS}x-client:\n  profile: json-api\n  groups: {{rename: {{pet store: pets}}}}\n  \
             error: {{document: Problem}}\n  same_schema: [[Problem, Fault]]\n  \
             type_names: {{Pet: Animal, /components/schemas/Pet/properties/toy: Toy}}\n  id_names: {{pets: PetId}}\n",
        ))
        .client;
        assert_eq!(client.profile, Some(Profile::JsonApi));
        assert_eq!(client.group_names["pet store"], "pets");
        assert_eq!(client.error_document.as_deref(), Some("Problem"));
        assert_eq!(client.same_schema, [["Problem", "Fault"]]);
        assert_eq!(client.type_names[&TypeKey::Component("Pet".to_owned())], "Animal");
        assert_eq!(client.type_names.values().collect::<Vec<_>>(), ["Animal", "Toy"]);
        assert_eq!(client.id_names["pets"], "PetId");
    }

    #[test]
    fn rules_of_repetition_are_read() {
        let retry = words(
            "x-client: {retry: {statuses: [503], methods: [GET, PUT], always: [429], max: 2, \
             backoff: {initial_ms: 250, factor: 3}, idempotency_header: Idempotency-Key}}",
        );
        let retry = retry.client.retry.unwrap();
        assert_eq!((retry.statuses, retry.always, retry.max), (vec![503], vec![429], Some(2)));
        assert_eq!(retry.methods, [HttpMethod::Get, HttpMethod::Put]);
        assert_eq!(retry.backoff, Some(Backoff { initial_ms: Some(250), factor: Some(3), max_ms: None }));
        assert_eq!(retry.idempotency_header.as_deref(), Some("Idempotency-Key"));
    }

    #[test]
    fn what_is_named_has_to_be_there() {
        let said = complaints(&format!(
            "{SCHEMAS}x-client: {{profile: json-api, id_names: {{dogs: Dog}}, error: {{document: Problme}}, same_schema: [[Pet, Dog], [Pet, Fault]], \
             type_names: {{'#/components/schemas/Cat': Cat, Dog: Hound}}}}\n",
        ));
        assert_eq!(
            said,
            [
                "dangling-word #/x-client/error/document: there is no component schema `Problme`",
                "dangling-word #/x-client/same_schema/0/1: there is no component schema `Dog`",
                "invalid-word #/x-client/same_schema/1/0: `Pet` is in another set",
                "dangling-word #/x-client/type_names/#~1components~1schemas~1Cat: there is no schema at `#/components/schemas/Cat`",
                "dangling-word #/x-client/type_names/Dog: there is no component schema `Dog`",
                "dangling-word #/x-client/id_names/dogs: there is no resource type `dogs`",
            ]
        );
    }

    #[test]
    fn what_cannot_be_is_reported_where_it_stands() {
        let said = complaints(
            "x-client: {profile: hal, groups: [a], retry: {statuses: [42], methods: [get], max: -1, \
             backoff: {factor: 0.5}, idempotency_header: 'a b', delay: 1}}",
        );
        assert_eq!(
            said,
            [
                "invalid-word #/x-client/profile: `hal` is not understood here",
                "invalid-word #/x-client/groups: a mapping is wanted here, and this is a sequence",
                "invalid-word #/x-client/retry/delay: `delay` is no member of `retry`",
                "invalid-word #/x-client/retry/statuses/0: a whole number from 100 to 599 is wanted here, and this is `42`",
                "invalid-word #/x-client/retry/methods/0: `get` is not understood here",
                "invalid-word #/x-client/retry/max: a whole number from 0 to 1000 is wanted here, and this is `-1`",
                "invalid-word #/x-client/retry/backoff/factor: a whole number from 1 to 100 is wanted here, and this is `0.5`",
                "invalid-word #/x-client/retry/idempotency_header: `a b` is no name of a header",
            ]
        );
    }
}
