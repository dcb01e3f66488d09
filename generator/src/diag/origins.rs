//! Where the values of a document were written, once overlays have changed it.
//!
//! What is not mentioned here stands in the document itself, at the pointer it has now.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::FileId;
use crate::source::Pointer;

/// A place in one of the files that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The place in its own tree.
    pub pointer: Pointer,
}

/// The origins of all values of a document that are not where the document has them.
#[derive(Debug, Default)]
pub struct Origins(BTreeMap<Pointer, Origin>);

/// The origins of a value and of what is in it.
#[derive(Debug)]
pub struct Lineage {
    base: Origin,
    /// What in it comes from elsewhere, by the way from the value.
    parts: BTreeMap<Pointer, Origin>,
}

impl Origins {
    /// Where the value at `pointer` of the document was written.
    pub fn of(&self, pointer: &Pointer) -> Origin {
        let moved = (!self.0.is_empty()).then(|| nearest(&self.0, pointer)).flatten();
        moved.unwrap_or_else(|| Origin { file: FileId::DOCUMENT, pointer: pointer.clone() })
    }

    /// Where the value at `pointer` and everything in it was written.
    pub fn lineage(&self, pointer: &Pointer) -> Lineage {
        let parts = below(&self.0, pointer);
        let relative = |(part, origin): (&Pointer, &Origin)| Some((part.within(pointer)?, origin.clone()));
        Lineage { base: self.of(pointer), parts: parts.filter_map(relative).collect() }
    }

    /// Notes that the value at `pointer` now is what `inner` points to in a value of this lineage.
    pub fn graft(&mut self, pointer: &Pointer, lineage: &Lineage, inner: &Pointer) {
        self.forget(pointer);
        for (part, origin) in below(&lineage.parts, inner) {
            if let Some(part) = part.within(inner) {
                self.0.insert(pointer.join(&part), origin.clone());
            }
        }
        self.0.insert(pointer.clone(), lineage.of(inner));
    }

    /// Notes that the value at `pointer` is gone.
    pub fn forget(&mut self, pointer: &Pointer) {
        self.0.remove(pointer);
        let parts: Vec<Pointer> = below(&self.0, pointer).map(|(part, _)| part.clone()).collect();
        for part in parts {
            self.0.remove(&part);
        }
    }

    /// Notes that items of the sequence at `pointer`, which had `length`, are gone and the others have closed up.
    pub fn close_up(&mut self, pointer: &Pointer, length: usize, gone: &BTreeSet<usize>) {
        let first = gone.first().copied().unwrap_or(length);
        let stay = (first..length).filter(|index| !gone.contains(index));
        let moved: Vec<Lineage> = stay.map(|index| self.lineage(&pointer.index(index))).collect();
        for index in first..length {
            self.forget(&pointer.index(index));
        }
        for (index, lineage) in moved.iter().enumerate() {
            self.graft(&pointer.index(first + index), lineage, &Pointer::root());
        }
    }
}

impl Lineage {
    /// Of a value that stands as it is at `pointer` in `file`.
    pub fn written(file: FileId, pointer: Pointer) -> Self {
        Self { base: Origin { file, pointer }, parts: BTreeMap::new() }
    }

    /// Where that to which `inner` points from the value was written.
    fn of(&self, inner: &Pointer) -> Origin {
        nearest(&self.parts, inner)
            .unwrap_or_else(|| Origin { file: self.base.file, pointer: self.base.pointer.join(inner) })
    }
}

/// The origin of the value at `pointer`, by what is known of it or of the nearest value around it.
fn nearest(origins: &BTreeMap<Pointer, Origin>, pointer: &Pointer) -> Option<Origin> {
    let mut around = Some(pointer.clone());
    while let Some(outer) = around {
        if let Some(origin) = origins.get(&outer) {
            let inner = pointer.within(&outer)?;
            return Some(Origin { file: origin.file, pointer: origin.pointer.join(&inner) });
        }
        around = outer.parent();
    }
    None
}

/// What stands below `pointer`, without itself.
fn below<'o>(
    origins: &'o BTreeMap<Pointer, Origin>,
    pointer: &Pointer,
) -> impl Iterator<Item = (&'o Pointer, &'o Origin)> {
    // All that begin with it and a slash are neighbours.
    let first = pointer.child("");
    let range = origins.range((Bound::Included(first.clone()), Bound::Unbounded));
    range.take_while(move |(part, _)| part.as_str().starts_with(first.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Lineage, Origin, Origins};
    use crate::diag::FileId;
    use crate::source::Pointer;

    const OVERLAY: FileId = FileId(1);

    fn pointer(text: &str) -> Pointer {
        Pointer::from_reference(&format!("#{text}")).unwrap()
    }

    /// `/a/new`, and in it `/a/new/b`, are grafted from places of the overlay.
    fn grafted() -> Origins {
        let mut origins = Origins::default();
        let graft = |origins: &mut Origins, at: &str, from: &str| {
            origins.graft(&pointer(at), &Lineage::written(OVERLAY, pointer(from)), &Pointer::root());
        };
        graft(&mut origins, "/a/new", "/actions/0/update");
        graft(&mut origins, "/a/new/b", "/actions/1/update");
        graft(&mut origins, "/a/newer", "/actions/2/update");
        origins
    }

    #[track_caller]
    fn check_origin(origins: &Origins, at: &str, file: FileId, expected: &str) {
        assert_eq!(origins.of(&pointer(at)), Origin { file, pointer: pointer(expected) });
    }

    #[test]
    fn the_nearest_origin_counts() {
        let origins = grafted();
        check_origin(&origins, "/a", FileId::DOCUMENT, "/a");
        check_origin(&origins, "/a/new/c/d", OVERLAY, "/actions/0/update/c/d");
        check_origin(&origins, "/a/new/b/d", OVERLAY, "/actions/1/update/d");
        check_origin(&origins, "/a/new-not", FileId::DOCUMENT, "/a/new-not");
    }

    #[test]
    fn what_is_copied_keeps_its_origins() {
        let mut origins = grafted();
        let lineage = origins.lineage(&pointer("/a"));
        origins.graft(&pointer("/z"), &lineage, &Pointer::root());
        origins.graft(&pointer("/y"), &lineage, &pointer("/new"));
        check_origin(&origins, "/z/old", FileId::DOCUMENT, "/a/old");
        check_origin(&origins, "/z/new/b", OVERLAY, "/actions/1/update");
        check_origin(&origins, "/y/b/c", OVERLAY, "/actions/1/update/c");
        check_origin(&origins, "/y/c", OVERLAY, "/actions/0/update/c");
    }

    #[test]
    fn what_is_gone_has_no_origin() {
        let mut origins = grafted();
        origins.forget(&pointer("/a/new"));
        check_origin(&origins, "/a/new/b", FileId::DOCUMENT, "/a/new/b");
        check_origin(&origins, "/a/newer", OVERLAY, "/actions/2/update");
    }

    #[test]
    fn items_move_up() {
        let mut origins = Origins::default();
        origins.graft(&pointer("/l/3"), &Lineage::written(OVERLAY, pointer("/u")), &Pointer::root());
        origins.close_up(&pointer("/l"), 4, &BTreeSet::from([0, 2]));
        check_origin(&origins, "/l/0/x", FileId::DOCUMENT, "/l/1/x");
        check_origin(&origins, "/l/1/x", OVERLAY, "/u/x");
        check_origin(&origins, "/l/2", FileId::DOCUMENT, "/l/2");
    }
}
