//! The model.

use std::iter;

use clientsmith::model::{
    Api, BodyPart, Content, EnumValues, EventData, Framing, GivenValue, Link, Location, Member,
    MemberDirection, Operation, Origin, Owner, Parameter, PartValue, Response, Role, SchemeKind, Segment,
    Server, Shape, Step, Tag, TypeId, Union,
};

use super::{Lines, body, words};

pub(super) fn text(api: &Api) -> String {
    let mut lines = Lines::default();
    info(&mut lines, api);
    for operation in &api.operations {
        lines.gap();
        add_operation(&mut lines, api, operation);
    }
    for link in &api.links {
        lines.gap();
        add_link(&mut lines, api, link);
    }
    for left in &api.left_out {
        lines.gap();
        lines.add(0, &["left out", &left.operation, left.code.name(), &left.pointer.to_string()]);
    }
    for id in api.type_ids() {
        lines.gap();
        add_type(&mut lines, api, id);
    }
    lines.0
}

fn info(lines: &mut Lines, api: &Api) {
    let info = &api.info;
    let title = format!("api {:?} {:?}", info.title, info.version);
    lines.add(0, &[&title, &words::said("description", info.description.as_ref())]);
    for server in &api.servers {
        add_server(lines, 0, server);
    }
    for scheme in &api.schemes {
        let kind = match &scheme.kind {
            SchemeKind::Bearer => "bearer".to_owned(),
            SchemeKind::Basic => "basic".to_owned(),
            SchemeKind::Http(name) => format!("http {name:?}"),
            SchemeKind::ApiKeyHeader(name) => format!("header {name:?}"),
            SchemeKind::ApiKeyQuery(name) => format!("query {name:?}"),
            SchemeKind::ApiKeyCookie(name) => format!("cookie {name:?}"),
            SchemeKind::MutualTls => "certificate".to_owned(),
        };
        let name = format!("scheme {:?}:", scheme.name);
        lines.add(0, &[&name, &kind, &words::said("description", scheme.description.as_ref())]);
    }
    for tag in &api.tags {
        let name = format!("tag {:?}", tag.name);
        let parent = tag.parent.and_then(|at| api.tags.get(at)).map(|parent| &parent.name);
        let said = [
            ("summary", tag.summary.as_ref()),
            ("description", tag.description.as_ref()),
            ("parent", parent),
        ];
        let said = said.map(|(what, text)| words::said(what, text));
        lines.add(0, &[&name, &said[0], &said[1], &said[2]]);
    }
}

fn add_server(lines: &mut Lines, depth: usize, server: &Server) {
    let name = words::said("name", server.name.as_ref());
    lines.add(
        depth,
        &["server", &server.url, &name, &words::said("description", server.description.as_ref())],
    );
    for variable in &server.variables {
        let default = format!("variable {:?}: {:?}", variable.name, variable.default);
        let allowed =
            if variable.allowed.is_empty() { String::new() } else { format!("of {:?}", variable.allowed) };
        lines.add(
            depth + 1,
            &[&default, &allowed, &words::said("description", variable.description.as_ref())],
        );
    }
}

fn add_operation(lines: &mut Lines, api: &Api, operation: &Operation) {
    lines.add(0, &[operation.method.as_str(), &operation.path]);
    lines.add(1, &["at", &operation.pointer.to_string()]);
    lines.add(1, &["path", &operation.segments.iter().map(segment).collect::<Vec<_>>().join(" / ")]);
    let names = [
        words::said("tag", operation.tag.as_ref()),
        words::said("operationId", operation.operation_id.as_ref()),
        words::said("x-name", operation.wanted_name.as_ref()),
    ];
    add_if_any(lines, 1, &names.each_ref().map(String::as_str));
    add_if_any(lines, 1, &[&words::docs(&operation.docs)]);
    for parameter in &operation.parameters {
        add_parameter(lines, api, parameter);
    }
    if let Some(body) = &operation.body {
        body::add(lines, api, body);
    }
    for response in &operation.responses {
        add_response(lines, api, response);
    }
    let alternatives: Vec<String> =
        operation.security.0.iter().map(|schemes| format!("{:?}", words::requirements(schemes))).collect();
    if !alternatives.is_empty() {
        lines.add(1, &["security", &alternatives.join(" or ")]);
    }
    for server in &operation.servers {
        add_server(lines, 1, server);
    }
}

