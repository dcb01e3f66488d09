//! What the values that calls send are held to: the rules of parameters and bodies, gathered from all schemas that describe them.

mod restricting;
mod text_form;

use std::collections::HashMap;

use indexmap::IndexMap;

use self::restricting::only_what_restricts;
use super::{Lowering, json_kind};
use crate::diag::Code;
use crate::model::{
    BodyKind, CallRules, Comparison, FormPart, JsonKind, Measure, MemberDirection, Operation, OperationId,
    Parameter, ParameterRole, ParameterRules, PartContent, Restriction, Rule, Rules, RulesId, SharedRules,
    TextForm,
};
use crate::schema::{Additional, JsonType, Limit, Restrictions, Schema};
use crate::source::{NumberValue, Pointer, Tree};

/// How deep schemas that stand in each other are looked into.
const MOST_DEEP: usize = 32;

/// The rules so far.
#[derive(Default)]
struct Gathered<'d> {
    shared: Vec<SharedRules>,
    by_pointer: HashMap<&'d Pointer, RulesId>,
    /// Schemas that have an id and whose rules are still to be read.
    open: Vec<(RulesId, &'d Schema)>,
}

impl<'d> Lowering<'d> {
    /// The rules of all operations.
    pub(super) fn rules(&mut self, operations: &[Operation]) -> Rules {
        let mut gathered = Gathered::default();
        let mut calls = Vec::new();
        for (at, operation) in operations.iter().enumerate() {
            let parameters = operation.parameters.iter();
            let parameters: Vec<_> =
                parameters.filter_map(|known| self.parameter_rules(known, &mut gathered)).collect();
            let bodies = self.body_rules(operation, &mut gathered);
            calls.push(CallRules { operation: OperationId::at(at), parameters, bodies });
        }
        while let Some((id, schema)) = gathered.open.pop() {
            let rules = self.rules_of(schema, 0, &mut gathered);
            gathered.shared[id.index()].rules = rules;
        }
        only_what_restricts(Rules { shared: gathered.shared, calls })
    }

    fn body_rules(&mut self, operation: &Operation, into: &mut Gathered<'d>) -> Vec<(String, Vec<Rule>)> {
        let document = self.document;
        let media = operation.body.iter().flat_map(|body| &body.media);
        let rules = media.filter_map(|media| {
            let schema = document.schemas.get(&media.pointer.child("schema"))?;
            let rules = match &media.kind {
                BodyKind::Json(_) | BodyKind::Parts(_) | BodyKind::Form(_) => self.rules_of(schema, 0, into),
                BodyKind::Text if self.end_of_chain(schema).types.single() == Some(JsonType::String) => {
                    self.rules_of(schema, 0, into)
                }
                BodyKind::Multipart(parts) => self.rules_of_parts(schema, parts, into),
                BodyKind::Text
                | BodyKind::Lines(_)
                | BodyKind::Xml(..)
                | BodyKind::Bytes
                | BodyKind::Range => return None,
            };
            Some((media.media_type.clone(), rules))
        });
        rules.collect()
    }

