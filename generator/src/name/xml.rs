//! The names of the statics that describe how bodies stand in XML.

use super::case;
use super::ident::ConstantName;
use super::scope::Scope;
use crate::model::Api;

pub(super) fn names(api: &Api) -> Vec<ConstantName> {
    let mut scope = Scope::default();
    let name = |local: &str| {
        let text = case::snake(local, "node");
        ConstantName::new(scope.give([text.as_str()]).to_uppercase())
    };
    api.xml.iter().map(|node| node.name.local.as_str()).map(name).collect()
}
