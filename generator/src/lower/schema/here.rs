//! Where lowering is: by that, inline types get their names.

use crate::model::{HttpMethod, Origin, Owner, Role, Step};
use crate::source::Pointer;

/// How many arrays and maps can be one directly in the other.
const MOST_NESTED: usize = 16;

/// Where lowering is: what an inline type found here belongs to, and the way to it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Here {
    owner: Owner,
    steps: Vec<Step>,
}

impl Here {
    pub(in crate::lower) fn component(name: &str) -> Self {
        Self { owner: Owner::Component(name.to_owned()), steps: Vec::new() }
    }

    pub(in crate::lower) fn of(owner: Owner) -> Self {
        Self { owner, steps: Vec::new() }
    }

    pub(in crate::lower) fn step(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { owner: self.owner.clone(), steps }
    }

    /// Where the name of a type found here comes from.
    pub(in crate::lower) fn origin(&self) -> Origin {
        Origin::Inline { owner: self.owner.clone(), steps: self.steps.clone() }
    }

    /// Whether more arrays and maps lead here, one directly in the other, than a type should be made of.
    pub(super) fn is_too_deep(&self) -> bool {
        let nested = self.steps.iter().rev().take_while(|step| matches!(step, Step::Items | Step::Values));
        nested.count() > MOST_NESTED
    }

    /// The owner and the way there of a schema that is inside a component.
    pub(in crate::lower) fn at(pointer: &Pointer) -> Option<Self> {
        let tokens: Vec<String> = pointer.tokens().map(std::borrow::Cow::into_owned).collect();
        match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["components", "schemas", name, rest @ ..] => Some(Self::component(name).inside(rest)),
            _ => None,
        }
    }

    /// The same of a schema that is inside a component, a response or a body, wherever those stand.
    pub(in crate::lower) fn anywhere(pointer: &Pointer) -> Option<Self> {
        let tokens: Vec<String> = pointer.tokens().map(std::borrow::Cow::into_owned).collect();
        let operation = |method: &str, path: &str, role: Role| {
            let is_it = |known: &HttpMethod| known.as_str().eq_ignore_ascii_case(method);
            let method = HttpMethod::ALL.into_iter().find(is_it)?;
            Some(Self::of(Owner::Operation { method, path: path.to_owned(), role }))
        };
        match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["components", "responses" | "requestBodies", name, "content", _, "schema", rest @ ..] => {
                Some(Self::component(name).inside(rest))
            }
            ["paths", path, method, "responses", status, "content", _, "schema", rest @ ..] => {
                Some(operation(method, path, Role::Response((*status).to_owned()))?.inside(rest))
            }
            ["paths", path, method, "requestBody", "content", _, "schema", rest @ ..] => {
                Some(operation(method, path, Role::Body)?.inside(rest))
            }
            _ => Self::at(pointer),
        }
    }

    /// The way that keywords and names lead from here.
    fn inside(self, tokens: &[&str]) -> Self {
        let mut here = self;
        let mut rest = tokens.iter();
        while let Some(keyword) = rest.next() {
            here = match (*keyword, rest.as_slice()) {
                ("properties" | "$defs" | "definitions", [name, ..]) => {
                    rest.next();
                    here.step(Step::Property((*name).to_owned()))
                }
                ("allOf" | "oneOf" | "anyOf", [index, ..]) => {
                    rest.next();
                    here.step(Step::Variant(index.parse().unwrap_or_default(), None))
                }
                _ => here.step(Step::Items),
            };
        }
        here
    }
}
