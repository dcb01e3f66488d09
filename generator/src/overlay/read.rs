//! A file to an overlay: everything in it is checked before anything is applied.

use super::path::Path;
use crate::diag::{Code, Diagnostics, Entry, FileId};
use crate::source::{self, Locations, Map, Pointer, Source, Tree};

/// After so many problems the rest of an overlay is not looked at.
const MAX_PROBLEMS: usize = 100;

/// A list of changes to a document, ready to be applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    pub(super) file: FileId,
    pub(super) version: Version,
    pub(super) actions: Vec<Action>,
    extends: Option<String>,
}

/// A version of the Overlay Specification; the last number of three says nothing about what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1_0,
    V1_1,
}

/// One change, at all the places it is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Action {
    /// Where it stands in the overlay.
    pub(super) pointer: Pointer,
    pub(super) target: Path,
    pub(super) change: Change,
}

/// What becomes of the places of an action.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// This is merged into each.
    Update(Tree),
    /// What this selects in the document is merged into each.
    Copy(Path),
    /// Each is removed.
    Remove,
}

/// Reads an overlay, YAML or JSON, from the file that `diags` is [about](Diagnostics::enter).
///
/// `None` if it cannot be applied; then at least one error was reported. Members that begin with `x-` are passed over.
pub fn read(source: &Source, diags: &mut Diagnostics) -> Option<Overlay> {
    let tree = source::read(source, diags)?;
    let mut reader = Reader { source, locations: None, problems: 0, diags };
    let overlay = reader.overlay(tree)?;
    (reader.problems == 0).then_some(overlay)
}

