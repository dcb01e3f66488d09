//! Bodies of several parts, whose boundary is by chance.

use reqwest::header::{CONTENT_TYPE, HeaderValue};

use super::super::{Bytes, HeaderMap};

/// Headers and body of a multipart request with the same boundary as any other has; `None` if it is no such request.
pub(super) fn settled(headers: &HeaderMap, body: &Bytes) -> Option<(HeaderMap, Bytes)> {
    const SETTLED: &str = "boundary";
    let content_type =
        headers.get(CONTENT_TYPE)?.to_str().ok().filter(|value| value.starts_with("multipart/"))?;
    let (before, boundary) =
        content_type.split_once("; boundary=").filter(|(_, boundary)| !boundary.is_empty())?;
    let mut settled = headers.clone();
    settled.insert(CONTENT_TYPE, HeaderValue::from_str(&format!("{before}; boundary={SETTLED}")).ok()?);
    let mut replaced = Vec::with_capacity(body.len());
    let mut rest = &body[..];
    while let Some(at) = rest.windows(boundary.len()).position(|window| window == boundary.as_bytes()) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(SETTLED.as_bytes());
        rest = &rest[at + boundary.len()..];
    }
    replaced.extend_from_slice(rest);
    Some((settled, replaced.into()))
}
