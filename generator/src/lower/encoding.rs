//! What describes the fields of forms and the parts of multipart bodies, and what an Encoding Object says of one of them.

use openapiv3::MediaType;
use serde_json::{Map, Value};

use super::Lowering;
use super::medium::{self, Medium};
use super::schema::Here;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Docs, FieldStyle, MemberDirection, PartHeader, Presence, QueryStyle, Reserved};
use crate::schema::{Schema, Version};
use crate::source::Pointer;

/// A media type that is made of fields or parts: of a body, or of a part or field that is one itself.
pub(super) struct Composite<'d> {
    /// Where it is described: a Media Type Object or an Encoding Object.
    pub(super) place: Pointer,
    /// As the document writes it.
    pub(super) media_type: String,
    pub(super) schema: Option<&'d Schema>,
    /// `itemSchema`.
    pub(super) item: Option<&'d Schema>,
    pub(super) encodings: Encodings<'d>,
    pub(super) here: Here,
    /// What members are that it does not have.
    pub(super) without: MemberDirection,
}

/// The Encoding Objects of fields or parts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Encodings<'d> {
    pub(super) by_name: Option<&'d Map<String, Value>>,
    pub(super) by_position: &'d [Value],
    pub(super) of_rest: Option<&'d Value>,
}

impl<'d> Encodings<'d> {
    /// Those that `encoding`, `prefixEncoding` and `itemEncoding` have.
    fn of([names, first, rest]: [Option<&'d Value>; 3]) -> Self {
        Self {
            by_name: names.and_then(Value::as_object),
            by_position: first.and_then(Value::as_array).map_or(&[], Vec::as_slice),
            of_rest: rest,
        }
    }

    /// Which of the three say something.
    fn are_said(&self) -> [bool; 3] {
        [self.by_name.is_some(), !self.by_position.is_empty(), self.of_rest.is_some()]
    }

    /// What is said of fields or parts by their names.
    pub(super) fn names(&self) -> impl Iterator<Item = (&'d String, &'d Value)> + use<'d> {
        self.by_name.into_iter().flatten()
    }
}

/// What says that a value is written as a query parameter would be.
const STYLED: [&str; 3] = ["style", "explode", "allowReserved"];

/// What the encodings of fields or parts are called in an Encoding Object.
const KEYS: [&str; 3] = ["encoding", "prefixEncoding", "itemEncoding"];

/// As what those of a Media Type Object travel.
const WORDS: [&str; 3] = [words::ENCODING, words::PREFIX_ENCODING, words::ITEM_ENCODING];

impl<'d> Composite<'d> {
    /// That of a body or an answer; `place` is that of the Media Type Object.
    pub(super) fn of_media(
        lowering: &Lowering<'d>,
        (media_type, media): (&str, &'d MediaType),
        place: &Pointer,
        (here, without): (Here, MemberDirection),
    ) -> Self {
        let schema = |key: &str| lowering.document.schemas.get(&place.child(key));
        Self {
            place: place.clone(),
            media_type: media_type.to_owned(),
            schema: schema("schema"),
            item: schema("itemSchema"),
            encodings: Encodings::of(WORDS.map(|word| media.extensions.get(word))),
            here,
            without,
        }
    }

    /// Whether it is a form, whose fields and parts have names.
    pub(super) fn is_form(&self) -> bool {
        let essence = medium::essence(&self.media_type);
        essence == "application/x-www-form-urlencoded" || essence == "multipart/form-data"
    }

    fn is_multipart(&self) -> bool {
        medium::medium(&self.media_type) == Medium::Multipart
    }

    /// The one within another, of values of `schema`, as the Encoding Object says.
    ///
    /// OAS 3.2.0, Encoding Object: its `encoding`, `prefixEncoding` and `itemEncoding` are as those of a Media Type Object.
    pub(super) fn within(&self, said: &Said<'d>, schema: &'d Schema, place: &Pointer, here: Here) -> Self {
        Self {
            place: place.clone(),
            media_type: said.media_type().cloned().unwrap_or_default(),
            schema: Some(schema),
            item: None,
            encodings: said.inner,
            here,
            without: self.without,
        }
    }
}

/// Why what is said of fields or parts within a value is for nothing.
pub(super) const HAS_NONE: &str = "the value here has no fields or parts of its own by its `contentType`";

/// What an Encoding Object says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'d> {
    /// What it says of fields or parts within.
    inner: Encodings<'d>,
    pub(super) style: Option<FieldStyle>,
    /// The media types of `contentType`, which is a list.
    media_types: Vec<String>,
    pub(super) headers: Vec<PartHeader>,
}

