//! Words for what occurs in several dumps.

use clientsmith::model::{
    Api, ChoiceKind, Docs, Framing, Integer, JsonApi, Origin, Presence, Requirement, ResourcePart, Scalar,
    Special, Status, StyleName, Type, TypeId, Untyped, Written,
};

use super::body;

/// A definition before it has a name: a component's key, the number of an inline type.
pub(super) fn definition(api: &Api, id: TypeId) -> String {
    match &api.type_def(id).origin {
        Origin::Component(name) => format!("{name:?}"),
        Origin::Resource { resource, part, .. } => format!("{} of {resource:?}", self::part(*part)),
        Origin::Choice { noun, kind, .. } => format!("{} of {noun:?}", choice(*kind)),
        Origin::Id(name) => format!("id {name:?}"),
        Origin::Inline { .. } => format!("#{}", id.index()),
    }
}

/// A type as it is used: `[string]`, `{string: "Pet" or null}`.
pub(super) fn ty(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => definition(api, *id),
        Type::List(inner) => format!("[{}]", self::ty(api, inner)),
        Type::Map(inner) => format!("{{string: {}}}", self::ty(api, inner)),
        Type::Nullable(inner) => format!("{} or null", self::ty(api, inner)),
        Type::Scalar(scalar) => self::scalar(*scalar).to_owned(),
        Type::Foreign(id) => format!("type {:?}", api.foreign[id.index()].path),
        Type::Json(untyped) => self::untyped(*untyped).to_owned(),
        Type::JsonApi(structure) => json_api(api, structure),
    }
}

fn json_api(api: &Api, structure: &JsonApi) -> String {
    let inner = |ty: &Type| self::ty(api, ty);
    match structure {
        JsonApi::Document { data, .. } => format!("document of {}", inner(data)),
        JsonApi::Page { item, meta: None, .. } => format!("page of {}", inner(item)),
        JsonApi::Page { item, meta: Some(meta), .. } => {
            format!("page of {} with {}", inner(item), inner(meta))
        }
        JsonApi::Linkage(id) => format!("linkage by {}", inner(id)),
        JsonApi::ToOne => "relationship to one".to_owned(),
        JsonApi::ToMany => "relationship to many".to_owned(),
        JsonApi::Links => "links".to_owned(),
        JsonApi::Identifier => "resource identifier".to_owned(),
    }
}

/// What of a resource is meant.
pub(super) fn part(part: ResourcePart) -> &'static str {
    match part {
        ResourcePart::Itself => "resource",
        ResourcePart::Id => "id",
        ResourcePart::Attributes => "attributes",
        ResourcePart::Relationships => "relationships",
        ResourcePart::Field => "fields",
    }
}

/// What is chosen.
pub(super) fn choice(kind: ChoiceKind) -> &'static str {
    match kind {
        ChoiceKind::Sort => "sort",
        ChoiceKind::Include => "include",
        ChoiceKind::Filter => "filter",
    }
}

pub(super) fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Defaulted => "empty unless there",
    }
}

/// As documents write it: `200`, `4XX`, `default`.
pub(super) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// `deprecated "summary" "description"`
pub(super) fn docs(docs: &Docs) -> String {
    let mut words = Vec::new();
    if docs.deprecated {
        words.push("deprecated".to_owned());
    }
    words.extend(docs.summary.as_ref().map(|text| format!("summary {text:?}")));
    words.extend(docs.description.as_ref().map(|text| format!("description {text:?}")));
    words.join(" ")
}

/// `what "text"`, or nothing.
pub(super) fn written(written: &Written) -> String {
    let style = match written {
        Written::Styled(style) => style,
        Written::Json => return "json".to_owned(),
        Written::Text => return "text".to_owned(),
        Written::Xml(_) => return "xml".to_owned(),
        Written::Items(Framing::Lines) => return "lines".to_owned(),
        Written::Items(Framing::Sequence) => return "sequence".to_owned(),
        Written::Pairs(fields) => return format!("pairs {}", body::fields(fields)),
    };
    let name = match style.name {
        StyleName::Simple => "simple",
        StyleName::Label => "label",
        StyleName::Matrix => "matrix",
        StyleName::Form => "form",
        StyleName::Space => "space",
        StyleName::Pipe => "pipe",
        StyleName::Deep => "deep",
        StyleName::Cookie => "cookie",
    };
    let explode = if style.explode { " exploded" } else { "" };
    let reserved = if style.reserved { " reserved" } else { "" };
    format!("{name}{explode}{reserved}")
}

pub(super) fn said(what: &str, text: Option<&String>) -> String {
    text.map(|text| format!("{what} {text:?}")).unwrap_or_default()
}

fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "string",
        Scalar::Password => "password",
        Scalar::Boolean => "boolean",
        Scalar::Integer(integer) => self::integer(integer),
        Scalar::Float32 => "float32",
        Scalar::Float64 => "float64",
        Scalar::DateTime => "date-time",
        Scalar::Date => "date",
        Scalar::Moment => "moment",
        Scalar::Base64 => "base64",
        Scalar::Base64Url => "base64url",
        Scalar::Binary => "binary",
        Scalar::Special(special) => match special {
            Special::Uuid => "uuid",
            Special::Ipv4 => "ipv4",
            Special::Ipv6 => "ipv6",
            Special::Duration => "duration",
            Special::DecimalText => "decimal as text",
            Special::DecimalNumber => "decimal as a number",
        },
    }
}

fn integer(integer: Integer) -> &'static str {
    match integer {
        Integer::Int8 => "int8",
        Integer::Int16 => "int16",
        Integer::Int32 => "int32",
        Integer::Int64 => "int64",
        Integer::Uint8 => "uint8",
        Integer::Uint16 => "uint16",
        Integer::Uint32 => "uint32",
        Integer::Uint64 => "uint64",
    }
}

fn untyped(untyped: Untyped) -> &'static str {
    match untyped {
        Untyped::Anything => "anything",
        Untyped::AnyObject => "any object",
        Untyped::Unsupported => "anything (unsupported)",
    }
}

/// The schemes of an alternative, with the scopes that they need.
pub(super) fn requirements(requirements: &[Requirement]) -> Vec<String> {
    let text = |wanted: &Requirement| match wanted.scopes.as_slice() {
        [] => wanted.scheme.clone(),
        scopes => format!("{} ({})", wanted.scheme, scopes.join(" ")),
    };
    requirements.iter().map(text).collect()
}
