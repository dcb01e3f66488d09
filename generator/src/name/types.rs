//! The names of types: components keep theirs, inline ones are named after the way to them.

use std::collections::{BTreeMap, HashMap};

use super::group::Group;
use super::ident::{TypeName, VariantName};
use super::pins::Pins;
use super::scope::Scope;
use super::{OperationNames, Overrides, TypeNames, case, reserved};
use crate::analyze::{Direction, Facts, Hint};
use crate::diag::{Code, Diagnostics};
use crate::model::{Api, ChoiceKind, HttpMethod, Origin, Owner, ResourcePart, Role, Shape, TypeId};

pub(super) struct Allocator<'a> {
    api: &'a Api,
    facts: &'a Facts,
    overrides: &'a Overrides,
    pins: &'a Pins,
    diags: &'a mut Diagnostics,
    scope: Scope,
    given: Vec<Option<String>>,
    /// Names for what is sent that were given before.
    inputs: Vec<Option<String>>,
}

impl<'a> Allocator<'a> {
    pub(super) fn new(
        api: &'a Api,
        facts: &'a Facts,
        overrides: &'a Overrides,
        pins: &'a Pins,
        diags: &'a mut Diagnostics,
    ) -> Self {
        let given = vec![None; api.types.len()];
        let inputs = vec![None; api.types.len()];
        let has_resources = api.types.iter().any(|known| matches!(known.origin, Origin::Resource { .. }));
        let mut scope = Scope::new(reserved::TYPES);
        for name in reserved::JSON_API.iter().filter(|_| has_resources) {
            scope.take(name);
        }
        let mut allocator = Self { api, facts, overrides, pins, diags, scope, given, inputs };
        allocator.overridden();
        allocator
    }

    pub(super) fn diags(&mut self) -> &mut Diagnostics {
        self.diags
    }

    /// What the configuration names, by component or by pointer. A name for one of several merged types is theirs.
    fn overridden(&mut self) {
        for (key, name) in &self.overrides.types {
            let Some(id) = self.api.type_ids().find(|id| self.is_called(*id, key)) else {
                self.overrides.unused(self.diags, "type", key);
                continue;
            };
            let id = self.facts.canonical(id);
            if self.given[id.index()].as_ref() == Some(name) {
                continue;
            }
            if self.given[id.index()].is_none() && self.scope.take(name) {
                self.given[id.index()] = Some(name.clone());
            } else {
                self.overrides.invalid(self.diags, "type", name);
            }
        }
    }

    fn is_called(&self, id: TypeId, key: &str) -> bool {
        let definition = self.api.type_def(id);
        match &definition.origin {
            Origin::Component(name) if name == key => true,
            Origin::Resource { resource, part: ResourcePart::Itself, .. } if resource == key => true,
            _ => definition.pointer.to_string() == key,
        }
    }

    /// Components keep their names; those that are merged into another become other names for it.
    pub(super) fn components(&mut self) {
        for id in self.api.type_ids() {
            if let (Origin::Component(name), None) = (&self.api.type_def(id).origin, &self.given[id.index()])
            {
                let camel = case::camel(name, "Type");
                let schema = format!("{camel}Schema");
                let given = self.scope.give([camel.as_str(), schema.as_str()]);
                self.given[id.index()] = Some(given);
            }
        }
    }

    /// What the document names. A name for one of several merged types is theirs.
    pub(super) fn wanted(&mut self) {
        for id in self.api.type_ids() {
            let Some(name) = &self.api.type_def(id).wanted_name else { continue };
            let id = self.facts.canonical(id);
            if self.given[id.index()].is_none() {
                let name = case::camel(name, "Type");
                self.given[id.index()] = Some(self.scope.give([name.as_str()]));
            }
        }
    }

    /// What JSON:API, sorting, including and ids bring along is named after what it is about.
    pub(super) fn standing(&mut self) {
        for id in self.api.type_ids() {
            if self.given[id.index()].is_some() {
                continue;
            }
            let text = match &self.api.type_def(id).origin {
                Origin::Resource { thing, part, .. } => match part {
                    ResourcePart::Itself => thing.clone(),
                    ResourcePart::Id => format!("{thing} id"),
                    ResourcePart::Attributes => format!("{thing} attributes"),
                    ResourcePart::Relationships => format!("{thing} relationships"),
                    ResourcePart::Field => format!("{thing} field"),
                },
                Origin::Choice { thing, kind: ChoiceKind::Sort, .. } => format!("{thing} sort"),
                Origin::Choice { thing, kind: ChoiceKind::Include, .. } => format!("{thing} include"),
                Origin::Choice { thing, kind: ChoiceKind::Filter, .. } => thing.clone(),
                Origin::Id(name) => name.clone(),
                Origin::Component(_) | Origin::Inline { .. } => continue,
            };
            let name = case::camel(&text, "Type");
            self.given[id.index()] = Some(self.scope.give([name.as_str()]));
        }
    }

