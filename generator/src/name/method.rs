//! The names of methods: `operationId`, or a rule over path and HTTP method.

use super::pins::{Pins, key};
use super::scope::Scope;
use super::{Overrides, case};
use crate::diag::{Code, Diagnostics};
use crate::model::{
    Api, Content, HttpMethod, JsonApi, Operation, OperationId, Segment, Shape, Type, singular,
};

/// The names of the methods of one group.
///
/// What the configuration, the lock file and the document (`x-name`) ask for is given first; then each operation gets its name by rule, in
/// document order, with more of its path in it where the short name is taken.
pub(super) fn name(
    api: &Api,
    ids: &[OperationId],
    word: &str,
    module: &str,
    overrides: &Overrides,
    pins: &Pins,
    diags: &mut Diagnostics,
) -> Vec<String> {
    let mut scope = Scope::new(&["new"]);
    let principal = principal(api, ids, word);
    let mut names: Vec<Option<String>> = vec![None; ids.len()];
    for (name, id) in names.iter_mut().zip(ids) {
        let operation = api.operation(*id);
        let chosen = overrides.operations.get(&key(operation));
        if let Some(chosen) = chosen {
            if scope.take(chosen) {
                *name = Some(chosen.clone());
            } else {
                overrides.invalid(diags, "method", chosen);
            }
        }
    }
    for (name, id) in names.iter_mut().zip(ids) {
        let operation = api.operation(*id);
        let pinned = pins.operations.get(&key(operation)).and_then(|pin| pin.split_once('.'));
        let kept = pinned
            .filter(|(group, method)| name.is_none() && *group == module && take_any(&mut scope, method));
        if let Some((_, method)) = kept {
            *name = Some(method.to_owned());
        }
    }
    for (name, id) in names.iter_mut().zip(ids).filter(|(name, _)| name.is_none()) {
        let operation = api.operation(*id);
        let candidates = candidates(api, operation, &principal);
        let given = scope.give(candidates.iter().map(String::as_str));
        if !candidates.iter().any(|candidate| given.trim_end_matches('_') == candidate) {
            diags
                .note(Code::NameCollision, &operation.pointer)
                .message(format!(
                    "`{}` is taken in the group `{module}`",
                    candidates.last().map_or("", String::as_str)
                ))
                .help(format!("the method is called `{given}`; choose another name in the configuration"));
        }
        *name = Some(given);
    }
    names.into_iter().flatten().collect()
}

/// Takes a pinned name; one that ends in an underscore was a keyword when it was given.
fn take_any(scope: &mut Scope, name: &str) -> bool {
    match name.strip_suffix('_') {
        Some(keyword) => scope.give([keyword]) == name,
        None => scope.take(name),
    }
}

/// The noun that goes without saying in a group: the tag, if a path of the group starts with it, else what the first path
/// starts with.
pub(super) fn principal(api: &Api, ids: &[OperationId], word: &str) -> String {
    let firsts = || ids.iter().filter_map(|id| literals(api.operation(*id)).next());
    let is_tag = |first: &&str| case::snake(first, "") == word;
    firsts().find(is_tag).or(firsts().next()).unwrap_or_default().to_owned()
}

/// The literal pieces of a path, without a leading version (`v1`).
pub(super) fn literals(operation: &Operation) -> impl Iterator<Item = &str> {
    pieces(operation).iter().filter_map(|segment| match segment {
        Segment::Literal(text) | Segment::Mixed(text) => Some(text.as_str()),
        Segment::Slot(_) => None,
    })
}

