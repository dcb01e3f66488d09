//! Components: what is described once and referred to by name.

use openapiv3::{Components, ReferenceOr, Schema, SecurityScheme};
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
        let schemas = self.entries(tree, "schemas", &at);
        components.schemas.reserve_exact(schemas.len());
        for (name, _) in schemas {
            let place = at.child("schemas").child(name);
            components.schemas.insert(name.to_string(), ReferenceOr::<Schema>::ref_(&place.to_string()));
            self.schemas.push(place);
        }
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
        for (name, value) in self.headers(tree, "headers", &at) {
            if let Some(header) = self.decode(value, &at.child("headers").child(&name)) {
                components.headers.insert(name, header);
            }
        }
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
