//! The guide in `docs/` says what is so.
//!
//! Its Rust programs are documentation tests of this package, see the end of `src/lib.rs`; here are its documents and overlays,
//! the code that it says they give, its table of words, and its links.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod chapters;
mod generated;
mod structure;
mod words;
