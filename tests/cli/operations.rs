//! Every operation of the document, called by its own name and by its group's.

use std::path::Path;

use clientsmith::Generator;
use clientsmith::diag::Diagnostics;
use clientsmith::model::{Api, BodyKind, EnumValues, Operation, PartValue, Presence, Scalar, Shape, Type};
use serde_json::{Value, json};

use crate::program::{Answer, Seen, Server, answer, call};

#[tokio::test]
async fn every_operation_is_called_by_both_of_its_names() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/clientsmith.toml");
    let (source, config, pins, _) = Generator::new().config(config).inputs_read().unwrap();
    let stages = clientsmith::stages(&source, &config, &pins, &mut Diagnostics::default()).unwrap();
    let server = Server::start(least).await;
    let mut called = 0;
    for id in stages.api.operation_ids() {
        let (operation, names) = (stages.api.operation(id), stages.names.command(id));
        let group = stages.names.group_command(stages.names.operation(id).group);
        let mut options = Vec::new();
        for (parameter, option) in operation.parameters.iter().zip(&names.parameters) {
            if parameter.presence == Presence::Required {
                options.extend([format!("--{option}"), "1".to_owned()]);
            }
        }
        if let Some(body) = body(&stages.api, operation) {
            options.extend(["--body".to_owned(), body.to_string()]);
        }
        let path = operation.path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
        let line = format!("{} {}", operation.method.as_str(), path.collect::<Vec<_>>().join("/"));
        for way in [[group, &names.method], ["call", &names.operation]] {
            let arguments: Vec<&str> = way.into_iter().chain(options.iter().map(String::as_str)).collect();
            let ended = call(&server, &arguments).await;
            assert_eq!(ended.code, 0, "{arguments:?}: {ended:?}");
            assert_eq!(server.seen().last().unwrap().line.split('?').next(), Some(line.as_str()));
        }
        called += 1;
    }
    assert_eq!(called, 77);
}

/// The least that the document lets an operation answer: nothing, no resources, or one with nothing but an id.
fn least(seen: &Seen) -> Answer {
    let (method, target) = seen.line.split_once(' ').unwrap_or_default();
    let path: Vec<&str> = target.split_once("/v1/").unwrap_or_default().1.split('/').collect();
    match (method, &path[..]) {
        ("DELETE", ["hooks", _]) => answer(204, ""),
        ("GET", ["hooks", sample]) if sample.ends_with("_sample") => answer(200, "[]"),
        ("GET", ["me" | "version"]) | ("POST", ["oauth", _]) => answer(200, "{}"),
        ("GET", [_]) | (_, [.., "relationships", _]) => answer(200, r#"{"data":[]}"#),
        _ => answer(200, r#"{"data":{"id":"1"}}"#),
    }
}

/// A body with what has to be in it.
fn body(api: &Api, operation: &Operation) -> Option<Value> {
    match &operation.body.as_ref()?.media.first()?.kind {
        BodyKind::Json(ty) => Some(sample(api, ty)),
        BodyKind::Form(form) => Some(sample(api, &form.ty)),
        BodyKind::Parts(parts) => {
            let mut body = json!({});
            for part in parts.iter().filter(|part| part.presence == Presence::Required) {
                let value = match &part.value {
                    PartValue::Constant(text) => json!(text),
                    PartValue::Value(ty) => sample(api, ty),
                    PartValue::ToOne { resource, .. } => json!({"type": resource, "id": "1"}),
                    PartValue::ToMany { resource, .. } => json!([{"type": resource, "id": "1"}]),
                    PartValue::Object | PartValue::PathParameter(_) | PartValue::Pattern(_) => continue,
                };
                let steps = part.path.iter();
                let place = steps.fold(&mut body, |value, step| &mut value[step.as_str()]);
                *place = value;
            }
            Some(body)
        }
        _ => None,
    }
}

/// A value of `ty`.
fn sample(api: &Api, ty: &Type) -> Value {
    match ty {
        Type::Scalar(Scalar::Boolean) => json!(true),
        Type::Scalar(
            Scalar::String
            | Scalar::Password
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Moment
            | Scalar::Base64,
        ) => json!("text"),
        Type::Scalar(_) => json!(1),
        Type::List(item) => json!([sample(api, item)]),
        Type::Nullable(inner) => sample(api, inner),
        Type::Map(_) | Type::Json(_) | Type::JsonApi(_) | Type::Foreign(_) => json!({}),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(inner) => sample(api, inner),
            Shape::Id(_) => json!("1"),
            Shape::Enumeration(known) => match &known.values {
                EnumValues::Strings(values) => json!(values[0]),
                EnumValues::Integers(values) => json!(values[0]),
            },
            Shape::Union(union) => sample(api, &union.variants[0].ty),
            Shape::Object(object) => {
                let required = object.members.iter().filter(|member| member.presence == Presence::Required);
                required.map(|member| (member.name.clone(), sample(api, &member.ty))).collect()
            }
        },
    }
}
