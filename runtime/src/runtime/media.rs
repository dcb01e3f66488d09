//! Which of the media types that the API's description offers an answer has come in.

use reqwest::header::CONTENT_TYPE;

use super::HeaderMap;
use super::response::RawResponse;
use super::streamed::Streamed;

impl RawResponse {
    /// The position in `offered` of the media type that the answer says it has: the same, else a range that holds it (`text/*`), else the
    /// first.
    pub fn media(&self, offered: &[&str]) -> usize {
        chosen(self.headers(), offered)
    }
}

impl Streamed {
    /// As [`RawResponse::media`].
    pub fn media(&self, offered: &[&str]) -> usize {
        chosen(self.headers(), offered)
    }
}

fn chosen(headers: &HeaderMap, offered: &[&str]) -> usize {
    let Some(came) = said(headers) else { return 0 };
    let spelled = |text: &str| text.to_ascii_lowercase().replace([' ', '"'], "");
    let (came_spelled, came_essence) = (spelled(came), essence(came));
    let first = |fits: &dyn Fn(&str) -> bool| offered.iter().position(|known| fits(known));
    let is_family = |known: &str| match essence(known).split_once("/*") {
        Some((family, "")) => came_essence.split('/').next() == Some(family),
        Some(_) | None => false,
    };
    first(&|known| spelled(known) == came_spelled)
        .or_else(|| first(&|known| essence(known) == came_essence))
        .or_else(|| first(&is_family))
        .or_else(|| first(&|known| essence(known) == "*/*"))
        .unwrap_or(0)
}

/// The media type that headers say a body has.
pub(super) fn said(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// Whether a media type is JSON (RFC 6839, section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// A media type in lower case and without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A media type with the boundary that another one has, if it has one.
#[allow(dead_code, reason = "a client may be without a command line")]
pub(super) fn with_boundary_of(other: Option<&str>, media_type: &str) -> String {
    let boundary = other.and_then(|other| other.split_once("; boundary=")).map(|(_, boundary)| boundary);
    boundary.map_or_else(|| media_type.to_owned(), |boundary| bounded(media_type, boundary))
}

/// A media type with this boundary, in place of one that the API's description has.
#[allow(dead_code, reason = "a client may send no parts")]
pub(super) fn bounded(media_type: &str, boundary: &str) -> String {
    let is_other = |parameter: &&str| !parameter.trim_start().to_ascii_lowercase().starts_with("boundary=");
    let kept: Vec<&str> = media_type.split(';').filter(is_other).collect();
    format!("{}; boundary={boundary}", kept.join(";"))
}
