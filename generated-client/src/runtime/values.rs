//! Values as they were passed, for checks that cannot tell them from what was written of them.

use super::{Json, Place, Request};

/// What was passed to a request; nothing unless the client checks what it sends.
#[derive(Clone, Default)]
pub(super) struct Values {
    body: Option<Json>,
    parameters: Vec<(Place, &'static str, Json)>,
}

impl Request<'_> {
    /// Keeps what the body was written from.
    pub(super) fn keep_body(&mut self, value: impl FnOnce() -> Json) {
        if self.client.0.check().is_some() {
            self.values.get_or_insert_default().body = Some(value());
        }
    }

    /// Keeps what a parameter was written from, in place of what was kept before.
    pub(super) fn keep_parameter(&mut self, place: Place, name: &'static str, value: impl FnOnce() -> Json) {
        if self.client.0.check().is_some() {
            let kept = &mut self.values.get_or_insert_default().parameters;
            kept.retain(|known| (known.0, known.1) != (place, name));
            let value = value();
            if !value.is_null() {
                kept.push((place, name, value));
            }
        }
    }

    /// Forgets what the body was written from: another one is set.
    pub(super) fn forget_body(&mut self) {
        if let Some(kept) = &mut self.values {
            kept.body = None;
        }
    }

    /// What the body was written from.
    #[allow(dead_code, reason = "a client may be without checks")]
    pub(super) fn kept_body(&self) -> Option<&Json> {
        self.values.as_ref()?.body.as_ref()
    }

    /// What a parameter was written from.
    #[allow(dead_code, reason = "a client may be without checks")]
    pub(super) fn kept_parameter(&self, place: Place, name: &str) -> Option<&Json> {
        let mut kept = self.values.as_ref()?.parameters.iter();
        kept.find(|known| (known.0, known.1) == (place, name)).map(|(_, _, value)| value)
    }
}
