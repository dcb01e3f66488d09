//! How a request body of some media type is written.

/// What the client knows about the way a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Json,
    Form,
    Multipart,
    /// JSON values one after another.
    Lines,
    /// If its schema describes a structure.
    Xml,
    Text,
    Bytes,
    /// As the caller's media type is.
    Range,
}

/// Subtypes that are JSON values one after another; none of the first is registered.
const LINES: [&str; 9] = [
    "jsonl",
    "x-jsonl",
    "jsonlines",
    "x-jsonlines",
    "json-lines",
    "ndjson",
    "x-ndjson",
    "nd-json",
    "json-seq",
];

/// How a body of `media_type`, or of one in that range, is written.
pub(super) fn written(media_type: &str) -> Written {
    let essence = essence(media_type);
    match essence.split_once('/') {
        Some(("*", _) | (_, "*")) => Written::Range,
        Some((_, "json")) => Written::Json,
        Some((_, subtype)) if subtype.ends_with("+json") => Written::Json,
        Some((_, subtype)) if LINES.contains(&subtype) || subtype.ends_with("+json-seq") => Written::Lines,
        Some(("application", "x-www-form-urlencoded")) => Written::Form,
        Some(("multipart", _)) => Written::Multipart,
        Some(("application" | "text", "xml")) => Written::Xml,
        Some((_, subtype)) if subtype.ends_with("+xml") => Written::Xml,
        Some(("text", _)) => Written::Text,
        Some(_) | None => Written::Bytes,
    }
}

/// Whether `application/json` is in a range.
pub(super) fn includes_json(range: &str) -> bool {
    matches!(essence(range).as_str(), "*/*" | "application/*")
}

/// Whether what is written so is text by its media type.
pub(super) fn is_text(media_type: &str) -> bool {
    essence(media_type).starts_with("text/")
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Written, written};

    #[test]
    fn the_essence_of_a_media_type_tells_how_it_is_written() {
        let expected = [
            ("application/json; charset=utf-8", Written::Json),
            ("application/merge-patch+json", Written::Json),
            ("application/X-WWW-Form-Urlencoded", Written::Form),
            ("multipart/mixed", Written::Multipart),
            ("application/json-seq", Written::Lines),
            ("application/geo+json-seq", Written::Lines),
            ("application/x-ndjson", Written::Lines),
            ("application/xml", Written::Xml),
            ("application/atom+xml; charset=utf-8", Written::Xml),
            ("text/csv", Written::Text),
            ("image/png", Written::Bytes),
            ("image/*", Written::Range),
            ("*/*", Written::Range),
            ("*", Written::Bytes),
        ];
        for (media_type, kind) in expected {
            assert_eq!(written(media_type), kind, "{media_type}");
        }
    }
}
