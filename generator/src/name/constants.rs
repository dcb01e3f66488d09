//! The names of constants and statics: scopes, and what no caller sees: how bodies stand in XML, what stands in brackets, rules.

use std::collections::BTreeMap;

use super::case;
use super::ident::{ConstantName, TypeName};
use super::scope::Scope;
use crate::analyze::Facts;
use crate::model::{Api, TypeId};

/// The names of the scopes, in the order of the model.
///
/// They are in a module of their own; a script without capitals gives what is no name of a constant, but a name.
pub(super) fn scopes(api: &Api) -> Vec<ConstantName> {
    let mut scope = Scope::default();
    api.scopes().into_keys().map(|text| name(&mut scope, text, "scope")).collect()
}

/// The names of the nodes of XML, in the order of the model.
pub(super) fn xml(api: &Api) -> Vec<ConstantName> {
    let mut scope = Scope::default();
    api.xml.iter().map(|node| name(&mut scope, &node.name.local, "node")).collect()
}

/// The names of rules that others refer to, in the order of the model.
pub(super) fn rules(api: &Api) -> Vec<ConstantName> {
    // The list of the rules of calls stands beside them.
    let mut scope = Scope::new(&["calls"]);
    api.rules.shared.iter().map(|known| name(&mut scope, &known.hint, "rules")).collect()
}

/// The names of the objects whose fields stand in brackets; `type_name` is what the type is called.
pub(super) fn bracketed<'n>(
    facts: &Facts,
    type_name: impl Fn(TypeId) -> &'n TypeName,
) -> BTreeMap<TypeId, ConstantName> {
    let mut scope = Scope::default();
    let all = facts.bracketed().iter();
    all.map(|id| (*id, name(&mut scope, type_name(*id).as_str(), "fields"))).collect()
}

fn name(scope: &mut Scope, hint: &str, fallback: &str) -> ConstantName {
    let upper = case::snake(hint, fallback).to_uppercase();
    let upper = if case::is_identifier(&upper) { upper } else { fallback.to_uppercase() };
    ConstantName::new(scope.give([upper.as_str()]))
}
