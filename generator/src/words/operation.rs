//! The words of operations.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::effect::Unfitting;
use super::filter::{self, Filter, Grammars};
use super::page_styles::{self, Styles};
use super::pagination::Pagination;
use super::pattern::Patterns;
use super::scope::{METHODS, Scope};
use super::sort::{self, Include, Sort};
use super::value::{Value, listed};
use super::webhook::Webhooks;
use crate::diag::Diagnostics;
use crate::source::{Pointer, Tree};

/// The words of one operation, but for `x-name`, which the shell keeps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OperationWords {
    /// `x-pagination`: its own, the named style it uses, or the one named style that fits its parameters.
    pub pagination: Option<Pagination>,
    /// `x-filter`.
    pub filter: Option<Filter>,
    /// `x-sort` with `x-sort-default`.
    pub sort: Option<Sort>,
    /// `x-include`.
    pub include: Option<Include>,
    /// `x-fields`: the resource types whose members can be chosen; empty if not said.
    pub fields: Vec<String>,
    /// `x-linkage`: the resource type whose identifiers the operation takes and gives.
    pub linkage: Option<String>,
    /// `x-retry`: whether the operation may be repeated, whatever its method.
    pub retry: Option<bool>,
    /// `x-special-ids`: values of the path parameter that are no id of a resource but mean something.
    pub special_ids: Vec<String>,
    /// `x-sample-of`: the event whose payload the operation answers a sample of; one of [`Webhooks::events`].
    pub sample_of: Option<String>,
}

/// What the words of operations refer to.
struct Reader<'a, 't> {
    scope: &'a Scope<'t>,
    webhooks: &'a Webhooks,
    styles: Styles<'t>,
    grammars: Grammars<'t>,
    patterns: Patterns,
    unfitting: Unfitting,
}

/// Reads the words of every operation that has some.
pub(super) fn read(
    scope: &Scope,
    webhooks: &Webhooks,
    patterns: Patterns,
    diags: &mut Diagnostics,
) -> IndexMap<Pointer, OperationWords> {
    let styles = page_styles::styles(scope.tree, diags);
    let grammars = filter::grammars(scope.tree, diags);
    let mut reader = Reader { scope, webhooks, styles, grammars, patterns, unfitting: Unfitting::default() };
    let mut operations = IndexMap::new();
    let root = Pointer::root().child("paths");
    for (path, item) in scope.tree.get("paths").and_then(Tree::as_map).into_iter().flatten() {
        if !path.starts_with('/') {
            continue;
        }
        let place = root.child(path);
        for (operation, place) in operations_of(item, &place) {
            let words = reader.operation(item, operation, &place, diags);
            if words != OperationWords::default() {
                operations.insert(place, words);
            }
        }
    }
    reader.unfitting.report(diags);
    operations
}

/// The operations of a path item, those of `additionalOperations` too.
fn operations_of<'t>(item: &'t Tree, place: &Pointer) -> Vec<(&'t Tree, Pointer)> {
    let members = |tree: &'t Tree| tree.as_map().into_iter().flatten();
    let known = members(item).filter(|(key, _)| METHODS.iter().any(|(method, _)| **key == *method));
    let known = known.map(|(key, operation)| (operation, place.child(key)));
    let more = place.child("additionalOperations");
    let others = item.get("additionalOperations").into_iter().flat_map(members);
    let others = others.map(|(key, operation)| (operation, more.child(key)));
    known.chain(others).filter(|(operation, _)| operation.as_map().is_some()).collect()
}

