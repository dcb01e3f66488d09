//! Copies of what a document refers to on the web: fetched once, on request, and from what is allowed only.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::diag::Diagnostics;
use crate::gather::{References, gather, published};
use crate::join::address::{decode, directory};
use crate::join::outgoing;
use crate::source::{self, Source};
use crate::write::{self, OutputFile, WriteError, WriteOutcome};

/// The file that says where each copy was fetched from.
const INDEX: &str = "index.toml";
/// The most files that are fetched.
const MAX_FILES: usize = 1_000;
/// The most bytes in all of them.
const MAX_BYTES: usize = 64 * 1024 * 1024;
const HEADER: &str = "# Written by `clientsmith vendor`: where each file in here was fetched from.\n";

/// What [`Generator::vendor`](crate::Generator::vendor) did.
#[derive(Debug, Default)]
pub struct Vendored {
    /// The addresses that were fetched.
    pub fetched: Vec<String>,
    /// The addresses of which a copy was there.
    pub kept: Vec<String>,
    /// The addresses that there is no copy of, and why.
    pub refused: Vec<(String, String)>,
    /// What was written.
    pub written: WriteOutcome,
}

/// What copies are made for, and where they are.
pub(crate) struct Wanted<'w> {
    pub(crate) document: &'w Source,
    pub(crate) path: &'w Path,
    pub(crate) references: References,
    /// What may be fetched: whole addresses, and with a slash at the end all that begin so.
    pub(crate) allowed: &'w [String],
    pub(crate) folder: &'w Path,
}

/// Has `fetch` fetch what the document refers to on the web, and what that refers to, unless a copy is there.
pub(crate) fn vendor(
    wanted: Wanted<'_>,
    fetch: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Vendored, WriteError> {
    let Wanted { document, path, mut references, allowed, folder } = wanted;
    let copies = std::mem::take(&mut references.copies);
    let own = published(document, &references);
    let is_own = |address: &str| own.iter().any(|at| address.starts_with(directory(at)));
    let (parts, _) = gather(document, path, &references);
    let mut waiting: VecDeque<String> = parts.remote().map(str::to_owned).collect();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut vendored = Vendored::default();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut bytes = 0_usize;
    while let Some(address) = waiting.pop_front() {
        let copy = copies.get(&address).and_then(|path| write::read_file(path).ok().flatten());
        let is_kept = copy.is_some();
        let text = match copy {
            Some(text) => Ok(text),
            None if !is_allowed(&address, allowed) => {
                Err("nothing below `[references]` in the configuration allows it".to_owned())
            }
            None if texts.len() == MAX_FILES || bytes > MAX_BYTES => {
                Err("there are more files, or more bytes in them, than are fetched".to_owned())
            }
            None => fetch(&address),
        };
        match text {
            Ok(text) => {
                bytes = bytes.saturating_add(text.len());
                let others = others(&address, &text).into_iter();
                waiting.extend(others.filter(|other| !is_own(other) && seen.insert(other.clone())));
                if is_kept { &mut vendored.kept } else { &mut vendored.fetched }.push(address.clone());
                texts.insert(address, text);
            }
            Err(why) => vendored.refused.push((address, why)),
        }
    }
    vendored.written = write::write(folder, &files(texts))?;
    Ok(vendored)
}

/// The copies that are in a folder, by address; no others than those that its index names.
pub(crate) fn copies(folder: &Path) -> Result<(BTreeMap<String, PathBuf>, PathBuf), String> {
    let path = folder.join(INDEX);
    let fail = |why: String| format!("{}: {}", path.display(), why.trim_end());
    let text = write::read_file(&path).map_err(|error| fail(error.to_string()))?.unwrap_or_default();
    let names: BTreeMap<String, String> = toml::from_str(&text).map_err(|error| fail(error.to_string()))?;
    let is_inside =
        |name: &str| name.split('/').all(|step| !matches!(step, "" | "." | "..") && !step.contains('\\'));
    if let Some(name) = names.values().find(|name| !is_inside(name)) {
        return Err(fail(format!("`{name}` is no file in the folder")));
    }
    Ok((names.into_iter().map(|(address, name)| (address, folder.join(name))).collect(), path))
}

/// What is fetched may refer to more.
fn others(address: &str, text: &str) -> Vec<String> {
    let tree = source::read(&Source::from_text(address, text), &mut Diagnostics::default());
    let mut others = tree.map(|tree| outgoing(&tree, address)).unwrap_or_default();
    others.retain(|other| crate::join::address::is_remote(other));
    others
}

/// Steps upwards are resolved already, but for those that only the server would see.
fn is_allowed(address: &str, allowed: &[String]) -> bool {
    let has_hidden_steps = decode(address).split(['/', '\\']).any(|step| step == "..");
    let is_it =
        |known: &String| address == known || (known.ends_with('/') && address.starts_with(known.as_str()));
    !has_hidden_steps && allowed.iter().any(is_it)
}

/// The copies, each in a folder for its host, and the index of them.
fn files(texts: BTreeMap<String, String>) -> Vec<OutputFile> {
    let mut taken = BTreeSet::from([INDEX.to_owned()]);
    let mut index = toml::Table::new();
    let mut files = Vec::new();
    for (address, contents) in texts {
        let path = name(&address);
        let numbered = (2..).map(|number: usize| format!("{path}-{number}"));
        let mut paths = std::iter::once(path.clone()).chain(numbered);
        let Some(path) = paths.find(|path| taken.insert(path.to_lowercase())) else { continue };
        index.insert(address, toml::Value::String(path.clone()));
        files.push(OutputFile { path, contents });
    }
    files.push(OutputFile { path: INDEX.to_owned(), contents: format!("{HEADER}{index}") });
    files
}

/// A path for an address, made of letters, digits and little else.
fn name(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let step = |step: &str| {
        let sign = |sign: char| if sign.is_ascii_alphanumeric() || "._-".contains(sign) { sign } else { '_' };
        let text: String = step.chars().map(sign).collect();
        let text = text.trim_matches('.').to_owned();
        if text.is_empty() { "_".to_owned() } else { text }
    };
    rest.split('/').map(step).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, name};

    #[test]
    fn only_what_begins_with_an_allowed_folder_is_allowed() {
        let allowed = ["https://x.test/schemas/".to_owned(), "https://y.test/pet.json".to_owned()];
        for address in ["https://x.test/schemas/a/b.json", "https://y.test/pet.json"] {
            assert!(is_allowed(address, &allowed), "{address}");
        }
        for address in [
            "http://x.test/schemas/a.json",
            "https://x.test/schemas",
            "https://x.test.evil.test/schemas/a.json",
            "https://x.test/schemas/%2e%2e/a.json",
            "https://y.test/pet.json.bak",
            "https://me@x.test/schemas/a.json",
        ] {
            assert!(!is_allowed(address, &allowed), "{address}");
        }
    }

    #[test]
    fn names_are_paths_that_lead_nowhere_else() {
        assert_eq!(name("https://x.test:8080/a b/../c.json?d=1"), "x.test_8080/a_b/_/c.json_d_1");
        assert_eq!(name("https://x.test"), "x.test");
    }
}
