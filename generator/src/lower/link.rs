//! Links: which operation follows, and where the values of its parameters come from (OAS 3.0.4, Link Object).

use std::collections::BTreeSet;

use super::Lowering;
use super::parameter::is_token;
use super::response::status_key;
use crate::diag::Code;
use crate::dialect::{Link as Declared, LinkTarget};
use crate::model::{
    Body, BodyKind, Content, EnumValues, Form, Given, GivenValue, Integer, Link, Location, Member,
    MemberDirection, MembersBy, Operation, OperationId, Parameter, ParameterRole, Response, Scalar, Shape,
    Type,
};
use crate::source::{Pointer, Tree};

/// Why a parameter is not given what a link says.
struct Unusable(String);

/// What can become of a value in a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Boolean,
    Whole(Integer),
    Float,
    Exactly(Scalar),
}

impl Lowering<'_> {
    /// The links between these operations.
    pub(super) fn links(&mut self, operations: &[Operation]) -> Vec<Link> {
        let document = self.document;
        document.links.iter().filter_map(|declared| self.link(declared, operations)).collect()
    }

    fn link(&mut self, declared: &Declared, operations: &[Operation]) -> Option<Link> {
        let from = operations.iter().position(|known| known.pointer == declared.operation)?;
        let is_status =
            |response: &&Response| status_key(response.status).eq_ignore_ascii_case(&declared.status);
        let response = operations[from].responses.iter().find(is_status)?;
        let target = self.followed(declared, operations)?;
        let sent = self.linked_body(declared, response, &operations[target]);
        let mut given = Vec::new();
        for (key, value) in &declared.parameters {
            let parameters = &operations[target].parameters;
            let place = declared.pointer.child("parameters").child(key);
            let found = parameter(parameters, key).ok_or_else(|| {
                Unusable(format!(
                    "the operation that the link `{}` leads to has no such parameter",
                    declared.name
                ))
            });
            let usable = found.and_then(|at| {
                Ok(Given { parameter: at, value: self.given(value, response, &parameters[at])? })
            });
            let is_given = |at: usize| given.iter().any(|known: &Given| known.parameter == at);
            match usable {
                Ok(usable) if is_given(usable.parameter) => {
                    self.report_value(key, "the parameter is given another value already", &place);
                }
                Ok(usable) => given.push(usable),
                Err(Unusable(reason)) => self.report_value(key, &reason, &place),
            }
        }
        let reads_answer = given.iter().any(|given| matches!(given.value, GivenValue::Answer(_)));
        let answer = body(response).filter(|_| reads_answer || sent.is_some()).cloned();
        if let Some(answer) = &answer {
            self.report_other_answers(declared, response, answer);
        }
        Some(Link {
            name: declared.name.clone(),
            description: declared.description.clone(),
            from: OperationId::at(from),
            status: response.status,
            answer,
            target: OperationId::at(target),
            given,
            body: sent,
            server: self.link_server(declared),
        })
    }

    /// Says of an answer that is of other types in other media types that the link reads one of them.
    fn report_other_answers(&mut self, declared: &Declared, response: &Response, answer: &Type) {
        for (media_type, _) in typed(response).filter(|(_, ty)| *ty != answer) {
            self.diags
                .warn(Code::UnusableLink, &declared.pointer)
                .message(format!(
                    "in `{media_type}` the answer is of another type than in the media type before"
                ))
                .help("the link's method takes that of the first; the client has none for the other");
        }
    }

    /// The position of the operation that follows.
    fn followed(&mut self, declared: &Declared, operations: &[Operation]) -> Option<usize> {
        let wanted = |known: &Operation| match &declared.target {
            LinkTarget::Id(id) => known.operation_id.as_ref() == Some(id),
            LinkTarget::Place(place) => known.pointer == *place,
            LinkTarget::Elsewhere(_) | LinkTarget::Unsaid => false,
        };
        let found = operations.iter().position(wanted);
        if found.is_none() {
            let name = &declared.name;
            let message = match &declared.target {
                LinkTarget::Id(id) => {
                    format!("the link `{name}` leads to `{id}`, which the client does not have")
                }
                LinkTarget::Place(place) => {
                    format!("the link `{name}` leads to `{place}`, which is no operation of the client")
                }
                LinkTarget::Elsewhere(text) => {
                    format!("the link `{name}` leads to `{text}`, in another document")
                }
                LinkTarget::Unsaid => format!("the link `{name}` names no operation"),
            };
            self.diags
                .warn(Code::UnusableLink, &declared.pointer)
                .message(message)
                .help("the client has no method for it; correct its `operationId` or `operationRef`");
        }
        found
    }

    /// The way to what is in the answer and is sent as the body of the operation that follows.
    fn linked_body(
        &mut self,
        declared: &Declared,
        response: &Response,
        target: &Operation,
    ) -> Option<Vec<String>> {
        let given = self.given_body(declared.body.as_ref()?, response, target);
        given.unwrap_or_else(|Unusable(reason)| {
            self.diags
                .warn(Code::UnusableLink, &declared.pointer.child("requestBody"))
                .message(format!("`requestBody`: {reason}"))
                .help("the caller passes the body");
            None
        })
    }

    fn given_body(
        &self,
        value: &Tree,
        response: &Response,
        target: &Operation,
    ) -> Result<Option<Vec<String>>, Unusable> {
        let unusable = |reason: &str| Unusable(reason.to_owned());
        let expression = value.as_str().map(unwrapped).filter(|text| text.starts_with('$'));
        let steps = match expression.map(expression_value) {
            Some(Ok(GivenValue::Answer(steps))) => steps,
            Some(Ok(GivenValue::Caller)) => return Ok(None),
            Some(Err(reason)) => return Err(reason),
            Some(Ok(GivenValue::Header(_) | GivenValue::Constant(_))) | None => {
                return Err(unusable("only what is in the answer is sent as the body of what follows"));
            }
        };
        let taken = target.body.as_ref().and_then(Body::only).map(|media| &media.kind);
        let Some(BodyKind::Json(taken)) = taken else {
            return Err(unusable("the operation takes no body that is all of one type of JSON"));
        };
        let found = body(response).and_then(|body| self.reached(body, &steps));
        match found.filter(|found| **found == *self.behind_names(taken)) {
            None => Err(unusable("what is there in the answer is of another type than the body")),
            Some(found) if self.differs_when_sent(found) => {
                Err(unusable("what is sent of this type differs from what is read"))
            }
            Some(_) => Ok(Some(steps)),
        }
    }

    /// Whether something in `ty` has a form of its own when it is sent.
    fn differs_when_sent(&self, ty: &Type) -> bool {
        let (mut open, mut seen) = (ty.definitions(), BTreeSet::new());
        while let Some(id) = open.pop() {
            let shape = self.types.get(id.index()).map(|definition| &definition.shape);
            if shape.is_some_and(Shape::differs_when_sent) {
                return true;
            }
            if seen.insert(id) {
                open.extend(shape.iter().flat_map(|shape| shape.types()).flat_map(Type::definitions));
            }
        }
        false
    }

    fn report_value(&mut self, key: &str, reason: &str, place: &Pointer) {
        self.diags
            .warn(Code::UnusableLink, place)
            .message(format!("`{key}`: {reason}"))
            .help("the link's method does not give it; the caller does where it is wanted");
    }

    /// Where the value of `parameter` comes from.
    fn given(
        &self,
        value: &Tree,
        response: &Response,
        parameter: &Parameter,
    ) -> Result<GivenValue, Unusable> {
        let text = value.as_str().map(unwrapped);
        let expression = text.filter(|text| text.starts_with('$') || text.contains("{$"));
        let Some(expression) = expression else { return self.constant(value, parameter) };
        let value = expression_value(expression)?;
        match &value {
            GivenValue::Answer(steps) => {
                let way = || steps.iter().fold(Pointer::root(), |way, step| way.child(step));
                let Some(body) = body(response) else {
                    return Err(Unusable("the answer is nothing that has a type".to_owned()));
                };
                let Some(found) = self.reached(body, steps) else {
                    return Err(Unusable(format!(
                        "the description of the answer has no single value at `{}`",
                        way()
                    )));
                };
                if !self.fits(found, parameter) {
                    return Err(Unusable(format!("what is at `{}` of the answer is of another type", way())));
                }
            }
            GivenValue::Header(name) => {
                let is_read = !matches!(self.linked_kind(&parameter.ty), None | Some(Kind::Exactly(_)));
                if !is_read || parameter.role != ParameterRole::Value {
                    return Err(Unusable(format!("the text of the header `{name}` is of another type")));
                }
            }
            GivenValue::Constant(_) | GivenValue::Caller => {}
        }
        Ok(value)
    }

    fn constant(&self, value: &Tree, parameter: &Parameter) -> Result<GivenValue, Unusable> {
        let kind = self.linked_kind(&parameter.ty).filter(|_| parameter.role == ParameterRole::Value);
        let Some(text) = value.scalar_text().filter(|_| *value != Tree::Null) else {
            return Err(Unusable("only a single value can be a constant of a link".to_owned()));
        };
        let fits = match kind {
            Some(Kind::Text) => true,
            Some(Kind::Boolean) => text.parse::<bool>().is_ok(),
            Some(Kind::Whole(integer)) => text.parse().is_ok_and(|number| integer.contains(number)),
            Some(Kind::Float) => text.parse::<f64>().is_ok_and(f64::is_finite),
            Some(Kind::Exactly(_)) | None => false,
        };
        if fits {
            Ok(GivenValue::Constant(text))
        } else {
            Err(Unusable(format!("`{text}` is of another type than the parameter")))
        }
    }

    /// The type of the single value or list that `steps` lead to from a value of `ty`.
    fn reached<'t>(&'t self, ty: &'t Type, steps: &[String]) -> Option<&'t Type> {
        let here = self.behind_names(ty);
        let Some((next, rest)) = steps.split_first() else { return Some(here) };
        match here {
            Type::List(item) => next.parse::<usize>().ok().and_then(|_| self.reached(item, rest)),
            Type::Map(inner) => self.reached(inner, rest),
            Type::Named(id) => {
                let Shape::Object(object) = &self.types.get(id.index())?.shape else { return None };
                let is_it = |member: &&Member| object.by == MembersBy::Name && member.name == *next;
                let member = object.members.iter().find(is_it)?;
                let is_read = member.direction != MemberDirection::WriteOnly;
                self.reached(&member.ty, rest).filter(|_| is_read)
            }
            Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) | Type::JsonApi(_) | Type::Nullable(_) => None,
        }
    }

    fn fits(&self, found: &Type, parameter: &Parameter) -> bool {
        if parameter.role != ParameterRole::Value {
            return false;
        }
        if let (Type::List(found), Type::List(wanted)) = (found, self.behind_names(&parameter.ty)) {
            let texts = [found, wanted].map(|item| self.behind_names(item));
            return texts.iter().all(|item| matches!(item, Type::Scalar(Scalar::String | Scalar::Password)));
        }
        let (Some(found), Some(wanted)) = (self.linked_kind(found), self.linked_kind(&parameter.ty)) else {
            return false;
        };
        match (found, wanted) {
            (Kind::Whole(found), Kind::Whole(wanted)) => found.is_within(wanted),
            (_, Kind::Text)
            | (Kind::Whole(..), Kind::Float)
            | (Kind::Exactly(Scalar::DateTime | Scalar::Date), Kind::Exactly(Scalar::Moment)) => true,
            (found, wanted) => found == wanted,
        }
    }

    /// What can become of a value of `ty` in a parameter; none if it is no single value.
    fn linked_kind(&self, ty: &Type) -> Option<Kind> {
        Some(match self.behind_names(ty) {
            Type::Scalar(Scalar::String | Scalar::Password) => Kind::Text,
            Type::Scalar(Scalar::Boolean) => Kind::Boolean,
            Type::Scalar(Scalar::Integer(integer)) => Kind::Whole(*integer),
            Type::Scalar(Scalar::Float32 | Scalar::Float64) => Kind::Float,
            Type::Scalar(other @ (Scalar::DateTime | Scalar::Date | Scalar::Moment | Scalar::Special(_))) => {
                Kind::Exactly(*other)
            }
            Type::Named(id) => match &self.types.get(id.index())?.shape {
                Shape::Id(_) => Kind::Text,
                Shape::Enumeration(known) => match known.values {
                    EnumValues::Strings(_) => Kind::Text,
                    EnumValues::Integers(_) => Kind::Whole(Integer::Int64),
                },
                Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => return None,
            },
            Type::Scalar(Scalar::Base64 | Scalar::Base64Url | Scalar::Binary)
            | Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Foreign(_)
            | Type::Json(_)
            | Type::JsonApi(_) => return None,
        })
    }
}

