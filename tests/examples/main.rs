//! The examples of the client do what they say, without an account: against stand-ins for the service in their own process, or in
//! this one.

#[path = "../cargo/mod.rs"]
mod cargo;

mod export_contacts;
mod program;
mod sync_tags;
mod tour;
mod webhook_receiver;
