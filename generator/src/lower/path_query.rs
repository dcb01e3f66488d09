//! Paths with a query of their own, as `/responses?beta=true`. OpenAPI has none (3.0.4, Paths Object), and yet documents tell operations
//! apart by it.

use indexmap::IndexMap;

use super::Lowering;
use crate::diag::Code;
use crate::model::{
    Docs, Location, Parameter, ParameterRole, Presence, Scalar, Type, Written, path_template,
};
use crate::source::{Pointer, percent_decode};

impl Lowering<'_> {
    /// Says of paths that have a query or a fragment what is sent.
    pub(super) fn report_paths(&mut self) {
        for path in self.document.paths.iter().map(|item| &item.path) {
            let template = path_template(path);
            let what = match &path[template.len()..] {
                "" => continue,
                rest if rest.starts_with('?') => "query",
                _ => "fragment",
            };
            self.diags
                .warn(Code::MalformedObject, &Pointer::root().child("paths").child(path))
                .message(format!("the path `{path}` has a {what}"))
                .help(format!(
                    "calls go to `{template}`, with the last pair of each name in the query and without the fragment; declare the pairs as parameters"
                ));
        }
    }
}

/// The pairs in the query of a path that no parameter is declared for, as parameters that have one value only, or that the caller
/// gives where the value stands in braces. Of several of one name, the last counts.
pub(super) fn query_parameters(path: &str, place: &Pointer, declared: &[Parameter]) -> Vec<Parameter> {
    let query = path[path_template(path).len()..].strip_prefix('?').unwrap_or_default();
    let query = query.split('#').next().unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let decoded = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode(&spaced).map_or_else(|| text.to_owned(), std::borrow::Cow::into_owned)
    };
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs = pairs.map(|(name, value)| (decoded(name), decoded(value)));
    let mut values: IndexMap<String, String> = IndexMap::new();
    for (name, value) in pairs {
        if !declared.iter().any(|known| known.location == Location::Query && known.name == name) {
            values.insert(name, value);
        }
    }
    let parameters = values.into_iter().map(|(name, value)| Parameter {
        pointer: place.clone(),
        schema: place.child("schema"),
        name,
        wanted_name: None,
        location: Location::Query,
        written: Written::REPEATED,
        presence: Presence::Required,
        ty: Type::Scalar(Scalar::String),
        // What stands in braces is the caller's.
        constant: Some(value).filter(|value| !value.contains(['{', '}'])),
        role: ParameterRole::Value,
        docs: Docs::default(),
    });
    parameters.collect()
}
