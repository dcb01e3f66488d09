//! Values inside of words, each with its place: read as what is wanted there, or reported.

use std::hash::Hash;
use std::ops::RangeInclusive;

use indexmap::{IndexMap, IndexSet};

use super::{JsonPointer, Template};
use crate::diag::{Code, Diagnostics};
use crate::source::{Key, Map, NumberValue, Pointer, Tree};

/// What is done about a word that cannot be read.
const MEND: &str = "mend the word; nothing is generated";

/// How many names a message lists.
const MOST_NAMES: usize = 20;

/// A word's value or a part of it, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Value<'t> {
    pub(super) tree: &'t Tree,
    pub(super) place: Pointer,
}

/// A mapping all of whose keys are known.
#[derive(Debug)]
pub(super) struct Members<'t> {
    map: &'t Map,
    pub(super) place: Pointer,
}

impl<'t> Members<'t> {
    pub(super) fn get(&self, key: &str) -> Option<Value<'t>> {
        self.map.get(key).map(|tree| Value { tree, place: self.place.child(key) })
    }

    /// The member `key`, whose absence is reported.
    pub(super) fn wanted(&self, key: &str, diags: &mut Diagnostics) -> Option<Value<'t>> {
        let found = self.get(key);
        if found.is_none() {
            let of = self.place.last().unwrap_or_default().into_owned();
            diags
                .error(Code::InvalidWord, &self.place)
                .message(format!("`{of}` lacks the member `{key}`"))
                .help(MEND);
        }
        found
    }
}

impl<'t> Value<'t> {
    /// The member `key` of the object at `place`.
    pub(super) fn member(object: &'t Tree, place: &Pointer, key: &str) -> Option<Self> {
        object.get(key).map(|tree| Self { tree, place: place.child(key) })
    }

