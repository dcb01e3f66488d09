//! How an API signs what it sends.

use std::fmt;
use std::time::Duration;

/// How an API signs its requests; emitted code holds one static of it.
///
/// ```text
/// X-Hub-Signature-256: sha256=9f86…                    prefix "sha256="
/// Stripe-Signature: t=1700000000,v1=9f86…,v1=4e07…     prefix "v1=", timestamp Part("t"), signed "{timestamp}.{body}"
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The header that holds the signature, or several separated by commas or spaces, of which one must match.
    pub header: &'static str,
    /// How it is computed.
    pub algorithm: Algorithm,
    /// How it is written.
    pub encoding: Encoding,
    /// What stands before each signature; parts of the header without it are no signatures.
    pub prefix: &'static str,
    /// What is signed: text with `{body}`, and `{timestamp}` as it stands in the request.
    pub signed: &'static str,
    /// Where the request says when it was sent.
    pub timestamp: Option<SentAt>,
    /// How far that may be from now, earlier or later; no request is too old without a [`timestamp`](Self::timestamp).
    pub tolerance: Duration,
}

/// How a signature is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC with SHA-256 (RFC 2104, FIPS 180-4).
    HmacSha256,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two hexadecimal digits a byte, of either case.
    Hex,
    /// Base64 with the standard alphabet and padding (RFC 4648, section 4).
    Base64,
}

/// Where a request says when it was sent: in seconds or milliseconds since 1970, or as RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentAt {
    /// In a header of its own.
    Header(&'static str),
    /// In the part of the signature's header that starts with this name and `=`.
    Part(&'static str),
}

/// Why a request is not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The secret is empty, with which anybody could sign.
    EmptySecret,
    /// A header is not there.
    MissingHeader(&'static str),
    /// The header holds no signature that can be read.
    NoSignature(&'static str),
    /// The request does not say when it was sent, or not readably.
    NoTimestamp,
    /// No signature is that of this body with this secret.
    Mismatch,
    /// It was sent too long ago, or the clocks differ.
    OutsideTolerance,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => f.write_str("the secret for signatures is empty"),
            Self::MissingHeader(name) => write!(f, "the request has no header `{name}`"),
            Self::NoSignature(name) => write!(f, "header `{name}` holds no readable signature"),
            Self::NoTimestamp => f.write_str("the request does not say when it was sent"),
            Self::Mismatch => f.write_str("the signature is not that of this body with this secret"),
            Self::OutsideTolerance => f.write_str("the request was sent too long ago, or the clocks differ"),
        }
    }
}

impl std::error::Error for SignatureError {}
