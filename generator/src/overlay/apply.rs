//! Applies overlays, action by action, each to what the one before has left.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::merge::{Kind, Mismatch, Update};
use super::path::{Budget, Exhausted, Path, Selection};
use super::read::{Action, Change, Overlay, Version};
use crate::diag::{Code, Diagnostics, Entry, FileId, Lineage, Origins};
use crate::source::{MAX_NESTING, Pointer, Tree};

/// What overlays may add to a small document, in bytes, as [`weight`] counts them; a large one may grow to three times its size.
const GROWTH: u64 = 64 * 1024 * 1024;
/// What a value weighs beside its text, in bytes: itself, and the note of where it was written.
const NODE_WEIGHT: u64 = 256;
/// What it costs to note that an item has moved, in steps.
const MOVING: u64 = 100;
/// After so many problems the rest of the actions is not applied.
const MAX_PROBLEMS: usize = 100;

/// Applies `overlays` in order, the actions of each in order.
///
/// From then on `diags` knows where the values of the document were written. What is wrong is an error in the overlay; the tree
/// is then as far as the actions that are not wrong have brought it.
pub fn apply(tree: Tree, overlays: &[Overlay], diags: &mut Diagnostics) -> Tree {
    let budget = Budget::new(tree.size());
    let growth = GROWTH.saturating_add(weight(&tree).saturating_mul(2));
    let mut work = Work {
        tree,
        origins: diags.take_origins(),
        budget,
        growth,
        version: Version::V1_0,
        problems: 0,
        diags,
    };
    'overlays: for overlay in overlays {
        work.version = overlay.version;
        work.diags.enter(overlay.file);
        for action in &overlay.actions {
            let done = work.perform(action);
            if done == Err(Exhausted) || work.problems == MAX_PROBLEMS {
                break 'overlays;
            }
        }
    }
    let Work { tree, origins, .. } = work;
    diags.enter(FileId::DOCUMENT);
    diags.origins(origins);
    tree
}

struct Work<'d> {
    tree: Tree,
    origins: Origins,
    budget: Budget,
    growth: u64,
    version: Version,
    problems: usize,
    diags: &'d mut Diagnostics,
}

