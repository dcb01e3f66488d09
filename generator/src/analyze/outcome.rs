//! Which contents of a response are the same to whoever reads them.

use super::Facts;
use crate::model::{Content, EventData, Events, Form, Response, ResponseContent, Type};

/// Contents of a response that are read as the same thing, whatever their media types.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<'m> {
    /// The first of them.
    pub first: &'m ResponseContent,
    /// All of them by their positions in the response.
    pub positions: Vec<usize>,
}

impl Facts {
    /// The contents of `response` by what they are read as, in document order.
    pub fn outcomes<'m>(&self, response: &'m Response) -> Vec<Outcome<'m>> {
        let mut outcomes: Vec<Outcome<'m>> = Vec::new();
        for (at, content) in response.contents.iter().enumerate() {
            let known =
                outcomes.iter_mut().find(|known| self.reads_alike(&known.first.content, &content.content));
            match known {
                Some(known) => known.positions.push(at),
                None => outcomes.push(Outcome { first: content, positions: vec![at] }),
            }
        }
        outcomes
    }

    /// Whether two contents are read as the same thing.
    pub fn reads_alike(&self, one: &Content, other: &Content) -> bool {
        match (one, other) {
            (
                Content::Json(one) | Content::Xml(one, _) | Content::Form(Form { ty: one, .. }),
                Content::Json(other) | Content::Xml(other, _) | Content::Form(Form { ty: other, .. }),
            )
            | (Content::Parts(Some(one)), Content::Parts(Some(other))) => self.is_same(one, other),
            (Content::Items(one_framing, one), Content::Items(other_framing, other)) => {
                one_framing == other_framing && self.is_same(one, other)
            }
            (
                Content::Events(Events { data: EventData::Json(one), end: one_end }),
                Content::Events(Events { data: EventData::Json(other), end: other_end }),
            )
            | (
                Content::Events(Events { data: EventData::Named(one), end: one_end }),
                Content::Events(Events { data: EventData::Named(other), end: other_end }),
            ) => one_end == other_end && self.is_same(one, other),
            (
                Content::Empty
                | Content::Json(_)
                | Content::Xml(..)
                | Content::Form(_)
                | Content::Text
                | Content::Bytes
                | Content::Events(_)
                | Content::Items(..)
                | Content::Parts(_)
                | Content::NamedParts(_)
                | Content::Undeclared,
                _,
            ) => one == other,
        }
    }

    fn is_same(&self, one: &Type, other: &Type) -> bool {
        match (one, other) {
            (Type::Named(one), Type::Named(other)) => self.canonical(*one) == self.canonical(*other),
            (Type::List(one), Type::List(other))
            | (Type::Map(one), Type::Map(other))
            | (Type::Nullable(one), Type::Nullable(other)) => self.is_same(one, other),
            (
                Type::Named(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Nullable(_)
                | Type::Scalar(_)
                | Type::Foreign(_)
                | Type::Json(_)
                | Type::JsonApi(_),
                _,
            ) => one == other,
        }
    }
}
