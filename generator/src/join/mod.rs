//! A document in several files to a document in one: `Tree` to `Tree`.
//!
//! What a `$ref` of another file points to becomes a component, named after its pointer or its file, and the `$ref` points there;
//! path items and media types, of which the stages after this one know no references, are taken in where they are used, and so is what
//! documents put a `$ref` to where OpenAPI has none. A security requirement that names a scheme by its address has the name of a
//! component then. Knows which objects stand in which (`grammar`), so that data which looks like a reference is left alone. Reads no
//! files: the driver has found them.
//!
//! Invariant: after it, without errors, every `$ref` of a known object is a pointer into the one document, and of everything in it
//! the diagnostics know the file and the place it was written at.

pub(crate) mod address;
mod copy;
mod files;
mod grammar;
mod name;
mod place;
mod requirement;
mod survey;

use std::collections::{HashMap, HashSet, VecDeque};

use crate::catalogue::Edition;
use crate::diag::{Code, Diagnostics, Entry, FileId, Lineage, Origins};
use crate::source::{Map, Parts, Pointer, Source, Tree};

pub(crate) use files::own_address;
use files::{Files, Spot};
use grammar::Kind;

/// Values that copies may add to a small document; a large one may grow to four times its size.
const GROWTH: usize = 1_000_000;

/// Joins a document with the `parts` it refers to; the first of them is number `first` among the files of diagnostics.
///
/// `address` is where the document was read from. What is known already of where values come from stays known. From then on `diags` knows where the values of the document were written.
pub fn join(tree: Tree, address: &str, parts: &Parts, first: usize, diags: &mut Diagnostics) -> Tree {
    let address = files::own_address(&tree, address);
    let found = survey::survey(&tree, &address);
    if !found.needs_joining {
        return tree;
    }
    // One that is not understood is refused later.
    let edition = Edition::of(&tree).unwrap_or(Edition::Three);
    let files = Files::new(tree, &address, found, parts, first);
    let budget = files.size().saturating_mul(4).saturating_add(GROWTH);
    let mut origins = Origins::default();
    origins.graft(&Pointer::root(), &diags.lineage(&Pointer::root()), &Pointer::root());
    let mut work = Work {
        files: &files,
        edition,
        placed: HashMap::new(),
        taken: HashSet::new(),
        waiting: VecDeque::new(),
        inside: Vec::new(),
        origins,
        budget: Some(budget),
        reported: HashSet::new(),
        diags,
    };
    let tree = work.document();
    let origins = work.origins;
    diags.enter(FileId::DOCUMENT);
    diags.origins(origins);
    tree
}

/// The addresses of other files that `tree`, which is at `address`, refers to, in the order in which it does.
pub(crate) fn outgoing(tree: &Tree, address: &str) -> Vec<String> {
    survey::survey(tree, &files::own_address(tree, address)).outgoing
}

/// Whether a text may refer to other files; if not, it need not be read to know.
pub(crate) fn may_refer(source: &Source) -> bool {
    let text = source.text();
    let is_other =
        |behind: &str| !behind.trim_start_matches(['"', '\'', ':', ' ', '\t', '\r', '\n']).starts_with('#');
    survey::may_map_elsewhere(text)
        || requirement::may_require_elsewhere(text)
        || ["$ref", "$dynamicRef"].iter().any(|word| text.split(word).skip(1).any(is_other))
}

struct Work<'w> {
    files: &'w Files<'w>,
    edition: Edition,
    /// Where objects of other files are in the one document.
    placed: HashMap<(Kind, usize, Pointer), Pointer>,
    /// The names that components have.
    taken: HashSet<Pointer>,
    /// What has a place and is not there yet.
    waiting: VecDeque<(Kind, Spot, Pointer)>,
    /// What is being taken in, to find circles.
    inside: Vec<(usize, Pointer)>,
    origins: Origins,
    /// How many values may be copied yet; none if there were too many, which is said once.
    budget: Option<usize>,
    /// Files that cannot be read, which is said once.
    reported: HashSet<usize>,
    diags: &'w mut Diagnostics,
}

impl Work<'_> {
    fn document(&mut self) -> Tree {
        let root = self.files.root(0);
        let Some(tree) = self.files.tree(&root) else {
            unreachable!("the document was read before it is joined")
        };
        self.know_components(tree);
        let mut joined = self.copy(tree, Kind::Document, &root, &Pointer::root());
        while let Some((kind, spot, place)) = self.waiting.pop_front() {
            if let Some(tree) = self.files.tree(&spot) {
                self.written(&place, &spot);
                let value = self.copy(tree, kind, &spot, &place);
                put(&mut joined, &place, value);
            }
        }
        joined
    }

    /// Notes that what is at `place` was written at `spot`.
    fn written(&mut self, place: &Pointer, spot: &Spot) {
        if spot.file == 0 {
            let lineage = self.diags.lineage(&spot.pointer);
            return self.origins.graft(place, &lineage, &Pointer::root());
        }
        let file = self.files.id(spot.file);
        let known = self.origins.of(place);
        if known.file != file || known.pointer != spot.pointer {
            let lineage = Lineage::written(file, spot.pointer.clone());
            self.origins.graft(place, &lineage, &Pointer::root());
        }
    }

    /// Reports an error where it was written.
    fn error(&mut self, code: Code, spot: &Spot) -> Entry<'_> {
        self.diags.enter(self.files.id(spot.file));
        self.diags.error(code, &spot.pointer)
    }

    fn note_spelling(&mut self, spot: &Spot, message: &str, help: &str) {
        self.diags.enter(self.files.id(spot.file));
        self.diags.note(Code::ReferenceSpelling, &spot.pointer).message(message).help(help);
    }
}

/// Puts `value` at `place`, with the mappings that lead there.
fn put(tree: &mut Tree, place: &Pointer, value: Tree) {
    let mut at = tree;
    for token in place.tokens() {
        if !matches!(at, Tree::Map(_)) {
            *at = Tree::from(Map::new());
        }
        let Tree::Map(map) = at else { return };
        at = map.get_or_insert(token.into_owned(), || Tree::Null);
    }
    *at = value;
}