impl Work<'_> {
    fn perform(&mut self, action: &Action) -> Result<(), Exhausted> {
        let done = self.change(action);
        if done == Err(Exhausted) {
            self.report(Code::OverlayTooCostly, &action.pointer)
                .message(format!("with `{}` the overlays make more work than is done for them", action.target.text()))
                .help("nothing is generated; are there several `..` in an expression, or very many places to update?");
        }
        done
    }

    fn change(&mut self, action: &Action) -> Result<(), Exhausted> {
        let targets = action.target.select(&self.tree, &mut self.budget)?;
        if targets.nodes.is_empty() {
            self.unmatched(Code::UnmatchedTarget, &action.pointer.child("target"), &action.target, &targets);
            return Ok(());
        }
        match &action.change {
            Change::Update(value) => {
                let place = action.pointer.child("update");
                let lineage = Lineage::written(self.diags.file(), place.clone());
                self.update(&place, &targets.nodes, &Update { value, lineage: &lineage })
            }
            Change::Copy(source) => self.copy(&action.pointer.child("copy"), source, &targets.nodes),
            Change::Remove => self.remove(action, targets.nodes),
        }
    }

    /// `place` is where the update stands in the overlay.
    fn update(&mut self, place: &Pointer, targets: &[Pointer], update: &Update<'_>) -> Result<(), Exhausted> {
        if !self.is_compatible(place, targets) {
            return Ok(());
        }
        let (weight, height) = (weight(update.value), height(update.value));
        for pointer in targets {
            self.growth = self.growth.checked_sub(weight).ok_or(Exhausted)?;
            let Some(target) = self.tree.at_mut(pointer) else {
                unreachable!("updates leave every pointer that was selected before them valid");
            };
            let appended =
                usize::from(Kind::of(target) == Kind::Array && Kind::of(update.value) != Kind::Array);
            if pointer.tokens().count() + appended + height > MAX_NESTING {
                self.report(Code::NestingTooDeep, place)
                    .message(format!("with this, `{pointer}` is nested more than {MAX_NESTING} levels deep"))
                    .help("nothing is generated; lift inner parts into components and refer to them");
                return Ok(());
            }
            if let Err(mismatch) = update.apply(target, pointer, &mut self.origins) {
                self.mismatch(place, &mismatch);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether the targets can be updated: primitives only from version 1.1 on, and only if all are of one kind.
    fn is_compatible(&mut self, place: &Pointer, targets: &[Pointer]) -> bool {
        let found: Vec<(&Pointer, &Tree)> =
            targets.iter().filter_map(|pointer| Some((pointer, self.tree.at(pointer)?))).collect();
        let Some((first, first_value)) = found.first() else { return true };
        let kind = Kind::of(first_value);
        let (message, help) =
            if let Some((other, value)) = found.iter().find(|(_, value)| Kind::of(value) != kind) {
                let (one, two) = (first_value.kind(), value.kind());
                let message = format!(
                    "the target matches values of different kinds: `{first}` is {one}, `{other}` is {two}"
                );
                (message, "nothing is generated; write an action for each kind")
            } else if kind == Kind::Primitive && self.version == Version::V1_0 {
                let message = format!(
                    "`{first}` is {}, and version 1.0 updates only mappings and sequences",
                    first_value.kind()
                );
                (message, "nothing is generated; update the mapping around it, or write `overlay: 1.1.0`")
            } else {
                return true;
            };
        self.report(Code::IncompatibleUpdate, place).message(message).help(help);
        false
    }

    fn mismatch(&mut self, place: &Pointer, mismatch: &Mismatch) {
        let Mismatch { target, inner, found, given } = mismatch;
        self.report(Code::IncompatibleUpdate, &place.join(inner))
            .message(format!("`{target}` is {found}, with which {given} cannot be merged"))
            .help("nothing is generated; an action in front of this one can remove what is there");
    }

    fn copy(&mut self, place: &Pointer, source: &Path, targets: &[Pointer]) -> Result<(), Exhausted> {
        let sources = source.select(&self.tree, &mut self.budget)?;
        let from = match sources.nodes.as_slice() {
            [from] => from,
            [] => {
                self.unmatched(Code::InvalidCopySource, place, source, &sources);
                return Ok(());
            }
            [first, second, ..] => {
                self.report(Code::InvalidCopySource, place)
                    .message(format!(
                        "`{}` matches several values, `{first}` and `{second}` among them",
                        source.text()
                    ))
                    .help("nothing is generated; what is copied has to be a single value");
                return Ok(());
            }
        };
        let Some(value) = self.tree.at(from) else {
            unreachable!("a selection points to what is in the tree it was made from");
        };
        self.growth = self.growth.checked_sub(weight(value)).ok_or(Exhausted)?;
        // It may be part of what it is merged into.
        let value = value.clone();
        let lineage = self.origins.lineage(from);
        self.update(place, targets, &Update { value: &value, lineage: &lineage })
    }

    /// Children go before their parents, and the items of a sequence all at once, so that every pointer is still right.
    fn remove(&mut self, action: &Action, targets: Vec<Pointer>) -> Result<(), Exhausted> {
        let mut gone: BTreeMap<(Reverse<usize>, Pointer), BTreeSet<String>> = BTreeMap::new();
        for pointer in targets {
            let (Some(parent), Some(last)) = (pointer.parent(), pointer.last()) else {
                self.report(Code::IncompatibleUpdate, &action.pointer.child("remove"))
                    .message("the document itself cannot be removed")
                    .help("nothing is generated; name what is to be removed from it");
                return Ok(());
            };
            gone.entry((Reverse(parent.tokens().count()), parent)).or_default().insert(last.into_owned());
        }
        for ((_, parent), children) in gone {
            match self.tree.at_mut(&parent) {
                Some(Tree::Map(map)) => {
                    self.budget.spend(map.len() as u64)?;
                    map.retain(|key, _| !children.contains(key.as_str()));
                    for key in &children {
                        self.origins.forget(&parent.child(key));
                    }
                }
                Some(Tree::List(list)) => {
                    let indices: BTreeSet<usize> =
                        children.iter().filter_map(|index| index.parse().ok()).collect();
                    let length = list.len();
                    let behind = length - indices.first().copied().unwrap_or(length);
                    self.budget.spend((behind as u64).saturating_mul(MOVING))?;
                    let mut index = 0;
                    list.retain(|_| {
                        index += 1;
                        !indices.contains(&(index - 1))
                    });
                    self.origins.close_up(&parent, length, &indices);
                }
                Some(Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_)) | None => {
                    unreachable!(
                        "the parent of what was selected is a container, and goes after its children"
                    );
                }
            }
        }
        Ok(())
    }

    /// Says up to where an expression matches something.
    fn unmatched(&mut self, code: Code, place: &Pointer, path: &Path, selection: &Selection) {
        let (matched, rest) = path.text().split_at_checked(selection.reached).unwrap_or((path.text(), ""));
        let text = path.text();
        self.report(code, place).message(format!("`{text}` matches nothing in the document")).help(format!(
            "nothing is generated; there is `{matched}`, but nothing in it is `{}`",
            rest.trim_start()
        ));
    }

    fn report(&mut self, code: Code, pointer: &Pointer) -> Entry<'_> {
        self.problems += 1;
        self.diags.error(code, pointer)
    }
}

fn weight(tree: &Tree) -> u64 {
    let content = match tree {
        Tree::Map(map) => map.iter().map(|(key, value)| key.len() as u64 + weight(value)).sum(),
        Tree::List(list) => list.iter().map(weight).sum(),
        Tree::String(text) => text.len() as u64,
        Tree::Number(number) => number.text.len() as u64,
        Tree::Null | Tree::Bool(_) => 0,
    };
    content + NODE_WEIGHT
}

/// How many steps the longest way into `tree` has.
fn height(tree: &Tree) -> usize {
    match tree {
        Tree::Map(map) => map.values().map(height).max().map_or(0, |height| height + 1),
        Tree::List(list) => list.iter().map(height).max().map_or(0, |height| height + 1),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => 0,
    }
}
