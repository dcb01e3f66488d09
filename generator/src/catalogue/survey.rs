//! One walk over the objects of a document: what is no keyword, and what says nothing to a client.
//!
//! Examples, defaults, enumerations and extensions are data and not visited. A place is spelt out only for what is reported. Unknown
//! keywords of schemas are left to the room that reads schemas.

use indexmap::IndexMap;

use super::{Edition, Fate, Holds, Object, Row};
use crate::diag::{Code, Diagnostics};
use crate::source::{Map, Pointer, Tree};

/// Reports what stands in the objects of a document and is no keyword of theirs, and notes once what is passed over.
///
/// Nothing is known of a document of another version, which is refused as a whole.
pub fn survey(document: &Tree, diags: &mut Diagnostics) {
    let Some(edition) = Edition::of(document) else { return };
    let mut survey = Survey { edition, passed: IndexMap::new(), diags };
    survey.visit(Object::Document, document, &Place::Root);
    for ((object, keyword), (first, count)) in survey.passed {
        let row = object.row(keyword, survey.edition);
        let place = match count {
            1 => String::new(),
            2 => ", here and at another place".to_owned(),
            more => format!(", here and at {} other places", more - 1),
        };
        survey
            .diags
            .note(Code::PassedOver, &first)
            .message(format!("`{keyword}` of {} is not in the client{place}", object.name()))
            .help(row.map_or("it is passed over", |row| row.note));
    }
}

/// The way to what is visited.
enum Place<'p> {
    Root,
    Key(&'p Place<'p>, &'p str),
    Index(&'p Place<'p>, usize),
}

impl Place<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Place::Root => Pointer::root(),
            Place::Key(around, key) => around.pointer().child(key),
            Place::Index(around, index) => around.pointer().index(*index),
        }
    }
}

struct Survey<'d> {
    edition: Edition,
    /// The first place of each keyword that is passed over, and how many there are.
    passed: IndexMap<(Object, &'static str), (Pointer, usize)>,
    diags: &'d mut Diagnostics,
}

impl Survey<'_> {
    fn visit(&mut self, object: Object, tree: &Tree, place: &Place<'_>) {
        match tree {
            Tree::Map(map)
                if object.may_be_referred_to() && map.get("$ref").and_then(Tree::as_str).is_some() =>
            {
                self.reference(object, map, place);
            }
            Tree::Map(map) => self.members(object, map, place),
            // `items` is a list of schemas in old drafts.
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(object, item, &Place::Index(place, index));
                }
            }
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
        }
    }

    fn members(&mut self, object: Object, map: &Map, place: &Place<'_>) {
        for (key, value) in map {
            let inside = Place::Key(place, key);
            match object.row(key, self.edition) {
                _ if key.starts_with("x-") => {}
                Some(row) => self.member(object, row, value, &inside),
                None if object == Object::Schema => {}
                None => self.unknown(object, key, &inside),
            }
        }
    }

    fn member(&mut self, object: Object, row: &'static Row, value: &Tree, place: &Place<'_>) {
        if row.fate == Fate::PassedOver {
            // What is inside of it goes with it.
            self.pass_over(object, row, place);
            return;
        }
        match row.holds {
            Holds::Data => {}
            Holds::One(inner) | Holds::List(inner) => self.visit(inner, value, place),
            Holds::Map(inner) => {
                for (name, value) in value.as_map().into_iter().flatten() {
                    self.visit(inner, value, &Place::Key(place, name));
                }
            }
        }
    }

    /// OAS 3.1.1, Reference Object: nothing else counts beside a `$ref`.
    fn reference(&mut self, object: Object, map: &Map, place: &Place<'_>) {
        for key in map.keys().filter(|key| !key.starts_with("x-")) {
            let inside = Place::Key(place, key);
            let own = object.row(key, self.edition);
            match (Object::Reference.row(key, self.edition), own) {
                (Some(row), _) if row.fate == Fate::PassedOver => {
                    self.pass_over(Object::Reference, row, &inside);
                }
                (Some(_), _) => {}
                (None, Some(row)) if row.fate == Fate::PassedOver => self.pass_over(object, row, &inside),
                (None, Some(_)) => self
                    .diags
                    .warn(Code::UnknownMember, &inside.pointer())
                    .message(format!("`{key}` stands beside a `$ref`"))
                    .help("it is ignored, as OpenAPI says; what the `$ref` leads to counts"),
                (None, None) => self.unknown(object, key, &inside),
            }
        }
    }

    fn pass_over(&mut self, object: Object, row: &'static Row, place: &Place<'_>) {
        self.passed.entry((object, row.keyword)).or_insert_with(|| (place.pointer(), 0)).1 += 1;
    }

    fn unknown(&mut self, object: Object, key: &str, place: &Place<'_>) {
        let other = self.edition.other();
        let is_others = object.rows().iter().any(|row| row.keyword == key);
        let (message, help) = if is_others {
            let message =
                format!("`{key}` is {}'s, and this is a document of {}", other.name(), self.edition.name());
            (message, "it is ignored; say in the first line which version the document is of")
        } else {
            let message = format!("`{key}` is no member of {}", object.name());
            (message, "it is ignored; an extension has to start with `x-`")
        };
        self.diags.warn(Code::UnknownMember, &place.pointer()).message(message).help(help);
    }
}