/// The expression of a text that is nothing else than one in braces.
fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.filter(|inner| inner.starts_with('$') && !inner.contains(['{', '}'])).unwrap_or(text)
}

/// What a runtime expression stands for (OAS 3.0.4, Runtime Expressions).
fn expression_value(expression: &str) -> Result<GivenValue, Unusable> {
    if let Some(pointer) = expression.strip_prefix("$response.body") {
        let pointer = if pointer.is_empty() { "#" } else { pointer };
        let Some(pointer) = Pointer::from_reference(pointer) else {
            return Err(Unusable(format!("`{expression}` is no runtime expression")));
        };
        return Ok(GivenValue::Answer(pointer.tokens().map(std::borrow::Cow::into_owned).collect()));
    }
    let header = expression.strip_prefix("$response.header.");
    if let Some(name) = header.filter(|name| is_token(name)) {
        return Ok(GivenValue::Header(name.to_owned()));
    }
    let of_request = ["$request.path.", "$request.query.", "$request.header.", "$request.body"];
    if of_request.iter().any(|start| expression.starts_with(start)) {
        return Ok(GivenValue::Caller);
    }
    Err(Unusable(match expression {
        "$url" | "$method" | "$statusCode" => {
            format!("`{expression}` is no part of the answer or the call's values")
        }
        _ if expression.starts_with('$') => format!("`{expression}` is no runtime expression"),
        _ => "a text with an expression in it is not put together".to_owned(),
    }))
}

