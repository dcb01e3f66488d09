//! What follows from the model, type by type.

use clientsmith::analyze::{Direction, Facts, Hint};
use clientsmith::model::{Api, Operation, TypeId};

use super::{Lines, words};

pub(super) fn text(api: &Api, facts: &Facts) -> String {
    let mut lines = Lines::default();
    for id in api.type_ids() {
        add(&mut lines, api, facts, id);
    }
    lines.0
}

fn add(lines: &mut Lines, api: &Api, facts: &Facts, id: TypeId) {
    let name = format!("type #{}:", id.index());
    let hint = Hint::of(&api.type_def(id).origin).map(|hint| {
        let words = [hint.stem.as_slice(), hint.words.as_slice()].concat();
        format!("hint {:?}", words.join(" "))
    });
    let hint = hint.unwrap_or_default();
    let canonical = facts.canonical(id);
    let definition = format!("{} at {}", words::definition(api, id), api.type_def(id).pointer);
    if canonical != id {
        lines.add(0, &[&name, &definition]);
        add_if(lines, &hint);
        lines.add(1, &["the same as", &words::definition(api, canonical)]);
        return;
    }
    lines.add(0, &[&name, &definition]);
    add_if(lines, &hint);
    let direction = match facts.direction(id) {
        Direction::Read => "read",
        Direction::Write => "sent",
        Direction::Both => "read and sent",
    };
    lines.add(1, &[direction, if facts.is_split(id) { "in different forms" } else { "" }]);
    if facts.is_wrapped(id) {
        lines.add(1, &["wrapped"]);
    }
    for boxed in boxed(api, facts, id) {
        lines.add(1, &["boxes", &words::definition(api, boxed)]);
    }
    let users: Vec<String> = facts.users(id).iter().map(|user| route(api.operation(*user))).collect();
    if !users.is_empty() {
        lines.add(1, &["used by", &users.join(", ")]);
    }
}

fn add_if(lines: &mut Lines, word: &str) {
    if !word.is_empty() {
        lines.add(1, &[word]);
    }
}

/// The types that have to be boxed directly inside `id`, each once.
fn boxed(api: &Api, facts: &Facts, id: TypeId) -> Vec<TypeId> {
    let mut boxed = Vec::new();
    for ty in api.type_def(id).shape.types() {
        let inner = ty.named().filter(|inner| facts.is_boxed_member(id, ty) && !boxed.contains(inner));
        boxed.extend(inner);
    }
    boxed
}

fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
