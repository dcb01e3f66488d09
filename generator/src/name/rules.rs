//! The names of the statics that hold rules which others refer to.

use super::case;
use super::ident::ConstantName;
use super::scope::Scope;
use crate::model::Api;

pub(super) fn names(api: &Api) -> Vec<ConstantName> {
    let mut scope = Scope::default();
    let name = |hint: &str| {
        let text = case::snake(hint, "rules");
        ConstantName::new(scope.give([text.as_str()]).to_uppercase())
    };
    api.rules.shared.iter().map(|known| known.hint.as_str()).map(name).collect()
}
