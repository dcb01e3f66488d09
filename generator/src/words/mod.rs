//! Our `x-` words: what only a document's prose says (how pages are walked, tokens had, filters named), as plain data.
//!
//! [`read`] reads the words of the root, of security schemes and of operations, and reports what is wrong with them at the
//! very value. What a word makes of the client is decided in `lower`; the words of schemas are read in `schema`, and only
//! their spelling and place are checked here. [`vocabulary`] is the one table of all words.
//!
//! Invariant: whatever a word refers to by name (a style, a grammar, an operator, an event, an operation) is there.

mod client;
mod effect;
mod endpoint;
mod filter;
mod grant;
mod operation;
mod page_styles;
mod pagination;
mod pattern;
mod pointer;
mod schema;
mod scope;
mod sort;
mod survey;
mod template;
#[cfg(test)]
mod testing;
mod token;
mod value;
mod vocabulary;
mod webhook;

use indexmap::IndexMap;

pub use client::{Backoff, Client, Profile, Retry, TypeKey};
pub use endpoint::Endpoint;
pub use filter::{Filter, Grammar, OperatorKind, ValueType};
pub use grant::{Grant, GrantType};
pub use operation::OperationWords;
pub use pagination::{Next, Pagination, Style};
pub use pattern::Pattern;
pub use pointer::JsonPointer;
pub use sort::{Include, Sort};
pub use template::Template;
pub use token::{ClientAuthentication, Encoding, Refresh, Revocation, Token, TokenMembers, TokenValue};
pub use vocabulary::{Place, Word, vocabulary};
pub use webhook::{Algorithm, Event, Signature, SignatureEncoding, Timestamp, TimestampPlace, Webhooks};

use crate::diag::Diagnostics;
use crate::source::{Pointer, Tree};
use scope::Scope;

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

/// Reads our words out of `tree`, a whole document.
///
/// What could not be read is in `diags`, at its own place, and missing here.
pub fn read(tree: &Tree, diags: &mut Diagnostics) -> Words {
    let survey::Found { resource_types, first_resource, patterns } = survey::survey(tree, diags);
    let scope = Scope { tree, resource_types };
    let client = client::read(&scope, diags);
    effect::without_resources(&client, first_resource.as_ref(), diags);
    let tokens = token::read(&scope, diags);
    let webhooks = webhook::read(&scope, diags);
    let operations = operation::read(&scope, &webhooks, patterns, diags);
    let places: Vec<Pointer> = operations.keys().cloned().collect();
    effect::without_profile(&client, tree, &places, diags);
    Words { client, tokens, webhooks, operations }
}
