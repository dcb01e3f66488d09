//! Groups of operations, and the names of each operation within its group.

use indexmap::IndexMap;

use super::ident::{FieldName, MethodName, ModuleName, TypeName, VariantName};
use super::pins::{Pins, key};
use super::scope::Scope;
use super::{OperationNames, Overrides, body, case, method, reserved};
use crate::analyze::Facts;
use crate::diag::Diagnostics;
use crate::model::{
    Api, Body, BodyPart, ChoiceKind, Content, Operation, OperationId, Origin, PartValue, ResourcePart,
    Segment, Status, TypeId,
};

/// What operations of one group have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Their first tag; those without one, what their paths begin with.
    #[default]
    Tag,
    /// What their paths begin with, but for a version.
    Path,
}

/// Operations of one module.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The tag, where there is one and groups are made by it.
    pub tag: Option<String>,
    /// The module, the feature and the accessor: `contacts`.
    pub module: ModuleName,
    /// The type with the group's methods: `Contacts`.
    pub type_name: TypeName,
    /// Its operations, in document order.
    pub operations: Vec<OperationId>,
    /// Types that are called by a shorter name in its module: `Sort` for `ContactSort`.
    pub short_names: Vec<(TypeName, TypeId)>,
}

/// Names groups and operations.
pub(super) fn name(
    api: &Api,
    facts: &Facts,
    overrides: &Overrides,
    pins: &Pins,
    diags: &mut Diagnostics,
) -> (Vec<Group>, Vec<OperationNames>) {
    let mut by_word: IndexMap<String, Vec<OperationId>> = IndexMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let id = OperationId::at(index);
        let word = group_word(operation, overrides.grouping);
        by_word.entry(short(case::snake(word, "api"))).or_default().push(id);
    }
    let mut modules = Scope::new(reserved::MODULES);
    if !api.callbacks.is_empty() {
        modules.take("callbacks");
    }
    if !api.scopes().is_empty() {
        modules.take("scopes");
    }
    // A scheme's tokens are had in the ways of its flows and of a word.
    modules_taken_by_accessors(&mut modules, 2 * api.schemes.len());
    let mut groups = Vec::new();
    let mut names: Vec<Option<OperationNames>> = vec![None; api.operations.len()];
    let mut words = Vec::new();
    for (word, ids) in by_word {
        words.push(word.clone());
        let tag = api.operation(ids[0]).tag.clone().filter(|_| overrides.grouping == Grouping::Tag);
        let wanted = tag.iter().chain([&word]).find_map(|key| overrides.groups.get(key));
        let module = match wanted {
            Some(wanted) if modules.take(wanted) => wanted.clone(),
            Some(wanted) => {
                overrides.invalid(diags, "group", wanted);
                modules.give([word.as_str()])
            }
            None => modules.give([word.as_str(), format!("{word}_api").as_str()]),
        };
        let mut types = Scope::new(reserved::OPERATIONS);
        let type_name = TypeName::new(types.give([case::camel(&module, "Group").as_str()]));
        let methods = method::name(api, &ids, &word, &module, overrides, pins, diags);
        for (id, method) in ids.iter().zip(methods) {
            let operation = api.operation(*id);
            names[id.index()] =
                Some(operation_names(operation, facts, groups.len(), &word, method, &mut types));
        }
        let short_names = short_names(api, &ids, &word, &mut types);
        groups.push(Group { tag, module: ModuleName::new(module), type_name, operations: ids, short_names });
    }
    report_unused(api, overrides, &groups, &words, diags);
    (groups, names.into_iter().flatten().collect())
}

/// A group is a file, and file systems allow names of some 255 bytes.
fn short(mut word: String) -> String {
    let end = (0..=120).rev().find(|at| word.is_char_boundary(*at)).unwrap_or_default();
    word.truncate(end);
    word
}

