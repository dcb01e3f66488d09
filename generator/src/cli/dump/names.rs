//! What everything is called.

use clientsmith::analyze::Facts;
use clientsmith::model::{Api, Body, FormPart, OperationId, Shape, TypeId};
use clientsmith::name::{Group, Names, PartsNames, VariantName};

use super::{Lines, words};

pub(super) fn text(api: &Api, facts: &Facts, names: &Names) -> String {
    let mut lines = Lines::default();
    for group in names.groups() {
        add_group(&mut lines, api, names, group);
        lines.gap();
    }
    for id in api.type_ids() {
        add_type(&mut lines, api, facts, names, id);
    }
    lines.0
}

fn add_group(lines: &mut Lines, api: &Api, names: &Names, group: &Group) {
    let (module, ty) = (group.module.as_str(), group.type_name.as_str());
    lines.add(0, &["group", module, ty, &words::said("tag", group.tag.as_ref())]);
    for id in &group.operations {
        add_operation(lines, api, names, *id);
    }
}

fn add_operation(lines: &mut Lines, api: &Api, names: &Names, id: OperationId) {
    let (operation, given) = (api.operation(id), names.operation(id));
    lines.add(1, &[given.method.as_str(), "for", operation.method.as_str(), &operation.path]);
    lines.add(2, &["types", given.builder.as_str(), given.error.as_str(), given.success.as_str()]);
    for (parameter, name) in operation.parameters.iter().zip(&given.parameters) {
        lines.add(2, &["parameter", name.as_str(), "for", &format!("{:?}", parameter.name)]);
    }
    for (part, name) in operation.body.iter().flat_map(Body::parts).zip(&given.parts) {
        lines.add(2, &["part", name.as_str(), "for", &format!("{:?}", part.path)]);
    }
    for (media, named) in operation.body.iter().flat_map(|body| &body.media).zip(&given.media) {
        lines.add(2, &["body", named.variant.as_str(), "for", &format!("{:?}", media.media_type)]);
        if let (Some(parts), Some(named)) = (media.kind.multipart(), &named.multipart) {
            add_parts(lines, 3, parts, named);
        }
    }
    for (response, names) in operation.responses.iter().zip(&given.responses) {
        for name in names {
            lines.add(2, &["response", name.as_str(), "for", &words::status(response.status)]);
        }
    }
}

fn add_parts(lines: &mut Lines, depth: usize, parts: &[FormPart], names: &PartsNames) {
    for (part, own) in parts.iter().zip(&names.parts) {
        lines.add(depth, &["part", own.name.as_str(), "for", &format!("{:?}", part.name)]);
        if let (Some(inner), Some(names)) = (part.inner(), &own.inner) {
            lines.add(depth + 1, &["type", names.name.as_str()]);
            add_parts(lines, depth + 1, inner, names);
        }
    }
}

fn add_type(lines: &mut Lines, api: &Api, facts: &Facts, names: &Names, id: TypeId) {
    let (read, write) = (names.read_type(id), names.write_type(id));
    let form = if read == write { String::new() } else { format!("and to send {write}") };
    let definition = words::definition(api, id);
    lines.add(0, &["type", read.as_str(), &form, "for", &definition]);
    if facts.canonical(id) != id {
        return;
    }
    match &api.type_def(id).shape {
        Shape::Object(object) => {
            for (member, name) in object.members.iter().zip(names.fields(id)) {
                lines.add(1, &["field", name.as_str(), "for", &format!("{:?}", member.name)]);
            }
        }
        Shape::Enumeration(_) | Shape::Union(_) => {
            let variants: Vec<&str> = names.variants(id).iter().map(VariantName::as_str).collect();
            lines.add(1, &["variants", &variants.join(" ")]);
        }
        Shape::Alias(_) | Shape::Id(_) => {}
    }
}
