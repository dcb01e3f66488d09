//! Single values: `type` and `format` (OAS 3.0.4, Data Types; the OpenAPI format registry).

use crate::model::Scalar;
use crate::schema::Schema;

pub(super) fn string(schema: &Schema) -> Scalar {
    if schema.is_binary() {
        return Scalar::Binary;
    }
    match schema.content_encoding.as_deref() {
        Some("base64") => return Scalar::Base64,
        Some("base64url") => return Scalar::Base64Url,
        Some(_) | None => {}
    }
    match schema.format.as_deref() {
        Some("date-time") => Scalar::DateTime,
        Some("date") => Scalar::Date,
        Some("byte" | "base64") => Scalar::Base64,
        Some("base64url") => Scalar::Base64Url,
        Some("password") => Scalar::Password,
        _ => Scalar::String,
    }
}

pub(super) fn integer(schema: &Schema) -> Scalar {
    match schema.format.as_deref() {
        Some("int32") => Scalar::Int32,
        Some("uint32") => Scalar::Uint32,
        Some("uint64") => Scalar::Uint64,
        _ => Scalar::Int64,
    }
}

pub(super) fn number(schema: &Schema) -> Scalar {
    match schema.format.as_deref() {
        Some("float") => Scalar::Float32,
        _ => Scalar::Float64,
    }
}
