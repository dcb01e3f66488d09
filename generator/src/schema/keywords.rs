//! Which keywords there are, and what becomes of those that `read` does not turn into a field.

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// It has a field in [`Schema`](super::Schema), or says nothing about values (`example`, `$comment`).
    Read,
    /// It restricts values and is left to the server.
    Restriction,
    /// It says something about the shape that the client cannot express.
    Beyond,
    /// It is an extension.
    Extension,
    /// No specification has it.
    Unknown,
}

/// What becomes of `keyword` (JSON Schema 2020-12 Core and Validation; OAS 3.0.4, Schema Object).
pub(super) fn classify(keyword: &str) -> Keyword {
    match keyword {
        "$ref"
        | "type"
        | "nullable"
        | "format"
        | "contentMediaType"
        | "contentEncoding"
        | "contentSchema"
        | "title"
        | "description"
        | "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "items"
        | "enum"
        | "const"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "discriminator"
        | "readOnly"
        | "writeOnly"
        | "deprecated"
        | "example"
        | "examples"
        | "externalDocs"
        | "default"
        | "$comment"
        | "$id"
        | "$schema"
        | "$anchor"
        | "$defs"
        | "definitions"
        | "xml"
        | "minLength"
        | "maxLength"
        | "pattern"
        | "minimum"
        | "maximum"
        | "exclusiveMinimum"
        | "exclusiveMaximum"
        | "multipleOf"
        | "minItems"
        | "maxItems"
        | "uniqueItems"
        | "minProperties"
        | "maxProperties" => Keyword::Read,
        "propertyNames" | "dependentRequired" | "contains" | "minContains" | "maxContains" => {
            Keyword::Restriction
        }
        "not"
        | "if"
        | "then"
        | "else"
        | "prefixItems"
        | "dependentSchemas"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "$dynamicRef"
        | "$dynamicAnchor" => Keyword::Beyond,
        other if other.starts_with("x-") => Keyword::Extension,
        _ => Keyword::Unknown,
    }
}
