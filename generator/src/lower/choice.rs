//! What a query lets its caller choose by name: the order, what is included, which fields (`x-sort`, `x-include`, `x-fields`).

use super::Lowering;
use super::media::Of;
use crate::diag::Code;
use crate::model::{
    ChoiceKind, Docs, EnumValues, Enumeration, Location, Origin, Parameter, ParameterRole, Presence, Segment,
    Shape, SortSyntax, Type, TypeId, Written,
};
use crate::source::Pointer;
use crate::words::OperationWords;

impl Lowering<'_> {
    /// The parameters with the types that the document's words give them, and those that only its words declare.
    pub(super) fn typed_parameters(
        &mut self,
        mut parameters: Vec<Parameter>,
        of: &Of<'_>,
        segments: &[Segment],
    ) -> Vec<Parameter> {
        self.typed_ids(&mut parameters, segments);
        self.filters_by_id(&mut parameters);
        let all = self.words;
        let Some(words) = all.operations.get(of.place) else {
            self.typed_fields(&mut parameters);
            return parameters;
        };
        self.special_ids(&parameters, words, of, segments);
        let noun = noun(segments);
        self.sorted(&mut parameters, words, of, &noun);
        self.included(&mut parameters, words, of, &noun);
        self.sparse(&mut parameters, words, of);
        self.typed_fields(&mut parameters);
        if let Some(filter) = &words.filter {
            self.filtered(&mut parameters, filter, of, &noun);
        }
        parameters
    }

    /// A slot behind the name of a resource type takes an id of that type.
    fn typed_ids(&self, parameters: &mut [Parameter], segments: &[Segment]) {
        for pair in segments.windows(2) {
            if let [Segment::Literal(resource), Segment::Slot(slot)] = pair
                && let Some(id) = self.id_of(resource)
            {
                for known in parameters.iter_mut() {
                    if known.location == Location::Path && known.name == *slot {
                        known.ty = id.clone();
                    }
                }
            }
        }
    }

    /// The values that mean something where the last id of the path is wanted.
    fn special_ids(
        &mut self,
        parameters: &[Parameter],
        words: &OperationWords,
        of: &Of<'_>,
        segments: &[Segment],
    ) {
        if words.special_ids.is_empty() {
            return;
        }
        let slots = segments.iter().rev().filter_map(|segment| match segment {
            Segment::Slot(slot) => Some(slot),
            Segment::Literal(_) | Segment::Mixed(_) => None,
        });
        let of_slot = |slot: &String| {
            let is_it = |known: &&Parameter| known.location == Location::Path && known.name == *slot;
            parameters.iter().find(is_it).map(|known| known.ty.clone())
        };
        let ids = slots.filter_map(of_slot).find_map(|ty| self.behind_names(&ty).named());
        let shape = ids.and_then(|id| self.types.get_mut(id.index())).map(|definition| &mut definition.shape);
        if let Some(Shape::Id(id)) = shape {
            let new = words.special_ids.iter().filter(|value| !id.special.contains(value)).cloned();
            let new: Vec<String> = new.collect();
            id.special.extend(new);
            return;
        }
        self.diags
            .warn(Code::WordWithoutEffect, &of.place.child("x-special-ids"))
            .message("no parameter of the path is an id")
            .help("it changes nothing; give the parameter's schema an `x-id`");
    }

    fn sorted(&mut self, parameters: &mut Vec<Parameter>, words: &OperationWords, of: &Of<'_>, noun: &str) {
        let Some(sort) = &words.sort else { return };
        let place = of.place.child("x-sort");
        let choice = self.choice((noun, self.thing(noun)), ChoiceKind::Sort, &place, &sort.values);
        let known = query(parameters, &sort.parameter, &place);
        known.ty = Type::Named(choice);
        known.role = ParameterRole::Sort(SortSyntax {
            ascending: sort.ascending.as_str().to_owned(),
            descending: sort.descending.as_str().to_owned(),
            separator: sort.separator.clone(),
        });
        if let Some(default) = &sort.default {
            remark(&mut known.docs, &format!("Without it the order is `{default}`."));
        }
    }

    fn included(&mut self, parameters: &mut Vec<Parameter>, words: &OperationWords, of: &Of<'_>, noun: &str) {
        let Some(include) = &words.include else { return };
        let place = of.place.child("x-include");
        let choice = self.choice((noun, self.thing(noun)), ChoiceKind::Include, &place, &include.values);
        let known = query(parameters, &include.parameter, &place);
        known.ty = Type::List(Box::new(Type::Named(choice)));
        known.written = Written::COMMA;
    }

    /// JSON:API 1.1, Sparse Fieldsets: `fields[TYPE]`, for the types that are declared or said.
    fn sparse(&mut self, parameters: &mut Vec<Parameter>, words: &OperationWords, of: &Of<'_>) {
        for resource in &words.fields {
            if self.fields_of(resource).is_some() {
                query(parameters, &format!("fields[{resource}]"), &of.place.child("x-fields"));
            }
        }
    }

    /// `fields[TYPE]` takes names of fields of that type.
    pub(super) fn typed_fields(&self, parameters: &mut [Parameter]) {
        for known in parameters {
            let inner = known.name.strip_prefix("fields[").and_then(|rest| rest.strip_suffix(']'));
            if let Some(field) = inner.and_then(|resource| self.fields_of(resource)) {
                known.ty = Type::List(Box::new(field));
                known.written = Written::COMMA;
            }
        }
    }

    /// The enumeration of `values`; one for all operations that are about the same and offer the same.
    pub(super) fn choice(
        &mut self,
        (noun, thing): (&str, String),
        kind: ChoiceKind,
        place: &Pointer,
        values: &[String],
    ) -> TypeId {
        let origin = Origin::Choice { noun: noun.to_owned(), thing, kind };
        let shape = Shape::Enumeration(Enumeration { values: EnumValues::Strings(values.to_vec()) });
        let known = self.types.iter().position(|known| known.origin == origin && known.shape == shape);
        if let Some(known) = known {
            return TypeId::at(known);
        }
        let id = self.declare(place, origin);
        if let Some(definition) = self.types.get_mut(id.index()) {
            definition.shape = shape;
            definition.docs.description = Some(match kind {
                ChoiceKind::Sort => "What to sort by.".to_owned(),
                ChoiceKind::Include => "What to include in the answer.".to_owned(),
                ChoiceKind::Filter => "What to filter by.".to_owned(),
            });
        }
        id
    }
}

