//! Reads the files that a document refers to, and theirs: from the disk, and from nowhere else.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use crate::diag::Diagnostics;
use crate::join::{self, address};
use crate::source::{self, Folder, Found, Parts, Refusal, Source, Tree};

/// Where references of a document may lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// The directory that they may lead into; the document's own if none.
    pub root: Option<PathBuf>,
    /// Copies of what is on the web, by address.
    pub copies: BTreeMap<String, PathBuf>,
    /// Where the document itself is published: what is beside it there is beside it here.
    pub published: Option<String>,
}

/// The files that `document`, which was read from `path`, refers to, and the paths they were read from.
///
/// What is not read is noted with the reason, which is reported where it is referred to.
///
/// ```no_run
/// use clientsmith::source::{Source, Sources};
/// use clientsmith::{Config, References, gather};
///
/// let path = std::path::Path::new("spec/openapi.yaml");
/// let document = Source::read_file(path)?;
/// let (parts, _) = gather(&document, path, &References::default());
/// let sources = Sources { parts, ..Sources::from(document) };
/// let generation = clientsmith::generate(&sources, &Config::default(), &Default::default())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gather(document: &Source, path: &Path, references: &References) -> (Parts, Vec<PathBuf>) {
    let mut parts = Parts::default();
    if !join::may_refer(document) {
        return (parts, Vec::new());
    }
    // What is wrong with the document is said by the stage that reads it for good.
    let Some(tree) = source::read(document, &mut Diagnostics::default()) else { return (parts, Vec::new()) };
    let own = path.parent().unwrap_or(Path::new(""));
    let name = document.name();
    let published = addresses(&tree, name, references);
    let mut gathering = Gathering {
        folder: Folder::new(references.root.as_deref().unwrap_or(own)),
        own: address::directory(&address::of_file(name)).to_owned(),
        published,
        references,
        known: path.canonicalize().ok().map(|path| (path, Found::Document)).into_iter().collect(),
        read: Vec::new(),
    };
    for address in &gathering.published {
        parts.say(address.clone(), Found::Document);
    }
    let mut wanted: VecDeque<String> = join::outgoing(&tree, name).into();
    while let Some(address) = wanted.pop_front() {
        if parts.at(&address).is_some() || address == address::of_file(name) {
            continue;
        }
        match gathering.fetch(&address) {
            Ok((target, name)) => wanted.extend(gathering.add(&mut parts, address, target, &name)),
            Err(refusal) => parts.say(address, Found::Refused(refusal)),
        }
    }
    (parts, gathering.read)
}

/// The addresses that the document has on the web: those that it says itself, and where it is said to be published.
pub(crate) fn published(document: &Source, references: &References) -> Vec<String> {
    let tree = source::read(document, &mut Diagnostics::default());
    tree.map(|tree| addresses(&tree, document.name(), references)).unwrap_or_default()
}

fn addresses(tree: &Tree, name: &str, references: &References) -> Vec<String> {
    let said = [Some(join::own_address(tree, name)), references.published.clone()].into_iter().flatten();
    said.filter(|at| address::is_remote(at)).collect()
}

struct Gathering<'r> {
    folder: Folder,
    /// The directory of the document, as addresses have it.
    own: String,
    published: Vec<String>,
    references: &'r References,
    /// What is at a path without links, under whatever address it was found.
    known: HashMap<PathBuf, Found>,
    read: Vec<PathBuf>,
}

impl Gathering<'_> {
    /// The file at `address`, and what to call it.
    fn fetch(&self, address: &str) -> Result<(PathBuf, String), Refusal> {
        if let Some(copy) = self.references.copies.get(address) {
            let unreadable = |error: std::io::Error| Refusal::Unreadable(format!("its copy: {error}"));
            return Ok((copy.canonicalize().map_err(unreadable)?, copy.display().to_string()));
        }
        let beside = self.published.iter().find_map(|at| address.strip_prefix(address::directory(at)));
        let path = match beside {
            Some(rest) => format!("{}{}", self.own, address::decode(rest)),
            None if address::is_remote(address) => return Err(Refusal::Remote),
            None if address::is_url(address) => return Err(Refusal::Scheme),
            None => address.to_owned(),
        };
        Ok((self.folder.find(Path::new(&path))?, path))
    }

    /// Adds the file to the parts, and gives the addresses that it refers to.
    fn add(&mut self, parts: &mut Parts, address: String, target: PathBuf, name: &str) -> Vec<String> {
        if let Some(found) = self.known.get(&target) {
            parts.say(address, found.clone());
            return Vec::new();
        }
        let source = match self.folder.read(&target, name) {
            Ok(source) => source,
            Err(refusal) => {
                parts.say(address, Found::Refused(refusal));
                return Vec::new();
            }
        };
        self.read.push(PathBuf::from(name));
        let tree = source::read(&source, &mut Diagnostics::default());
        let outgoing = tree.map(|tree| join::outgoing(&tree, &address)).unwrap_or_default();
        let found = parts.add(address, source);
        self.known.insert(target, found);
        outgoing
    }
}
