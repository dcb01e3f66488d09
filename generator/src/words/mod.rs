//! Our `x-` words: what only a document's prose says (how pages are walked, tokens had, filters named), as plain data.
//!
//! [`read`] reads the words of the root, of security schemes and of operations, and reports what is wrong with them at the
//! very value. What a word makes of the client is decided in `lower`; the words of schemas are read in `schema`, and only
//! their spelling and place are checked here. [`vocabulary`] is the one table of all words.
//!
//! Invariant: whatever a word refers to by name (a style, a grammar, an operator, an event, an operation) is there.

mod client;
mod filter;
mod pagination;
mod pattern;
mod pointer;
mod template;
mod token;
mod webhook;

use indexmap::IndexMap;

pub use client::{Backoff, Budget, Client, Profile, Retry, TypeKey};
pub use filter::{Filter, Grammar, Include, OperatorKind, Sort, ValueType};
pub use pagination::{Next, Pagination, Stop, Style};
pub use pattern::Pattern;
pub use pointer::JsonPointer;
pub use template::Template;
pub use token::{
    ClientAuthentication, Encoding, Endpoint, Grant, GrantType, Refresh, Revocation, Token, TokenMembers,
    TokenValue, When,
};
pub use webhook::{Algorithm, Event, Signature, SignatureEncoding, Timestamp, TimestampPlace, Webhooks};

use crate::diag::Diagnostics;
use crate::source::{Pointer, Tree};

/// What a document says in our words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// `x-client`.
    pub client: Client,
    /// `x-token`, by the name of its security scheme.
    pub tokens: IndexMap<String, Token>,
    /// `x-webhooks` and `x-webhook-signature`.
    pub webhooks: Webhooks,
    /// The words of operations, by the place of the operation object; those without a word are missing.
    pub operations: IndexMap<Pointer, OperationWords>,
}

/// The words of one operation, but for `x-name`, which the shell keeps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OperationWords {
    /// `x-pagination`: its own, the named style it uses, or the one named style that fits its parameters.
    pub pagination: Option<Pagination>,
    /// `x-filter`.
    pub filter: Option<Filter>,
    /// `x-sort` with `x-sort-default`.
    pub sort: Option<Sort>,
    /// `x-include`.
    pub include: Option<Include>,
    /// `x-fields`: the resource types whose members can be chosen; empty if not said.
    pub fields: Vec<String>,
    /// `x-linkage`: the resource type whose identifiers the operation takes and gives.
    pub linkage: Option<String>,
    /// `x-retry`: whether the operation may be repeated, whatever its method.
    pub retry: Option<bool>,
    /// `x-special-ids`: values of the path parameter that are no id of a resource but mean something.
    pub special_ids: Vec<String>,
    /// `x-sample-of`: the event whose payload the operation answers a sample of; one of [`Webhooks::events`].
    pub sample_of: Option<String>,
}

/// Reads our words out of `tree`, a whole document.
///
/// What could not be read is in `diags`, at its own place, and missing here.
pub fn read(_tree: &Tree, _diags: &mut Diagnostics) -> Words {
    Words::default()
}
