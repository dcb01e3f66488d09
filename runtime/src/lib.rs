//! Hand-written support code of every client that clientsmith generates.
//!
//! The folder `runtime/` next to this file is copied as it stands into each generated client; with the feature `client` this
//! crate compiles it, so that it is tested on its own. The generator depends on this crate without that feature, for
//! the text alone.

#[cfg(feature = "client")]
pub mod runtime;

macro_rules! files {
    ($($name:literal,)+) => {
        /// The files of the runtime: name and text.
        pub const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("runtime/", $name))),)+];
    };
}

files! {
    "authorize.rs",
    "base64.rs",
    "base_url.rs",
    "body.rs",
    "build_error.rs",
    "client.rs",
    "credential.rs",
    "decode_error.rs",
    "error.rs",
    "exchange.rs",
    "form.rs",
    "header.rs",
    "json.rs",
    "mod.rs",
    "number.rs",
    "oauth_error.rs",
    "object.rs",
    "open_enum.rs",
    "operation.rs",
    "patch.rs",
    "path.rs",
    "query.rs",
    "request.rs",
    "response.rs",
    "retry.rs",
    "snippet.rs",
    "time.rs",
    "tls.rs",
    "token/answer.rs",
    "token/fetch.rs",
    "token/grant.rs",
    "token/mod.rs",
    "token/revoke.rs",
    "token/source.rs",
    "token/store.rs",
    "token/tokens.rs",
    "transport_error.rs",
}

/// What the runtime depends on, as a client's manifest says it.
pub const DEPENDENCIES: &str = include_str!("dependencies.toml");

/// The features that the runtime gives a client, as a client's manifest says it.
pub const FEATURES: &str = include_str!("features.toml");
