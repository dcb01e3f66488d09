//! What the generated client puts on the wire, and what it makes of what comes back: against a server on the loopback
//! interface, one idea a test.

mod concurrency;
mod escape_hatches;
mod events;
mod failures;
mod filters;
mod lists;
mod oauth;
mod operations;
mod paths;
#[path = "../../runtime/tests/runtime/recorder.rs"]
mod recorder;
mod requests;
mod responses;
mod retries;
mod security;
mod server;
mod tokens;
mod unions;
mod writing;