    /// The members of a mapping that takes no others than `known`.
    pub(super) fn members(&self, known: &[&str], diags: &mut Diagnostics) -> Option<Members<'t>> {
        let map = self.mapping(diags)?;
        let of = self.place.last().unwrap_or_default();
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            diags
                .error(Code::InvalidWord, &self.place.child(key))
                .message(format!("`{key}` is no member of `{of}`"))
                .help(format!("its members are {}", listed(known.iter().copied())));
        }
        Some(Members { map, place: self.place.clone() })
    }

    /// The entries of a mapping whose keys are free.
    pub(super) fn entries(&self, diags: &mut Diagnostics) -> Vec<(&'t str, Value<'t>)> {
        let entries = self.mapping(diags).into_iter().flatten();
        let entry =
            |(key, tree): (&'t Key, &'t Tree)| (key.as_str(), Value { tree, place: self.place.child(key) });
        entries.map(entry).collect()
    }

    /// The items of a sequence.
    pub(super) fn items(&self, diags: &mut Diagnostics) -> Vec<Value<'t>> {
        if self.tree.as_list().is_none() {
            self.mistyped("a sequence", diags);
        }
        let items = self.tree.as_list().unwrap_or_default().iter().enumerate();
        items.map(|(index, tree)| Value { tree, place: self.place.index(index) }).collect()
    }

    /// A string, which may be empty.
    pub(super) fn text(&self, diags: &mut Diagnostics) -> Option<&'t str> {
        let text = self.tree.as_str();
        if text.is_none() {
            self.mistyped("a string", diags);
        }
        text
    }

    /// A string that is not empty.
    pub(super) fn name(&self, diags: &mut Diagnostics) -> Option<&'t str> {
        let text = self.text(diags)?;
        if text.is_empty() {
            self.invalid("a name is wanted here, and this is empty", MEND, diags);
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// Names, none of them twice.
    pub(super) fn names(&self, diags: &mut Diagnostics) -> Vec<String> {
        self.distinct(diags, |item, diags| item.name(diags).map(str::to_owned))
    }

    /// Names, at least one.
    pub(super) fn some_names(&self, diags: &mut Diagnostics) -> Vec<String> {
        self.nonempty(diags);
        self.names(diags)
    }

    /// The texts of strings, numbers and booleans; at least one, none twice.
    pub(super) fn some_scalars(&self, diags: &mut Diagnostics) -> Vec<String> {
        self.nonempty(diags);
        self.distinct(diags, |item, diags| {
            let text = item.tree.scalar_text();
            if text.is_none() {
                item.mistyped("a string, a number or a boolean", diags);
            }
            text
        })
    }

    /// A sequence of which no item stands twice.
    pub(super) fn distinct<T: Eq + Hash>(
        &self,
        diags: &mut Diagnostics,
        mut read: impl FnMut(&Value<'t>, &mut Diagnostics) -> Option<T>,
    ) -> Vec<T> {
        let mut all = IndexSet::new();
        for item in self.items(diags) {
            let Some(read) = read(&item, diags) else { continue };
            if !all.insert(read) {
                let text = item.tree.scalar_text().unwrap_or_default();
                item.invalid(format!("`{text}` stands twice"), "remove one of the two", diags);
            }
        }
        all.into_iter().collect()
    }

    /// Texts by key, each of them a name.
    pub(super) fn names_by_key(&self, diags: &mut Diagnostics) -> IndexMap<String, String> {
        let entries = self.entries(diags).into_iter();
        entries.filter_map(|(key, value)| Some((key.to_owned(), value.name(diags)?.to_owned()))).collect()
    }

    pub(super) fn boolean(&self, diags: &mut Diagnostics) -> Option<bool> {
        let value = self.tree.as_bool();
        if value.is_none() {
            self.mistyped("a boolean", diags);
        }
        value
    }

    /// A whole number in `range`.
    pub(super) fn whole(&self, range: RangeInclusive<u64>, diags: &mut Diagnostics) -> Option<u64> {
        let number = match self.tree {
            Tree::Number(number) => match number.value {
                NumberValue::Integer(integer) => u64::try_from(integer).ok(),
                NumberValue::Float(_) => None,
            },
            Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::List(_) | Tree::Map(_) => None,
        };
        let found = number.filter(|number| range.contains(number));
        if found.is_none() {
            let (least, most) = (range.start(), range.end());
            self.mistyped(&format!("a whole number from {least} to {most}"), diags);
        }
        found
    }

    /// One of a few words.
    pub(super) fn choice<T: Clone>(&self, choices: &[(&str, T)], diags: &mut Diagnostics) -> Option<T> {
        // `401` is a number in YAML and a word here.
        let text = self.tree.scalar_text();
        let found = text.as_deref().and_then(|text| choices.iter().find(|(name, _)| *name == text));
        if found.is_none() {
            let names = either(choices.iter().map(|(name, _)| *name));
            match text {
                Some(text) => {
                    self.invalid(format!("`{text}` is not understood here"), format!("write {names}"), diags);
                }
                None => self.mistyped(&names, diags),
            }
        }
        found.map(|(_, choice)| choice.clone())
    }

    /// A JSON pointer.
    pub(super) fn pointer(&self, diags: &mut Diagnostics) -> Option<JsonPointer> {
        let text = self.text(diags)?;
        let pointer = JsonPointer::parse(text);
        if pointer.is_none() {
            let help =
                "it is empty or begins with `/`, and `~` stands before `0` or `1`; nothing is generated";
            self.invalid(format!("`{text}` is no JSON pointer"), help, diags);
        }
        pointer
    }

    /// JSON pointers.
    pub(super) fn pointers(&self, diags: &mut Diagnostics) -> Vec<JsonPointer> {
        self.distinct(diags, Value::pointer)
    }

    /// The name of a header (RFC 9110, section 5.1).
    pub(super) fn header(&self, diags: &mut Diagnostics) -> Option<String> {
        let name = self.name(diags)?;
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let valid = name.bytes().all(is_token);
        if !valid {
            self.invalid(format!("`{name}` is no name of a header"), MEND, diags);
        }
        valid.then(|| name.to_owned())
    }

    /// A text with slots: all of `wanted`, and perhaps some of `allowed`.
    pub(super) fn template(
        &self,
        wanted: &[&str],
        allowed: &[&str],
        diags: &mut Diagnostics,
    ) -> Option<Template> {
        let text = self.text(diags)?;
        let template = Template::parse(text, wanted, allowed);
        template.map_err(|reason| self.invalid(reason, MEND, diags)).ok()
    }

    /// Reports what the value cannot be.
    pub(super) fn invalid(
        &self,
        message: impl Into<String>,
        help: impl Into<String>,
        diags: &mut Diagnostics,
    ) {
        diags.error(Code::InvalidWord, &self.place).message(message).help(help);
    }

    /// Reports that the value names something that is not there.
    pub(super) fn dangling(&self, what: &str, name: &str, help: impl Into<String>, diags: &mut Diagnostics) {
        diags
            .error(Code::DanglingWord, &self.place)
            .message(format!("there is no {what} `{name}`"))
            .help(help);
    }

    /// Reports that the value is of the wrong kind.
    pub(super) fn mistyped(&self, wanted: &str, diags: &mut Diagnostics) {
        let found = match self.tree {
            Tree::Number(number) => format!("`{}`", number.text),
            other => other.kind().to_owned(),
        };
        self.invalid(format!("{wanted} is wanted here, and this is {found}"), MEND, diags);
    }

    /// Whether the value is a sequence; what is neither that nor a mapping is reported, and nothing comes of it.
    pub(super) fn is_sequence(&self, diags: &mut Diagnostics) -> Option<bool> {
        match self.tree {
            Tree::List(_) => Some(true),
            Tree::Map(_) => Some(false),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {
                self.mistyped("a sequence of values or a mapping", diags);
                None
            }
        }
    }

    fn mapping(&self, diags: &mut Diagnostics) -> Option<&'t Map> {
        let map = self.tree.as_map();
        if map.is_none() {
            self.mistyped("a mapping", diags);
        }
        map
    }

    /// Reports an empty sequence.
    pub(super) fn nonempty(&self, diags: &mut Diagnostics) {
        if self.tree.as_list().is_some_and(<[Tree]>::is_empty) {
            self.invalid("the sequence is empty, and so says nothing", "name something or remove it", diags);
        }
    }
}

/// All of the names: `a`, `b` and `c`.
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    joined(names, "and")
}

/// One of the names: `a`, `b` or `c`.
pub(super) fn either<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    joined(names, "or")
}

fn joined<'n>(names: impl IntoIterator<Item = &'n str>, with: &str) -> String {
    let mut names = names.into_iter();
    let mut shown: Vec<String> = names.by_ref().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => {}
        more => shown.push(format!("{more} more")),
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {with} {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}
