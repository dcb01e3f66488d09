//! What the API sends by itself: `webhooks`, and `x-webhooks` where a document says so in 3.0. Only the schemas of their bodies are of
//! use; the rest of such a request is the API's matter.

use super::shell::Reader;
use crate::diag::Code;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    /// Has the schemas of all bodies read, and reports what is sent otherwise than as a posted body.
    pub(super) fn webhooks(&mut self, tree: &Tree, place: &Pointer) {
        for (name, item) in tree.as_map().into_iter().flatten() {
            let place = place.child(name);
            let body = item.get("post").and_then(|post| post.get("requestBody"));
            let Some(content) = body.and_then(|body| body.get("content")).and_then(Tree::as_map) else {
                let is_reference = body.or(Some(item)).is_some_and(|found| found.get("$ref").is_some());
                if !is_reference {
                    self.report_bodiless(name, &place);
                }
                continue;
            };
            let place = place.child("post").child("requestBody").child("content");
            for (media_type, media) in content {
                if media.get("schema").is_some() {
                    self.schemas.push(place.child(media_type).child("schema"));
                }
            }
        }
    }

    fn report_bodiless(&mut self, name: &str, place: &Pointer) {
        self.diags
            .warn(Code::NotGenerated, place)
            .message(format!("the webhook `{name}` posts no body that is described"))
            .help("the client has nothing to read it with");
    }
}
