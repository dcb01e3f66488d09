//! `host`, `basePath` and `schemes` to servers.

use super::{Upgrade, texts};
use crate::source::{Pointer, Tree};

impl Upgrade<'_> {
    /// The servers with these schemes, which stand at `place`; none if the document does not say where its API is.
    ///
    /// Where it says neither `schemes` nor how it was had itself, `https` is taken; it goes before `http` if both are there.
    pub(super) fn servers(&mut self, schemes: Option<&Tree>, place: &Pointer) -> Option<Tree> {
        let text = |key: &str| self.root.get(key).and_then(Tree::scalar_text);
        let base = text("basePath").unwrap_or_default();
        let base = base.trim_end_matches('/');
        let slash = if base.is_empty() || base.starts_with('/') { "" } else { "/" };
        let base = format!("{slash}{base}");
        let to = place.child("servers");
        let Some(host) = text("host").filter(|host| !host.is_empty()) else {
            self.mark(&Pointer::root().child("basePath"), &to);
            return (!base.is_empty()).then(|| Tree::List(vec![server(base)]));
        };
        // Not 2.0's, and often met.
        let host = host.split_once("://").map_or(host.as_str(), |(_, host)| host).trim_end_matches('/');
        let mut known: Vec<&str> = Vec::new();
        for (index, scheme) in texts(schemes).into_iter().enumerate() {
            match scheme {
                "http" | "https" => known.push(scheme),
                other => {
                    let message = format!("nothing is called by the scheme `{other}`");
                    let place = place.child("schemes").index(index);
                    self.without_counterpart(&place, message, "the client has no server with it");
                }
            }
        }
        known.sort_unstable_by(|one, other| other.cmp(one));
        known.dedup();
        if known.is_empty() {
            known.push("https");
        }
        self.mark(&Pointer::root().child("host"), &to);
        Some(Tree::List(known.into_iter().map(|scheme| server(format!("{scheme}://{host}{base}"))).collect()))
    }
}

fn server(url: String) -> Tree {
    Tree::from_iter([("url".to_owned(), Tree::from(url))])
}