impl Overlay {
    /// Notes if the overlay says that it is for another file than `document`.
    ///
    /// Only file names are compared: an address may well stand for the copy at hand.
    pub fn check_extends(&self, document: &Source, diags: &mut Diagnostics) {
        let Some(extends) = self.extends.as_deref() else { return };
        let is_address = extends.contains("://");
        let wanted = file_name(extends.split(['?', '#']).next().unwrap_or_default());
        if is_address || wanted.is_empty() || wanted == file_name(document.name()) {
            return;
        }
        diags.enter(self.file);
        diags
            .note(Code::OtherDocument, &Pointer::root().child("extends"))
            .message(format!(
                "this overlay is for `{wanted}` and is applied to `{}`",
                file_name(document.name())
            ))
            .help("it is applied all the same; is it the right one?");
        diags.enter(FileId::DOCUMENT);
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

struct Reader<'s, 'd> {
    source: &'s Source,
    /// Made for the first expression that is wrong.
    locations: Option<Locations<'s>>,
    problems: usize,
    diags: &'d mut Diagnostics,
}

impl Reader<'_, '_> {
    fn overlay(&mut self, tree: Tree) -> Option<Overlay> {
        let Tree::Map(mut root) = tree else {
            self.not_an_overlay(&Pointer::root(), "an overlay is a mapping, and this is none".to_owned());
            return None;
        };
        let version = self.version(&root)?;
        let place = Pointer::root();
        self.unknown(&root, &place, &["overlay", "info", "extends", "actions"]);
        self.info(&root);
        let extends = self.text(&root, &place, "extends").map(str::to_owned);
        let actions = match root.remove("actions") {
            Some(Tree::List(actions)) if !actions.is_empty() => actions,
            Some(other) => {
                let found = if other.as_list().is_some() { "an empty one" } else { other.kind() };
                self.malformed(
                    &place.child("actions"),
                    format!("`actions` is a sequence of actions, and this is {found}"),
                );
                return None;
            }
            None => {
                self.malformed(&place, "an overlay has `actions`, and this has none".to_owned());
                return None;
            }
        };
        let mut read = Vec::with_capacity(actions.len());
        for (index, action) in actions.into_iter().enumerate() {
            read.extend(self.action(action, place.child("actions").index(index), version));
            if self.problems >= MAX_PROBLEMS {
                return None;
            }
        }
        Some(Overlay { file: self.diags.file(), version, extends, actions: read })
    }

    /// Overlay 1.1.0, Versions: only the first two numbers count.
    fn version(&mut self, root: &Map) -> Option<Version> {
        let Some(value) = root.get("overlay") else {
            let what = if root.contains_key("openapi") {
                "this is a document of OpenAPI"
            } else {
                "this has no version"
            };
            self.not_an_overlay(
                &Pointer::root(),
                format!("an overlay begins with `overlay: 1.0.0`, and {what}"),
            );
            return None;
        };
        let place = Pointer::root().child("overlay");
        let Some(text) = value.scalar_text() else {
            self.not_an_overlay(&place, format!("`overlay` is a version, and this is {}", value.kind()));
            return None;
        };
        match text.split('.').collect::<Vec<_>>().as_slice() {
            ["1", "0", ..] => Some(Version::V1_0),
            ["1", "1", ..] => Some(Version::V1_1),
            _ => {
                self.report(Code::UnsupportedOverlayVersion, &place)
                    .message(format!("version `{text}` of the Overlay Specification is not understood"))
                    .help("nothing is generated; 1.0 and 1.1 are read");
                None
            }
        }
    }

    fn info(&mut self, root: &Map) {
        let place = Pointer::root().child("info");
        match root.get("info") {
            Some(Tree::Map(info)) => {
                self.unknown(info, &place, &["title", "version", "description"]);
                for member in ["title", "version"] {
                    // A version is often written so that YAML takes it for a number.
                    match info.get(member).map(Tree::scalar_text) {
                        Some(Some(_)) => {}
                        Some(None) => self.wrong_kind(info, &place, member, "a string"),
                        None => self.malformed(&place, format!("`info` has a `{member}`, and this has none")),
                    }
                }
                self.text(info, &place, "description");
            }
            Some(_) => self.wrong_kind(root, &Pointer::root(), "info", "a mapping"),
            None => {
                self.malformed(&Pointer::root(), "an overlay has an `info`, and this has none".to_owned());
            }
        }
    }

    fn action(&mut self, action: Tree, pointer: Pointer, version: Version) -> Option<Action> {
        let Tree::Map(mut action) = action else {
            self.malformed(&pointer, format!("an action is a mapping, and this is {}", action.kind()));
            return None;
        };
        let known: &[&str] = match version {
            Version::V1_0 => &["target", "description", "update", "remove"],
            Version::V1_1 => &["target", "description", "update", "remove", "copy"],
        };
        self.unknown(&action, &pointer, known);
        self.text(&action, &pointer, "description");
        if !action.contains_key("target") {
            self.malformed(&pointer, "an action has a `target`, and this has none".to_owned());
        }
        let target = self.path(&action, &pointer, "target");
        let copy = if known.contains(&"copy") { self.path(&action, &pointer, "copy") } else { None };
        let removes = match action.get("remove") {
            None => false,
            Some(Tree::Bool(removes)) => *removes,
            Some(_) => {
                self.wrong_kind(&action, &pointer, "remove", "a boolean");
                return None;
            }
        };
        // Overlay 1.0.0, Action Object, `update`: it has no impact beside `remove: true`; nor has the `copy` of 1.1.0.
        if removes {
            self.without_impact(&action, &pointer, &known[2..]);
            return Some(Action { pointer, target: target?, change: Change::Remove });
        }
        let said: Vec<&str> = [("update", true), ("copy", known.contains(&"copy"))]
            .into_iter()
            .filter_map(|(member, counts)| (counts && action.contains_key(member)).then_some(member))
            .collect();
        let change = match said.as_slice() {
            ["update"] => Change::Update(action.remove("update")?),
            ["copy"] => Change::Copy(copy?),
            [] => {
                self.malformed(
                    &pointer,
                    format!("this action does nothing: it has none of {}", listed(&known[2..])),
                );
                return None;
            }
            several => {
                // Overlay 1.1.0, Action Object, `copy`: one of the two would have no impact.
                self.malformed(
                    &pointer,
                    format!("an action does one thing, and this has {}", listed(several)),
                );
                return None;
            }
        };
        Some(Action { pointer, target: target?, change })
    }

    /// Reports what stands beside `remove: true`.
    fn without_impact(&mut self, action: &Map, pointer: &Pointer, known: &[&str]) {
        for member in known.iter().filter(|member| **member != "remove" && action.contains_key(member)) {
            self.diags
                .warn(Code::UpdateOfRemoved, &pointer.child(member))
                .message(format!("`{member}` has no impact beside `remove: true`"))
                .help("what the target selects is removed; write two actions if both were meant");
        }
    }

    fn path(&mut self, map: &Map, pointer: &Pointer, member: &str) -> Option<Path> {
        let text = self.text(map, pointer, member)?;
        let error = match Path::parse(text) {
            Ok(path) => return Some(path),
            Err(error) => error,
        };
        let place = pointer.child(member);
        let (before, rest) = text.split_at_checked(error.at).unwrap_or((text, ""));
        let at = if rest.is_empty() {
            "at its end".to_owned()
        } else {
            format!("at character {}: `{}`", before.chars().count() + 1, excerpt(rest))
        };
        let span = self.span(&place, text, error.at);
        let mut entry = self.report(Code::InvalidJsonPath, &place).message(format!(
            "`{}` is no JSONPath expression: {}, {at}",
            excerpt(text),
            error.problem
        ));
        if let Some(span) = span {
            entry = entry.at(span);
        }
        entry.help("nothing is generated; names with other signs than letters, digits and `_` stand in brackets and quotes: `$.paths['/pets']`");
        None
    }

    /// The bytes of the file from the place `at` of an expression on, if it is written there as it is read.
    fn span(&mut self, pointer: &Pointer, text: &str, at: usize) -> Option<std::ops::Range<usize>> {
        let place = self.locations.get_or_insert_with(|| Locations::new(self.source)).find(pointer)?;
        let written = self.source.text().get(place.value.clone())?;
        let start = place.value.start + written.find(text)? + at;
        let length = text.get(at..)?.chars().next().map_or(0, char::len_utf8);
        Some(start..start + length)
    }

    /// The string `member`, if there is one; reports what is none.
    fn text<'m>(&mut self, map: &'m Map, pointer: &Pointer, member: &str) -> Option<&'m str> {
        let value = map.get(member)?;
        if value.as_str().is_none() {
            self.wrong_kind(map, pointer, member, "a string");
        }
        value.as_str()
    }

