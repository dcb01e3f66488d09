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

/// The programs of the guide, compiled as documentation tests, and run where they need no network.
#[cfg(doctest)]
pub mod guide {
    #[doc = include_str!("../docs/src/client/first-request.md")]
    pub mod first_request {}
    #[doc = include_str!("../docs/src/client/servers.md")]
    pub mod servers {}
    #[doc = include_str!("../docs/src/client/tokens.md")]
    pub mod tokens {}
    #[doc = include_str!("../docs/src/client/lists.md")]
    pub mod lists {}
    #[doc = include_str!("../docs/src/client/reading.md")]
    pub mod reading {}
    #[doc = include_str!("../docs/src/client/writing.md")]
    pub mod writing {}
    #[doc = include_str!("../docs/src/client/errors.md")]
    pub mod errors {}
    #[doc = include_str!("../docs/src/client/webhooks.md")]
    pub mod webhooks {}
    #[doc = include_str!("../docs/src/client/retries.md")]
    pub mod retries {}
    #[doc = include_str!("../docs/src/client/transport.md")]
    pub mod transport {}
    #[doc = include_str!("../docs/src/client/ways-out.md")]
    pub mod ways_out {}
    #[doc = include_str!("../docs/src/client/testing.md")]
    pub mod testing {}
    #[doc = include_str!("../docs/src/generator/generate.md")]
    pub mod generate {}
}