fn body(response: &Response) -> Option<&Type> {
    typed(response).next().map(|(_, ty)| ty)
}

/// What an answer can be that has a type, with the media types.
fn typed(response: &Response) -> impl Iterator<Item = (&str, &Type)> {
    response.contents.iter().filter_map(|known| match &known.content {
        Content::Json(ty) | Content::Xml(ty, _) | Content::Form(Form { ty, .. }) => {
            Some((known.media_type.as_deref().unwrap_or_default(), ty))
        }
        Content::Empty
        | Content::Text
        | Content::Bytes
        | Content::Events(_)
        | Content::Items(..)
        | Content::Parts(_)
        | Content::NamedParts(_)
        | Content::Undeclared => None,
    })
}

/// The position of the parameter that `key` names, by itself or behind its place: `id`, `path.id`.
fn parameter(parameters: &[Parameter], key: &str) -> Option<usize> {
    let is_named = |known: &Parameter, name: &str| known.name == name && known.constant.is_none();
    let by_name = parameters.iter().position(|known| is_named(known, key));
    by_name.or_else(|| {
        let (place, name) = key.split_once('.')?;
        parameters.iter().position(|known| is_named(known, name) && location_word(known.location) == place)
    })
}

fn location_word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::WholeQuery => "querystring",
    }
}