impl Said<'_> {
    /// The one that is meant where nobody says. Of a range only the caller can know which it is.
    pub(super) fn media_type(&self) -> Option<&String> {
        self.media_types.iter().find(|name| !name.contains('*'))
    }

    /// What that media type is.
    pub(super) fn medium(&self) -> Option<Medium> {
        self.media_type().map(|name| medium::medium(name))
    }

    /// Whether something is said of parts by their positions.
    pub(super) fn has_positions(&self) -> bool {
        !self.inner.by_position.is_empty() || self.inner.of_rest.is_some()
    }
}

impl<'d> Lowering<'d> {
    /// What the Encoding Object at `place` says, if there is one.
    ///
    /// OAS 3.1.1, Encoding Object: where `style`, `explode` or `allowReserved` is said, `contentType` is ignored; in other media types
    /// than those of forms the three are. OAS 3.0.4 has them for the one form only; in the other they count where no `contentType` is said.
    pub(super) fn said(
        &mut self,
        object: Option<&'d Value>,
        place: &Pointer,
        composite: &Composite<'d>,
    ) -> Said<'d> {
        let Some(encoding) = object else { return Said::default() };
        let inner = Encodings::of(KEYS.map(|key| encoding.get(key)));
        let headers = headers(encoding);
        let styled = || STYLED.into_iter().filter(|key| encoding.get(key).is_some());
        let has_type = encoding.get("contentType").is_some();
        let goes_before = has_type && self.document.version == Version::V3_0 && composite.is_multipart();
        if !composite.is_form() || goes_before {
            for key in styled() {
                let message = if goes_before {
                    format!("`{key}` is for `application/x-www-form-urlencoded` in OpenAPI 3.0")
                } else {
                    format!("`{key}` is for forms, and not for `{}`", composite.media_type)
                };
                self.report_encoding(&place.child(key), message);
            }
        } else if styled().next().is_some() {
            let style = self.field_style(encoding, place);
            if has_type {
                let message = "beside `style`, `explode` or `allowReserved` it has no meaning";
                self.report_encoding(&place.child("contentType"), message.to_owned());
            }
            return Said { inner, style, media_types: Vec::new(), headers };
        }
        let content_type = encoding.get("contentType").and_then(Value::as_str).unwrap_or_default();
        let names = content_type.split(',').map(|name| name.trim().to_owned());
        let media_types = names.filter(|name| !name.is_empty()).collect();
        Said { inner, style: None, media_types, headers }
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

    /// Says of the Encoding Object at `place` that its value cannot be written in its media type.
    pub(super) fn report_unwritable(&mut self, said: &Said<'d>, place: &Pointer) {
        let media_type = said.media_type().map_or("", String::as_str);
        self.diags
            .warn(Code::UnsupportedMediaType, &place.child("contentType"))
            .message(format!("the client cannot write this value as `{media_type}`"))
            .help("it is written by its type");
    }

    /// Says of what is said of names and positions within the Encoding Object at `place` why that is ignored.
    pub(super) fn report_inner(&mut self, said: &Said<'d>, message: &str, place: &Pointer) {
        for (key, is_said) in KEYS.into_iter().zip(said.inner.are_said()) {
            if is_said {
                self.report_encoding(&place.child(key), message.to_owned());
            }
        }
    }

    /// Says of what is said of names why that is ignored.
    pub(super) fn report_names(&mut self, composite: &Composite<'d>, message: &str) {
        for (name, _) in composite.encodings.names() {
            self.report_encoding(&composite.place.child("encoding").child(name), message.to_owned());
        }
    }

    /// Says of what is said of positions why that is ignored.
    pub(super) fn report_positions(&mut self, composite: &Composite<'d>, message: &str) {
        for (key, is_said) in KEYS.into_iter().zip(composite.encodings.are_said()).skip(1) {
            if is_said {
                self.report_encoding(&composite.place.child(key), message.to_owned());
            }
        }
    }

    pub(super) fn report_unknown_property(&mut self, name: &str, place: &Pointer) {
        self.report_encoding(place, format!("the schema has no property `{name}`"));
    }

    pub(super) fn report_encoding(&mut self, place: &Pointer, message: String) {
        self.diags
            .warn(Code::UnsupportedEncoding, place)
            .message(message)
            .help("it is ignored, and the type of the value decides");
    }
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
