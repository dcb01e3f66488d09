//! The examples in the document's own descriptions, against the generated client: answers decode into its types with nothing
//! left over, bodies and request lines are what its builders send.

mod answers;
mod bodies;
mod document;
mod examples;
mod lines;
#[path = "../../runtime/tests/runtime/recorder.rs"]
mod recorder;
#[allow(dead_code, reason = "the tests of the wire use all of it")]
#[path = "../wire/server.rs"]
mod server;
mod typed;
