//! Where what references lead to is in the one document.

use super::files::{Spot, Target};
use super::grammar::{Kind, reference};
use super::name::names;
use super::{Code, Pointer, Tree, Work};
use crate::source::read;

/// How many references are followed from one to the next.
const MOST_REFERENCES: usize = 64;

/// What a reference that is looked at stands for.
pub(super) enum End {
    /// This object, and the first name it was called by on the way.
    Object { spot: Spot, named: Spot },
    /// Nothing, which was reported.
    Nothing,
}

impl Work<'_> {
    /// Components that are another file's objects: those have their place there, under the name that the document gives them.
    pub(super) fn know_components(&mut self, tree: &Tree) {
        for kind in Kind::KEPT {
            let Some(home) = self.home(kind) else { continue };
            let entries = tree.at(&home).and_then(Tree::as_map);
            for (name, value) in entries.into_iter().flatten() {
                let place = home.child(name);
                self.taken.insert(place.clone());
                let root = self.files.root(0);
                let is_bare = value.as_map().is_some_and(|map| map.len() == 1);
                let Some(text) = value.as_map().and_then(reference).filter(|_| is_bare) else { continue };
                let spot = Spot { pointer: place.clone(), ..root };
                let Some(end) = self.quiet_end(text, &spot).filter(|end| end.file != 0) else { continue };
                self.placed.entry((kind, end.file, end.pointer)).or_insert(place);
            }
        }
    }

    pub(super) fn home(&self, kind: Kind) -> Option<Pointer> {
        let way = kind.home(self.edition)?;
        Some(way.iter().fold(Pointer::root(), |pointer, step| pointer.child(step)))
    }

    /// The place of the object of `kind` that `text`, which stands at `from`, leads to; none if it leads nowhere, which is reported.
    pub(super) fn placed(&mut self, kind: Kind, text: &str, from: &Spot) -> Option<Pointer> {
        match self.end(text, from) {
            End::Object { spot, .. } if spot.file == 0 => Some(spot.pointer),
            End::Object { spot, named } => self.component(kind, spot, &named),
            End::Nothing => None,
        }
    }

    /// The same of an object that has to be a component even where it is one of the document's own.
    pub(super) fn placed_at(&mut self, kind: Kind, text: &str, from: &Spot) -> Option<Pointer> {
        match self.end(text, from) {
            End::Object { spot, named } => self.component(kind, spot, &named),
            End::Nothing => None,
        }
    }

    /// The component that the object at `spot` is or becomes.
    fn component(&mut self, kind: Kind, spot: Spot, named: &Spot) -> Option<Pointer> {
        let key = (kind, spot.file, spot.pointer.clone());
        if let Some(place) = self.placed.get(&key) {
            return Some(place.clone());
        }
        let place = self.free(kind, named)?;
        self.placed.insert(key, place.clone());
        self.waiting.push_back((kind, spot, place.clone()));
        Some(place)
    }

    /// A place for the object of `kind` at `spot` that nothing else has.
    fn free(&mut self, kind: Kind, spot: &Spot) -> Option<Pointer> {
        let home = self.home(kind)?;
        let names = names(self.files.address(spot.file), &spot.pointer);
        let last = names.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|number: usize| format!("{last}_{number}"));
        let mut places = names.iter().cloned().chain(numbered).map(|name| home.child(&name));
        let place = places.find(|place| !self.taken.contains(place))?;
        self.taken.insert(place.clone());
        Some(place)
    }

    /// What `text`, which stands at `from`, leads to in the end.
    pub(super) fn end(&mut self, text: &str, from: &Spot) -> End {
        let mut target = self.target(text, from);
        let mut named: Option<Spot> = None;
        for _ in 0..MOST_REFERENCES {
            let spot = match target {
                Target::At(spot) => spot,
                Target::Nothing(where_to) => return self.dangling(text, &where_to, from),
                Target::Refused(refusal) => return self.refused(text, &refusal.to_string(), from),
            };
            if let Some(source) = self.files.unread(spot.file) {
                self.unreadable(spot.file, source);
                return End::Nothing;
            }
            let named = &*named.get_or_insert_with(|| spot.clone());
            match self.next(&spot) {
                Some(next) if spot.file != 0 => target = next,
                Some(_) | None => return End::Object { named: named.clone(), spot },
            }
        }
        self.circle(from)
    }

    /// What `text` leads to. Where there is no such file, `/definitions/pet` and `pet` are the pointer and the component they look like.
    fn target(&mut self, text: &str, from: &Spot) -> Target {
        let target = self.files.target(text, from);
        if let Target::At(_) = target {
            return target;
        }
        let pointer = if text.starts_with('/') {
            Pointer::from_reference(&format!("#{text}"))
        } else {
            self.home(Kind::Schema)
                .filter(|_| !text.contains(['/', '#', '.', ':']))
                .map(|home| home.child(text))
        };
        let spot = pointer.map(|pointer| Spot { pointer, ..self.files.root(from.file) });
        let Some(spot) = spot.filter(|spot| self.files.tree(spot).is_some()) else { return target };
        let help = format!("it is read as `{}`", spot.pointer.to_reference());
        self.note_spelling(
            &from.child("$ref"),
            &format!("`{text}` is the address of a file, and there is none"),
            &help,
        );
        Target::At(spot)
    }

    /// The same, with nothing said if it leads nowhere.
    pub(super) fn quiet_end(&self, text: &str, from: &Spot) -> Option<Spot> {
        let mut target = self.files.target(text, from);
        for _ in 0..MOST_REFERENCES {
            let Target::At(spot) = target else { return None };
            if self.files.unread(spot.file).is_some() {
                return None;
            }
            match self.next(&spot) {
                Some(next) if spot.file != 0 => target = next,
                Some(_) | None => return Some(spot),
            }
        }
        None
    }

    /// Where a reference that says nothing else leads on.
    fn next(&self, spot: &Spot) -> Option<Target> {
        let map = self.files.tree(spot)?.as_map().filter(|map| map.len() == 1)?;
        Some(self.files.target(reference(map)?, spot))
    }

    fn dangling(&mut self, text: &str, where_to: &str, from: &Spot) -> End {
        self.error(Code::DanglingReference, &from.child("$ref"))
            .message(format!("`{text}` leads nowhere: {where_to}"))
            .help("correct the reference or add what it points to");
        End::Nothing
    }

    fn refused(&mut self, text: &str, why: &str, from: &Spot) -> End {
        self.error(Code::ExternalReference, &from.child("$ref"))
            .message(format!("`{text}` cannot be followed: {why}"))
            .help("nothing is generated; `clientsmith explain external-reference` says what is read and how to have more");
        End::Nothing
    }

    pub(super) fn circle(&mut self, from: &Spot) -> End {
        self.error(Code::ReferenceCycle, &from.child("$ref"))
            .message("this `$ref` leads back to itself")
            .help("nothing is generated; give what it leads to content of its own");
        End::Nothing
    }

    fn unreadable(&mut self, file: usize, source: &crate::source::Source) {
        if self.reported.insert(file) {
            self.diags.enter(self.files.id(file));
            read(source, self.diags);
        }
    }
}
