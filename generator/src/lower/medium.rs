//! What a body of some media type is to the client, whether it is sent or read.

use crate::model::Framing;

/// What the client knows of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    Json,
    Form,
    Multipart,
    /// JSON values one after another.
    Items(Framing),
    /// `text/event-stream`.
    Events,
    /// XML, if its schema says more than that it is text.
    Xml,
    Text,
    Bytes,
    /// One of several, which only who sends it can know.
    Range,
}

/// Subtypes that are JSON values on lines; none is registered.
const LINES: [&str; 8] =
    ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "json-lines", "ndjson", "x-ndjson", "nd-json"];

/// What a body of `media_type`, or of one in that range, is.
pub(super) fn medium(media_type: &str) -> Medium {
    let essence = essence(media_type);
    let Some((family, subtype)) = essence.split_once('/') else { return Medium::Bytes };
    let has_suffix = |suffix: &str| subtype.rsplit_once('+').is_some_and(|(_, own)| own == suffix);
    match (family, subtype) {
        ("*", _) | (_, "*") => Medium::Range,
        (_, "json") => Medium::Json,
        (_, "json-seq") => Medium::Items(Framing::Sequence),
        ("text", "event-stream") => Medium::Events,
        ("application", "x-www-form-urlencoded") => Medium::Form,
        ("multipart", _) => Medium::Multipart,
        ("application" | "text", "xml") => Medium::Xml,
        _ if has_suffix("json") => Medium::Json,
        _ if has_suffix("json-seq") => Medium::Items(Framing::Sequence),
        _ if LINES.contains(&subtype) || has_suffix("jsonl") || has_suffix("ndjson") => {
            Medium::Items(Framing::Lines)
        }
        _ if has_suffix("xml") => Medium::Xml,
        ("text", _) => Medium::Text,
        _ => Medium::Bytes,
    }
}

/// Whether `application/json` is in a range.
pub(super) fn includes_json(range: &str) -> bool {
    matches!(essence(range).as_str(), "*/*" | "application/*")
}

/// Whether a body is text by its media type.
pub(super) fn is_text(media_type: &str) -> bool {
    essence(media_type).starts_with("text/")
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Medium, medium};
    use crate::model::Framing;

    #[test]
    fn the_essence_of_a_media_type_tells_what_it_is() {
        let expected = [
            ("application/json; charset=utf-8", Medium::Json),
            ("application/merge-patch+json", Medium::Json),
            ("application/X-WWW-Form-Urlencoded", Medium::Form),
            ("multipart/mixed", Medium::Multipart),
            ("application/json-seq", Medium::Items(Framing::Sequence)),
            ("application/geo+json-seq", Medium::Items(Framing::Sequence)),
            ("application/x-ndjson", Medium::Items(Framing::Lines)),
            ("application/xml", Medium::Xml),
            ("application/atom+xml; charset=utf-8", Medium::Xml),
            ("application/geo+jsonl", Medium::Items(Framing::Lines)),
            ("text/event-stream", Medium::Events),
            ("text/csv", Medium::Text),
            ("image/png", Medium::Bytes),
            ("image/*", Medium::Range),
            ("*/*", Medium::Range),
            ("*", Medium::Bytes),
        ];
        for (media_type, kind) in expected {
            assert_eq!(medium(media_type), kind, "{media_type}");
        }
    }
}
