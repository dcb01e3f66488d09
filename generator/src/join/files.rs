//! The files that are joined, and what an address and a fragment lead to in them.

use std::collections::HashMap;
use std::rc::Rc;

use super::address::{of_file, resolve};
use super::survey::{Survey, survey};
use crate::diag::{Diagnostics, FileId};
use crate::source::{Found, Parts, Pointer, Refusal, Source, Tree, read};

/// A place in one of the files.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The file, as [`Files`] counts.
    pub(super) file: usize,
    pub(super) pointer: Pointer,
    /// What references there are relative to.
    pub(super) base: Rc<str>,
}

impl Spot {
    pub(super) fn child(&self, key: &str) -> Self {
        Self { pointer: self.pointer.child(key), ..self.clone() }
    }

    pub(super) fn index(&self, index: usize) -> Self {
        Self { pointer: self.pointer.index(index), ..self.clone() }
    }
}

/// What a reference leads to.
#[derive(Debug)]
pub(super) enum Target {
    At(Spot),
    /// There is nothing; this is where it should be, in words.
    Nothing(String),
    Refused(Refusal),
}

/// The document, which is number 0, and its parts behind it.
pub(super) struct Files<'p> {
    parts: &'p Parts,
    /// None of a part that could not be read, which is reported once it is wanted.
    trees: Vec<Option<Tree>>,
    bases: Vec<Rc<str>>,
    resources: HashMap<String, (usize, Pointer)>,
    anchors: HashMap<(String, String), (usize, Pointer)>,
    /// How diagnostics count the parts: from here on.
    first: usize,
}

impl<'p> Files<'p> {
    /// `document` is at `address`, `found` is what was seen in it.
    pub(super) fn new(document: Tree, address: &str, found: Survey, parts: &'p Parts, first: usize) -> Self {
        let mut files = Self {
            parts,
            trees: vec![Some(document)],
            bases: vec![address.into()],
            resources: HashMap::new(),
            anchors: HashMap::new(),
            first,
        };
        files.index(0, found);
        for (number, source) in parts.files().iter().enumerate() {
            // What is wrong with it matters, and is said, where somebody refers to it.
            let tree = read(source, &mut Diagnostics::default());
            let address = parts.base(number).unwrap_or_default();
            let base = tree.as_ref().map_or(address.to_owned(), |tree| own_address(tree, address));
            if let Some(tree) = &tree {
                files.index(number + 1, survey(tree, &base));
            }
            files.resources.entry(base.clone()).or_insert((number + 1, Pointer::root()));
            files.trees.push(tree);
            files.bases.push(base.into());
        }
        files
    }

    fn index(&mut self, file: usize, found: Survey) {
        for (address, pointer) in found.resources {
            self.resources.entry(address).or_insert((file, pointer));
        }
        for (address, name, pointer) in found.anchors {
            self.anchors.entry((address, name)).or_insert((file, pointer));
        }
    }

    /// What diagnostics call file `number`.
    pub(super) fn id(&self, number: usize) -> FileId {
        if number == 0 { FileId::DOCUMENT } else { FileId(self.first + number - 1) }
    }

    pub(super) fn root(&self, file: usize) -> Spot {
        Spot { file, pointer: Pointer::root(), base: self.bases[file].clone() }
    }

    pub(super) fn address(&self, file: usize) -> &str {
        file.checked_sub(1).and_then(|part| self.parts.base(part)).unwrap_or_default()
    }

    /// The text of a part that could not be read.
    pub(super) fn unread(&self, file: usize) -> Option<&'p Source> {
        self.trees[file].is_none().then(|| &self.parts.files()[file - 1])
    }

    pub(super) fn tree(&self, spot: &Spot) -> Option<&Tree> {
        self.trees[spot.file].as_ref()?.at(&spot.pointer)
    }

    /// How many values there are in all files.
    pub(super) fn size(&self) -> usize {
        self.trees.iter().flatten().map(Tree::size).sum()
    }

    /// What `reference`, which stands at `from`, leads to.
    pub(super) fn target(&self, reference: &str, from: &Spot) -> Target {
        let (address, fragment) = resolve(&from.base, reference);
        let (file, root) = match self.resources.get(&address) {
            Some((file, root)) => (*file, root.clone()),
            None if *address == *self.bases[0] => (0, Pointer::root()),
            None => match self.parts.at(&address) {
                Some(Found::Document) => (0, Pointer::root()),
                Some(Found::File(part)) => (part + 1, Pointer::root()),
                Some(Found::Refused(refusal)) => return Target::Refused(refusal.clone()),
                None => return Target::Refused(unseen(&address)),
            },
        };
        let pointer = match Pointer::from_reference(&format!("#{fragment}")) {
            Some(inner) => root.join(&inner),
            None => match self.anchors.get(&(address, super::address::decode(&fragment))) {
                Some((_, pointer)) => pointer.clone(),
                None => return Target::Nothing(format!("no `$anchor` is called `{fragment}`")),
            },
        };
        self.spot(file, pointer, &root)
    }

    /// Within a schema that has an `$id`, pointers begin at it; that those of many documents do not is what is tried then.
    fn spot(&self, file: usize, pointer: Pointer, root: &Pointer) -> Target {
        let Some(tree) = &self.trees[file] else { return Target::At(self.root(file)) };
        let pointer = match pointer.within(root) {
            Some(inner) if tree.at(&pointer).is_none() && tree.at(&inner).is_some() => inner,
            Some(_) | None => pointer,
        };
        if tree.at(&pointer).is_none() {
            return Target::Nothing(format!("there is nothing at `{pointer}`"));
        }
        let base = self.base(tree, file, &pointer);
        Target::At(Spot { file, pointer, base })
    }

    /// What references at `pointer` are relative to: the nearest `$id` around it.
    fn base(&self, tree: &Tree, file: usize, pointer: &Pointer) -> Rc<str> {
        let mut around: Vec<Pointer> = vec![Pointer::root()];
        for token in pointer.tokens() {
            around.extend(around.last().map(|place| place.child(&token)));
        }
        let ids = around.iter().filter_map(|place| tree.at(place)?.get("$id")?.as_str());
        ids.fold(self.bases[file].clone(), |base, id| resolve(&base, id).0.into())
    }
}

/// What a document calls its own address (`$self`, OAS 3.2), else `address`.
pub(crate) fn own_address(tree: &Tree, address: &str) -> String {
    let own = tree.get("$self").and_then(Tree::as_str);
    own.map_or_else(|| of(address), |own| resolve(&of(address), own).0)
}

fn of(address: &str) -> String {
    if super::address::is_url(address) { address.to_owned() } else { of_file(address) }
}

/// Nobody has looked there: the driver was not asked to read files.
fn unseen(address: &str) -> Refusal {
    match address {
        _ if super::address::is_remote(address) => Refusal::Remote,
        _ if super::address::is_url(address) => Refusal::Scheme,
        _ => Refusal::Unreadable("no other file is at hand".to_owned()),
    }
}
