//! What is no JSON type and can mean one thing only: names that programming languages and other formats give to types.

use super::JsonType;

/// What is meant by the name of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meant {
    /// The JSON type; none for what may be anything.
    pub(super) ty: Option<JsonType>,
    /// The format of its values, where the schema says none.
    pub(super) format: Option<&'static str>,
}

const fn plain(ty: JsonType) -> Meant {
    Meant { ty: Some(ty), format: None }
}

const fn text(format: &'static str) -> Meant {
    Meant { ty: Some(JsonType::String), format: Some(format) }
}

/// What `name` means, if it is no JSON type and yet plain.
pub(super) fn meant(name: &str) -> Option<Meant> {
    let name = name.trim().to_ascii_lowercase();
    if let Some(ty) = JsonType::from_name(&name) {
        return Some(plain(ty));
    }
    Some(match name.as_str() {
        "bool" => plain(JsonType::Boolean),
        "int" | "long" | "short" | "int32" | "int64" => plain(JsonType::Integer),
        "float" | "double" | "decimal" => plain(JsonType::Number),
        "str" | "text" => plain(JsonType::String),
        "list" => plain(JsonType::Array),
        "dict" | "map" | "hash" => plain(JsonType::Object),
        "any" | "mixed" => Meant { ty: None, format: None },
        "date" => text("date"),
        "datetime" | "date-time" | "timestamp" => text("date-time"),
        "uuid" => text("uuid"),
        "uri" | "url" => text("uri"),
        "email" => text("email"),
        "file" | "binary" => text("binary"),
        _ => return None,
    })
}

impl Meant {
    /// In words.
    pub(super) fn words(self) -> String {
        match (self.ty, self.format) {
            (None, _) => "any value".to_owned(),
            (Some(_), Some(format)) => format!("a string with `format: {format}`"),
            (Some(ty), None) => format!("`{}`", ty.name()),
        }
    }
}