/// The choices that the group's principal thing offers: what to sort by, what to include, which fields.
fn short_names(api: &Api, ids: &[OperationId], word: &str, types: &mut Scope) -> Vec<(TypeName, TypeId)> {
    let principal = method::principal(api, ids, word);
    let mut found = Vec::new();
    let parameters = ids.iter().flat_map(|id| &api.operation(*id).parameters);
    for id in parameters.filter_map(|parameter| parameter.ty.named()) {
        let short = match &api.type_def(id).origin {
            Origin::Choice { noun, kind, .. } if *noun == principal => match kind {
                ChoiceKind::Sort => "Sort",
                ChoiceKind::Include => "Include",
                ChoiceKind::Filter => continue,
            },
            Origin::Resource { resource, part: ResourcePart::Field, .. } if *resource == principal => "Field",
            Origin::Component(_)
            | Origin::Resource { .. }
            | Origin::Choice { .. }
            | Origin::Id(_)
            | Origin::Inline { .. } => {
                continue;
            }
        };
        if found.iter().all(|(_, known)| *known != id) && types.take(short) {
            found.push((TypeName::new(short.to_owned()), id));
        }
    }
    found
}

/// The word a group is named after: the first tag, or the first word of the path that is no version.
fn group_word(operation: &Operation, grouping: Grouping) -> &str {
    match (&operation.tag, grouping) {
        (Some(tag), Grouping::Tag) => tag,
        (None, Grouping::Tag) | (_, Grouping::Path) => method::literals(operation).next().unwrap_or_default(),
    }
}

/// Where there are several logins, they are numbered.
fn modules_taken_by_accessors(modules: &mut Scope, logins: usize) {
    for accessor in reserved::ACCESSORS {
        modules.take(accessor);
    }
    for (login, number) in reserved::LOGINS.iter().flat_map(|login| (2..=logins).map(move |at| (login, at))) {
        modules.take(&format!("{login}_{number}"));
    }
}

fn operation_names(
    operation: &Operation,
    facts: &Facts,
    group: usize,
    word: &str,
    method: String,
    types: &mut Scope,
) -> OperationNames {
    let base = case::camel(&method, "Call");
    let builder = types.give([base.as_str(), format!("{base}Call").as_str()]);
    let error = types.give([format!("{builder}Error").as_str()]);
    let success = types.give([format!("{builder}Response").as_str()]);
    let headers = if operation.headers.is_empty() {
        format!("{builder}Headers")
    } else {
        types.give([format!("{builder}Headers").as_str()])
    };
    let (parameters, parts) = arguments(operation, word);
    let (body, media) = body::names(operation.body.as_ref(), &builder, types);
    let answers = body::answers(operation, &builder, types);
    OperationNames {
        group,
        method: MethodName::new(method),
        builder: TypeName::new(builder),
        error: TypeName::new(error),
        success: TypeName::new(success),
        headers: TypeName::new(headers),
        header_fields: header_fields(operation),
        parameters,
        parts,
        body,
        media,
        responses: responses(operation, facts),
        answers,
    }
}

/// The names of the parameters and of the parts of the body, which are arguments or setters.
///
/// The only path parameter is `id`. In `fields[contacts]` of an operation on contacts, the bracket says nothing more.
fn arguments(operation: &Operation, word: &str) -> (Vec<FieldName>, Vec<FieldName>) {
    let slots = operation.segments.iter().filter(|segment| matches!(segment, Segment::Slot(_))).count();
    let mut scope = Scope::new(reserved::SETTERS);
    for argument in reserved::ARGUMENTS {
        scope.take(argument);
    }
    if body_parts(operation).is_empty() {
        scope.take("body");
    }
    let noun = method::literals(operation).last().unwrap_or_default();
    let mut names = Vec::new();
    for parameter in &operation.parameters {
        let own = case::snake(parameter.wanted_name.as_ref().unwrap_or(&parameter.name), "parameter");
        let is_slot = operation.segments.contains(&Segment::Slot(parameter.name.clone()));
        let bracketed =
            parameter.name.split_once('[').and_then(|(head, rest)| Some((head, rest.strip_suffix(']')?)));
        let short = match bracketed {
            Some((head, inner)) if inner == word || inner == noun => case::snake(head, "parameter"),
            _ => own.clone(),
        };
        let first =
            if is_slot && slots == 1 && parameter.wanted_name.is_none() { "id".to_owned() } else { short };
        let in_place = format!("{own}_parameter");
        names.push(FieldName::new(scope.give([first.as_str(), own.as_str(), in_place.as_str()])));
    }
    let parts = body_parts(operation).iter().map(|part| {
        let word = part_word(part);
        let in_body = format!("body_{word}");
        let own = case::snake(word, "part");
        FieldName::new(scope.give([own.as_str(), case::snake(&in_body, "part").as_str()]))
    });
    let parts = parts.collect();
    (names, parts)
}

