//! The document in one spelling: the shell as YAML, the headers and the schemas a line each.

use clientsmith::dialect::{Document, Header, HeaderValue, Headers};
use clientsmith::schema::{Additional, Discriminator, Reference, Schema};
use clientsmith::source::{Pointer, Tree};
use openapiv3::ReferenceOr;

use super::{Lines, words};

pub(super) fn text(document: &Document) -> String {
    let mut lines = Lines::default();
    match shell(document) {
        Ok(shell) => lines.0.push_str(&shell),
        Err(error) => lines.add(0, &[&format!("# the shell cannot be shown as YAML: {error}")]),
    }
    lines.gap();
    headers(&mut lines, &document.headers);
    for (pointer, schema) in document.schemas.iter() {
        add(&mut lines, 0, &pointer.to_string(), schema);
    }
    lines.0
}

fn headers(lines: &mut Lines, headers: &Headers) {
    let components = Pointer::root().child("components");
    let of = headers.of.iter().flat_map(|(at, own)| own.iter().map(move |(name, header)| (at, name, header)));
    let all = headers.components.iter().map(|(name, header)| (&components, name, header)).chain(of);
    let mut all: Vec<_> =
        all.map(|(at, name, header)| (at.child("headers").child(name).to_string(), header)).collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (place, header) in &all {
        let said = match header {
            ReferenceOr::Reference { reference } => format!("$ref {reference:?}"),
            ReferenceOr::Item(header) => header_text(header),
        };
        lines.add(0, &[&format!("{place}:"), &said]);
    }
    if !all.is_empty() {
        lines.gap();
    }
}

fn header_text(header: &Header) -> String {
    let Header { description, required, deprecated, value } = header;
    let value = match value {
        HeaderValue::Schema { exploded: false } => "schema".to_owned(),
        HeaderValue::Schema { exploded: true } => "schema, exploded".to_owned(),
        HeaderValue::Content(media_types) => format!("content {media_types:?}"),
    };
    let required = if *required { ", required" } else { "" };
    let deprecated = if *deprecated { ", deprecated" } else { "" };
    let description = description.as_ref().map(|text| format!(", description {text:?}")).unwrap_or_default();
    format!("{value}{required}{deprecated}{description}")
}

fn shell(document: &Document) -> Result<String, serde_yaml::Error> {
    let mut shell = serde_yaml::to_value(&document.shell)?;
    for path in &document.paths {
        let item = &mut shell["paths"][path.path.as_str()];
        if !path.parameters.is_empty() {
            item["parameters"] = serde_yaml::to_value(&path.parameters)?;
        }
        if !path.servers.is_empty() {
            item["servers"] = serde_yaml::to_value(&path.servers)?;
        }
    }
    for known in &document.operations {
        let path = document.paths[known.path].path.as_str();
        let key = known.pointer.tokens().last().unwrap_or_default();
        shell["paths"][path][key.as_ref()] = serde_yaml::to_value(&known.operation)?;
    }
    serde_yaml::to_string(&shell)
}

fn add(lines: &mut Lines, depth: usize, label: &str, schema: &Schema) {
    let keywords = keywords(schema);
    let keywords = if keywords.is_empty() { "anything" } else { &keywords };
    lines.add(depth, &[&format!("{label}:"), keywords]);
    let depth = depth + 1;
    for (name, property) in &schema.properties {
        add(lines, depth, &format!(".{name:?}"), property);
    }
    if let Additional::Schema(values) = &schema.additional {
        add(lines, depth, "additional", values);
    }
    if let Some(items) = &schema.items {
        add(lines, depth, "items", items);
    }
    let parts = [("allOf", &schema.all_of), ("oneOf", &schema.one_of), ("anyOf", &schema.any_of)];
    for (keyword, parts) in parts {
        for (index, part) in parts.iter().enumerate() {
            add(lines, depth, &format!("{keyword} {index}"), part);
        }
    }
}

/// What a schema says apart from the schemas inside it.
fn keywords(schema: &Schema) -> String {
    let types: Vec<String> = schema.types.iter().map(|ty| format!("{ty:?}").to_lowercase()).collect();
    let mut all = vec![types.join("|")];
    all.extend(schema.reference.as_ref().map(reference));
    all.extend(schema.format.as_ref().map(|format| format!("format {format:?}")));
    if !schema.enumeration.is_empty() {
        let values: Vec<String> = schema.enumeration.iter().map(value).collect();
        all.push(format!("enum [{}]", values.join(", ")));
    }
    if !schema.required.is_empty() {
        all.push(format!("required {:?}", schema.required));
    }
    all.push(additional(&schema.additional).to_owned());
    all.extend(schema.discriminator.as_deref().map(discriminator));
    for (is, word) in
        [(schema.read_only, "readOnly"), (schema.write_only, "writeOnly"), (schema.deprecated, "deprecated")]
    {
        all.extend(is.then(|| word.to_owned()));
    }
    all.extend(schema.is_false().then(|| "false".to_owned()));
    all.push(words::said("title", schema.title.as_ref()));
    all.push(words::said("description", schema.description.as_ref()));
    all.retain(|word| !word.is_empty());
    all.join(", ")
}

fn reference(reference: &Reference) -> String {
    match reference {
        Reference::Local(pointer) => format!("$ref {pointer}"),
        Reference::External(text) => format!("$ref elsewhere {text:?}"),
    }
}

fn additional(additional: &Additional) -> &'static str {
    match additional {
        Additional::Unspecified | Additional::Schema(_) => "",
        Additional::Forbidden => "nothing additional",
        Additional::Any => "anything additional",
    }
}

fn discriminator(discriminator: &Discriminator) -> String {
    let default =
        discriminator.default.as_ref().map(|target| format!(" else {target:?}")).unwrap_or_default();
    format!("discriminator {:?} {:?}{default}", discriminator.property, discriminator.mapping)
}

/// A value of an enumeration, as JSON writes it.
fn value(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Number(number) => number.text.clone(),
        Tree::String(text) => format!("{text:?}"),
        Tree::List(list) => format!("[{}]", list.iter().map(value).collect::<Vec<_>>().join(", ")),
        Tree::Map(map) => {
            let members: Vec<String> =
                map.iter().map(|(key, tree)| format!("{key:?}: {}", value(tree))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}
