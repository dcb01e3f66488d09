//! Types that are not the client's own, which stand for what a schema describes.

use std::collections::BTreeMap;

use super::{JsonKind, Libraries};
use crate::source::Pointer;

/// A type that is not the client's own, by its position in [`Api::foreign`](super::Api::foreign).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ForeignId(pub(crate) u32);

impl ForeignId {
    /// The id of what is at `position`.
    pub(crate) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type that is not the client's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// Its path, as it was written.
    pub path: String,
    /// Where the document asks for it; the root if the configuration does.
    pub place: Pointer,
    /// What its values are in JSON; none if they can be anything.
    pub kind: Option<JsonKind>,
}

/// What the configuration and the document choose of types.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypeChoices {
    /// Whose types stand for single values.
    pub libraries: Libraries,
    /// The paths of types that stand for schemas, by the places of those.
    pub replaced: BTreeMap<Pointer, Foreign>,
}
