//! Requests that the API sends: whether they are genuine.
//!
//! [`verify`] first, with the body as it came, and read it then: what is read and written again has another signature.

mod signature;
mod verify;

pub use self::signature::{Algorithm, Encoding, SentAt, Signature, SignatureError};
pub use self::verify::verify;
