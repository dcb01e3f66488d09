//! The body of a request: bytes, a file or a stream as they are, or JSON in the making.

use std::fmt;

use super::{Bytes, Json, JsonObject, Upload};

/// What is sent along with a request.
#[derive(Clone, Default)]
pub(super) enum Body {
    /// Nothing, and no `Content-Type`.
    #[default]
    None,
    /// Bytes as they are.
    Bytes(Bytes),
    /// A file or a stream as it is.
    Stream(Upload),
    /// JSON that is written once, when the request is sent.
    Json(Json),
}

impl Body {
    /// The JSON in the making.
    ///
    /// Bytes that are JSON become it; without a body, and in place of any other one, it is an object without members.
    pub(super) fn json_mut(&mut self) -> &mut Json {
        let begun = match self {
            Self::Bytes(bytes) => serde_json::from_slice(bytes).ok(),
            Self::None | Self::Stream(_) | Self::Json(_) => None,
        };
        if !matches!(self, Self::Json(_)) {
            *self = Self::Json(begun.unwrap_or_else(|| Json::Object(JsonObject::new())));
        }
        match self {
            Self::Json(json) => json,
            Self::None | Self::Bytes(_) | Self::Stream(_) => unreachable!("the body was made JSON above"),
        }
    }

    /// What is to be sent.
    pub(super) fn upload(self) -> Option<Upload> {
        match self {
            Self::None => None,
            Self::Bytes(bytes) => Some(bytes.into()),
            Self::Stream(upload) => Some(upload),
            Self::Json(json) => Some(written(&json).into()),
        }
    }

    /// The bytes to send; none of a file or a stream, which are not in memory.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::None | Self::Stream(_) => None,
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::Json(json) => Some(written(json).into()),
        }
    }
}

/// JSON as text. Writing what is JSON already to memory cannot fail.
fn written(json: &Json) -> Vec<u8> {
    serde_json::to_vec(json).unwrap_or_default()
}

/// Sets the member at `path`, below objects that are made where there are none; the last value wins.
pub(super) fn set(json: &mut Json, path: &[&str], value: Json) {
    let mut place = json;
    for name in path {
        if !place.is_object() {
            *place = Json::Object(JsonObject::new());
        }
        place = &mut place[*name];
    }
    *place = value;
}

/// Shows the size only.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Stream(upload) => upload.fmt(f),
            Self::Json(_) => f.write_str("JSON"),
        }
    }
}
