//! The types of JSON.

/// The types of JSON, as JSON Schema counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl JsonKind {
    /// What the runtime calls it.
    pub fn name(self) -> &'static str {
        match self {
            JsonKind::Null => "Null",
            JsonKind::Boolean => "Boolean",
            JsonKind::Integer => "Integer",
            JsonKind::Number => "Number",
            JsonKind::String => "String",
            JsonKind::Array => "Array",
            JsonKind::Object => "Object",
        }
    }

    /// Whether it is that of values which are neither lists nor objects, nor null.
    pub fn is_single(self) -> bool {
        match self {
            JsonKind::Boolean | JsonKind::Integer | JsonKind::Number | JsonKind::String => true,
            JsonKind::Null | JsonKind::Array | JsonKind::Object => false,
        }
    }
}
