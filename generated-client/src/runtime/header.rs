//! Headers that a caller or the API's description names.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION};

use super::build_error::BuildError;

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
/// The value must be printable ASCII or tabs: RFC 9110, section 5.5 leaves the meaning of other bytes open.
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
    let Ok(mut value) = HeaderValue::from_str(value) else {
        return refuse("its value holds a line break or another control character");
    };
    value.set_sensitive(header == AUTHORIZATION || header == COOKIE || header == PROXY_AUTHORIZATION);
    Ok((header, value))
}

/// The names without the values, for `Debug`.
pub(super) fn names(headers: &HeaderMap) -> Vec<&str> {
    headers.keys().map(HeaderName::as_str).collect()
}
