//! An answer that is not what the API's description says.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use super::media;

/// Why a body could not be read, and where.
///
/// Displayed like `at data[3].attributes.email: invalid type: integer …`, with the `Content-Type` if that is not JSON.
#[derive(Clone)]
pub struct DecodeError(Arc<Inner>);

struct Inner {
    path: String,
    not_json: Option<String>,
    reason: serde_json::Error,
}

impl DecodeError {
    pub(super) fn new(headers: &HeaderMap, path: String, reason: serde_json::Error) -> Self {
        let path = if path == "." { String::new() } else { path };
        Self(Arc::new(Inner { path, not_json: other_content_type(headers), reason }))
    }

    /// The member at which reading failed, such as `data[3].attributes.email`; empty for the body as a whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What was wrong there.
    pub fn reason(&self) -> &serde_json::Error {
        &self.0.reason
    }
}

/// The media type of an answer that says it is something else than JSON.
fn other_content_type(headers: &HeaderMap) -> Option<String> {
    let said = media::said(headers)?;
    (!media::is_json(said)).then(|| media::essence(said))
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, not_json, reason } = &*self.0;
        if !path.is_empty() {
            write!(f, "at {path}: ")?;
        }
        write!(f, "{reason}")?;
        match not_json {
            Some(media_type) => write!(f, " (the server answered {media_type})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