    /// What had a name keeps it, also from components that come later.
    pub(super) fn pinned(&mut self) {
        for id in self.api.type_ids() {
            let is_inline = matches!(self.api.type_def(id).origin, Origin::Inline { .. });
            if !is_inline && self.given[id.index()].is_none() {
                let pin = self.pins.types.get(&self.pointer(id)).filter(|name| self.scope.take(name));
                self.given[id.index()] = pin.cloned();
            }
        }
        for id in self.api.type_ids().filter(|id| self.facts.is_split(*id)) {
            let pin = self.pins.inputs.get(&self.pointer(id)).filter(|name| self.scope.take(name));
            self.inputs[id.index()] = pin.cloned();
        }
        for (id, sites) in &self.inline_classes() {
            if self.given[id.index()].is_some() {
                continue;
            }
            let pinned: Vec<&String> =
                sites.iter().filter_map(|site| self.pins.types.get(&self.pointer(*site))).collect();
            if let Some(name) = pinned.into_iter().find(|name| self.scope.take(name)) {
                self.given[id.index()] = Some(name.clone());
            }
        }
    }

    /// The other inline types, by rule.
    pub(super) fn inline(&mut self, operations: &[OperationNames], groups: &[Group]) {
        let classes = self.inline_classes();
        let owners = Owners::new(self.api, operations, groups);
        for (id, sites) in &classes {
            if self.given[id.index()].is_some() {
                continue;
            }
            let candidates = self.candidates(*id, sites, &owners);
            let given = self.scope.give(candidates.iter().map(String::as_str));
            if !candidates.contains(&given) {
                self.diags
                    .note(Code::NameCollision, &self.api.type_def(*id).pointer)
                    .message(format!("`{}` is taken", candidates.last().map_or("", String::as_str)))
                    .help(format!("the type is called `{given}`; choose another name in the configuration"));
            }
            self.given[id.index()] = Some(given);
        }
    }

    fn inline_classes(&self) -> BTreeMap<TypeId, Vec<TypeId>> {
        let mut classes: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for id in self.api.type_ids() {
            if let Origin::Inline { .. } = self.api.type_def(id).origin {
                classes.entry(self.facts.canonical(id)).or_default().push(id);
            }
        }
        classes
    }

    fn pointer(&self, id: TypeId) -> String {
        self.api.type_def(id).pointer.to_string()
    }

    /// Names for a class of twins, best first: what all ways to it end in, what it holds, then the whole first way.
    fn candidates(&self, id: TypeId, sites: &[TypeId], owners: &Owners<'_>) -> Vec<String> {
        let ways: Vec<Vec<String>> = sites
            .iter()
            .filter_map(|site| Some(owners.words(&Hint::of(&self.api.type_def(*site).origin)?)))
            .collect();
        let Some(first) = ways.first() else { return vec!["Inline".to_owned()] };
        let common = (1..=first.len())
            .take_while(|count| ways.iter().all(|way| way.ends_with(&first[first.len() - count..])))
            .last()
            .unwrap_or(0);
        let common = &first[first.len() - common..];
        let mut candidates = Vec::new();
        if !says_nothing(common) {
            candidates.push(case::camel(&common.join(" "), "Inline"));
        } else if let Some(name) = self.content_name(id, common) {
            candidates.push(name);
        }
        candidates.push(case::camel(&first.join(" "), "Inline"));
        candidates
    }

    /// A name for what holds one thing: `{data: Identifier}` is an `IdentifierData` wherever it stands, `{site: …}` among
    /// `relationships` is `SiteRelationships`.
    fn content_name(&self, id: TypeId, common: &[String]) -> Option<String> {
        let Shape::Object(object) = &self.api.type_def(id).shape else { return None };
        let [only] = object.members.as_slice() else { return None };
        let inner = only.ty.named().map(|inner| self.facts.canonical(inner));
        let is_component = |id: &TypeId| matches!(self.api.type_def(*id).origin, Origin::Component(_));
        let text = match inner.filter(is_component).and_then(|inner| self.given[inner.index()].as_ref()) {
            Some(inner) if common.is_empty() => format!("{inner} {}", only.name),
            Some(inner) => format!("{inner} {}", common.join(" ")),
            None if common.is_empty() => return None,
            None => format!("{} {}", only.name, common.join(" ")),
        };
        Some(case::camel(&text, "Inline"))
    }

