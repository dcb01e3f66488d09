//! Security schemes and requirements (OAS 3.0.4, Security Scheme Object, Security Requirement Object).

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Location, Operation, Parameter, Requirement, Scheme, SchemeKind, Security};
use crate::resolve;
use crate::source::Pointer;

impl Lowering<'_> {
    /// The schemes that the client has credentials for.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let Some(components) = &self.document.shell.components else { return Vec::new() };
        let declared = &components.security_schemes;
        let place = Pointer::root().child("components").child("securitySchemes");
        let mut schemes = Vec::new();
        for (name, reference) in declared {
            let at = place.child(name);
            let found = resolve::component(reference, &at, "securitySchemes", declared, self.diags);
            if let Some((scheme, _)) = found {
                let (kind, description) = kind(scheme);
                let (tokens, scopes) = match scheme {
                    SecurityScheme::OAuth2 { flows, .. } => self.flows(flows, &at),
                    SecurityScheme::OpenIDConnect { open_id_connect_url, .. } => {
                        (self.provider(open_id_connect_url, &at), Vec::new())
                    }
                    SecurityScheme::APIKey { .. } | SecurityScheme::HTTP { .. } => (None, Vec::new()),
                };
                let tokens = tokens.filter(|_| !self.words.tokens.contains_key(name));
                schemes.push(Scheme { name: name.clone(), kind, description, scopes, tokens });
            }
        }
        schemes
    }

    /// Who may call an operation: its own requirements, else the document's.
    pub(super) fn security(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        place: &Pointer,
        schemes: &[Scheme],
    ) -> Security {
        let (requirements, place) = match (own, &self.document.shell.security) {
            (Some(own), _) => (own, place.child("security")),
            (None, Some(all)) => (all, Pointer::root().child("security")),
            (None, None) => return Security::default(),
        };
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let names = requirement.iter();
            let names =
                names.map(|(scheme, scopes)| Requirement { scheme: scheme.clone(), scopes: scopes.clone() });
            let names: Vec<Requirement> = names.collect();
            self.report_conflict(&names, schemes, &place.index(index));
            let unknown = requirement.keys().find(|name| schemes.iter().all(|scheme| scheme.name != **name));
            match unknown {
                None => alternatives.push(names),
                Some(name) if self.is_declared(name) => {}
                Some(name) => self
                    .diags
                    .warn(Code::UnknownSecurityScheme, &place.index(index))
                    .message(format!("there is no security scheme `{name}`"))
                    .help("this alternative is never used; add the scheme to `components.securitySchemes`"),
            }
        }
        Security(alternatives)
    }

    /// Two schemes that want one place of the request for themselves: the specification does not say what is sent.
    fn report_conflict(&mut self, requirements: &[Requirement], schemes: &[Scheme], place: &Pointer) {
        let kinds = requirements.iter().filter_map(|wanted| {
            let scheme = schemes.iter().find(|scheme| scheme.name == wanted.scheme)?;
            Some((wanted.scheme.as_str(), target(&scheme.kind)?))
        });
        let mut seen: Vec<(&str, (&str, String))> = Vec::new();
        for (name, target) in kinds {
            if let Some((other, _)) = seen.iter().find(|(_, known)| *known == target) {
                self.diags
                    .warn(Code::ConflictingCredentials, place)
                    .message(format!(
                        "`{other}` and `{name}` are sent in the same {} `{}`",
                        target.0, target.1
                    ))
                    .help(format!("the client sends that of `{other}` only"));
            }
            seen.push((name, target));
        }
    }

    /// Parameters that are sent where a credential of their operation is, which the specification does not speak of.
    pub(super) fn report_keys(&mut self, operations: &[Operation], schemes: &[Scheme]) {
        let mut reported: BTreeSet<&Pointer> = BTreeSet::new();
        for operation in operations {
            let wanted = operation.security.0.iter().flatten();
            let wanted = wanted.filter_map(|wanted| schemes.iter().find(|known| known.name == wanted.scheme));
            let targets: Vec<_> = wanted.filter_map(|known| Some((known, target(&known.kind)?))).collect();
            for parameter in &operation.parameters {
                let place = place_of(parameter);
                let scheme = targets.iter().find(|(_, target)| Some(target) == place.as_ref());
                let Some((scheme, _)) = scheme.filter(|_| reported.insert(&parameter.pointer)) else {
                    continue;
                };
                self.diags
                    .note(Code::CredentialParameter, &parameter.pointer)
                    .message(format!(
                        "`{}` is sent where the security scheme `{}` sends its key",
                        parameter.name, scheme.name
                    ))
                    .help(match parameter.constant {
                        None => "what a call gives is sent, else the client's credential; leave the parameter out if all calls have the same",
                        Some(_) => "its one value is sent, and no credential of the client; leave the parameter out",
                    });
            }
        }
    }

    fn is_declared(&self, name: &str) -> bool {
        let components = self.document.shell.components.as_ref();
        let unsupported = components
            .and_then(|components| components.extensions.get(words::UNSUPPORTED_SCHEMES)?.as_array());
        components.is_some_and(|components| components.security_schemes.contains_key(name))
            || unsupported.is_some_and(|names| names.iter().any(|known| known == name))
    }
}

/// Where a credential is sent, and under which name, if the request has it.
fn target(kind: &SchemeKind) -> Option<(&'static str, String)> {
    Some(match kind {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::Http(_) => {
            ("header", "authorization".to_owned())
        }
        SchemeKind::ApiKeyHeader(name) => ("header", name.to_ascii_lowercase()),
        SchemeKind::ApiKeyQuery(name) => ("query parameter", name.clone()),
        SchemeKind::ApiKeyCookie(name) => ("cookie", name.clone()),
        SchemeKind::MutualTls => return None,
    })
}

/// Where a parameter is sent, and under which name, if a credential could be.
fn place_of(parameter: &Parameter) -> Option<(&'static str, String)> {
    Some(match parameter.location {
        // RFC 9110, section 5.1: field names are case-insensitive.
        Location::Header => ("header", parameter.name.to_ascii_lowercase()),
        Location::Query => ("query parameter", parameter.name.clone()),
        Location::Cookie => ("cookie", parameter.name.clone()),
        Location::Path | Location::WholeQuery => return None,
    })
}

fn kind(scheme: &SecurityScheme) -> (SchemeKind, Option<String>) {
    match scheme {
        SecurityScheme::APIKey { location, name, description, .. } => {
            let kind = match location {
                APIKeyLocation::Query => SchemeKind::ApiKeyQuery(name.clone()),
                APIKeyLocation::Header => SchemeKind::ApiKeyHeader(name.clone()),
                APIKeyLocation::Cookie => SchemeKind::ApiKeyCookie(name.clone()),
            };
            (kind, description.clone())
        }
        SecurityScheme::HTTP { description, extensions, .. }
            if extensions.contains_key(words::MUTUAL_TLS) =>
        {
            (SchemeKind::MutualTls, description.clone())
        }
        SecurityScheme::HTTP { scheme, description, .. } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SchemeKind::Bearer,
                "basic" => SchemeKind::Basic,
                _ => SchemeKind::Http(scheme.clone()),
            };
            (kind, description.clone())
        }
        SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
            (SchemeKind::Bearer, description.clone())
        }
    }
}
