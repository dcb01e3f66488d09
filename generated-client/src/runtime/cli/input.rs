//! Bodies as they are given: a value, a file or standard input.

use std::io::Read as _;

use super::super::media::essence;
use super::Usage;
use super::describe::Body;
use super::multipart::Part;

/// What was given for the body of a request.
#[derive(Default)]
pub(super) struct Input {
    pub(super) body: Option<Vec<u8>>,
    pub(super) parts: Vec<Part>,
    pub(super) content_type: Option<String>,
    pub(super) accept: Option<String>,
}

impl Input {
    /// The body as it was given.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// The media type that was asked for, if the body can have it.
    pub(super) fn wanted_media(&self, body: Option<&Body>) -> Result<Option<&str>, Usage> {
        let (Some(wanted), Some(body)) = (&self.content_type, body) else { return Ok(None) };
        if body.media.iter().any(|known| covers(known, wanted)) {
            return Ok(Some(wanted));
        }
        let known = body.media.join(", ");
        Err(Usage(format!("invalid value '{wanted}' for '--content-type': the operation takes {known}")))
    }
}

/// Whether a media type is `known`, or in the range that `known` is; parameters do not matter.
pub(super) fn covers(known: &str, wanted: &str) -> bool {
    let (known, wanted) = (essence(known), essence(wanted));
    match known.strip_suffix("/*") {
        Some("*") => wanted.contains('/'),
        Some(family) => wanted.split('/').next() == Some(family),
        None => known == wanted,
    }
}

/// What `--body VALUE` stands for: `@FILE`, `-` for standard input, or the value itself.
pub(super) fn body(value: &str) -> Result<Vec<u8>, Usage> {
    if value == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| Usage(format!("standard input cannot be read: {error}")));
    }
    match value.strip_prefix('@') {
        Some(path) => file(path),
        None => Ok(value.as_bytes().to_vec()),
    }
}

/// The bytes of a file.
pub(super) fn file(path: &str) -> Result<Vec<u8>, Usage> {
    std::fs::read(path).map_err(|error| Usage(format!("the file '{path}' cannot be read: {error}")))
}
