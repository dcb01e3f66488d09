//! Parameters: which an operation has, and what is known of each. How they are written is in `style`.

use openapiv3::{Parameter as Declared, ParameterData, ReferenceOr};

use super::Lowering;
use super::schema::{self, Here};
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{
    Docs, HttpMethod, Location, Owner, Parameter, ParameterRole, Presence, Role, Scalar, Segment, Shape,
    Type, Written,
};
use crate::resolve;
use crate::source::Pointer;

/// The operation cannot be called as the document says; a diagnostic has told why.
#[derive(Debug)]
pub(super) struct Impossible(pub(super) Code);

/// A parameter as declared, found through any `$ref`, with its place.
struct Found<'d> {
    declared: &'d Declared,
    place: Pointer,
}

impl<'d> Lowering<'d> {
    /// The parameters of one operation: those of the path item, replaced by the operation's own of the same name and
    /// location (OAS 3.0.4, Path Item Object, `parameters`); path parameters first, in the order of the path.
    pub(super) fn parameters(
        &mut self,
        shared: (&'d [ReferenceOr<Declared>], &Pointer),
        own: (&'d [ReferenceOr<Declared>], &Pointer),
        method: &HttpMethod,
        path: &str,
        segments: &[Segment],
    ) -> Result<Vec<Parameter>, Impossible> {
        let own = self.distinct(own.0, own.1);
        let mut all = self.distinct(shared.0, shared.1);
        all.retain(|found| !own.iter().any(|other| key(found.declared) == key(other.declared)));
        all.extend(own);
        let places: Vec<_> = all.iter().map(|found| (found.declared, &found.place)).collect();
        self.report_whole_query(&places);
        let slots = slots(segments);
        let mut parameters = Vec::with_capacity(all.len());
        for found in &all {
            parameters.extend(self.parameter(found, method, path, &slots)?);
        }
        for slot in &slots {
            if !parameters.iter().any(|known| known.location == Location::Path && known.name == *slot) {
                parameters.push(self.undeclared(slot, own_place(method, path)));
            }
        }
        let position = |parameter: &Parameter| match parameter.location {
            Location::Path => slots.iter().position(|slot| *slot == parameter.name).unwrap_or(slots.len()),
            Location::Query | Location::Header | Location::Cookie | Location::WholeQuery => slots.len(),
        };
        parameters.sort_by_key(position);
        Ok(parameters)
    }

    /// The parameters of one list, each name and location once.
    fn distinct(&mut self, list: &'d [ReferenceOr<Declared>], place: &Pointer) -> Vec<Found<'d>> {
        let mut distinct: Vec<Found<'d>> = Vec::new();
        for (index, reference) in list.iter().enumerate() {
            let at = place.index(index);
            let Some(components) = &self.document.shell.components else { continue };
            let found = resolve::component(reference, &at, "parameters", &components.parameters, self.diags);
            let Some((declared, place)) = found else { continue };
            let Some(position) = distinct.iter().position(|known| key(known.declared) == key(declared))
            else {
                distinct.push(Found { declared, place });
                continue;
            };
            let known = &distinct[position];
            let name = &data(declared).name;
            if !self.same_schema(&known.place, &place) {
                self.diags
                    .error(Code::ConflictingParameter, &at)
                    .message(format!("`{name}` is declared more than once, with different schemas"))
                    .help("keep the one that holds");
                continue;
            }
            self.diags
                .warn(Code::DuplicateParameter, &at)
                .message(format!("`{name}` is declared more than once"))
                .help("it is one parameter in the client; remove the copies");
            let says_nothing =
                |declared: &Declared| data(declared).description.as_deref().unwrap_or("").trim().is_empty();
            if says_nothing(known.declared) && !says_nothing(declared) {
                distinct[position] = Found { declared, place };
            }
        }
        distinct
    }

    fn same_schema(&self, one: &Pointer, other: &Pointer) -> bool {
        let schemas = &self.document.schemas;
        match (schemas.get(&one.child("schema")), schemas.get(&other.child("schema"))) {
            (Some(one), Some(other)) => {
                (one.types, &one.format, &one.enumeration, &one.reference)
                    == (other.types, &other.format, &other.enumeration, &other.reference)
                    && one.items.as_ref().map(|items| items.types)
                        == other.items.as_ref().map(|items| items.types)
            }
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn parameter(
        &mut self,
        found: &Found<'d>,
        method: &HttpMethod,
        path: &str,
        slots: &[&str],
    ) -> Result<Option<Parameter>, Impossible> {
        let data = data(found.declared);
        let place = &found.place;
        let location = location(found.declared);
        if let Some(reason) = ignored_header(&data.name).filter(|_| location == Location::Header) {
            self.diags
                .note(Code::IgnoredHeaderParameter, place)
                .message(format!("a parameter for the header `{}` is ignored{reason}", data.name))
                .help("the client sets this header itself");
            return Ok(None);
        }
        if location == Location::Path && !slots.contains(&data.name.as_str()) {
            self.diags
                .warn(Code::UnusedPathParameter, place)
                .message(format!("the path `{path}` has no `{{{}}}`", data.name))
                .help("the parameter is left out, since it cannot be sent");
            return Ok(None);
        }
        if matches!(location, Location::Header | Location::Cookie) && !is_token(&data.name) {
            return self.cannot_send(data, place, "nothing in the head of a request can be called so");
        }
        let owner = Owner::Operation {
            method: method.clone(),
            path: path.to_owned(),
            role: Role::Parameter(data.name.clone()),
        };
        let sending = match self.sending(found.declared, location, place, &Here::of(owner)) {
            Ok(Some(sending)) => sending,
            Ok(None) => return Ok(None),
            Err(reason) => return self.cannot_send(data, place, reason),
        };
        let presence =
            if data.required || location == Location::Path { Presence::Required } else { Presence::Optional };
        Ok(Some(Parameter {
            pointer: place.clone(),
            name: data.name.clone(),
            wanted_name: data.extensions.get(words::NAME).and_then(|name| name.as_str()).map(str::to_owned),
            location,
            written: sending.written,
            presence,
            ty: sending.ty,
            constant: sending.constant,
            role: ParameterRole::Value,
            docs: self.documented(data, &sending.schema),
            schema: sending.schema,
        }))
    }

    /// The parameter's own words, with what its schema holds values to.
    fn documented(&self, data: &ParameterData, schema: &Pointer) -> Docs {
        let ParameterData { description, deprecated, .. } = data;
        let said = self.document.schemas.get(schema).map(schema::docs).unwrap_or_default();
        let (description, deprecated) = (description.clone(), deprecated.unwrap_or(false));
        Docs { summary: None, description, deprecated, ..said }
    }

    fn cannot_send(
        &mut self,
        data: &ParameterData,
        place: &Pointer,
        message: &str,
    ) -> Result<Option<Parameter>, Impossible> {
        let what = if data.required { "the operation is" } else { "the parameter is" };
        self.diags
            .warn(Code::UnsupportedParameter, place)
            .message(format!("`{}`: {message}", data.name))
            .help(format!("{what} left out of the client"));
        if data.required { Err(Impossible(Code::UnsupportedParameter)) } else { Ok(None) }
    }

    fn undeclared(&mut self, slot: &str, place: Pointer) -> Parameter {
        self.diags
            .warn(Code::UndeclaredPathParameter, &place)
            .message(format!("the path has `{{{slot}}}`, and no parameter of that name is declared"))
            .help("the client takes it as a required string");
        Parameter {
            schema: place.child("schema"),
            pointer: place,
            name: slot.to_owned(),
            wanted_name: None,
            location: Location::Path,
            written: Written::SIMPLE,
            presence: Presence::Required,
            ty: Type::Scalar(Scalar::String),
            constant: None,
            role: ParameterRole::Value,
            docs: Docs::default(),
        }
    }

    /// What a type is behind its other names; one that stands for itself stays what it is.
    pub(super) fn behind_names<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut current = ty;
        for _ in 0..=self.types.len() {
            let inner = match current {
                Type::Nullable(inner) => Some(&**inner),
                Type::Named(id) => match self.types.get(id.index()).map(|definition| &definition.shape) {
                    Some(Shape::Alias(alias)) => Some(alias),
                    Some(Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_))
                    | None => None,
                },
                Type::List(_)
                | Type::Map(_)
                | Type::Scalar(_)
                | Type::Foreign(_)
                | Type::Json(_)
                | Type::JsonApi(_) => None,
            };
            match inner {
                Some(inner) => current = inner,
                None => break,
            }
        }
        current
    }
}

fn own_place(method: &HttpMethod, path: &str) -> Pointer {
    Pointer::root().child("paths").child(path).child(&method.as_str().to_ascii_lowercase())
}

pub(super) fn data(parameter: &Declared) -> &ParameterData {
    match parameter {
        Declared::Query { parameter_data, .. }
        | Declared::Header { parameter_data, .. }
        | Declared::Path { parameter_data, .. }
        | Declared::Cookie { parameter_data, .. } => parameter_data,
    }
}

/// What makes a parameter unique in a list (OAS 3.0.4, Parameter Object): name and location.
fn key(parameter: &Declared) -> (u8, String) {
    let data = data(parameter);
    match parameter {
        Declared::Query { .. } => (if is_whole_query(parameter) { 4 } else { 0 }, data.name.clone()),
        // RFC 9110, section 5.1: field names are case-insensitive.
        Declared::Header { .. } => (1, data.name.to_ascii_lowercase()),
        Declared::Path { .. } => (2, data.name.clone()),
        Declared::Cookie { .. } => (3, data.name.clone()),
    }
}

fn location(parameter: &Declared) -> Location {
    match parameter {
        Declared::Query { .. } if is_whole_query(parameter) => Location::WholeQuery,
        Declared::Query { .. } => Location::Query,
        Declared::Header { .. } => Location::Header,
        Declared::Path { .. } => Location::Path,
        Declared::Cookie { .. } => Location::Cookie,
    }
}

/// OAS 3.2, Parameter Object, `in: querystring`.
pub(super) fn is_whole_query(parameter: &Declared) -> bool {
    matches!(parameter, Declared::Query { .. }) && data(parameter).extensions.contains_key(words::WHOLE_QUERY)
}

/// RFC 9110, section 5.1, and RFC 6265, section 4.1.1.
pub(super) fn is_token(name: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_inside)
}

/// Headers that frame a message or route it, which the runtime refuses (`OWNED` in its `header.rs`).
const OF_MESSAGES: [&str; 10] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Why a parameter for a header of this name is ignored, if it is: OAS 3.0.4, Parameter Object, `name`, or it is the message's own.
fn ignored_header(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if ["accept", "content-type", "authorization"].contains(&name.as_str()) {
        return Some(", as OpenAPI says");
    }
    OF_MESSAGES.contains(&name.as_str()).then_some(": HTTP has it for the message itself")
}

fn slots(segments: &[Segment]) -> Vec<&str> {
    let mut slots = Vec::new();
    for segment in segments {
        match segment {
            Segment::Literal(_) => {}
            Segment::Slot(name) => slots.push(name.as_str()),
            Segment::Mixed(text) => slots.extend(super::operation::slot_names(text)),
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    #[test]
    fn headers_of_messages_are_those_that_the_runtime_refuses() {
        let header = clientsmith_runtime::FILES.iter().find(|(name, _)| *name == "header.rs").unwrap().1;
        let owned = header.split_once("const OWNED").unwrap().1.split_once("];").unwrap().0;
        let owned: Vec<&str> = owned.split('"').skip(1).step_by(2).collect();
        assert_eq!(owned, super::OF_MESSAGES);
    }
}