fn add_link(lines: &mut Lines, api: &Api, link: &Link) {
    let [from, target] = [link.from, link.target].map(|id| {
        let operation = api.operation(id);
        format!("{} {}", operation.method.as_str(), operation.path)
    });
    let name = format!("link {:?}", link.name);
    lines.add(0, &[&name, "from", &from, &words::status(link.status), "to", &target]);
    for given in &link.given {
        let value = match &given.value {
            GivenValue::Answer(steps) => format!("answer {:?}", steps.join("/")),
            GivenValue::Header(name) => format!("header {name:?}"),
            GivenValue::Constant(text) => format!("constant {text:?}"),
            GivenValue::Caller => "caller".to_owned(),
        };
        let parameter = &api.operation(link.target).parameters[given.parameter];
        lines.add(1, &[&format!("{:?}:", parameter.name), &value]);
    }
}

pub(super) fn add_part(lines: &mut Lines, api: &Api, part: &BodyPart) {
    let value = match &part.value {
        PartValue::Constant(text) => format!("always {text:?}"),
        PartValue::Object => "always an object".to_owned(),
        PartValue::PathParameter(name) => format!("as path {name:?}"),
        PartValue::Value(ty) => words::ty(api, ty),
        PartValue::Pattern(pattern) => {
            format!("{:?} and what follows: {}", pattern.prefix, words::ty(api, &pattern.ty))
        }
        PartValue::ToOne { resource, .. } => format!("identifier of {resource:?}"),
        PartValue::ToMany { resource, .. } => format!("identifiers of {resource:?}"),
    };
    let nullable = if part.nullable { "nullable" } else { "" };
    lines.add(
        2,
        &[
            &format!("{:?}:", part.path.join(".")),
            words::presence(part.presence),
            nullable,
            &value,
            &words::docs(&part.docs),
        ],
    );
}

fn add_if_any(lines: &mut Lines, depth: usize, words: &[&str]) {
    if words.iter().any(|word| !word.is_empty()) {
        lines.add(depth, words);
    }
}

fn segment(segment: &Segment) -> String {
    match segment {
        Segment::Literal(text) => format!("{text:?}"),
        Segment::Slot(name) => format!("{{{name:?}}}"),
        Segment::Mixed(text) => format!("mixed {text:?}"),
    }
}

fn add_parameter(lines: &mut Lines, api: &Api, parameter: &Parameter) {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::WholeQuery => "querystring",
    };
    lines.add(
        1,
        &[
            location,
            &format!("{:?}:", parameter.name),
            words::presence(parameter.presence),
            &words::written(&parameter.written),
            &words::ty(api, &parameter.ty),
            &words::said("constant", parameter.constant.as_ref()),
            &words::said("x-name", parameter.wanted_name.as_ref()),
            &words::docs(&parameter.docs),
        ],
    );
}

fn add_response(lines: &mut Lines, api: &Api, response: &Response) {
    let description = Some(&response.description).filter(|text| !text.is_empty());
    let status = words::status(response.status);
    for known in &response.contents {
        let media_type = known.media_type.as_ref().map(|media_type| format!("({media_type:?})"));
        lines.add(
            1,
            &[
                &format!("{status}:"),
                &content(api, &known.content),
                media_type.as_deref().unwrap_or_default(),
                &words::said("description", description),
            ],
        );
    }
}

fn content(api: &Api, content: &Content) -> String {
    match content {
        Content::Empty => "empty".to_owned(),
        Content::Form(form) => format!("form {} {}", words::ty(api, &form.ty), body::fields(&form.fields)),
        Content::Xml(ty, _) => format!("xml {}", words::ty(api, ty)),
        Content::Json(ty) => format!("json {}", words::ty(api, ty)),
        Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Events(events) => {
            let data = match &events.data {
                EventData::Text => "text".to_owned(),
                EventData::Json(ty) | EventData::Named(ty) => words::ty(api, ty),
                EventData::Any => "JSON or text".to_owned(),
            };
            format!("events of {data} {}", words::said("up to", events.end.as_ref()))
        }
        Content::Items(Framing::Lines, ty) => format!("lines of {}", words::ty(api, ty)),
        Content::Items(Framing::Sequence, ty) => format!("sequence of {}", words::ty(api, ty)),
        Content::Parts(None) => "parts".to_owned(),
        Content::Parts(Some(ty)) => format!("parts of {}", words::ty(api, ty)),
        Content::NamedParts(known) => {
            let names: Vec<String> = known.parts.iter().map(|part| format!("{:?}", part.name)).collect();
            format!("parts {}", names.join(" "))
        }
        Content::Undeclared => "undeclared".to_owned(),
    }
}

