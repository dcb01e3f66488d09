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
    let mut body = replaced(body, boundary.as_bytes(), SETTLED);
    while let Some(inner) = inner(&body) {
        body = replaced(&body, &inner, SETTLED);
    }
    Some((settled, body.into()))
}

/// The boundary of parts in a part, as clients make such.
fn inner(body: &[u8]) -> Option<Vec<u8>> {
    const BEFORE: &[u8] = b"; boundary=";
    const LENGTH: usize = 32;
    let begun = body.windows(BEFORE.len() + LENGTH).filter(|window| window.starts_with(BEFORE));
    let mut own = begun.map(|window| &window[BEFORE.len()..]);
    own.find(|boundary| boundary.iter().all(u8::is_ascii_hexdigit)).map(<[u8]>::to_vec)
}

fn replaced(body: &[u8], boundary: &[u8], by: &str) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.windows(boundary.len()).position(|window| window == boundary) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(by.as_bytes());
        rest = &rest[at + boundary.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}
