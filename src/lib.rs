//! The Kajabi client, embedded: generated when this crate is built, as a user's crate would have it.
//!
//! ```
//! # fn main() -> Result<(), embedded_kajabi::kajabi::runtime::BuildError> {
//! let client = embedded_kajabi::kajabi::Client::builder().bearer_token("a secret").build()?;
//! assert_eq!(client.base_url(), "https://api.kajabi.com");
//! # Ok(()) }
//! ```

/// The client of the Kajabi API, as `build.rs` made it of `spec/openapi.yaml`.
pub mod kajabi {
    include!(concat!(env!("OUT_DIR"), "/kajabi/mod.rs"));
}

/// The programs of the README, compiled as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
