//! Hand-written support code of every client that clientsmith generates.
//!
//! The folder `runtime/` next to this file is copied as it stands into each generated client; with the feature `client` this
//! crate compiles it, so that it is tested on its own. The generator depends on this crate without that feature, for
//! the text alone.

#[cfg(feature = "client")]
pub mod runtime;

#[cfg(all(test, feature = "client"))]
mod ids;

macro_rules! files {
    ($($name:literal,)+) => {
        /// The files of the runtime: name and text.
        pub const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("runtime/", $name))),)+];
    };
}

files! {
    "agent.rs",
    "authorize.rs",
    "base64.rs",
    "base_url.rs",
    "blocking.rs",
    "body.rs",
    "build_error.rs",
    "byte_stream.rs",
    "call.rs",
    "client.rs",
    "client_builder.rs",
    "content/mod.rs",
    "credential.rs",
    "decode_error.rs",
    "decoded.rs",
    "download.rs",
    "error.rs",
    "events/mod.rs",
    "events/parser.rs",
    "events/reconnect.rs",
    "exchange.rs",
    "fetch.rs",
    "file.rs",
    "form.rs",
    "header.rs",
    "headers/mod.rs",
    "http_body.rs",
    "http_client.rs",
    "http_settings.rs",
    "id.rs",
    "json.rs",
    "json_api/body.rs",
    "json_api/document.rs",
    "json_api/linkage.rs",
    "json_api/links.rs",
    "json_api/mod.rs",
    "json_api/page.rs",
    "lenient.rs",
    "lines/mod.rs",
    "media.rs",
    "middleware.rs",
    "mock/boundary.rs",
    "mock/compare.rs",
    "mock/expectation.rs",
    "mock/ledger.rs",
    "mock/listener.rs",
    "mock/mod.rs",
    "mock/outline.rs",
    "mock/received.rs",
    "mock/response.rs",
    "mock/server.rs",
    "mock/verify.rs",
    "mod.rs",
    "moment.rs",
    "multipart/mod.rs",
    "multipart/part.rs",
    "multipart/write.rs",
    "number.rs",
    "oauth_error.rs",
    "object.rs",
    "open_enum.rs",
    "operation.rs",
    "paging/link_header.rs",
    "paging/mod.rs",
    "paging/peek.rs",
    "paging/walk.rs",
    "parameter/mod.rs",
    "parameter/text.rs",
    "parameter/value.rs",
    "parameter/write.rs",
    "patch.rs",
    "path.rs",
    "pattern.rs",
    "proxy.rs",
    "query.rs",
    "records/mod.rs",
    "request.rs",
    "request_body.rs",
    "response.rs",
    "retry.rs",
    "server.rs",
    "snippet.rs",
    "sort.rs",
    "stream.rs",
    "streamed.rs",
    "time.rs",
    "tls.rs",
    "token/answer.rs",
    "token/code.rs",
    "token/device.rs",
    "token/fetch.rs",
    "token/grant.rs",
    "token/mod.rs",
    "token/openid.rs",
    "token/revoke.rs",
    "token/source.rs",
    "token/stand_in.rs",
    "token/store.rs",
    "token/tokens.rs",
    "trace.rs",
    "transport.rs",
    "transport_error.rs",
    "upload.rs",
    "webhook/mod.rs",
    "webhook/signature.rs",
    "webhook/verify.rs",
}

/// What the runtime depends on, as a client's manifest says it.
pub const DEPENDENCIES: &str = include_str!("dependencies.toml");

/// The features that the runtime gives a client, as a client's manifest says it.
pub const FEATURES: &str = include_str!("features.toml");
