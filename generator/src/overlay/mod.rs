//! `Tree` to `Tree`: applies OpenAPI overlays, which say what a document leaves to prose.
//!
//! [Version 1.0](https://spec.openapis.org/overlay/v1.0.0.html) and [version 1.1](https://spec.openapis.org/overlay/v1.1.0.html) of
//! the Overlay Specification. How values are merged is 1.1's in both; see `merge`. Stricter than both in one thing:
//! an action that changes nothing is an error, for it does not do what somebody wrote it for. Does not know OpenAPI, whatever is
//! put into the document is read by the stages after this one.
//!
//! Invariant: what [`apply`] gives keeps the promises of a [`Tree`](crate::source::Tree) that was read, and of every value in it
//! the diagnostics know the file and the place it was written at.

mod apply;
mod merge;
mod path;
mod read;

pub use apply::apply;
pub use read::{Overlay, read};
