//! What the API sends by itself (OAS 3.1.1, OpenAPI Object, `webhooks`).

use super::Lowering;
use super::schema::Here;
use crate::diag::Code;
use crate::model::{Owner, Webhook};

impl Lowering<'_> {
    /// The webhooks whose JSON bodies are described.
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let all = self.words;
        let mut webhooks = Vec::new();
        for (name, event) in &all.webhooks.events {
            let Some(place) = &event.schema else {
                self.diags
                    .warn(Code::NotGenerated, &event.pointer)
                    .message(format!("the webhook `{name}` posts no JSON that is described"))
                    .help("the client has nothing to read it with");
                continue;
            };
            if let Some(typed) = self.schema_at(place, &Here::of(Owner::Webhook(name.clone()))) {
                webhooks.push(Webhook { name: name.clone(), body: typed.into_type() });
            }
        }
        webhooks
    }
}
