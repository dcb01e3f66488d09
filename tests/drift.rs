//! The checked-in client is what the generator makes of the document, and the document's surface is what was last reviewed.

use std::fmt::Write as _;
use std::path::Path;

use clientsmith::diag::Diagnostics;
use clientsmith::model::{
    BodyKind, BodyPart, Content, JsonApi, Location, Operation, OperationId, PartValue, Presence, Type,
};
use clientsmith::write::DifferenceKind;
use clientsmith::{Generator, Stages};

const RENEW: &str = "cargo run -p clientsmith -- generate";

fn generator() -> Generator {
    Generator::new().config(Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/clientsmith.toml"))
}

fn stages() -> Stages {
    let (source, config, pins, _) = generator().inputs_read().unwrap();
    clientsmith::stages(&source, &config, &pins, &mut Diagnostics::default()).unwrap()
}

#[test]
fn the_checked_in_client_and_lock_are_what_the_generator_gives() {
    let (_, _, differences) = generator().check().unwrap_or_else(|failure| panic!("{failure}"));
    let mut list = String::new();
    for difference in &differences {
        let what = match difference.kind {
            DifferenceKind::Missing => "is missing",
            DifferenceKind::Changed => "is different",
            DifferenceKind::Stale => "is left over",
        };
        _ = writeln!(list, "  {} {what}", difference.path);
    }
    assert!(
        differences.is_empty(),
        "generated-client/ and spec/clientsmith.lock are not what the generator makes of spec/:\n{list}renew them with `{RENEW}`"
    );
}

#[test]
fn the_operations_are_the_ones_reviewed() {
    insta::assert_snapshot!(operations(&stages()));
}

#[test]
fn the_types_are_the_ones_reviewed() {
    let files = generator().prepare().unwrap_or_else(|failure| panic!("{failure}")).generation.files.unwrap();
    let modules = files.iter().filter_map(|file| Some((file.path.strip_prefix("src/types/")?, file)));
    let text: Vec<String> = modules.map(|(path, file)| types(path, &file.contents)).collect();
    insta::assert_snapshot!(text.concat());
}

/// A line a group, and below it a line an operation: `list  GET /v1/contacts (78) -> Page<Contact>`.
fn operations(stages: &Stages) -> String {
    let mut text = String::new();
    for group in stages.names.groups() {
        _ = writeln!(text, "{}", group.module);
        for id in &group.operations {
            _ = writeln!(text, "  {}", operation(stages, *id));
        }
    }
    text
}

fn operation(stages: &Stages, id: OperationId) -> String {
    let operation: &Operation = stages.api.operation(id);
    let mut line =
        format!("{}  {} {}", stages.names.operation(id).method, operation.method.as_str(), operation.path);
    let query = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query).count();
    if query > 0 {
        _ = write!(line, " ({query})");
    }
    if let Some(body) = &operation.body {
        let kinds = body.media.iter().map(|media| match &media.kind {
            BodyKind::Json(ty) => spell(stages, ty),
            BodyKind::Xml(ty, _) => format!("XML of {}", spell(stages, ty)),
            BodyKind::Parts(parts) => sent(parts),
            BodyKind::Form(form) => format!("form {}", spell(stages, &form.ty)),
            BodyKind::Lines(ty) => format!("lines of {}", spell(stages, ty)),
            BodyKind::Multipart(_) => "multipart".to_owned(),
            BodyKind::Text => "text".to_owned(),
            BodyKind::Bytes | BodyKind::Range => "bytes".to_owned(),
        });
        _ = write!(line, " <- {}", kinds.collect::<Vec<_>>().join(" or "));
    }
    let success = operation.responses.iter().find(|response| response.status.is_success());
    let read = match success.and_then(clientsmith::model::Response::only) {
        Some(Content::Json(ty)) => spell(stages, ty),
        Some(Content::Xml(ty, _)) => format!("XML of {}", spell(stages, ty)),
        Some(Content::Form(form)) => format!("form of {}", spell(stages, &form.ty)),
        Some(Content::Text) => "text".to_owned(),
        Some(Content::Bytes) => "bytes".to_owned(),
        Some(Content::Events(_) | Content::Items(..) | Content::Parts(_)) => "piece by piece".to_owned(),
        Some(Content::NamedParts(_)) => "parts".to_owned(),
        Some(Content::Undeclared) => "as it comes".to_owned(),
        Some(Content::Empty) | None => "nothing".to_owned(),
    };
    _ = write!(line, " -> {read}");
    line
}

