//! The names of the statics that hold rules which others refer to.

use super::case;
use super::ident::ConstantName;
use super::scope::Scope;
use crate::model::Api;

pub(super) fn names(api: &Api) -> Vec<ConstantName> {
    // The list of the rules of calls stands beside them.
    let mut scope = Scope::new(&["calls"]);
    let name = |hint: &str| {
        let text = case::snake(hint, "rules").to_uppercase();
        let text = if case::is_identifier(&text) { text } else { "RULES".to_owned() };
        ConstantName::new(scope.give([text.as_str()]))
    };
    api.rules.shared.iter().map(|known| known.hint.as_str()).map(name).collect()
}
