//! The body of a request: bytes, a file or a stream as they are, or JSON in the making.

use std::fmt;

use super::members::Members;
use super::{Bytes, Upload};

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
    Json(Members),
}

impl Body {
    /// The JSON in the making.
    ///
    /// Bytes that are JSON become it; without a body, and in place of any other one, it is an object without members.
    pub(super) fn members_mut(&mut self) -> &mut Members {
        match self {
            Self::Json(_) => {}
            Self::Bytes(bytes) => *self = Self::Json(Members::read(bytes)),
            Self::None | Self::Stream(_) => *self = Self::Json(Members::new()),
        }
        match self {
            Self::Json(members) => members,
            Self::None | Self::Bytes(_) | Self::Stream(_) => unreachable!("the body was made JSON above"),
        }
    }

    /// What is to be sent.
    pub(super) fn upload(self) -> Option<Upload> {
        match self {
            Self::None => None,
            Self::Bytes(bytes) => Some(bytes.into()),
            Self::Stream(upload) => Some(upload),
            Self::Json(members) => Some(members.written().into()),
        }
    }

    /// The bytes to send; none of a file or a stream, which are not in memory.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::None | Self::Stream(_) => None,
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::Json(members) => Some(members.written().into()),
        }
    }
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