    /// The rules of parts that are values, each for itself: a body whose other parts are files is never there as one value.
    fn rules_of_parts(
        &mut self,
        schema: &'d Schema,
        parts: &[FormPart],
        into: &mut Gathered<'d>,
    ) -> Vec<Rule> {
        let mut described = IndexMap::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            let schema = self.end_of_chain(schema);
            if described.insert(&schema.pointer, schema).is_none() {
                open.extend(&schema.all_of);
            }
        }
        let mut rules = Vec::new();
        for (name, member) in described.into_values().flat_map(|schema| &schema.properties) {
            let part = parts.iter().find(|part| part.name == *name);
            let of = part.map(|part| self.part_rules(member, part, into)).unwrap_or_default();
            rules.extend(not_empty(of).map(|of| Rule::Member(name.clone(), of)));
        }
        rules
    }

    fn part_rules(&mut self, schema: &'d Schema, part: &FormPart, into: &mut Gathered<'d>) -> Vec<Rule> {
        match &part.content {
            PartContent::Value(_) => self.rules_of(schema, 0, into),
            PartContent::File | PartContent::Files => Vec::new(),
            PartContent::Multipart(inner) => self.rules_of_parts(schema, inner, into),
            PartContent::Multiparts(inner) => {
                let item = self.end_of_chain(schema).items.as_deref();
                let of = item.map(|item| self.rules_of_parts(item, inner, into)).unwrap_or_default();
                not_empty(of).map(Rule::Each).into_iter().collect()
            }
        }
    }

    fn parameter_rules(&mut self, parameter: &Parameter, into: &mut Gathered<'d>) -> Option<ParameterRules> {
        let schema = self.document.schemas.get(&parameter.schema);
        let schema = schema.filter(|_| parameter.role == ParameterRole::Value)?;
        let (form, kind) = self.text_form(parameter).unwrap_or((TextForm::Passed, JsonKind::String));
        Some(ParameterRules {
            location: parameter.location,
            name: parameter.name.clone(),
            written: form,
            is_number: matches!(kind, JsonKind::Integer | JsonKind::Number),
            rules: self.rules_of(schema, 0, into),
        })
    }

    /// The rules of a schema, without those of alternatives that say no more than what they are.
    fn rules_of(&mut self, schema: &'d Schema, depth: usize, into: &mut Gathered<'d>) -> Vec<Rule> {
        if depth > MOST_DEEP {
            return Vec::new();
        }
        let mut rules = Vec::new();
        if let Some(target) = self.chains.target(schema) {
            rules.push(Rule::Like(into.id(target)));
        }
        for part in &schema.all_of {
            rules.extend(self.rules_of(part, depth + 1, into));
        }
        rules.extend(self.runnable(schema).into_iter().chain(one_of(schema)).map(Rule::Own));
        for (name, member) in &schema.properties {
            if self.is_read_only(member) {
                continue;
            }
            let member = self.rules_of(member, depth + 1, into);
            rules.extend(not_empty(member).map(|of| Rule::Member(name.clone(), of)));
        }
        if let Additional::Schema(others) = &schema.additional
            && schema.patterns.is_empty()
            && is_about_all_others(schema, others)
        {
            let others = self.rules_of(others, depth + 1, into);
            let known = || schema.properties.keys().cloned().collect();
            rules.extend(not_empty(others).map(|of| Rule::Others(known(), of)));
        }
        for (pattern, members) in schema.patterns.iter().filter(|(pattern, _)| is_runnable(pattern)) {
            let members = self.rules_of(members, depth + 1, into);
            rules.extend(not_empty(members).map(|of| Rule::Matching(pattern.clone(), of)));
        }
        rules.extend(self.rules_of_items(schema, depth, into));
        let default = self.default_of(schema).filter(|_| self.has_default(schema));
        for alternatives in [&schema.one_of, &schema.any_of].into_iter().filter(|all| !all.is_empty()) {
            let alternative = |known: &'d Schema| {
                let mut rules = self.guards(known);
                rules.extend(self.rules_of(known, depth + 1, into));
                rules
            };
            let mut all: Vec<_> = alternatives.iter().chain(default).map(alternative).collect();
            all.extend(schema.is_nullable().then(|| vec![Rule::Kind(vec![JsonKind::Null])]));
            rules.push(Rule::Any(all));
        }
        rules.shrink_to_fit();
        rules
    }

    fn rules_of_items(&mut self, schema: &'d Schema, depth: usize, into: &mut Gathered<'d>) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (at, item) in schema.prefix.iter().enumerate() {
            let item = self.rules_of(item, depth + 1, into);
            rules.extend(not_empty(item).map(|of| Rule::Item(at, of)));
        }
        if let Some(items) = schema.items.as_deref().filter(|items| is_about_all_others(schema, items)) {
            let items = self.rules_of(items, depth + 1, into);
            rules.extend(not_empty(items).map(|of| match schema.prefix.len() {
                0 => Rule::Each(of),
                first => Rule::Rest(first, of),
            }));
        }
        rules.shrink_to_fit();
        rules
    }

    fn is_read_only(&self, member: &'d Schema) -> bool {
        self.direction(member) == MemberDirection::ReadOnly
    }

    /// What tells an alternative apart.
    fn guards(&self, schema: &'d Schema) -> Vec<Rule> {
        let end = self.end_of_chain(schema);
        let kinds: Vec<JsonKind> = end.types.iter().map(json_kind).collect();
        let kinds = Some(kinds).filter(|kinds| !kinds.is_empty()).map(Rule::Kind);
        let is_sent = |name: &&String| {
            let member = self.member_called(end, name, 0);
            !member.is_some_and(|member| self.is_read_only(member))
        };
        let required: Vec<String> = end.required.iter().filter(is_sent).cloned().collect();
        let required = Some(required).filter(|names| !names.is_empty()).map(Rule::Has);
        kinds.into_iter().chain(required).collect()
    }

    /// The restrictions of a schema; a regular expression that clients could not run is reported.
    fn runnable(&mut self, schema: &'d Schema) -> Vec<Restriction> {
        let mut known = restrictions(schema);
        let place = schema.pointer.child("pattern");
        if known.iter().any(|known| matches!(known, Restriction::Pattern(pattern) if !is_runnable(pattern))) {
            known.retain(|known| !matches!(known, Restriction::Pattern(_)));
            self.diags
                .note(Code::KeywordNotEnforced, &place)
                .message("this regular expression has what a client cannot look for")
                .help("it is documented and not checked");
        }
        known
    }
}

