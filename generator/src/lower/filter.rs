//! Filters with the types their values have (`x-filter`).

use super::Lowering;
use super::choice::query;
use super::media::Of;
use crate::model::{ChoiceKind, Integer, Parameter, Scalar, Type, Written};
use crate::words::{Filter, Grammar, OperatorKind, ValueType};

impl Lowering<'_> {
    /// Gives the declared filters their types and adds those that only the document's words name.
    pub(super) fn filtered(
        &mut self,
        parameters: &mut Vec<Parameter>,
        filter: &Filter,
        of: &Of<'_>,
        noun: &str,
    ) {
        let place = of.place.child("x-filter");
        for (inner, ty) in &filter.params {
            let name = filter.name.fill(&[("name", inner)]);
            let ty = self.value(ty, inner);
            set(query(parameters, &name, &place.child("params").child(inner)), ty);
        }
        for known in parameters.iter_mut() {
            let inner = filter.name.inner(&known.name).map(str::to_owned);
            let Some(inner) = inner.filter(|inner| !filter.params.contains_key(inner)) else { continue };
            if let Some(values) = filter.enums.get(&inner) {
                let place = place.child("enums").child(&inner);
                let thing = format!("{} {inner}", self.thing(noun));
                let choice = self.choice((noun, thing), ChoiceKind::Filter, &place, values);
                set(known, Type::Named(choice));
            } else if let Some(ty) = filter.value_type(&inner) {
                let ty = self.value(ty, &inner);
                set(known, ty);
            }
        }
        if let Some(grammar) = &filter.grammar {
            self.compared(parameters, grammar, of);
        }
    }

    /// `filter[site_id]` takes the id of a resource of the type `sites`, unless the document says otherwise.
    pub(super) fn filters_by_id(&self, parameters: &mut [Parameter]) {
        for known in parameters {
            let inner = known.name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix("_id]"));
            let is_text = matches!(known.ty, Type::Scalar(Scalar::String));
            let resource = inner.filter(|_| is_text).and_then(|thing| self.resource_called(thing));
            if let Some(id) = resource.and_then(|resource| self.id_of(resource)) {
                known.ty = id;
            }
        }
    }

    /// A parameter for each attribute and each operator that makes sense for it; one that is declared keeps the type it has.
    fn compared(&mut self, parameters: &mut Vec<Parameter>, grammar: &Grammar, of: &Of<'_>) {
        let place = of.place.child("x-filter").child("attributes");
        for (attribute, ty) in &grammar.attributes {
            for (operator, kind) in &grammar.operators {
                if *ty == ValueType::Boolean && matches!(kind, OperatorKind::Text | OperatorKind::Ord) {
                    continue;
                }
                let name = grammar.parameter.fill(&[("attribute", attribute), ("op", operator)]);
                let value = self.value(ty, attribute);
                let value = match kind {
                    OperatorKind::One | OperatorKind::Ord => value,
                    OperatorKind::Text => Type::Scalar(Scalar::String),
                    OperatorKind::Csv => Type::List(Box::new(value)),
                    OperatorKind::Bool => Type::Scalar(Scalar::Boolean),
                };
                set(query(parameters, &name, &place.child(attribute)), value);
            }
        }
    }

    /// The type of a value; of an id, the type of what `name` names.
    fn value(&self, ty: &ValueType, name: &str) -> Type {
        let id = |said: &Option<String>| {
            let about = name.trim_end_matches('s').trim_end_matches("id").trim_end_matches('_');
            let resource = match said {
                Some(said) => Some(said.as_str()),
                None => self.resource_ending(about),
            };
            resource.and_then(|resource| self.id_of(resource)).unwrap_or(Type::Scalar(Scalar::String))
        };
        match ty {
            ValueType::String => Type::Scalar(Scalar::String),
            ValueType::Integer => Type::Scalar(Scalar::Integer(Integer::Int64)),
            ValueType::Number | ValueType::Decimal => Type::Scalar(Scalar::Float64),
            ValueType::Boolean => Type::Scalar(Scalar::Boolean),
            ValueType::Days => Type::Scalar(Scalar::Integer(Integer::Uint32)),
            ValueType::Date => Type::Scalar(self.date_time(Scalar::Date)),
            ValueType::DateTime => Type::Scalar(Scalar::Moment),
            ValueType::Id(said) => id(said),
            ValueType::CsvId(said) => Type::List(Box::new(id(said))),
            ValueType::Csv => Type::List(Box::new(Type::Scalar(Scalar::String))),
        }
    }

    /// The resource type whose singular a name is or ends in: `purchased_offer` is about `offers`.
    fn resource_ending(&self, name: &str) -> Option<&str> {
        let words = name.match_indices('_').map(|(at, _)| &name[at + 1..]);
        std::iter::once(name).chain(words).find_map(|words| self.resource_named(words))
    }
}

fn set(parameter: &mut Parameter, ty: Type) {
    if matches!(ty, Type::List(_)) && !parameter.name.ends_with("[]") {
        parameter.written = Written::COMMA;
    }
    parameter.ty = ty;
}
