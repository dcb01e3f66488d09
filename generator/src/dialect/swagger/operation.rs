//! Paths and operations.

use super::body::{Parts, Placed};
use super::parameter::{Location, location};
use super::{Defaults, Upgrade};
use crate::dialect::shell::METHODS;
use crate::source::{Map, Pointer, Tree};

impl<'a> Upgrade<'a> {
    pub(super) fn paths(&mut self, tree: &'a Tree, from: &Pointer, defaults: Defaults<'a>) -> Tree {
        let Tree::Map(paths) = tree else { return tree.clone() };
        let mut upgraded = Map::with_capacity(paths.len());
        for (path, item) in paths.iter() {
            let item = match item {
                Tree::Map(item) if !path.starts_with("x-") => {
                    self.path_item(item, &from.child(path), defaults)
                }
                other => other.clone(),
            };
            upgraded.insert(path.clone(), item);
        }
        Tree::from(upgraded)
    }

    fn path_item(&mut self, map: &'a Map, place: &Pointer, defaults: Defaults<'a>) -> Tree {
        let mut item = Map::with_capacity(map.len());
        let at = place.child("parameters");
        let shared: Vec<Placed<'a>> = self.of_bodies(map.get("parameters"), &at);
        for (key, value) in map {
            let place = place.child(key);
            let value = match (key.as_str(), value) {
                ("parameters", Tree::List(list)) => self.parameters(list, &place),
                (method, Tree::Map(operation)) if METHODS.contains(&method) => {
                    self.operation(operation, &place, &shared, defaults)
                }
                ("servers", _) => continue,
                (_, value) => value.clone(),
            };
            item.insert(key.clone(), value);
        }
        Tree::from(item)
    }

    fn operation(
        &mut self,
        map: &'a Map,
        place: &Pointer,
        shared: &[Placed<'a>],
        defaults: Defaults<'a>,
    ) -> Tree {
        let consumes = map.get("consumes").or(defaults.consumes);
        let produces = map.get("produces").or(defaults.produces);
        let mut operation = Map::with_capacity(map.len());
        let mut parts = Parts::default();
        let own = self.of_bodies(map.get("parameters"), &place.child("parameters"));
        let has_own_body = own.iter().any(|(tree, _)| location(tree) == Location::Body);
        let shared = shared.iter().filter(|(tree, _)| !(has_own_body && location(tree) == Location::Body));
        for (tree, place) in shared.cloned().chain(own) {
            parts.add(location(tree), (tree, place));
        }
        for (key, value) in map {
            let place = place.child(key);
            match (key.as_str(), value) {
                ("consumes" | "produces" | "schemes" | "requestBody" | "servers" | "callbacks", _) => {}
                ("parameters", Tree::List(list)) => {
                    operation.insert(key.clone(), self.parameters(list, &place));
                }
                ("responses", Tree::Map(responses)) => {
                    let is_own = map.contains_key("produces");
                    let responses = self.responses(responses, &place, produces, is_own);
                    operation.insert(key.clone(), responses);
                }
                (_, value) => {
                    operation.insert(key.clone(), value.clone());
                }
            }
        }
        if let Some(body) = self.request_body(&parts, consumes, place, &place.child("requestBody")) {
            operation.insert("requestBody".to_owned(), body);
        }
        if map.contains_key("schemes") && self.root.get("host").is_some() {
            let servers = self.servers(map.get("schemes"), place);
            operation.extend(servers.map(|servers| ("servers".to_owned(), servers)));
        }
        Tree::from(operation)
    }

    /// Those that are not of the body.
    fn parameters(&mut self, list: &'a [Tree], place: &Pointer) -> Tree {
        let mut kept = Vec::with_capacity(list.len());
        for (index, tree) in list.iter().enumerate() {
            let from = place.index(index);
            let end = self.followed(tree, &from).map_or(Location::Other, |(end, _)| location(end));
            if end == Location::Other {
                let to = place.index(kept.len());
                kept.push(self.parameter(tree, &from, &to));
            }
        }
        Tree::List(kept)
    }

    /// The others, where they are described.
    fn of_bodies(&self, list: Option<&'a Tree>, place: &Pointer) -> Vec<Placed<'a>> {
        let list = list.and_then(Tree::as_list).unwrap_or_default().iter().enumerate();
        let ends = list.filter_map(|(index, tree)| self.followed(tree, &place.index(index)));
        ends.filter(|(tree, _)| location(tree) != Location::Other).collect()
    }

    /// A response that is shared has the media types of the document; where an operation has others, it is taken in.
    fn responses(&mut self, map: &'a Map, place: &Pointer, produces: Option<&'a Tree>, is_own: bool) -> Tree {
        let mut responses = Map::with_capacity(map.len());
        for (status, tree) in map {
            let (from, to) = (place.child(status), place.child(status));
            let shared = if is_own { self.followed(tree, &from) } else { None };
            let response = match shared {
                _ if status.starts_with("x-") => tree.clone(),
                Some((end, at)) => self.response(end, &at, &to, produces),
                None => self.response(tree, &from, &to, produces),
            };
            responses.insert(status.clone(), response);
        }
        Tree::from(responses)
    }
}
