//! Requests as the server got them.

use std::fmt;

use percent_encoding::percent_decode_str;

use super::super::{Bytes, HeaderMap, Json, Method, header};

/// A name and a value, decoded.
pub(super) type Pair = (String, String);

/// A request that the server got. `Debug` shows the names of query parameters and headers only.
#[derive(Clone)]
pub struct Received {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<Pair>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Received {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as it came, percent-encoded, such as `/v1/contacts/a%2Fb`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The segments of the path, decoded: `v1`, `contacts`, `a/b`. Bytes that are not UTF-8 become `U+FFFD`.
    pub fn segments(&self) -> Vec<String> {
        let decode = |segment: &[u8]| String::from_utf8_lossy(segment).into_owned();
        segments(&self.path).map(|segment| decode(&segment)).collect()
    }

    /// The pairs of the query in their order, decoded.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The value of the first query parameter of this name.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str())
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of the first header of this name, if it is ASCII text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body; empty if none came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body read as JSON.
    ///
    /// # Errors
    ///
    /// It is not JSON, or nested deeper than 128 levels.
    pub fn json(&self) -> Result<Json, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// The pairs of a body of type `application/x-www-form-urlencoded` in their order, decoded.
    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&String::from_utf8_lossy(&self.body))
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<&str> = self.query.iter().map(|pair| pair.0.as_str()).collect();
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &query)
            .field("headers", &header::names(&self.headers))
            .field("body_len", &self.body.len())
            .finish()
    }
}

/// The segments of a path, percent-decoded, without the empty one before the first `/`.
pub(super) fn segments(path: &str) -> impl Iterator<Item = Vec<u8>> {
    let below = path.strip_prefix('/').unwrap_or(path);
    below.split('/').map(|segment| percent_decode_str(segment).collect())
}

/// Reads a query or a form as the WHATWG URL standard does (application/x-www-form-urlencoded parsing).
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let decode = |part: &str| {
        let spaced = part.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(n, v)| (decode(n), decode(v)))
        .collect()
}
