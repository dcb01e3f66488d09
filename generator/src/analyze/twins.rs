//! Structurally equal types: one stands for all.
//!
//! Equal alone is not enough, since two unrelated `{id, url}` should stay apart: inline twins must also be the same kind of
//! thing by name (the last word of the way to them), unless all they consist of are components, or they are enumerations of
//! several equal values. Components are merged if their names begin with the same word, or the document says they are the same. Beyond that, of two inline objects with
//! the same name and only read, one of which merely lacks optional members of the other, the larger stands for both.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Direction;
use super::hint::{Hint, split};
use crate::model::{Api, EnumValues, Member, MembersBy, Origin, Presence, Shape, Type, TypeDef, TypeId};

/// For each type the one that stands for it: itself, or an equal one that comes first (for components: the first).
pub(super) fn twins(api: &Api, directions: &[Direction]) -> Vec<TypeId> {
    let forced = (0..api.types.len()).collect();
    let hints = api.types.iter().map(|definition| Hint::of(&definition.origin)).collect();
    let mut merge = Merge { api, hints, directions, forced, outlines: Vec::new() };
    merge.outlines = merge.outlines();
    loop {
        let classes = merge.partition();
        if !merge.absorb_subsets(&classes) {
            return merge.representatives(&classes);
        }
    }
}

/// How many rounds of division there are before twins are given up.
const MOST_ROUNDS: usize = 32;

struct Merge<'a> {
    api: &'a Api,
    hints: Vec<Option<Hint<'a>>>,
    directions: &'a [Direction],
    /// A type that was found to be a part of another counts as that one.
    forced: Vec<usize>,
    outlines: Vec<Outline>,
}

/// A type without what the types in it are.
struct Outline {
    /// The first type that is the same so far.
    first: usize,
    /// The types in it, in order.
    inner: Vec<TypeId>,
}