fn add_type(lines: &mut Lines, api: &Api, id: TypeId) {
    let definition = api.type_def(id);
    let origin = match &definition.origin {
        Origin::Component(name) => format!("component {name:?}"),
        Origin::Resource { resource, part, .. } => {
            format!("{} of resources {resource:?}", words::part(*part))
        }
        Origin::Choice { noun, kind, .. } => format!("{} of {noun:?}", words::choice(*kind)),
        Origin::Id(name) => format!("id {name:?}"),
        Origin::Inline { owner, steps } => {
            let way: Vec<String> = iter::once(self::owner(owner)).chain(steps.iter().map(step)).collect();
            format!("inline in {}", way.join(" "))
        }
    };
    lines.add(0, &[&format!("type #{}:", id.index()), &origin]);
    lines.add(1, &["at", &definition.pointer.to_string()]);
    add_if_any(lines, 1, &[&words::docs(&definition.docs)]);
    match &definition.shape {
        Shape::Object(object) => {
            lines.add(1, &["object"]);
            for member in &object.members {
                add_member(lines, api, member);
            }
            for pattern in &object.patterns {
                lines.add(
                    2,
                    &[&format!("{:?} and what follows:", pattern.prefix), &words::ty(api, &pattern.ty)],
                );
            }
            if let Some(ty) = &object.additional {
                lines.add(2, &["others:", &words::ty(api, ty)]);
            }
        }
        Shape::Enumeration(enumeration) => match &enumeration.values {
            EnumValues::Strings(values) => lines.add(1, &["one of", &format!("{values:?}")]),
            EnumValues::Integers(values) => lines.add(1, &["one of", &format!("{values:?}")]),
        },
        Shape::Union(union) => add_union(lines, api, union),
        Shape::Id(_) => lines.add(1, &["id"]),
        Shape::Alias(ty) => lines.add(1, &["alias of", &words::ty(api, ty)]),
    }
}

fn owner(owner: &Owner) -> String {
    match owner {
        Owner::Component(name) => format!("component {name:?}"),
        Owner::Webhook(name) => format!("webhook {name:?}"),
        Owner::Operation { method, path, role } => {
            let role = match role {
                Role::Body => "body".to_owned(),
                Role::Response(status) => format!("response {status:?}"),
                Role::Parameter(name) => format!("parameter {name:?}"),
            };
            format!("{} {path} {role}", method.as_str())
        }
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::Property(name) => format!(".{name:?}"),
        Step::Items => "items".to_owned(),
        Step::Values => "values".to_owned(),
        Step::Variant(index, None) => format!("variant {index}"),
        Step::Variant(index, Some(name)) => format!("variant {index} {name:?}"),
    }
}

fn add_member(lines: &mut Lines, api: &Api, member: &Member) {
    let direction = match member.direction {
        MemberDirection::Both => "",
        MemberDirection::ReadOnly => "only read",
        MemberDirection::WriteOnly => "only sent",
    };
    lines.add(
        2,
        &[
            &format!("{:?}:", member.name),
            words::presence(member.presence),
            if member.nullable { "nullable" } else { "" },
            direction,
            &words::ty(api, &member.ty),
            &words::said("constant", member.constant.as_ref()),
            &words::docs(&member.docs),
        ],
    );
}

fn add_union(lines: &mut Lines, api: &Api, union: &Union) {
    match &union.tag {
        Tag::Member(name) => lines.add(1, &["union told apart by", &format!("{name:?}")]),
        Tag::Shape => lines.add(1, &["union told apart by shape"]),
        Tag::Event(_) => lines.add(1, &["union told apart by the event's name"]),
    }
    for (at, variant) in union.variants.iter().enumerate() {
        let mut tags =
            if variant.tags.is_empty() { String::new() } else { format!("for {:?}", variant.tags) };
        if union.default == Some(at) {
            tags.push_str(" by default");
        }
        lines.add(2, &[&format!("{:?}:", variant.hint), &words::ty(api, &variant.ty), &tags]);
    }
}