    /// The union of what the API sends by itself, where that is not one type.
    pub(super) fn webhook(&mut self) -> (TypeName, Vec<VariantName>) {
        if self.api.webhooks.is_empty() {
            return (TypeName::new(String::new()), Vec::new());
        }
        let name = TypeName::new(self.scope.give(["Webhook", "WebhookRequest"]));
        let mut scope = Scope::new(reserved::VARIANTS);
        let events = self.api.webhooks.iter();
        let variants =
            events.map(|event| VariantName::new(scope.give([case::camel(&event.name, "Event").as_str()])));
        (name, variants.collect())
    }

    /// All names; a type that has a form for sending has a name for that too.
    pub(super) fn finish(mut self) -> Vec<TypeNames> {
        let mut names = Vec::with_capacity(self.given.len());
        for id in self.api.type_ids() {
            let canonical = self.facts.canonical(id);
            let own = self.given[id.index()].clone();
            let read = own.or_else(|| self.given[canonical.index()].clone()).unwrap_or_default();
            names.push(TypeNames { read: TypeName::new(read), write: None });
        }
        for id in self.api.type_ids() {
            if self.facts.is_split(id)
                && self.facts.direction(id) == Direction::Both
                && self.facts.canonical(id) == id
            {
                let input = format!("{}Input", names[id.index()].read);
                let pinned = self.inputs[id.index()].take();
                let given = pinned.unwrap_or_else(|| self.scope.give([input.as_str()]));
                names[id.index()].write = Some(TypeName::new(given));
            }
        }
        for id in self.api.type_ids() {
            let canonical = self.facts.canonical(id);
            if canonical != id {
                let write = names[canonical.index()].write.clone();
                names[id.index()].write = write;
            }
        }
        names
    }
}

/// Whether words tell only the part something plays, not what it is.
fn says_nothing(words: &[String]) -> bool {
    const PARTS: &[&str] = &[
        "attributes",
        "body",
        "config",
        "data",
        "info",
        "item",
        "meta",
        "object",
        "options",
        "params",
        "properties",
        "relationships",
        "request",
        "response",
        "result",
        "value",
    ];
    match words {
        [] => true,
        [only] => PARTS.contains(&only.as_str()),
        _ => false,
    }
}

/// The words of owners, operations by their given names.
struct Owners<'a> {
    names: HashMap<(&'a HttpMethod, &'a str), &'a OperationNames>,
    groups: &'a [Group],
}

impl<'a> Owners<'a> {
    fn new(api: &'a Api, operations: &'a [OperationNames], groups: &'a [Group]) -> Self {
        let mut names = HashMap::new();
        for (operation, given) in api.operations.iter().zip(operations) {
            names.entry((&operation.method, operation.path.as_str())).or_insert(given);
        }
        Self { names, groups }
    }

    fn words(&self, hint: &Hint<'_>) -> Vec<String> {
        let mut words: Vec<String> = match &hint.owner {
            Owner::Webhook(_) if hint.words.is_empty() => {
                hint.stem.iter().cloned().chain(["event".to_owned()]).collect()
            }
            Owner::Component(_) | Owner::Webhook(_) => hint.stem.clone(),
            Owner::Operation { method, path, role } => {
                self.operation(method, path, role, hint.words.is_empty())
            }
        };
        words.extend(hint.words.iter().cloned());
        words
    }

    /// `contacts create`, and `request` or `response` if the type is the whole of it.
    fn operation(&self, method: &HttpMethod, path: &str, role: &Role, whole: bool) -> Vec<String> {
        let Some(names) = self.names.get(&(method, path)) else { return Vec::new() };
        let mut words: Vec<String> =
            self.groups[names.group].module.as_str().split('_').map(str::to_owned).collect();
        words.extend(names.method.as_str().split('_').filter(|word| !word.is_empty()).map(str::to_owned));
        match role {
            Role::Body if whole => words.push("request".to_owned()),
            Role::Response(_) if whole => words.push("response".to_owned()),
            Role::Body | Role::Response(_) => {}
            Role::Parameter(name) => words.push(name.clone()),
        }
        words
    }
}
