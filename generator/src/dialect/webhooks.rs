//! What the API sends by itself: `webhooks`, and `x-webhooks` where a document says so in 3.0. Only the schemas of their bodies are of
//! use; the rest of such a request is the API's matter.

use super::callbacks::requests;
use super::shell::Reader;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    /// Has the schemas of all bodies read.
    pub(super) fn webhooks(&mut self, tree: &Tree, place: &Pointer) {
        for (name, item) in tree.as_map().into_iter().flatten() {
            for (_, request, place) in requests(item, &place.child(name)) {
                let body = request.get("requestBody").and_then(|body| body.get("content"));
                let place = place.child("requestBody").child("content");
                for (media_type, media) in body.and_then(Tree::as_map).into_iter().flatten() {
                    if media.get("schema").is_some() {
                        self.schemas.push(place.child(media_type).child("schema"));
                    }
                }
            }
        }
    }
}
