//! Merges one value into another (Overlay 1.1.0, Action Object), and notes where each part of the result was written.
//!
//! A member that is only in the target stays, one that is only in the update is inserted; of those in both, mappings are merged,
//! sequences are put one behind the other, and a primitive takes the place of a primitive. Nothing else goes together.
//!
//! By the letter of 1.0.0 (Action Object, `update`), what updates a sequence is one entry of it, even if it is a sequence itself; of
//! sequences further inside that says nothing. What 1.1 says is done for both versions, so that an update means the same however deep
//! its target lies; a single entry, in the way 1.0 has it, is appended in both.

use crate::diag::{Lineage, Origins};
use crate::source::{Pointer, Tree};

/// What a value is to an overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    Primitive,
}

impl Kind {
    pub(super) fn of(tree: &Tree) -> Self {
        match tree {
            Tree::Map(_) => Kind::Object,
            Tree::List(_) => Kind::Array,
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => Kind::Primitive,
        }
    }
}

/// Two values that do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// In the document.
    pub(super) target: Pointer,
    /// In the update.
    pub(super) inner: Pointer,
    /// What stands in the document.
    pub(super) found: &'static str,
    /// What the update has.
    pub(super) given: &'static str,
}

/// A value to merge, and where its parts were written.
pub(super) struct Update<'u> {
    pub(super) value: &'u Tree,
    pub(super) lineage: &'u Lineage,
}

impl Update<'_> {
    /// Merges the value into `target`, which stands at `pointer`. What is not a sequence becomes the last item of one.
    pub(super) fn apply(
        &self,
        target: &mut Tree,
        pointer: &Pointer,
        origins: &mut Origins,
    ) -> Result<(), Mismatch> {
        let mut merge = Merge { lineage: self.lineage, origins };
        match (target, self.value) {
            (Tree::List(list), value) if Kind::of(value) != Kind::Array => {
                merge.append(list, pointer, value, &Pointer::root());
                Ok(())
            }
            (target, value) => merge.merge(target, pointer, value, &Pointer::root()),
        }
    }
}

struct Merge<'u, 'o> {
    lineage: &'u Lineage,
    origins: &'o mut Origins,
}

impl Merge<'_, '_> {
    /// Recursion is bounded: a [`Tree`] is at most a hundred and twenty levels deep.
    fn merge(
        &mut self,
        target: &mut Tree,
        pointer: &Pointer,
        value: &Tree,
        inner: &Pointer,
    ) -> Result<(), Mismatch> {
        match (target, value) {
            (Tree::Map(target), Tree::Map(value)) => {
                for (key, value) in value.iter() {
                    let (pointer, inner) = (pointer.child(key), inner.child(key));
                    if let Some(target) = target.get_mut(key) {
                        self.merge(target, &pointer, value, &inner)?;
                    } else {
                        target.insert(key.clone(), value.clone());
                        self.origins.graft(&pointer, self.lineage, &inner);
                    }
                }
            }
            (Tree::List(target), Tree::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.append(target, pointer, item, &inner.index(index));
                }
            }
            (target, value) => {
                if [Kind::of(target), Kind::of(value)] != [Kind::Primitive; 2] {
                    let (found, given) = (target.kind(), value.kind());
                    return Err(Mismatch { target: pointer.clone(), inner: inner.clone(), found, given });
                }
                *target = value.clone();
                self.origins.graft(pointer, self.lineage, inner);
            }
        }
        Ok(())
    }

    fn append(&mut self, target: &mut Vec<Tree>, pointer: &Pointer, item: &Tree, inner: &Pointer) {
        self.origins.graft(&pointer.index(target.len()), self.lineage, inner);
        target.push(item.clone());
    }
}
