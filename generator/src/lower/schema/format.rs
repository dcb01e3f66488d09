//! Single values: `type` and `format` (OAS 3.0.4, Data Types; the OpenAPI format registry).

use crate::diag::Code;
use crate::lower::Lowering;
use crate::model::{
    DateTimeLibrary, DecimalLibrary, DurationLibrary, Integer, IpLibrary, Scalar, Special, UuidLibrary,
};
use crate::schema::{JsonType, Schema};

/// Formats of text that is text in the client too.
const TEXTS: &[&str] = &[
    "char",
    "commonmark",
    "date-time-local",
    "decimal",
    "decimal128",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-string",
    "sf-token",
    "string",
    "text",
    "time",
    "time-local",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

impl Lowering<'_> {
    /// What text is.
    pub(super) fn text(&mut self, schema: &Schema) -> Scalar {
        let known = self.known_text(schema);
        let encoding = schema.content.encoding.as_deref().map(str::to_ascii_lowercase);
        let is_decoded =
            known.is_some_and(|known| matches!(known, Scalar::Binary | Scalar::Base64 | Scalar::Base64Url));
        if let Some(other) = encoding.filter(|_| !is_decoded) {
            self.diags
                .note(Code::UnknownFormat, &schema.pointer.child("contentEncoding"))
                .message(format!("the client does not decode `{other}`"))
                .help("the value is the encoded text");
        }
        match (known, schema.format.as_deref()) {
            (Some(known), _) => known,
            (None, Some(format)) => self.unknown_format(schema, format, Scalar::String, "any text"),
            (None, None) => Scalar::String,
        }
    }

    /// Says of a whole body that is the text of bytes that it is handed over as that text. A `format` of that kind is commonly said of
    /// bytes as they are.
    pub(in crate::lower) fn report_encoded(&mut self, schema: &Schema, help: &str) {
        if let Some(encoding) = schema.content.encoding.as_ref().filter(|_| !schema.is_binary()) {
            self.diags
                .note(Code::UnknownFormat, &schema.pointer.child("contentEncoding"))
                .message(format!("the client does not encode or decode a whole body that is in `{encoding}`"))
                .help(help);
        }
    }

    /// What text is, if its format is known.
    fn known_text(&self, schema: &Schema) -> Option<Scalar> {
        if schema.is_binary() {
            return Some(Scalar::Binary);
        }
        match schema.content.encoding.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => return Some(Scalar::Base64),
            Some("base64url") => return Some(Scalar::Base64Url),
            Some(_) | None => {}
        }
        let libraries = self.choices.libraries;
        let special =
            |is_chosen: bool, special| if is_chosen { Scalar::Special(special) } else { Scalar::String };
        Some(match schema.format.as_deref() {
            Some("date-time") => self.date_time(Scalar::DateTime),
            Some("date") => self.date_time(Scalar::Date),
            Some("byte" | "base64") => Scalar::Base64,
            Some("base64url") => Scalar::Base64Url,
            Some("password") => Scalar::Password,
            Some("uuid") => special(libraries.uuid == UuidLibrary::Uuid, Special::Uuid),
            Some("ipv4") => special(libraries.ip == IpLibrary::Std, Special::Ipv4),
            Some("ipv6") => special(libraries.ip == IpLibrary::Std, Special::Ipv6),
            Some("duration") => special(libraries.duration == DurationLibrary::Jiff, Special::Duration),
            Some("decimal" | "decimal128") => {
                special(libraries.decimal == DecimalLibrary::RustDecimal, Special::DecimalText)
            }
            Some(known) if TEXTS.contains(&known) => Scalar::String,
            Some(_) => return None,
            None => Scalar::String,
        })
    }

    /// A point in time or a day, or the text of one.
    pub(in crate::lower) fn date_time(&self, scalar: Scalar) -> Scalar {
        match self.choices.libraries.date_time {
            DateTimeLibrary::Text => Scalar::String,
            DateTimeLibrary::Jiff | DateTimeLibrary::Chrono | DateTimeLibrary::Time => scalar,
        }
    }

    /// What a whole number is.
    pub(super) fn integer(&mut self, schema: &Schema) -> Scalar {
        match schema.format.as_deref() {
            None => Scalar::Integer(Integer::Int64),
            Some(format) => match integer(format) {
                Some(integer) => Scalar::Integer(integer),
                None => self.unknown_format(
                    schema,
                    format,
                    Scalar::Integer(Integer::Int64),
                    "any whole number of 64 bits",
                ),
            },
        }
    }

    /// What a number is; with the format of a whole one it is whole.
    pub(super) fn number(&mut self, schema: &Schema) -> Scalar {
        let is_decimal = self.choices.libraries.decimal == DecimalLibrary::RustDecimal;
        match schema.format.as_deref() {
            Some("float") => Scalar::Float32,
            Some("decimal" | "decimal128") if is_decimal => Scalar::Special(Special::DecimalNumber),
            Some("double" | "number" | "decimal" | "decimal128") | None => Scalar::Float64,
            Some(format) => match integer(format) {
                Some(integer) => Scalar::Integer(integer),
                None => self.unknown_format(schema, format, Scalar::Float64, "any number"),
            },
        }
    }

    fn unknown_format(&mut self, schema: &Schema, format: &str, instead: Scalar, kind: &str) -> Scalar {
        self.diags
            .note(Code::UnknownFormat, &schema.pointer.child("format"))
            .message(format!("the client knows no format `{format}` of this type"))
            .help(format!("the value is {kind}"));
        instead
    }

    /// Whether a single value can be read from other JSON types than its own: not what a library reads, nor what is decoded.
    pub(super) fn has_lenient_form(&self, schema: &Schema) -> bool {
        let is_decimal = self.choices.libraries.decimal == DecimalLibrary::RustDecimal;
        let has_form = match schema.types.single() {
            Some(JsonType::Boolean | JsonType::Integer) => true,
            Some(JsonType::Number) => !is_decimal || !is_decimal_format(schema),
            Some(JsonType::String) if schema.words.id.is_some() => false,
            Some(JsonType::String) => !self.known_text(schema).is_some_and(is_read_by_others),
            Some(JsonType::Null | JsonType::Array | JsonType::Object) | None => false,
        };
        let is_replaced = self.choices.replaced.contains_key(&schema.pointer);
        has_form && !is_replaced && schema.enumeration.is_empty() && schema.words.extensible.is_empty()
    }
}

fn is_decimal_format(schema: &Schema) -> bool {
    matches!(schema.format.as_deref(), Some("decimal" | "decimal128"))
}

fn is_read_by_others(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Base64 | Scalar::Base64Url | Scalar::Special(_))
}

/// The whole numbers of a format. `u-int32` and the like are written by some generators.
fn integer(format: &str) -> Option<Integer> {
    Some(match format {
        "int8" => Integer::Int8,
        "int16" => Integer::Int16,
        "int32" => Integer::Int32,
        "int" | "int64" | "integer" | "long" | "double-int" | "unix-time" | "unixtime" => Integer::Int64,
        "uint8" | "u-int8" => Integer::Uint8,
        "uint16" | "u-int16" => Integer::Uint16,
        "uint32" | "u-int32" => Integer::Uint32,
        "uint" | "uint64" | "u-int64" | "unsigned" => Integer::Uint64,
        _ => return None,
    })
}
