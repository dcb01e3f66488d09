//! Headers that a caller or the API's description names.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION};

use super::build_error::BuildError;
use super::request::Request;

/// Headers that frame the message or route it; the HTTP implementation owns them.
const OWNED: [&str; 10] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Checks a header that is to be sent.
///
/// The value must be printable ASCII or tabs: RFC 9110, section 5.5 leaves the meaning of other bytes open. By the same section
/// what receives it takes the spaces and tabs at its ends off, so that a value with some would not arrive as it is.
pub(super) fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let refuse = |reason| Err(BuildError::Header { name: name.to_owned(), reason });
    let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
        return refuse("its name is not a valid header name");
    };
    if OWNED.contains(&header.as_str()) {
        return refuse("the HTTP client sets this header itself");
    }
    if !value.is_ascii() {
        return refuse("its value is not ASCII text");
    }
    if value != trimmed(value) {
        return refuse("its value begins or ends with a space or a tab, which HTTP takes off");
    }
    let Ok(mut value) = HeaderValue::from_str(value) else {
        return refuse("its value holds a line break or another control character");
    };
    value.set_sensitive(header == AUTHORIZATION || header == COOKIE || header == PROXY_AUTHORIZATION);
    Ok((header, value))
}

/// The text without the spaces and tabs at its ends, as a header is received.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// Why a text can be no item of a list in a header, if it cannot: RFC 9110, section 5.6.1 divides them at commas, and takes off
/// the spaces around those.
pub(super) fn no_item(item: &str) -> Option<&'static str> {
    if item.contains(',') {
        return Some("an item or a member of it has a comma, which divides them");
    }
    (item != trimmed(item))
        .then_some("an item or a member of it begins or ends with a space or a tab, which HTTP takes off")
}

impl Request<'_> {
    /// Asks for what follows an event. Its id is in UTF-8, whatever is in it (WHATWG HTML, section 9.2.3); the spaces at its ends are none
    /// that the server would see.
    pub(super) fn last_event_id(&mut self, id: &str) {
        if let Ok(value) = HeaderValue::from_bytes(trimmed(id).as_bytes()) {
            self.headers.insert(HeaderName::from_static("last-event-id"), value);
        }
    }

    /// Sets a header to items with commas between them; an item that would be read as two or as another is an error.
    pub fn header_list(&mut self, name: &str, items: &[String]) {
        match items.iter().find_map(|item| no_item(item)) {
            None => self.header(name, &items.join(",")),
            Some(reason) => self.refuse(BuildError::Header { name: name.to_owned(), reason }),
        }
    }
}

/// The names without the values, for `Debug`.
pub(super) fn names(headers: &HeaderMap) -> Vec<&str> {
    headers.keys().map(HeaderName::as_str).collect()
}
