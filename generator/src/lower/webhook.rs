//! What the API sends by itself (OAS 3.1.1, OpenAPI Object, `webhooks`).

use super::Lowering;
use super::schema::Here;
use crate::diag::Code;
use crate::model::{Callback, Operation, Owner, Webhook};
use crate::source::Pointer;

impl Lowering<'_> {
    /// The webhooks whose JSON bodies are described.
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let all = self.words;
        let mut webhooks = Vec::new();
        for (name, event) in &all.webhooks.events {
            let Some(place) = &event.schema else {
                self.diags
                    .warn(Code::NotGenerated, &event.pointer)
                    .message(format!("the webhook `{name}` sends no JSON that is described"))
                    .help("the client has nothing to read it with");
                continue;
            };
            self.report_unread(&event.others);
            if let Some(typed) = self.schema_at(place, &Here::of(Owner::Webhook(name.clone()))) {
                webhooks.push(Webhook { name: name.clone(), body: typed.into_type() });
            }
        }
        webhooks
    }

    /// What a body may be besides the JSON that is read.
    fn report_unread(&mut self, others: &[Pointer]) {
        for place in others {
            let media_type = place.last().unwrap_or_default();
            self.diags
                .warn(Code::NotGenerated, place)
                .message(format!("what is sent as `{media_type}` is not read"))
                .help("the client reads the JSON");
        }
    }

    /// The callbacks of these operations whose JSON bodies are described.
    pub(super) fn callbacks(&mut self, operations: &[Operation]) -> Vec<Callback> {
        let document = self.document;
        let of_client = |pointer: &Pointer| operations.iter().find(|known| known.pointer == *pointer);
        let mut callbacks = Vec::new();
        for declared in document.callbacks.iter().filter(|known| of_client(&known.operation).is_some()) {
            let Some(place) = &declared.schema else {
                self.diags
                    .warn(Code::NotGenerated, &declared.pointer)
                    .message(format!("the callback `{}` sends no JSON that is described", declared.name))
                    .help("the client has nothing to read it with");
                continue;
            };
            self.report_unread(&declared.others);
            if let Some(typed) = self.schema_at(place, &Here::of(Owner::Webhook(declared.name.clone()))) {
                callbacks.push(Callback {
                    name: declared.name.clone(),
                    operation: declared.operation.clone(),
                    expression: declared.expression.clone(),
                    method: declared.method.clone(),
                    summary: declared.summary.clone(),
                    body: typed.into_type(),
                });
            }
        }
        callbacks
    }
}
