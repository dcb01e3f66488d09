//! Request bodies.

use clientsmith::model::{
    Api, Body, BodyKind, FieldStyle, FormPart, FormParts, OtherParts, PartContent, Reserved,
};

use super::{Lines, api, words};

/// Adds what can be sent, by media type.
pub(super) fn add(lines: &mut Lines, model: &Api, body: &Body) {
    for media in &body.media {
        let kind = match &media.kind {
            BodyKind::Xml(ty, _) => format!("xml {}", words::ty(model, ty)),
            BodyKind::Json(ty) => format!("json {}", words::ty(model, ty)),
            BodyKind::Form(form) => format!("form {}", words::ty(model, &form.ty)),
            BodyKind::Parts(_) => "json in parts".to_owned(),
            BodyKind::Multipart(parts) => multipart("multipart", parts),
            BodyKind::Lines(ty) => format!("lines of json {}", words::ty(model, ty)),
            BodyKind::Text => "text".to_owned(),
            BodyKind::Bytes => "bytes".to_owned(),
            BodyKind::Range => "bytes of the caller's media type".to_owned(),
        };
        let media_type = format!("({:?})", media.media_type);
        lines
            .add(1, &["body:", words::presence(body.presence), &kind, &media_type, &words::docs(&body.docs)]);
        match &media.kind {
            BodyKind::Parts(parts) => parts.iter().for_each(|part| api::add_part(lines, model, part)),
            BodyKind::Form(form) => form.fields.iter().for_each(|(name, style)| {
                lines.add(2, &["field", &format!("{name:?}"), &field_style(style)]);
            }),
            BodyKind::Multipart(parts) => parts.iter().for_each(|part| add_form_part(lines, 2, model, part)),
            BodyKind::Json(_)
            | BodyKind::Lines(_)
            | BodyKind::Xml(..)
            | BodyKind::Text
            | BodyKind::Bytes
            | BodyKind::Range => {}
        }
    }
}

fn multipart(kind: &str, parts: &FormParts) -> String {
    match parts.others {
        OtherParts::Allowed => kind.to_owned(),
        OtherParts::Forbidden => format!("{kind} and no others"),
    }
}

fn add_form_part(lines: &mut Lines, depth: usize, model: &Api, part: &FormPart) {
    let content = match &part.content {
        PartContent::Value(ty) => words::ty(model, ty),
        PartContent::File => "file".to_owned(),
        PartContent::Files => "files".to_owned(),
        PartContent::Multipart(inner) => multipart("parts", inner),
        PartContent::Multiparts(inner) => multipart("lists of parts", inner),
    };
    let media_type = part.media_type.as_ref().map(|media_type| format!("({media_type:?})"));
    let style = part.style.as_ref().map(field_style).unwrap_or_default();
    let headers: Vec<String> =
        part.headers.iter().map(|header| format!("header {:?}", header.name)).collect();
    lines.add(
        depth,
        &[
            "part",
            &format!("{:?}", part.name),
            words::presence(part.presence),
            &content,
            &media_type.unwrap_or_default(),
            &style,
            &headers.join(" "),
            &words::said("always", part.constant.as_ref()),
            &words::docs(&part.docs),
        ],
    );
    for inner in part.inner().unwrap_or_default() {
        add_form_part(lines, depth + 1, model, inner);
    }
}

/// `(with "a" as json, "b" as xml)`, or nothing.
pub(super) fn fields(fields: &[(String, FieldStyle)]) -> String {
    let all: Vec<String> =
        fields.iter().map(|(name, style)| format!("{name:?} {}", field_style(style))).collect();
    if all.is_empty() { String::new() } else { format!("(with {})", all.join(", ")) }
}

fn field_style(style: &FieldStyle) -> String {
    match style {
        FieldStyle::Json => "as json".to_owned(),
        FieldStyle::Text => "as text".to_owned(),
        FieldStyle::Xml(_) => "as xml".to_owned(),
        FieldStyle::Form(inner) => format!("as form {}", fields(inner)).trim_end().to_owned(),
        FieldStyle::Query(style, Reserved::Encoded) => format!("as {style:?}"),
        FieldStyle::Query(style, Reserved::Kept) => format!("as {style:?} with reserved characters"),
    }
}
