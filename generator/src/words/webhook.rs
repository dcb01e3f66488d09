//! `x-webhooks`, `x-webhook-signature`: what the API sends by itself, and how to know that it did.

use indexmap::IndexMap;

use super::Template;
use crate::source::Pointer;

/// What the API sends by itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Webhooks {
    /// `x-webhooks`, by name of the event, in document order.
    pub events: IndexMap<String, Event>,
    /// `x-webhook-signature`.
    pub signature: Option<Signature>,
}

/// A member of `x-webhooks`: a path item as OpenAPI 3.1's `webhooks` have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The place of the path item.
    pub pointer: Pointer,
    /// The place of the schema of the request's JSON body, if one is declared.
    pub schema: Option<Pointer>,
    /// `x-payload`: the resource types that are carried; empty if not said.
    pub payload: Vec<String>,
}

/// `x-webhook-signature`.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// `header`: the header that carries the signature.
    pub header: String,
    /// `algorithm`.
    pub algorithm: Algorithm,
    /// `encoding`: how the signature is written.
    pub encoding: SignatureEncoding,
    /// `prefix`: what stands in front of it (`sha256=`); may be empty.
    pub prefix: String,
    /// `signed`: what is signed, with the slots `{timestamp}` and `{body}`; `{body}` if not said.
    pub signed: Template,
    /// `timestamp`, if the time of sending is said.
    pub timestamp: Option<Timestamp>,
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `hmac-sha256`: HMAC (RFC 2104) with SHA-256.
    HmacSha256,
}

/// How the bytes of a signature are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureEncoding {
    /// `hex`.
    Hex,
    /// `base64`.
    Base64,
}

/// The time of sending, in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// Where it is said.
    pub place: TimestampPlace,
    /// `tolerance_s`: how many seconds it may be away from now; 300 if not said.
    pub tolerance_s: u64,
}

/// Where the time of sending is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimestampPlace {
    /// `header`: in a header of its own.
    Header(String),
    /// `part`: in a part of the signature's header, as in `t=…,v1=…`.
    Part(String),
}
