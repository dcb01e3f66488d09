//! The command line of the generated client: the Kajabi package's program and those of small documents, run
//! against servers on the loopback address.

mod apis;
mod bodies;
#[path = "../cargo/mod.rs"]
mod cargo;
mod completions;
mod contract;
mod corpus;
mod made_up;
mod operations;
mod parameters;
mod parts;
mod people;
mod program;
#[path = "../../runtime/tests/runtime/recorder.rs"]
mod recorder;
mod sample;
mod streams;
mod tokens;
mod values;
mod xml;