    fn unknown(&mut self, map: &Map, pointer: &Pointer, known: &[&str]) {
        for key in map.keys().filter(|key| !key.starts_with("x-") && !known.contains(&key.as_str())) {
            if self.problems >= MAX_PROBLEMS {
                return;
            }
            self.malformed(
                &pointer.child(key),
                format!("`{key}` is not known here: there are {}", listed(known)),
            );
        }
    }

    fn wrong_kind(&mut self, map: &Map, pointer: &Pointer, member: &str, wanted: &str) {
        let found = map.get(member).map_or("nothing", Tree::kind);
        self.malformed(&pointer.child(member), format!("`{member}` is {wanted}, and this is {found}"));
    }

    fn malformed(&mut self, pointer: &Pointer, message: String) {
        self.report(Code::MalformedOverlay, pointer)
            .message(message)
            .help("nothing is generated; see the Overlay Specification");
    }

    fn not_an_overlay(&mut self, pointer: &Pointer, message: String) {
        self.report(Code::NotAnOverlay, pointer)
            .message(message)
            .help("nothing is generated; is it the right file?");
    }

    fn report(&mut self, code: Code, pointer: &Pointer) -> Entry<'_> {
        self.problems += 1;
        self.diags.error(code, pointer)
    }
}

/// `` `a`, `b` and `c` ``
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The beginning of an expression.
fn excerpt(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
