//! Copies objects, with references that lead into the one document.

use super::files::Spot;
use super::grammar::{Kind, Slot, is_address, reference};
use super::place::End;
use super::{Code, Map, Pointer, Tree, Work, address};
use crate::source::MAX_NESTING;

impl Work<'_> {
    /// The object at `from` as it is to stand at `to`.
    pub(super) fn copy(&mut self, tree: &Tree, kind: Kind, from: &Spot, to: &Pointer) -> Tree {
        let Tree::Map(map) = tree else { return tree.clone() };
        if !self.afford(map.len(), from, to) {
            return Tree::Null;
        }
        if kind == Kind::SecurityRequirement {
            return self.requirement(map, from, to);
        }
        let own = map.get("$id").and_then(Tree::as_str).filter(|_| kind == Kind::Schema);
        let from = &match own {
            Some(id) => Spot { base: address::resolve(&from.base, id).0.into(), ..from.clone() },
            None => from.clone(),
        };
        match reference(map) {
            None => Tree::from(self.members(map, kind, from, to)),
            Some(text) if kind.home(self.edition).is_some() => self.pointed(map, text, kind, from, to),
            Some(text) => {
                if !kind.may_be_referred_to() {
                    self.misplaced(from);
                }
                self.taken_in(map, text, Slot::One(kind), from, to)
            }
        }
    }

    fn members(&mut self, map: &Map, kind: Kind, from: &Spot, to: &Pointer) -> Map {
        let mut members = Map::with_capacity(map.len());
        for (key, value) in map {
            members.insert(key.clone(), self.member(value, kind.slot(key), &from.child(key), &to.child(key)));
        }
        members
    }

    fn member(&mut self, value: &Tree, slot: Option<Slot>, from: &Spot, to: &Pointer) -> Tree {
        let Some(slot) = slot else { return value.clone() };
        match (slot, value) {
            (Slot::Discriminator, _) => self.discriminator(value, from),
            (Slot::One(kind) | Slot::List(kind), Tree::List(items)) => self.items(items, kind, from, to),
            (Slot::One(kind), _) => self.copy(value, kind, from, to),
            (Slot::List(_) | Slot::Map(_), Tree::Map(map)) => match (reference(map), slot) {
                (Some(text), _) => {
                    self.misplaced(from);
                    self.taken_in(map, text, slot, from, to)
                }
                (None, Slot::Map(kind)) => self.entries(map, kind, from, to),
                (None, Slot::List(_) | Slot::One(_) | Slot::Discriminator) => value.clone(),
            },
            (Slot::List(_) | Slot::Map(_), _) => value.clone(),
        }
    }

    fn items(&mut self, items: &[Tree], kind: Kind, from: &Spot, to: &Pointer) -> Tree {
        let item = |(index, item)| self.copy(item, kind, &from.index(index), &to.index(index));
        Tree::List(items.iter().enumerate().map(item).collect())
    }

    fn entries(&mut self, map: &Map, kind: Kind, from: &Spot, to: &Pointer) -> Tree {
        let mut entries = Map::with_capacity(map.len());
        for (key, value) in map {
            // An extension in a mapping of objects is not one of them.
            let is_object = !key.starts_with("x-") || matches!(kind, Kind::Schema | Kind::Header);
            let (from, to) = (from.child(key), to.child(key));
            let value = if is_object { self.copy(value, kind, &from, &to) } else { value.clone() };
            entries.insert(key.clone(), value);
        }
        Tree::from(entries)
    }

    /// A reference to an object that has a place among the components.
    fn pointed(&mut self, map: &Map, text: &str, kind: Kind, from: &Spot, to: &Pointer) -> Tree {
        let is_own = from.file == 0 && from.base == self.files.root(0).base;
        let mut members = self.members(map, kind, from, to);
        if is_own && (text == "#" || text.starts_with("#/")) {
            if kind != Kind::Schema && self.is_elsewhere(text) {
                return self.taken_in(map, text, Slot::One(kind), from, to);
            }
            return Tree::from(members);
        }
        match self.placed(kind, text, from) {
            Some(place) if place == *to => self.taken_in(map, text, Slot::One(kind), from, to),
            Some(place) => {
                members.insert("$ref".to_owned(), Tree::from(place.to_reference()));
                Tree::from(members)
            }
            None => Tree::Null,
        }
    }

    /// Whether it leads to what is no component: to a parameter of another operation, say.
    fn is_elsewhere(&self, text: &str) -> bool {
        let is_home = |kind: Kind| {
            let home = kind.home(self.edition).unwrap_or_default();
            text.strip_prefix("#/").is_some_and(|way| way.starts_with(&home.join("/")))
        };
        !Kind::KEPT.into_iter().any(|kind| kind.home(self.edition).is_some() && is_home(kind))
    }

    /// What `text` leads to, in the place of the reference; what stands beside that goes before it.
    fn taken_in(&mut self, map: &Map, text: &str, slot: Slot, from: &Spot, to: &Pointer) -> Tree {
        let End::Object { spot, .. } = self.end(text, from) else { return Tree::Null };
        let key = (spot.file, spot.pointer.clone());
        if self.inside.contains(&key) {
            self.circle(from);
            return Tree::Null;
        }
        let files = self.files;
        let Some(target) = files.tree(&spot) else { return Tree::Null };
        self.inside.push(key);
        self.written(to, &spot);
        let mut value = self.member(target, Some(slot), &spot, to);
        self.inside.pop();
        if let Tree::Map(members) = &mut value {
            self.add_siblings(map, members, slot, from, to);
        }
        value
    }

    fn add_siblings(&mut self, map: &Map, members: &mut Map, slot: Slot, from: &Spot, to: &Pointer) {
        for (key, sibling) in map.iter().filter(|(key, _)| *key != "$ref") {
            let inner = match slot {
                Slot::One(kind) => kind.slot(key),
                Slot::Map(kind) => Some(Slot::One(kind)),
                Slot::List(_) | Slot::Discriminator => None,
            };
            let (from, to) = (from.child(key), to.child(key));
            self.written(&to, &from);
            let sibling = self.member(sibling, inner, &from, &to);
            if members.insert(key.clone(), sibling).is_some() {
                let message = format!("`{key}` stands beside a `$ref` to an object that has one too");
                self.note_spelling(&from, &message, "the one that stands here is taken");
            }
        }
    }

    fn discriminator(&mut self, tree: &Tree, from: &Spot) -> Tree {
        let mut tree = tree.clone();
        let root = Pointer::root();
        if let Some(default) = tree.at_mut(&root.child("defaultMapping")) {
            self.mapped(default, &from.child("defaultMapping"));
        }
        if let Some(Tree::Map(mapping)) = tree.at_mut(&root.child("mapping")) {
            let from = from.child("mapping");
            for (value, target) in mapping.iter_mut() {
                self.mapped(target, &from.child(value));
            }
        }
        tree
    }

    fn mapped(&mut self, target: &mut Tree, from: &Spot) {
        let Some(text) = target.as_str().filter(|text| is_address(text)) else { return };
        let is_own = from.file == 0 && text.starts_with("#/");
        if !is_own && let Some(place) = self.placed(Kind::Schema, text, from) {
            *target = Tree::from(place.to_reference());
        }
    }

    fn misplaced(&mut self, from: &Spot) {
        self.note_spelling(
            &from.child("$ref"),
            "OpenAPI has no `$ref` here",
            "what it points to is taken in its place, as many tools do",
        );
    }

    /// Whether `values` more may be copied to `to`.
    fn afford(&mut self, values: usize, from: &Spot, to: &Pointer) -> bool {
        let Some(budget) = self.budget else { return false };
        if to.tokens().count() > MAX_NESTING {
            self.error(Code::NestingTooDeep, from)
                .message(format!("in its place, this is nested more than {MAX_NESTING} levels deep"))
                .help("nothing is generated; lift inner parts into components and refer to them");
            return false;
        }
        self.budget = budget.checked_sub(values + 1);
        if self.budget.is_none() {
            self.error(Code::ReferenceExpansion, from)
                .message("references multiply the document to many times its size")
                .help("nothing is generated; are the same path items taken in at very many places?");
        }
        self.budget.is_some()
    }
}
