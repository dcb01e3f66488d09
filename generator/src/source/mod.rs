//! Text to [`Tree`]: reads YAML and JSON behind a guard, and knows the line and column of every place.
//!
//! [`read`] looks before it decodes: a pass over the parser's events refuses what would make a decoder
//! hang or run out of memory (nesting, aliases of aliases), then `serde_yaml` or `serde_json` fills the
//! tree. [`Locations`] turns pointers into lines and columns, and is built only when there is something
//! to show. [`to_yaml`] and [`to_json`] go the other way.
//!
//! Invariant: in a [`Tree`] every key is unique, no path is longer than a hundred and twenty steps, and
//! every number still has the text it was written in.

mod decode;
mod file;
mod folder;
mod guard;
mod locate;
mod map;
mod outline;
mod parts;
mod pointer;
mod print;
mod read;
mod tree;

pub use file::{Format, ReadError, Source, Sources};
pub use folder::Folder;
pub use locate::{Locations, Place, Position};
pub use map::{Key, Map};
pub(crate) use outline::MAX_NESTING;
pub use parts::{Found, Parts, Refusal};
pub use pointer::Pointer;
pub(crate) use pointer::percent_decode;
pub use print::{to_json, to_yaml};
pub use read::read;
pub use tree::{Number, NumberValue, Tree};
