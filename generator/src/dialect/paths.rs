//! Paths and their operations.

use super::shell::{METHODS, Reader};
use super::{Path, PathOperation};
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    /// The paths, and their operations.
    pub(super) fn paths(&mut self, tree: &Tree) -> (Vec<Path>, Vec<PathOperation>) {
        let root = Pointer::root();
        let place = root.child("paths");
        let (mut paths, mut operations) = (Vec::new(), Vec::new());
        for (path, item) in self.entries(tree, "paths", &root) {
            let place = place.child(path);
            if path.starts_with("x-") {
                continue;
            }
            if !path.starts_with('/') {
                self.malformed(&place, format!("the path `{path}` does not begin with a slash"));
                continue;
            }
            let at = paths.len();
            paths.push(Path { path: path.to_string(), parameters: Vec::new(), servers: Vec::new() });
            operations.extend(self.path(item, &place, at, &mut paths[at]));
        }
        (paths, operations)
    }

    fn path(&mut self, item: &Tree, place: &Pointer, at: usize, path: &mut Path) -> Vec<PathOperation> {
        let Tree::Map(map) = item else {
            self.malformed(place, format!("a path item is a mapping, and this is {}", item.kind()));
            return Vec::new();
        };
        let (mut first, mut later) = (Vec::new(), Vec::new());
        for (key, value) in map.iter() {
            let inner = place.child(key);
            match key.as_str() {
                "parameters" => path.parameters = self.parameters(item, &inner),
                "servers" => path.servers = self.servers(item, place),
                "$ref" => self.not_generated(key, &inner),
                "query" => later.extend(self.path_operation("QUERY", value, inner, at)),
                "additionalOperations" => {
                    for (method, operation) in self.entries(item, key, place) {
                        later.extend(self.path_operation(method, operation, inner.child(method), at));
                    }
                }
                method if METHODS.contains(&method) => {
                    first.extend(self.path_operation(&method.to_ascii_uppercase(), value, inner, at));
                }
                _ => {}
            }
        }
        let position = |method: &str| METHODS.iter().position(|known| known.eq_ignore_ascii_case(method));
        first.sort_by_key(|known| position(&known.method));
        first.append(&mut later);
        first
    }

    fn path_operation(
        &mut self,
        method: &str,
        tree: &Tree,
        pointer: Pointer,
        path: usize,
    ) -> Option<PathOperation> {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if method.is_empty() || !method.bytes().all(is_token) {
            self.malformed(&pointer, "this is no name of an HTTP method (RFC 9110, section 9.1)".to_owned());
            return None;
        }
        let operation = self.operation(tree, &pointer)?;
        Some(PathOperation { path, method: method.to_owned(), pointer, operation })
    }
}
