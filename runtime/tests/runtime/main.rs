//! Tests of the runtime through its public interface, against a server on the loopback interface where the wire matters.
#![allow(clippy::unwrap_used, reason = "a failed test panics")]

mod authorizer;
mod client;
mod credentials;
mod encoding;
mod object;
mod recorder;
mod redirects;
mod request;
mod response;
mod retry;
mod secrecy;
mod server;
mod token;
mod union;
mod values;
