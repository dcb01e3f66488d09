//! Flags that are no `true` and no `false`: read if they are that in quotes, ignored if not.

use std::borrow::Cow;

use super::shell::Reader;
use crate::diag::Code;
use crate::source::{Map, Pointer, Tree};

/// The flags of operations, parameters, headers and bodies.
const FLAGS: [&str; 5] = ["required", "deprecated", "explode", "allowReserved", "allowEmptyValue"];

impl Reader<'_> {
    /// The members of the object at `place`, whose flags are flags.
    pub(super) fn with_flags<'t>(&mut self, map: &'t Map, place: &Pointer) -> Cow<'t, Map> {
        let wrong = |key: &'static str| match map.get(key) {
            None | Some(Tree::Null | Tree::Bool(_)) => None,
            Some(found) => Some((key, found)),
        };
        let mut mended = Cow::Borrowed(map);
        for (key, found) in FLAGS.into_iter().filter_map(wrong) {
            match self.flag(found, &place.child(key)) {
                Some(flag) => mended.to_mut().insert(key, Tree::Bool(flag)),
                None => mended.to_mut().remove(key),
            };
        }
        mended
    }

    fn flag(&mut self, found: &Tree, place: &Pointer) -> Option<bool> {
        let flag = found.as_str().and_then(|text| text.to_ascii_lowercase().parse().ok());
        match flag {
            Some(flag) => self
                .diags
                .warn(Code::SchemaSpelling, place)
                .message(format!("`{flag}` stands in quotes or capitals here"))
                .help(format!("it is read as {flag}")),
            None => self
                .diags
                .warn(Code::IgnoredValue, place)
                .message(format!("`true` or `false` is wanted here, and this is {}", found.kind()))
                .help("it is ignored, as if it were not there"),
        }
        flag
    }
}
