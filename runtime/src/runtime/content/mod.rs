//! Bodies whose media type is the caller's, within a range that the API's description gives.

use super::build_error::BuildError;
use super::media::essence;
use super::{HeaderValue, Request, Upload};

/// What is sent as it is, with its media type.
#[derive(Clone, Debug)]
#[must_use]
pub struct Content {
    media_type: String,
    body: Upload,
}

impl Content {
    /// `body` as it is, in this media type.
    pub fn new(media_type: impl Into<String>, body: impl Into<Upload>) -> Self {
        Self { media_type: media_type.into(), body: body.into() }
    }
}

/// A media type and what is sent in it.
impl<M: Into<String>, B: Into<Upload>> From<(M, B)> for Content {
    fn from((media_type, body): (M, B)) -> Self {
        Self::new(media_type, body)
    }
}

impl Request<'_> {
    /// Sets the body to content in a media type of the caller's; one that is not in `range` is an error.
    pub fn content(&mut self, range: &'static str, content: Content) {
        match fault(range, &content.media_type) {
            None => self.upload(&content.media_type, content.body),
            Some(reason) => self.refuse(BuildError::MediaType { range, reason }),
        }
    }
}

/// What keeps `media_type` from being one of those in `range` (RFC 9110, sections 8.3.1 and 12.5.1).
fn fault(range: &str, media_type: &str) -> Option<&'static str> {
    let (range, named) = (essence(range), essence(media_type));
    let is_token = |text: &str| {
        let mark = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || mark(byte))
    };
    let Some((family, subtype)) = named.split_once('/').filter(|(a, b)| is_token(a) && is_token(b)) else {
        return Some("it is not a media type");
    };
    if HeaderValue::from_str(media_type).is_err() {
        return Some("its parameters hold a control character");
    }
    if family.contains('*') || subtype.contains('*') {
        return Some("it is a range itself");
    }
    let (wanted_family, wanted_subtype) = range.split_once('/').unwrap_or(("*", "*"));
    let is_in = |wanted: &str, named: &str| wanted == "*" || wanted == named;
    let is_within = is_in(wanted_family, family) && is_in(wanted_subtype, subtype);
    (!is_within).then_some("it is not in the range")
}