fn spell(stages: &Stages, ty: &Type) -> String {
    match ty {
        Type::Named(id) => stages.names.read_type(*id).to_string(),
        Type::List(item) => format!("[{}]", spell(stages, item)),
        Type::Map(value) => format!("{{{}}}", spell(stages, value)),
        Type::Nullable(value) => format!("{}?", spell(stages, value)),
        Type::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        Type::Json(_) => "json".to_owned(),
        Type::Foreign(_) => "one of others".to_owned(),
        Type::JsonApi(json_api) => spell_json_api(stages, json_api),
    }
}

fn spell_json_api(stages: &Stages, json_api: &JsonApi) -> String {
    match json_api {
        JsonApi::Document { data, .. } => format!("Document<{}>", spell(stages, data)),
        JsonApi::Page { item, meta: None, .. } => format!("Page<{}>", spell(stages, item)),
        JsonApi::Page { item, meta: Some(meta), .. } => {
            format!("Page<{}, {}>", spell(stages, item), spell(stages, meta))
        }
        JsonApi::Linkage(id) => format!("Linkage<{}>", spell(stages, id)),
        JsonApi::ToOne | JsonApi::ToMany | JsonApi::Links | JsonApi::Identifier => {
            format!("{json_api:?}")
        }
    }
}

/// The parts of a body that a caller has to pass, and how many more there are: `site + 13`.
fn sent(parts: &[BodyPart]) -> String {
    let passed = |part: &&BodyPart| match part.value {
        PartValue::Constant(_) | PartValue::Object | PartValue::PathParameter(_) => false,
        PartValue::Value(_) | PartValue::Pattern(_) | PartValue::ToOne { .. } | PartValue::ToMany { .. } => {
            true
        }
    };
    let (required, optional): (Vec<&BodyPart>, Vec<&BodyPart>) =
        parts.iter().filter(passed).partition(|part| part.presence == Presence::Required);
    let name = |part: &&BodyPart| {
        let own = part.path.iter().rfind(|member| *member != "data");
        own.map_or("data", String::as_str).to_owned()
    };
    let mut text = required.iter().map(name).collect::<Vec<_>>().join(" ");
    if !optional.is_empty() {
        _ = write!(text, " + {}", optional.len());
    }
    text.trim_start().to_owned()
}

/// The types of a module, each with how many fields or variants it has, if any; nothing for a module without types.
fn types(path: &str, source: &str) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for line in source.lines() {
        if let Some(item) = line.strip_prefix("pub ") {
            let name = item.split([' ', '<', '(', '=']).nth(1).unwrap_or_default();
            counts.push((name, 0));
        } else if let Some((_, count)) = counts.last_mut().filter(|_| is_member(line)) {
            *count += 1;
        }
    }
    counts.retain(|(name, _)| name.starts_with(char::is_uppercase));
    if counts.is_empty() {
        return String::new();
    }
    counts.sort_unstable();
    let mut text = format!("{path}\n ");
    let mut width = 1;
    for (name, count) in counts {
        let entry = if count == 0 { format!(" {name}") } else { format!(" {name}:{count}") };
        if width + entry.len() > 100 {
            text.push_str("\n ");
            width = 1;
        }
        width += entry.len();
        text.push_str(&entry);
    }
    text + "\n"
}

/// Whether a line of a type declares a field or a variant.
fn is_member(line: &str) -> bool {
    let member = line.strip_prefix("    ").unwrap_or_default();
    let field = member.strip_prefix("pub ").is_some_and(|rest| !rest.starts_with("fn "));
    field || (member.starts_with(char::is_uppercase) && member.ends_with(','))
}