/// What an operation is about: the last fixed piece of its path.
fn noun(segments: &[Segment]) -> String {
    let literal = segments.iter().rev().find_map(|segment| match segment {
        Segment::Literal(text) => Some(text.clone()),
        Segment::Slot(_) | Segment::Mixed(_) => None,
    });
    literal.unwrap_or_else(|| "list".to_owned())
}

/// The query parameter of this name; a new one if the document declares none.
pub(super) fn query<'p>(
    parameters: &'p mut Vec<Parameter>,
    name: &str,
    place: &Pointer,
) -> &'p mut Parameter {
    let known = parameters.iter().position(|known| known.location == Location::Query && known.name == name);
    let at = known.unwrap_or(parameters.len());
    if known.is_none() {
        parameters.push(Parameter {
            pointer: place.clone(),
            schema: place.child("schema"),
            name: name.to_owned(),
            wanted_name: None,
            location: Location::Query,
            written: Written::REPEATED,
            presence: Presence::Optional,
            ty: Type::Scalar(crate::model::Scalar::String),
            constant: None,
            role: ParameterRole::Value,
            docs: Docs::default(),
        });
    }
    &mut parameters[at]
}

fn remark(docs: &mut Docs, text: &str) {
    let before = docs.description.take().filter(|known| !known.trim().is_empty());
    docs.description = Some(match before {
        Some(before) => format!("{before}\n\n{text}"),
        None => text.to_owned(),
    });
}