impl<'d> Gathered<'d> {
    fn id(&mut self, schema: &'d Schema) -> RulesId {
        if let Some(known) = self.by_pointer.get(&schema.pointer) {
            return *known;
        }
        let id = RulesId::at(self.shared.len());
        let hint = schema.pointer.tokens().last().unwrap_or_default().into_owned();
        self.shared.push(SharedRules { hint, rules: Vec::new() });
        self.by_pointer.insert(&schema.pointer, id);
        self.open.push((id, schema));
        id
    }
}

/// Whether `inner`, of an `unevaluated…` if not of other keywords, is about all that `schema` itself does not describe: what is
/// evaluated beside it is not known before there is a value.
fn is_about_all_others(schema: &Schema, inner: &Schema) -> bool {
    let is_unevaluated = inner.pointer.last().is_some_and(|keyword| keyword.starts_with("unevaluated"));
    let is_alone = schema.reference.is_none() && schema.conditional.is_empty();
    let parts = [&schema.all_of, &schema.one_of, &schema.any_of];
    !is_unevaluated || is_alone && parts.iter().all(|parts| parts.is_empty())
}

/// What a schema itself holds values to, as it is told to people.
pub(super) fn restrictions(schema: &Schema) -> Vec<Restriction> {
    let Some(known) = schema.restrictions.as_deref() else { return Vec::new() };
    let Restrictions { length, items, members, unique, pattern, least, most, multiple_of } = known;
    let counts = [(Measure::Characters, length), (Measure::Items, items), (Measure::Members, members)];
    let mut all = Vec::new();
    for (measure, count) in counts {
        all.extend(count.least.map(|least| Restriction::Fewest(measure, least)));
        all.extend(count.most.map(|most| Restriction::Most(measure, most)));
    }
    all.extend(unique.then_some(Restriction::Unique));
    let compares = |limits: &[Limit], within: Comparison, beyond: Comparison| {
        let one =
            |limit: &Limit| Restriction::Compares(if limit.exclusive { beyond } else { within }, limit.value);
        limits.iter().map(one).collect::<Vec<_>>()
    };
    all.extend(compares(least, Comparison::AtLeast, Comparison::MoreThan));
    all.extend(compares(most, Comparison::AtMost, Comparison::LessThan));
    all.extend(multiple_of.map(Restriction::MultipleOf));
    all.extend(pattern.clone().map(Restriction::Pattern));
    all.shrink_to_fit();
    all
}

/// The list of values, if they are texts, whole numbers and flags, and others are not expected.
pub(super) fn one_of(schema: &Schema) -> Option<Restriction> {
    let text = |value: &Tree| match value {
        Tree::String(_) | Tree::Bool(_) => value.scalar_text(),
        Tree::Number(number) => match number.value {
            NumberValue::Integer(whole) => Some(whole.to_string()),
            NumberValue::Float(_) => None,
        },
        Tree::Null | Tree::List(_) | Tree::Map(_) => None,
    };
    let values: Option<Vec<String>> = schema.enumeration.iter().map(text).collect();
    values.filter(|values| !values.is_empty() && schema.words.extensible.is_empty()).map(Restriction::OneOf)
}

/// Whether clients can look for a regular expression.
fn is_runnable(pattern: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok()
}

fn not_empty(rules: Vec<Rule>) -> Option<Vec<Rule>> {
    Some(rules).filter(|rules| !rules.is_empty())
}
