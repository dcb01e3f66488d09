//! Requests that the API sends: whether they are genuine, and what they say.
//!
//! [`verify`] first, with the body as it came, then [`parse`]: what is read and written again has another signature.

mod signature;
mod verify;

use serde::de::DeserializeOwned;

use super::{Bytes, DecodeError, HeaderMap, RawResponse, StatusCode};

pub use self::signature::{Algorithm, Encoding, SentAt, Signature, SignatureError};
pub use self::verify::verify;

/// The event that a request's body holds. Errors say which member does not fit `T`.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    // Read as an answer is, of which nothing but the body is looked at.
    RawResponse::new(StatusCode::OK, HeaderMap::new(), Bytes::copy_from_slice(body)).json()
}
