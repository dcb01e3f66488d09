//! Links: which operations can follow on an answer (OAS 3.0.4, Link Object).
//!
//! What stands in the document, with references followed. What it means is `lower`'s to say.

use openapiv3::Server;

use super::callbacks::{followed, requests};
use super::shell::Reader;
use crate::diag::Code;
use crate::source::{Key, Pointer, Tree};

/// A link of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it is declared.
    pub pointer: Pointer,
    /// What the document calls it.
    pub name: String,
    /// The operation on whose answer it follows.
    pub operation: Pointer,
    /// The status of that answer, as written: `200`, `4XX`, `default`.
    pub status: String,
    /// The operation it leads to.
    pub target: LinkTarget,
    /// What that operation's parameters are given, as written.
    pub parameters: Vec<(String, Tree)>,
    /// `description`.
    pub description: Option<String>,
    /// What that operation's body is, as written.
    pub body: Option<Tree>,
    /// The server that it is followed at, if that is another.
    pub server: Option<Server>,
}

/// The operation that a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// By its `operationId`.
    Id(String),
    /// By its place in this document.
    Place(Pointer),
    /// In another document.
    Elsewhere(String),
    /// The link does not say.
    Unsaid,
}

/// The links of all operations.
pub(super) fn read(tree: &Tree, reader: &mut Reader<'_>) -> Vec<Link> {
    let mut found = Vec::new();
    let root = Pointer::root().child("paths");
    for (path, item) in entries(tree.get("paths")) {
        for (_, operation, place) in requests(item, &root.child(path)) {
            for (status, response) in entries(operation.get("responses")) {
                let at = place.child("responses").child(status);
                // A response that is nowhere has been reported.
                let Some((response, at)) = followed(tree, (response, at)) else { continue };
                for (name, link) in entries(response.get("links")) {
                    let at = at.child("links").child(name);
                    found.extend(link_at(tree, (link, at), name, (&place, status), reader));
                }
            }
        }
    }
    found
}

fn entries(tree: Option<&Tree>) -> impl Iterator<Item = (&Key, &Tree)> {
    tree.and_then(Tree::as_map).into_iter().flatten().filter(|(key, _)| !key.starts_with("x-"))
}

fn link_at(
    root: &Tree,
    (declared, place): (&Tree, Pointer),
    name: &str,
    (operation, status): (&Pointer, &str),
    reader: &mut Reader<'_>,
) -> Option<Link> {
    let Some((link, pointer)) = followed(root, (declared, place.clone())) else {
        reader
            .diags
            .warn(Code::UnusableLink, &place)
            .message(format!("the link `{name}` refers to what the document does not have"))
            .help("the client has no method for it; correct the `$ref`");
        return None;
    };
    let text = |key: &str| link.get(key).and_then(Tree::as_str);
    let reference = |text: &str| match Pointer::from_reference(text) {
        Some(place) => LinkTarget::Place(place),
        None => LinkTarget::Elsewhere(text.to_owned()),
    };
    if text("operationId").is_some() && text("operationRef").is_some() {
        reader
            .diags
            .warn(Code::UnusableLink, &pointer.child("operationRef"))
            .message(format!("the link `{name}` leads to an operation by its `operationId` already"))
            .help("this is ignored; keep one of the two");
    }
    let by_id = text("operationId").map(|id| LinkTarget::Id(id.to_owned()));
    let target = by_id.or_else(|| text("operationRef").map(reference)).unwrap_or(LinkTarget::Unsaid);
    let server = link.get("server").and_then(|server| reader.server(server, &pointer.child("server")));
    Some(Link {
        name: name.to_owned(),
        operation: operation.clone(),
        status: status.to_owned(),
        target,
        parameters: entries(link.get("parameters"))
            .map(|(key, value)| (key.to_string(), value.clone()))
            .collect(),
        description: text("description").map(str::to_owned),
        body: link.get("requestBody").cloned(),
        server,
        pointer,
    })
}