fn pieces(operation: &Operation) -> &[Segment] {
    match operation.segments.as_slice() {
        [Segment::Literal(first), rest @ ..] if is_version(first) && !rest.is_empty() => rest,
        all => all,
    }
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

/// What the operation could be called, best first.
fn candidates(api: &Api, operation: &Operation, principal: &str) -> Vec<String> {
    let wanted = operation.wanted_name.as_ref().or(operation.operation_id.as_ref());
    if let Some(wanted) = wanted {
        return vec![case::snake(wanted, "call")];
    }
    let pieces = pieces(operation);
    let short = by_rule(api, operation, pieces, principal);
    let verb = verb(api, operation, pieces);
    let path: Vec<&str> = literals(operation).collect();
    let last = path.last().copied().unwrap_or_default();
    let mut candidates = vec![
        short,
        case::snake(&format!("{verb} {last}"), verb),
        case::snake(&format!("{verb} {}", path.join(" ")), verb),
    ];
    let slots: Vec<&str> = pieces
        .iter()
        .filter_map(|segment| match segment {
            Segment::Slot(name) => Some(name.as_str()),
            Segment::Literal(_) | Segment::Mixed(_) => None,
        })
        .collect();
    if !slots.is_empty() {
        candidates.push(case::snake(&format!("{verb} {} by {}", path.join(" "), slots.join(" and ")), verb));
    }
    candidates
}

fn by_rule(api: &Api, operation: &Operation, pieces: &[Segment], principal: &str) -> String {
    let verb = verb(api, operation, pieces);
    let with_noun = |noun: &str, verb: &str| {
        if noun == principal {
            return verb.to_owned();
        }
        let noun = if verb == "list" { noun.to_owned() } else { singular(noun) };
        case::snake(&format!("{verb} {noun}"), verb)
    };
    match pieces {
        [.., Segment::Literal(before), Segment::Literal(last)] if before == "relationships" => {
            case::snake(&format!("{} {last}", linkage_verb(&operation.method)), verb)
        }
        [] => verb.to_owned(),
        [Segment::Literal(noun) | Segment::Mixed(noun)] => with_noun(noun, verb),
        [.., Segment::Literal(last) | Segment::Mixed(last)] => case::snake(last, verb),
        [rest @ .., Segment::Slot(_)] => {
            let noun = rest.iter().rev().find_map(|segment| match segment {
                Segment::Literal(text) | Segment::Mixed(text) => Some(text.as_str()),
                Segment::Slot(_) => None,
            });
            with_noun(noun.unwrap_or(principal), verb)
        }
    }
}

/// JSON:API 1.1, Updating Relationships.
fn linkage_verb(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Options | HttpMethod::Trace | HttpMethod::Query => {
            "list"
        }
        HttpMethod::Post => "add",
        HttpMethod::Delete => "remove",
        HttpMethod::Put | HttpMethod::Patch => "replace",
        HttpMethod::Other(_) => "call",
    }
}

fn verb(api: &Api, operation: &Operation, pieces: &[Segment]) -> &'static str {
    let on_item = matches!(pieces.last(), Some(Segment::Slot(_)));
    match operation.method {
        HttpMethod::Get if !on_item && gives_many(api, operation) => "list",
        HttpMethod::Get => "get",
        HttpMethod::Post => "create",
        HttpMethod::Put => "replace",
        HttpMethod::Patch => "update",
        HttpMethod::Delete => "delete",
        HttpMethod::Head => "head",
        HttpMethod::Options => "options",
        HttpMethod::Trace => "trace",
        HttpMethod::Query => "query",
        HttpMethod::Other(_) => "call",
    }
}

/// Whether an operation takes a page, or its answer is an array or has one as its `data`.
fn gives_many(api: &Api, operation: &Operation) -> bool {
    let pages = |name: &str| {
        ["page", "page[number]", "page[size]", "per_page", "limit", "offset", "cursor"].contains(&name)
    };
    let is_many = |ty: &Type| matches!(ty, Type::List(_));
    operation.paging.is_some()
        || operation.parameters.iter().any(|parameter| pages(&parameter.name))
        || operation.responses.iter().filter(|response| response.status.is_success()).any(|response| {
            let first = response.contents.iter().map(|known| &known.content).next();
            match first.unwrap_or(&Content::Undeclared) {
                Content::Json(Type::Named(id)) | Content::Xml(Type::Named(id), _) => {
                    match &api.type_def(*id).shape {
                        Shape::Object(object) => {
                            object.members.iter().any(|member| member.name == "data" && is_many(&member.ty))
                        }
                        Shape::Alias(ty) => is_many(ty),
                        Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_) => false,
                    }
                }
                Content::Json(Type::JsonApi(JsonApi::Page { .. } | JsonApi::Linkage(_))) => true,
                Content::Json(ty) | Content::Xml(ty, _) => is_many(ty),
                Content::Empty
                | Content::Form(_)
                | Content::Text
                | Content::Bytes
                | Content::Events(_)
                | Content::Items(..)
                | Content::Parts(_)
                | Content::NamedParts(_)
                | Content::Undeclared => false,
            }
        })
}
