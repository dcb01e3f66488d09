//! Callbacks: what the API sends to an address that it was given in a call (OAS 3.0.4, Callback Object).
//!
//! Only the schemas of their bodies are of use; the rest of such a request is the API's matter.

use super::shell::METHODS;
use crate::source::{Pointer, Tree};

/// How many references are followed from one to the next.
const MOST_REFERENCES: usize = 16;

/// A request that the API sends to an address that it was given in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// Where it is declared.
    pub pointer: Pointer,
    /// What the document calls it.
    pub name: String,
    /// The operation in whose call the address is given.
    pub operation: Pointer,
    /// The runtime expression that says where the address is, such as `{$request.body#/url}`.
    pub expression: String,
    /// `POST`.
    pub method: String,
    /// What the document says about it.
    pub summary: Option<String>,
    /// The place of the schema of the JSON body, if one is described.
    pub schema: Option<Pointer>,
    /// The places of what the body may be besides.
    pub others: Vec<Pointer>,
}

/// The callbacks of all operations.
pub(super) fn read(tree: &Tree) -> Vec<Callback> {
    let mut found = Vec::new();
    let root = Pointer::root().child("paths");
    for (path, item) in tree.get("paths").and_then(Tree::as_map).into_iter().flatten() {
        for (_, operation, place) in requests(item, &root.child(path)) {
            let declared = operation.get("callbacks").and_then(Tree::as_map);
            for (name, callback) in declared.into_iter().flatten() {
                let at = place.child("callbacks").child(name);
                found.extend(callback_at(tree, (callback, at), name, &place));
            }
        }
    }
    found
}

fn callback_at(root: &Tree, callback: (&Tree, Pointer), name: &str, operation: &Pointer) -> Vec<Callback> {
    let mut found = Vec::new();
    let Some((callback, at)) = followed(root, callback) else { return found };
    for (expression, item) in
        callback.as_map().into_iter().flatten().filter(|(key, _)| !key.starts_with("x-"))
    {
        let Some((item, at)) = followed(root, (item, at.child(expression))) else { continue };
        for (method, sent, pointer) in requests(item, &at) {
            let summary = sent.get("summary").or_else(|| sent.get("description")).and_then(Tree::as_str);
            let (schema, others) = body(root, sent, &pointer).unwrap_or_default();
            found.push(Callback {
                name: name.to_owned(),
                operation: operation.clone(),
                expression: expression.to_string(),
                method: method.to_ascii_uppercase(),
                summary: summary.map(str::to_owned),
                schema,
                others,
                pointer,
            });
        }
    }
    found
}

/// What a path item at `place` has for each method, those of OAS 3.2 too.
pub(super) fn requests<'t>(item: &'t Tree, place: &Pointer) -> Vec<(&'t str, &'t Tree, Pointer)> {
    let fixed = item
        .as_map()
        .into_iter()
        .flatten()
        .filter(|(key, _)| METHODS.contains(&key.as_str()) || key.as_str() == "query");
    let fixed = fixed.map(|(key, request)| (key.as_str(), request, place.child(key)));
    let more = place.child("additionalOperations");
    let others = item.get("additionalOperations").and_then(Tree::as_map).into_iter().flatten();
    fixed.chain(others.map(|(key, request)| (key.as_str(), request, more.child(key)))).collect()
}

/// The place of the schema of what is sent as JSON, and the places of other media types, but for JSON of the same schema.
fn body(root: &Tree, sent: &Tree, place: &Pointer) -> Option<(Option<Pointer>, Vec<Pointer>)> {
    let (body, place) = followed(root, (sent.get("requestBody")?, place.child("requestBody")))?;
    let (offered, place) = (body.get("content")?.as_map()?, place.child("content"));
    let read = offered.iter().find_map(|(name, media)| media.get("schema").filter(|_| is_json(name)));
    let is_read = |name: &str, media: &Tree| is_json(name) && read.is_some() && media.get("schema") == read;
    let chosen = offered.iter().find(|(name, media)| is_read(name, media));
    let others = offered.iter().filter(|(name, media)| !is_read(name, media) && !name.starts_with("x-"));
    let schema = chosen.map(|(name, _)| place.child(name).child("schema"));
    Some((schema, others.map(|(name, _)| place.child(name)).collect()))
}

/// RFC 6839, section 3.1, whatever parameters follow.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// What stands at `place`, or what its `$ref`s lead to.
pub(super) fn followed<'t>(
    root: &'t Tree,
    (mut tree, mut place): (&'t Tree, Pointer),
) -> Option<(&'t Tree, Pointer)> {
    for _ in 0..MOST_REFERENCES {
        let Some(reference) = tree.get("$ref") else { return Some((tree, place)) };
        place = Pointer::from_reference(reference.as_str()?)?;
        tree = root.at(&place)?;
    }
    None
}
