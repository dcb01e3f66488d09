//! Components: what is described once and referred to by name.

use openapiv3::{Components, ReferenceOr, SecurityScheme};
use serde_json::Value;

use super::json::{plain, with};
use super::shell::Reader;
use super::words;
use crate::diag::Code;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    pub(super) fn components(&mut self, tree: &Tree, root: &Pointer) -> Components {
        let mut components = Components::default();
        let Some(tree) = tree.get("components") else { return components };
        let at = root.child("components");
        let (schemas, place) = (self.entries(tree, "schemas", &at), at.child("schemas"));
        self.schemas.extend(schemas.iter().map(|(name, _)| place.child(name)));
        for (name, value) in self.entries(tree, "parameters", &at) {
            if let Some(parameter) = self.parameter(value, &at.child("parameters").child(name)) {
                components.parameters.insert(name.to_string(), parameter);
            }
        }
        for (name, value) in self.entries(tree, "requestBodies", &at) {
            if let Some(body) = self.request_body(value, &at.child("requestBodies").child(name)) {
                components.request_bodies.insert(name.to_string(), body);
            }
        }
        for (name, value) in self.entries(tree, "responses", &at) {
            if let Some(response) = self.response(value, &at.child("responses").child(name)) {
                components.responses.insert(name.to_string(), response);
            }
        }
        self.headers.components = self.headers(tree, &at).into_iter().collect();
        let mut unsupported = Vec::new();
        for (name, value) in self.entries(tree, "securitySchemes", &at) {
            match self.security_scheme(value, &at.child("securitySchemes").child(name)) {
                Some(scheme) => {
                    components.security_schemes.insert(name.to_string(), scheme);
                }
                None => unsupported.push(Value::String(name.to_string())),
            }
        }
        components.extensions.insert(words::UNSUPPORTED_SCHEMES.to_owned(), Value::Array(unsupported));
        components
    }

    fn security_scheme(&mut self, tree: &Tree, place: &Pointer) -> Option<ReferenceOr<SecurityScheme>> {
        let mut value = plain(tree);
        match tree.get("type").and_then(Tree::as_str) {
            Some("apiKey" | "http" | "oauth2" | "openIdConnect") | None => {}
            Some("mutualTLS") => {
                for (key, said) in
                    [("type", "http".into()), ("scheme", "".into()), (words::MUTUAL_TLS, Value::Bool(true))]
                {
                    value = with(value, key, said);
                }
            }
            Some(unknown) => {
                self.diags
                    .warn(Code::UnsupportedSecurityScheme, place)
                    .message(format!("`{unknown}` is no type of security scheme"))
                    .help("what names it is never used; the caller has to send what the server wants");
                return None;
            }
        }
        if let Some(flows) = value.get_mut("flows").and_then(Value::as_object_mut)
            && let Some(device) = flows.remove("deviceAuthorization")
        {
            flows.insert(words::DEVICE_FLOW.to_owned(), device);
        }
        self.decode(value, place)
    }
}
