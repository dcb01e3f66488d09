//! Single values: `type` and `format` (OAS 3.0.4, Data Types; the OpenAPI format registry).

use crate::diag::Code;
use crate::lower::Lowering;
use crate::model::{
    DateTimeLibrary, DecimalLibrary, DurationLibrary, Integer, IpLibrary, Scalar, Special, UuidLibrary,
};
use crate::schema::Schema;

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
        if schema.is_binary() {
            return Scalar::Binary;
        }
        match schema.content_encoding.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => return Scalar::Base64,
            Some("base64url") => return Scalar::Base64Url,
            Some(other) => self
                .diags
                .note(Code::UnknownFormat, &schema.pointer.child("contentEncoding"))
                .message(format!("the client does not decode `{other}`"))
                .help("the value is the encoded text"),
            None => {}
        }
        let libraries = self.libraries;
        let special =
            |is_chosen: bool, special| if is_chosen { Scalar::Special(special) } else { Scalar::String };
        match schema.format.as_deref() {
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
            Some(other) => self.unknown_format(schema, other, Scalar::String),
            None => Scalar::String,
        }
    }

    /// A point in time or a day, or the text of one.
    pub(in crate::lower) fn date_time(&self, scalar: Scalar) -> Scalar {
        match self.libraries.date_time {
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
                None => self.unknown_format(schema, format, Scalar::Integer(Integer::Int64)),
            },
        }
    }

    /// What a number is; with the format of a whole one it is whole.
    pub(super) fn number(&mut self, schema: &Schema) -> Scalar {
        let is_decimal = self.libraries.decimal == DecimalLibrary::RustDecimal;
        match schema.format.as_deref() {
            Some("float") => Scalar::Float32,
            Some("decimal" | "decimal128") if is_decimal => Scalar::Special(Special::DecimalNumber),
            Some("double" | "number" | "decimal" | "decimal128") | None => Scalar::Float64,
            Some(format) => match integer(format) {
                Some(integer) => Scalar::Integer(integer),
                None => self.unknown_format(schema, format, Scalar::Float64),
            },
        }
    }

    fn unknown_format(&mut self, schema: &Schema, format: &str, instead: Scalar) -> Scalar {
        let kind = match instead {
            Scalar::String => "any text",
            Scalar::Integer(_) => "any whole number of 64 bits",
            _ => "any number",
        };
        self.diags
            .note(Code::UnknownFormat, &schema.pointer.child("format"))
            .message(format!("the client knows no format `{format}` of this type"))
            .help(format!("the value is {kind}"));
        instead
    }
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
