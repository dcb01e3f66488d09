//! Security definitions to security schemes.

use super::{Upgrade, is_extension};
use crate::diag::Code;
use crate::source::{Map, Pointer, Tree};

impl Upgrade<'_> {
    pub(super) fn security_scheme(&mut self, tree: &Tree, from: &Pointer, to: &Pointer) -> Tree {
        self.mark(from, to);
        let Tree::Map(map) = tree else { return tree.clone() };
        match map.get("type").and_then(Tree::as_str) {
            Some("basic") => {
                let mut scheme = map.clone();
                scheme.insert("type".to_owned(), Tree::from("http"));
                scheme.insert("scheme".to_owned(), Tree::from("basic"));
                Tree::Map(scheme)
            }
            Some("oauth2") => self.flows(map, from, to),
            Some(_) | None => tree.clone(),
        }
    }

    fn flows(&mut self, map: &Map, from: &Pointer, to: &Pointer) -> Tree {
        let flow = match map.get("flow").and_then(Tree::as_str) {
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            Some(flow @ ("implicit" | "password")) => flow,
            other => {
                let message = match other {
                    Some(other) => format!("OAuth 2 has no flow `{other}` in Swagger 2.0"),
                    None => "an OAuth 2 scheme has a `flow`".to_owned(),
                };
                self.diags
                    .error(Code::MalformedObject, &from.child("flow"))
                    .message(message)
                    .help("write one of implicit, password, application, accessCode; nothing is generated");
                // Nothing is generated; what stands here is not looked at any more.
                return Tree::from_iter([
                    ("type".to_owned(), Tree::from("http")),
                    ("scheme".to_owned(), Tree::from("bearer")),
                ]);
            }
        };
        let mut scheme = Map::from_iter([("type".to_owned(), Tree::from("oauth2"))]);
        let mut grant = Map::from_iter([("scopes".to_owned(), Tree::from(Map::new()))]);
        for (key, value) in map {
            match key.as_str() {
                "type" | "flow" => {}
                "authorizationUrl" | "tokenUrl" | "scopes" => {
                    grant.insert(key.clone(), value.clone());
                }
                "description" => {
                    scheme.insert(key.clone(), value.clone());
                }
                extension if is_extension(extension) => {
                    scheme.insert(key.clone(), value.clone());
                }
                _ => {}
            }
        }
        self.mark(from, &to.child("flows").child(flow));
        scheme.insert("flows".to_owned(), Tree::from_iter([(flow.to_owned(), Tree::from(grant))]));
        Tree::from(scheme)
    }
}
