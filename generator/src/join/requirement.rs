//! Security requirements that name a scheme by its address (OAS 3.2, Security Requirement Object, `{name}`).

use super::address::resolve;
use super::files::Spot;
use super::grammar::{Kind, is_address};
use super::{Map, Pointer, Tree, Work};

/// Whether requirements of `document` may have addresses: those of version 3.2, and parts, which have no version of their own.
pub(super) fn may_have_addresses(document: &Tree) -> bool {
    document.get("openapi").is_none_or(|version| is_of_3_2(&version.scalar_text().unwrap_or_default()))
}

/// The same by the looks of the text.
pub(super) fn may_require_elsewhere(text: &str) -> bool {
    let values = |word| text.split(word).skip(1).filter_map(value);
    values("openapi").any(is_of_3_2) && values("security").next().is_some()
}

/// The addresses of files in the requirements `tree` of a document that is at `base`, and those of the document itself.
pub(super) fn addresses<'t>(tree: &'t Tree, base: &'t str) -> impl Iterator<Item = String> + 't {
    let requirements = tree.as_list().unwrap_or_default().iter().filter_map(Tree::as_map);
    let names = requirements.flat_map(|requirement| requirement.iter()).map(|(name, _)| name.as_str());
    names.filter(|name| is_address(name)).map(move |name| resolve(base, name).0)
}

/// What stands behind a key's colon, if it is a key that `rest` stands behind.
fn value(rest: &str) -> Option<&str> {
    let is_between = ['"', '\'', ' ', '\t', '\r', '\n'];
    Some(rest.trim_start_matches(is_between).strip_prefix(':')?.trim_start_matches(is_between))
}

fn is_of_3_2(version: &str) -> bool {
    version.strip_prefix("3.2").is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
}

impl Work<'_> {
    /// A requirement, by the names that the schemes have in the one document.
    ///
    /// A name that leads to no scheme stays, and is reported where requirements are read.
    pub(super) fn requirement(&mut self, map: &Map, from: &Spot, to: &Pointer) -> Tree {
        let mut requirement = Map::with_capacity(map.len());
        for (name, scopes) in map {
            let scheme = self.scheme(name, from).unwrap_or_else(|| name.to_string());
            self.written(&to.child(&scheme), &from.child(name));
            match (requirement.get_mut(&scheme), scopes) {
                (Some(Tree::List(known)), Tree::List(more)) => known.extend(more.iter().cloned()),
                (Some(_), _) => {}
                (None, _) => _ = requirement.insert(scheme, scopes.clone()),
            }
        }
        Tree::from(requirement)
    }

    /// What the scheme that `name`, which stands at `from`, is the address of is called among the components.
    fn scheme(&mut self, name: &str, from: &Spot) -> Option<String> {
        let home = self.home(Kind::SecurityScheme)?;
        let root = self.files.root(0);
        let document = self.files.tree(&root)?;
        // What a component is called goes before what it could be the address of.
        let is_component = document.at(&home.child(name)).is_some();
        if is_component || !is_address(name) || !may_have_addresses(document) {
            return None;
        }
        let spot = self.quiet_end(name, from)?;
        let is_scheme = |tree: &Tree| tree.get("type").is_some() || tree.get("$ref").is_some();
        self.files.tree(&spot).filter(|tree| is_scheme(tree))?;
        let is_home = spot.file == 0 && spot.pointer.parent().as_ref() == Some(&home);
        let place = if is_home { spot.pointer } else { self.placed_at(Kind::SecurityScheme, name, from)? };
        place.last().map(std::borrow::Cow::into_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::may_require_elsewhere;

    #[test]
    fn a_text_tells_whether_it_may_require_schemes_of_other_files() {
        assert!(may_require_elsewhere("openapi: 3.2.0\nsecurity: [{a.yaml#/k: []}]\n"));
        assert!(may_require_elsewhere(r#"{"openapi": "3.2", "security" : []}"#));
        assert!(!may_require_elsewhere("openapi: 3.1.0\nsecurity: [{a.yaml#/k: []}]\n"));
        assert!(!may_require_elsewhere("openapi: 3.2.0\ncomponents: {securitySchemes: {}}\n"));
        assert!(!may_require_elsewhere("openapi: 3.20.0\nsecurity: []\n"));
    }
}