fn body_parts(operation: &Operation) -> &[BodyPart] {
    operation.body.as_ref().map_or(&[], Body::parts)
}

/// The last member that leads to a part, and for a relationship what its linkage is in.
fn part_word(part: &BodyPart) -> &str {
    let last = part.path.last().map_or("part", String::as_str);
    match (&part.value, part.path.as_slice()) {
        (PartValue::Value(_), [.., relationships, relationship, data])
            if relationships == "relationships" && data == "data" =>
        {
            relationship
        }
        (PartValue::Pattern(pattern), _) if pattern.prefix.is_empty() => "member",
        (PartValue::ToOne { .. } | PartValue::ToMany { .. }, [.., relationship, _]) => relationship,
        (PartValue::ToOne { .. }, _) => "id",
        (PartValue::ToMany { .. }, _) => "ids",
        (PartValue::Pattern(pattern), _) => pattern.prefix.trim_end_matches(|c: char| !c.is_alphanumeric()),
        (
            PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) | PartValue::Value(_),
            _,
        ) => last,
    }
}

fn header_fields(operation: &Operation) -> Vec<FieldName> {
    let mut scope = Scope::new(&[]);
    let names = operation.headers.iter().map(|header| case::snake(&header.name, "header"));
    names.map(|name| FieldName::new(scope.give([name.as_str()]))).collect()
}

/// The names of what can come back: by status, and by what it is where that differs within a status.
fn responses(operation: &Operation, facts: &Facts) -> Vec<Vec<VariantName>> {
    let mut scope = Scope::new(reserved::VARIANTS);
    let mut names = Vec::new();
    for response in &operation.responses {
        let status = status_name(response.status);
        let outcomes = facts.outcomes(response);
        let is_only = outcomes.len() == 1;
        names.push(
            outcomes
                .iter()
                .map(|outcome| {
                    let kind = format!("{status}{}", content_name(&outcome.first.content));
                    let media_type = outcome.first.media_type.as_deref().unwrap_or_default();
                    let exact = format!("{status}{}", case::camel(media_type, "Media"));
                    let candidates: &[&str] = if is_only { &[&status] } else { &[&kind, &exact] };
                    VariantName::new(scope.give(candidates.iter().copied()))
                })
                .collect(),
        );
    }
    names
}

fn content_name(content: &Content) -> &'static str {
    match content {
        Content::Empty => "Empty",
        Content::Json(_) => "Json",
        Content::Xml(..) => "Xml",
        Content::Form(_) => "Form",
        Content::Text => "Text",
        Content::Bytes => "Bytes",
        Content::Events(_) => "Events",
        Content::Items(..) => "Items",
        Content::Parts(_) | Content::NamedParts(_) => "Parts",
        Content::Undeclared => "Raw",
    }
}

/// The name of a status (IANA, HTTP Status Code Registry).
pub(super) fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => match reason(code) {
            Some(reason) => case::camel(reason, "Status"),
            None => format!("Status{code}"),
        },
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Default => "Default".to_owned(),
    }
}

/// The reason phrase of a status (RFC 9110, section 15, and the registry).
pub(crate) fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "Continue",
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Entity",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        507 => "Insufficient Storage",
        511 => "Network Authentication Required",
        _ => return None,
    })
}

fn report_unused(
    api: &Api,
    overrides: &Overrides,
    groups: &[Group],
    words: &[String],
    diags: &mut Diagnostics,
) {
    let known =
        |key: &String| words.contains(key) || groups.iter().any(|group| group.tag.as_ref() == Some(key));
    for key in overrides.groups.keys().filter(|key| !known(key)) {
        overrides.unused(diags, "group", key);
    }
    let known = |name: &str| api.operations.iter().any(|operation| key(operation) == name);
    for operation in overrides.operations.keys().filter(|operation| !known(operation)) {
        overrides.unused(diags, "operation", operation);
    }
}
