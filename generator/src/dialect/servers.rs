//! Servers: of the document, of a path, of an operation.

use openapiv3::Server;
use serde_json::Value;

use super::json::{textual, with};
use super::shell::Reader;
use super::words;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    /// The servers of `tree`, which has the place `place`.
    pub(super) fn servers(&mut self, tree: &Tree, place: &Pointer) -> Vec<Server> {
        let place = place.child("servers");
        let list = match tree.get("servers") {
            None | Some(Tree::Null) => return Vec::new(),
            Some(Tree::List(list)) => list,
            Some(other) => {
                self.malformed(
                    &place,
                    format!("a sequence of servers is wanted here, and this is {}", other.kind()),
                );
                return Vec::new();
            }
        };
        list.iter().enumerate().filter_map(|(at, server)| self.server(server, &place.index(at))).collect()
    }

    /// `openapiv3` has no member for the name that OAS 3.2.0 gives a server.
    pub(super) fn server(&mut self, tree: &Tree, place: &Pointer) -> Option<Server> {
        let value = textual(tree);
        let name = tree.get("name").and_then(Tree::as_str);
        let value = match name {
            Some(name) => with(value, words::SERVER_NAME, Value::String(name.to_owned())),
            None => value,
        };
        self.decode(value, place)
    }
}
