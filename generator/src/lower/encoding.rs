//! `encoding`: how the fields of forms and the parts of multipart bodies are written.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
use super::medium::{self, Medium};
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Docs, FieldStyle, PartHeader, Presence, QueryStyle, Reserved, Shape, Type};
use crate::source::Pointer;

/// What an Encoding Object says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) style: Option<FieldStyle>,
    /// The media types of `contentType`, which is a list.
    pub(super) media_types: Vec<String>,
    pub(super) headers: Vec<PartHeader>,
    /// Whether the first of the media types is XML.
    pub(super) is_xml: bool,
}

impl<'d> Lowering<'d> {
    /// The fields of a form that are not written by the type of their values.
    pub(super) fn form_fields(
        &mut self,
        media: &'d MediaType,
        ty: &Type,
        place: &Pointer,
    ) -> Vec<(String, FieldStyle)> {
        let mut fields = Vec::new();
        let known = self.member_names(ty);
        for (name, encoding) in encodings(media) {
            let place = place.child("encoding").child(name);
            if known.as_ref().is_some_and(|known| !known.contains(name)) {
                self.report_unknown_property(name, &place);
            }
            let said = self.said(encoding, &place);
            if said.is_xml {
                self.report_xml(&place);
            }
            if !said.headers.is_empty() {
                self.report_encoding(&place.child("headers"), "a field of a form has no headers".to_owned());
            }
            fields.extend(said.style.map(|style| (name.clone(), style)));
        }
        fields
    }

    /// What the Encoding Object at `place` says.
    ///
    /// OAS 3.1.1, Encoding Object: where `style`, `explode` or `allowReserved` is said, `contentType` is ignored.
    pub(super) fn said(&mut self, encoding: &Value, place: &Pointer) -> Said {
        let text = |key: &str| encoding.get(key).and_then(Value::as_str);
        for inner in ["encoding", "prefixEncoding", "itemEncoding"] {
            if encoding.get(inner).is_some() {
                self.report_encoding(
                    &place.child(inner),
                    "the client does not write parts of a part".to_owned(),
                );
            }
        }
        let content_type = text("contentType").unwrap_or_default();
        let media_types: Vec<String> = content_type
            .split(',')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        let headers = headers(encoding);
        let is_styled = ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(key).is_some());
        if is_styled {
            let style = self.field_style(encoding, place);
            return Said { style, media_types: Vec::new(), headers, is_xml: false };
        }
        let is_json = media_types.first().is_some_and(|name| medium::medium(name) == Medium::Json);
        let is_xml = media_types.first().is_some_and(|name| medium::medium(name) == Medium::Xml);
        Said { style: is_json.then_some(FieldStyle::Json), media_types, headers, is_xml }
    }

    /// Says of the Encoding Object at `place` that its value does not become XML.
    pub(super) fn report_xml(&mut self, place: &Pointer) {
        self.diags
            .warn(Code::UnsupportedMediaType, &place.child("contentType"))
            .message("the client cannot write this property as XML")
            .help("it is written by its type");
    }

    fn field_style(&mut self, encoding: &Value, place: &Pointer) -> Option<FieldStyle> {
        let style = encoding.get("style").and_then(Value::as_str).unwrap_or("form");
        let explode = encoding.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
        let style = match (style, explode) {
            ("form" | "spaceDelimited" | "pipeDelimited", true) => QueryStyle::Exploded,
            ("form", false) => QueryStyle::Comma,
            ("spaceDelimited", false) => QueryStyle::Space,
            ("pipeDelimited", false) => QueryStyle::Pipe,
            ("deepObject", _) => QueryStyle::Deep,
            (other, _) => {
                let message = format!("`{other}` is no style of a query parameter");
                self.report_encoding(&place.child("style"), message);
                return None;
            }
        };
        let keeps = encoding.get("allowReserved").and_then(Value::as_bool).unwrap_or_default();
        Some(FieldStyle::Query(style, if keeps { Reserved::Kept } else { Reserved::Encoded }))
    }

    /// The names of an object's members; none if any name is allowed.
    fn member_names(&self, ty: &Type) -> Option<Vec<String>> {
        let mut id = ty.named()?;
        for _ in 0..=self.types.len() {
            match &self.types.get(id.index())?.shape {
                Shape::Object(object) if object.additional.is_none() => {
                    return Some(object.members.iter().map(|member| member.name.clone()).collect());
                }
                Shape::Alias(Type::Named(next)) => id = *next,
                Shape::Object(_)
                | Shape::Alias(_)
                | Shape::Enumeration(_)
                | Shape::Union(_)
                | Shape::Id(_) => {
                    return None;
                }
            }
        }
        None
    }

    pub(super) fn report_unknown_property(&mut self, name: &str, place: &Pointer) {
        self.report_encoding(place, format!("the schema has no property `{name}`"));
    }

    pub(super) fn report_encoding(&mut self, place: &Pointer, message: String) {
        self.diags
            .warn(Code::UnsupportedEncoding, place)
            .message(message)
            .help("it is ignored, and the value is written by its type");
    }
}

/// The Encoding Objects by property.
pub(super) fn encodings(media: &MediaType) -> impl Iterator<Item = (&String, &Value)> {
    media.extensions.get(words::ENCODING).and_then(Value::as_object).into_iter().flatten()
}

/// OAS 3.1.1, Encoding Object, `headers`: `Content-Type` is described separately and is ignored here.
fn headers(encoding: &Value) -> Vec<PartHeader> {
    let declared = encoding.get("headers").and_then(Value::as_object).into_iter().flatten();
    let others = declared.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    others
        .map(|(name, header)| {
            let description = header.get("description").and_then(Value::as_str).map(str::to_owned);
            let required = header.get("required").and_then(Value::as_bool).unwrap_or_default();
            PartHeader {
                name: name.clone(),
                presence: if required { Presence::Required } else { Presence::Optional },
                docs: Docs { description, ..Docs::default() },
            }
        })
        .collect()
}
