//! UUIDs (`format: uuid`, RFC 9562): those of the `uuid` library.
//!
//! They are read in every form that library knows, and written in lower case with hyphens.

pub use ::uuid::Uuid;