impl<'t> Reader<'_, 't> {
    fn operation(
        &mut self,
        item: &'t Tree,
        operation: &'t Tree,
        place: &Pointer,
        diags: &mut Diagnostics,
    ) -> OperationWords {
        let word = |name: &str| Value::member(operation, place, name);
        let (scope, patterns) = (self.scope, &mut self.patterns);
        let filter =
            word("x-filter").and_then(|word| filter::read(&word, &self.grammars, scope, patterns, diags));
        if let (Some(word), Some(filter)) = (word("x-filter"), &filter) {
            let queries: HashSet<&str> =
                [item, operation].into_iter().flat_map(|it| self.queries(it)).collect();
            self.unfitting.meet(&word, filter, &queries);
        }
        OperationWords {
            filter,
            pagination: self.pagination(item, operation, place, diags),
            sort: sort::sort(word("x-sort").as_ref(), word("x-sort-default").as_ref(), diags),
            include: word("x-include").and_then(|word| sort::include(&word, diags)),
            fields: word("x-fields").map(|word| self.scope.resource_types(&word, diags)).unwrap_or_default(),
            linkage: word("x-linkage").and_then(|word| self.scope.resource_type(&word, diags)),
            retry: word("x-retry").and_then(|word| word.boolean(diags)),
            special_ids: word("x-special-ids").map(|word| word.some_scalars(diags)).unwrap_or_default(),
            sample_of: word("x-sample-of").and_then(|word| self.event(&word, diags)),
        }
    }

    fn pagination(
        &self,
        item: &'t Tree,
        operation: &'t Tree,
        place: &Pointer,
        diags: &mut Diagnostics,
    ) -> Option<Pagination> {
        if let Some(word) = Value::member(operation, place, "x-pagination") {
            return page_styles::of_operation(&word, &self.styles, diags);
        }
        if self.styles.is_empty() {
            return None;
        }
        let queries: HashSet<&str> = [item, operation].into_iter().flat_map(|it| self.queries(it)).collect();
        page_styles::fitting(place, &queries, &self.styles, diags)
    }

    /// The names of the query parameters that a path item or an operation declares.
    fn queries(&self, of: &'t Tree) -> impl Iterator<Item = &'t str> {
        let parameters = of.get("parameters").and_then(Tree::as_list).unwrap_or_default();
        parameters.iter().filter_map(|tree| {
            let parameter = self.scope.followed(Value { tree, place: Pointer::root() })?.tree;
            let text = |key: &str| parameter.get(key).and_then(Tree::as_str);
            (text("in") == Some("query")).then(|| text("name"))?
        })
    }

    fn event(&self, word: &Value, diags: &mut Diagnostics) -> Option<String> {
        let name = word.name(diags)?;
        let events = &self.webhooks.events;
        if !events.contains_key(name) {
            let help = format!("`x-webhooks` has {}", listed(events.keys().map(String::as_str)));
            word.dangling("event", name, help, diags);
        }
        events.contains_key(name).then(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Pointer;
    use crate::words::testing::{operation, operation_complaints, words};

    const RESOURCES: &str = "x-client: {profile: json-api}\ncomponents: {schemas: {pet: {x-resource-type: pets}}}\n\
        x-webhooks: {sold: {post: {}, x-payload: [pets]}}\n";

    #[test]
    fn the_words_of_a_single_value_are_read() {
        let words = operation(
            RESOURCES,
            "{x-linkage: pets, x-fields: [pets], x-retry: true, x-special-ids: [me, 0], x-sample-of: sold}",
        );
        assert_eq!(words.linkage.as_deref(), Some("pets"));
        assert_eq!(words.fields, ["pets"]);
        assert_eq!(words.retry, Some(true));
        assert_eq!(words.special_ids, ["me", "0"]);
        assert_eq!(words.sample_of.as_deref(), Some("sold"));
    }

    #[test]
    fn resource_types_are_known_as_soon_as_one_is() {
        let said = operation_complaints(RESOURCES, "{x-linkage: dogs, x-fields: [pets, cats]}");
        assert_eq!(
            said,
            [
                "dangling-word #/paths/~1pets/get/x-fields/1: there is no resource type `cats`",
                "dangling-word #/paths/~1pets/get/x-linkage: there is no resource type `dogs`",
            ]
        );
        assert_eq!(operation("", "{x-linkage: dogs}").linkage.as_deref(), Some("dogs"));
    }

    #[test]
    fn operations_without_words_are_missing() {
        let words = words("paths: {/a: {get: {}, post: {x-retry: false}}, x-b: {get: {x-retry: true}}}");
        let places: Vec<_> = words.operations.keys().map(Pointer::as_str).collect();
        assert_eq!(places, ["/paths/~1a/post"]);
    }

    #[test]
    fn wrong_values_are_reported_where_they_stand() {
        let said = operation_complaints(
            RESOURCES,
            "{x-retry: 'yes', x-fields: pets, x-special-ids: [[]], x-linkage: ''}",
        );
        assert_eq!(
            said,
            [
                "invalid-word #/paths/~1pets/get/x-fields: a sequence is wanted here, and this is a string",
                "invalid-word #/paths/~1pets/get/x-linkage: a name is wanted here, and this is empty",
                "invalid-word #/paths/~1pets/get/x-retry: a boolean is wanted here, and this is a string",
                "invalid-word #/paths/~1pets/get/x-special-ids/0: a string, a number or a boolean is wanted here, and this is a sequence",
            ]
        );
    }
}