impl Merge<'_> {
    /// The class of each type, in which types of one class are equal: all of its own where that takes too long to find out.
    fn partition(&self) -> Vec<usize> {
        self.coarsest().unwrap_or_else(|| (0..self.api.types.len()).collect())
    }

    /// The class of each type: the coarsest division in which types of one class have equal signatures.
    ///
    /// A chain of types that differ in its last link only takes a round for each link; none if it is longer than any
    /// that people write.
    fn coarsest(&self) -> Option<Vec<usize>> {
        let mut classes = vec![0; self.api.types.len()];
        let mut count = 0;
        for _ in 0..MOST_ROUNDS {
            let mut known: HashMap<(usize, Vec<usize>), usize> = HashMap::new();
            let mut next = Vec::with_capacity(classes.len());
            for forced in &self.forced {
                let Outline { first, inner } = &self.outlines[*forced];
                let signature = (*first, inner.iter().map(|id| classes[id.index()]).collect());
                let fresh = known.len();
                next.push(*known.entry(signature).or_insert(fresh));
            }
            let found = known.len();
            classes = next;
            if found == count {
                return Some(classes);
            }
            count = found;
        }
        None
    }

    /// The outline of each type. Their texts together are as long as the document, and none is kept: the few that are
    /// alike are written again.
    fn outlines(&self) -> Vec<Outline> {
        let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut outlines = Vec::with_capacity(self.api.types.len());
        for at in 0..self.api.types.len() {
            let mut inner = Vec::new();
            let text = self.outline(at, &mut inner);
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            let alike = known.entry(hasher.finish()).or_default();
            let is_same = |other: &&usize| self.outline(**other, &mut Vec::new()) == text;
            let first = alike.iter().find(is_same).copied();
            if first.is_none() {
                alike.push(at);
            }
            inner.shrink_to_fit();
            outlines.push(Outline { first: first.unwrap_or(at), inner });
        }
        outlines
    }

    /// All that twins have in common, in one text, but for the types in it, which are added to `inner`.
    fn outline(&self, at: usize, inner: &mut Vec<TypeId>) -> String {
        let definition = &self.api.types[at];
        let mut text = self.kinship(at, definition);
        match &definition.shape {
            Shape::Object(object) => {
                text.push('{');
                for member in &object.members {
                    outline_member(&mut text, member, inner);
                }
                write!(text, "{:?}{:?}{:?}{:?}", object.tag, object.reading, object.patterns, object.by)
                    .unwrap_or_default();
                if let Some(additional) = &object.additional {
                    text.push('+');
                    outline_type(&mut text, additional, inner);
                }
            }
            Shape::Enumeration(enumeration) => {
                write!(text, "enum{:?}", enumeration.values).unwrap_or_default();
            }
            Shape::Union(union) => {
                write!(text, "union{:?}{:?}", union.tag, union.default).unwrap_or_default();
                for variant in &union.variants {
                    write!(text, "|{:?}{:?}", variant.hint, variant.tags).unwrap_or_default();
                    outline_type(&mut text, &variant.ty, inner);
                }
            }
            // Another name is kept apart: it costs nothing and says what the document says.
            Shape::Alias(_) | Shape::Id(_) => write!(text, "own{at}").unwrap_or_default(),
        }
        text
    }

    /// What twins must have in common besides their shape.
    fn kinship(&self, at: usize, definition: &TypeDef) -> String {
        match (&definition.origin, &self.hints[at]) {
            (Origin::Component(_), _) if self.set_of(at).is_some() => {
                format!("same {:?} ", self.set_of(at))
            }
            (Origin::Component(name), _) => {
                format!("component {} ", split(name).first().map_or("", String::as_str))
            }
            (Origin::Inline { .. }, Some(hint)) => {
                // An enumeration reads and sends alike; an object may not.
                let is_enumeration = matches!(definition.shape, Shape::Enumeration(_));
                let direction = if is_enumeration { Direction::Both } else { self.directions[at] };
                let key = if self.needs_no_name(&definition.shape) { "" } else { hint.key() };
                format!("inline {direction:?} {key} ")
            }
            (Origin::Inline { .. } | Origin::Resource { .. } | Origin::Choice { .. } | Origin::Id(_), _) => {
                format!("own {at} ")
            }
        }
    }

    /// The set of components that the document says are the same.
    fn set_of(&self, at: usize) -> Option<usize> {
        self.api.same.iter().position(|set| set.contains(&TypeId::at(at)))
    }

    fn needs_no_name(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Object(object) => {
                object.members.iter().all(|member| member.ty.named().is_some_and(|id| self.is_component(id)))
            }
            Shape::Enumeration(enumeration) => match &enumeration.values {
                EnumValues::Strings(values) => values.len() >= 3,
                EnumValues::Integers(_) => false,
            },
            Shape::Union(_) | Shape::Alias(_) | Shape::Id(_) => false,
        }
    }

    fn is_component(&self, id: TypeId) -> bool {
        matches!(self.api.type_def(id).origin, Origin::Component(_))
    }

    /// Lets the larger of two objects stand for both; `true` if there were such.
    fn absorb_subsets(&mut self, classes: &[usize]) -> bool {
        let mut by_name: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
        let mut order = Vec::new();
        for at in 0..classes.len() {
            if let (Some(hint), Direction::Read) = (&self.hints[at], self.directions[at]) {
                let name: Vec<&str> = hint.all().collect();
                if name.is_empty() || hint.stem.is_empty() {
                    continue;
                }
                let known = by_name.entry(name.clone()).or_default();
                if known.is_empty() {
                    order.push(name);
                }
                known.push(at);
            }
        }
        let mut changed = false;
        for name in order {
            let Some(same) = by_name.get(&name) else { continue };
            for &small in same {
                for &large in same {
                    if classes[small] != classes[large] && self.is_part(small, large, classes) {
                        self.forced[small] = self.forced[large];
                        changed = true;
                        break;
                    }
                }
            }
        }
        for at in 0..self.forced.len() {
            while self.forced[self.forced[at]] != self.forced[at] {
                self.forced[at] = self.forced[self.forced[at]];
            }
        }
        changed
    }

    /// Whether `large` has all members of `small`, and what it has beyond them is optional.
    fn is_part(&self, small: usize, large: usize, classes: &[usize]) -> bool {
        let (small, large) = (self.forced[small], self.forced[large]);
        let (Shape::Object(one), Shape::Object(other)) =
            (&self.api.types[small].shape, &self.api.types[large].shape)
        else {
            return false;
        };
        let text = |member: &Member| {
            let (mut text, mut inner) = (String::new(), Vec::new());
            outline_member(&mut text, member, &mut inner);
            (text, inner.into_iter().map(|id| classes[id.index()]).collect::<Vec<_>>())
        };
        one.by == MembersBy::Name
            && other.by == MembersBy::Name
            && one.members.len() < other.members.len()
            && one.additional == other.additional
            && one.members.iter().all(|member| other.members.iter().any(|known| text(known) == text(member)))
            && other.members.iter().all(|member| {
                member.presence == Presence::Optional
                    || one.members.iter().any(|known| known.name == member.name)
            })
    }

    fn representatives(&self, classes: &[usize]) -> Vec<TypeId> {
        let mut first: HashMap<usize, usize> = HashMap::new();
        for (at, class) in classes.iter().enumerate() {
            if self.forced[at] == at {
                first.entry(*class).or_insert(at);
            }
        }
        let representative = |at: usize| first.get(&classes[at]).copied().unwrap_or(at);
        (0..classes.len()).map(|at| TypeId::at(representative(at))).collect()
    }
}

fn outline_member(text: &mut String, member: &Member, inner: &mut Vec<TypeId>) {
    let Member { name, presence, nullable, direction, constant, .. } = member;
    write!(text, "{name:?}{presence:?}{nullable}{direction:?}{constant:?}:").unwrap_or_default();
    outline_type(text, &member.ty, inner);
    text.push(',');
}

fn outline_type(text: &mut String, ty: &Type, inner: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => {
            text.push('#');
            inner.push(*id);
        }
        Type::List(of) => wrapped(text, "list", of, inner),
        Type::Map(of) => wrapped(text, "map", of, inner),
        Type::Nullable(of) => wrapped(text, "null", of, inner),
        Type::Scalar(scalar) => write!(text, "{scalar:?}").unwrap_or_default(),
        Type::Foreign(id) => write!(text, "{id:?}").unwrap_or_default(),
        Type::Json(untyped) => write!(text, "{untyped:?}").unwrap_or_default(),
        Type::JsonApi(structure) => write!(text, "{structure:?}").unwrap_or_default(),
    }
}

fn wrapped(text: &mut String, word: &str, of: &Type, inner: &mut Vec<TypeId>) {
    text.push_str(word);
    text.push('(');
    outline_type(text, of, inner);
    text.push(')');
}
