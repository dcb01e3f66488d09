//! What the API sends by itself: `webhooks`, and `x-webhooks` where a document says so in 3.0. Only the schemas of their bodies are of
//! use; the rest of such a request is the API's matter.

use super::shell::Reader;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    /// Has the schemas of all bodies read.
    pub(super) fn webhooks(&mut self, tree: &Tree, place: &Pointer) {
        for (name, item) in tree.as_map().into_iter().flatten() {
            let body = item.get("post").and_then(|post| post.get("requestBody"));
            let content = body.and_then(|body| body.get("content")).and_then(Tree::as_map);
            let place = place.child(name).child("post").child("requestBody").child("content");
            for (media_type, media) in content.into_iter().flatten() {
                if media.get("schema").is_some() {
                    self.schemas.push(place.child(media_type).child("schema"));
                }
            }
        }
    }
}
