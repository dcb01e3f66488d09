//! Tests of the runtime through its public interface, against a server on the loopback interface where the wire matters.
#![allow(clippy::unwrap_used, reason = "a failed test panics")]

mod authorizer;
mod bodies;
mod client;
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
mod compression;
mod credentials;
mod encoding;
mod events;
mod formats;
mod forms;
#[cfg(feature = "blocking")]
mod hostile;
#[cfg(all(
    feature = "http2",
    feature = "blocking",
    any(feature = "native-tls", feature = "rustls"),
    unix,
    not(target_vendor = "apple")
))]
mod http2;
#[cfg(all(
    feature = "blocking",
    any(feature = "native-tls", feature = "rustls"),
    unix,
    not(target_vendor = "apple")
))]
mod https;
mod json_api;
mod lenient;
mod middleware;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "mock")]
mod mock_calls;
#[cfg(feature = "mock")]
mod mock_matching;
#[cfg(feature = "mock")]
mod mock_wire;
#[cfg(all(
    feature = "blocking",
    any(feature = "native-tls", feature = "rustls"),
    unix,
    not(target_vendor = "apple")
))]
mod mutual_tls;
#[cfg(feature = "blocking")]
mod no_runtime;
mod object;
mod paging;
mod parameter;
mod parts;
mod recorder;
mod redirects;
mod request;
mod response;
mod retry;
mod secrecy;
mod server;
mod servers;
mod sort;
mod source;
mod streaming;
mod token;
#[cfg(feature = "tracing")]
mod tracing;
#[cfg(feature = "blocking")]
mod transports;
mod tuples;
mod union;
#[cfg(feature = "validate")]
mod validate;
mod values;
mod webhook;
mod xml;
mod xml_names;
