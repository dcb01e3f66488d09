//! Goes from the root along the segments of an expression (RFC 9535, sections 2.3 to 2.5).

use std::borrow::Cow;

use indexmap::IndexSet;

use super::compare::compare;
use super::pattern::Patterns;
use super::syntax::{Condition, Fit, From, Operand, Query, Reach, Segment, Selector};
use crate::source::{Number, NumberValue, Pointer, Tree};

/// What an expression may cost at least, in steps of some nanoseconds, and how much more for each node of the tree.
const STEPS: u64 = 10_000_000;
const STEPS_PER_NODE: u64 = 500;
/// How many nodes may be selected on the way, beside four times those of the tree.
const PLACES: usize = 100_000;

/// What is left of the work that expressions may make.
#[derive(Debug)]
pub(in crate::overlay) struct Budget {
    steps: u64,
    places: usize,
}

/// There is nothing left of a [`Budget`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::overlay) struct Exhausted;

/// What an expression selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::overlay) struct Selection {
    /// The nodes.
    pub(in crate::overlay) nodes: Vec<Pointer>,
    /// Up to which byte the expression selects anything.
    pub(in crate::overlay) reached: usize,
}

impl Budget {
    /// For a tree of so many nodes.
    pub(in crate::overlay) fn new(nodes: usize) -> Self {
        Self {
            steps: STEPS.saturating_add(STEPS_PER_NODE.saturating_mul(nodes as u64)),
            places: nodes.saturating_mul(4).saturating_add(PLACES),
        }
    }

    /// Takes `steps` off what is left.
    ///
    /// # Errors
    ///
    /// If that is less.
    pub(in crate::overlay) fn spend(&mut self, steps: u64) -> Result<(), Exhausted> {
        self.steps = self.steps.checked_sub(steps).ok_or(Exhausted)?;
        Ok(())
    }
}

/// The nodes that `segments` select in `tree`.
pub(super) fn select(segments: &[Segment], tree: &Tree, budget: &mut Budget) -> Result<Selection, Exhausted> {
    let root = Place { parent: 0, step: Step::Root };
    let mut walk = Walk { root: tree, places: vec![root], patterns: Patterns::default(), budget };
    let mut nodes = vec![Node { value: tree, place: 0 }];
    let mut reached = 1;
    for segment in segments {
        nodes = walk.follow(&nodes, segment)?;
        if nodes.is_empty() {
            break;
        }
        reached = segment.end;
    }
    let pointers: IndexSet<Pointer> = nodes.iter().map(|node| walk.pointer(node.place)).collect();
    Ok(Selection { nodes: pointers.into_iter().collect(), reached })
}

/// A node on the way.
#[derive(Debug, Clone, Copy)]
struct Node<'t> {
    value: &'t Tree,
    place: usize,
}

/// How a node was come to.
struct Place<'t> {
    parent: usize,
    step: Step<'t>,
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Root,
    Key(&'t str),
    Index(usize),
}

struct Walk<'t, 'b> {
    root: &'t Tree,
    places: Vec<Place<'t>>,
    patterns: Patterns,
    budget: &'b mut Budget,
}

impl<'t> Walk<'t, '_> {
    fn follow(&mut self, nodes: &[Node<'t>], segment: &'t Segment) -> Result<Vec<Node<'t>>, Exhausted> {
        let mut found = Vec::new();
        for node in nodes {
            match segment.reach {
                Reach::Child => self.children(*node, &segment.selectors, &mut found)?,
                Reach::Descendant => self.descendants(*node, &segment.selectors, &mut found)?,
            }
        }
        Ok(found)
    }

    /// Recursion is bounded: a [`Tree`] is at most a hundred and twenty levels deep.
    fn descendants(
        &mut self,
        node: Node<'t>,
        selectors: &'t [Selector],
        found: &mut Vec<Node<'t>>,
    ) -> Result<(), Exhausted> {
        self.children(node, selectors, found)?;
        for (step, value) in children(node.value) {
            self.budget.spend(1)?;
            if matches!(value, Tree::List(_) | Tree::Map(_)) {
                let child = self.node(node.place, step, value)?;
                self.descendants(child, selectors, found)?;
            }
        }
        Ok(())
    }

    fn children(
        &mut self,
        node: Node<'t>,
        selectors: &'t [Selector],
        found: &mut Vec<Node<'t>>,
    ) -> Result<(), Exhausted> {
        for selector in selectors {
            self.budget.spend(1)?;
            match selector {
                Selector::Name(name) => {
                    if let Some(value) = node.value.get(name) {
                        found.push(self.node(node.place, Step::Key(name), value)?);
                    }
                }
                Selector::Wildcard => {
                    for (step, value) in children(node.value) {
                        found.push(self.node(node.place, step, value)?);
                    }
                }
                Selector::Index(index) => {
                    let list = node.value.as_list().unwrap_or_default();
                    let index = from_start(*index, list.len());
                    if let Some((index, value)) = index.and_then(|index| Some((index, list.get(index)?))) {
                        found.push(self.node(node.place, Step::Index(index), value)?);
                    }
                }
                Selector::Slice { start, end, step } => {
                    let list = node.value.as_list().unwrap_or_default();
                    for index in slice(list.len(), *start, *end, *step) {
                        if let Some(value) = list.get(index) {
                            found.push(self.node(node.place, Step::Index(index), value)?);
                        }
                    }
                }
                Selector::Filter(condition) => {
                    for (step, value) in children(node.value) {
                        if self.holds(condition, value)? {
                            found.push(self.node(node.place, step, value)?);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn node(&mut self, parent: usize, step: Step<'t>, value: &'t Tree) -> Result<Node<'t>, Exhausted> {
        self.budget.spend(1)?;
        if self.places.len() >= self.budget.places {
            return Err(Exhausted);
        }
        self.places.push(Place { parent, step });
        Ok(Node { value, place: self.places.len() - 1 })
    }

    fn pointer(&self, mut at: usize) -> Pointer {
        let mut steps = Vec::new();
        while let Some(Place { parent, step }) = self.places.get(at) {
            match step {
                Step::Root => break,
                Step::Key(_) | Step::Index(_) => steps.push(*step),
            }
            at = *parent;
        }
        steps.into_iter().rev().fold(Pointer::root(), |pointer, step| match step {
            Step::Root => pointer,
            Step::Key(key) => pointer.child(key),
            Step::Index(index) => pointer.index(index),
        })
    }

    /// Recursion is bounded by the nesting of the expression.
    fn holds(&mut self, condition: &'t Condition, current: &'t Tree) -> Result<bool, Exhausted> {
        self.budget.spend(1)?;
        match condition {
            Condition::Any(conditions) => {
                for condition in conditions {
                    if self.holds(condition, current)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::All(conditions) => {
                for condition in conditions {
                    if !self.holds(condition, current)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(condition) => Ok(!self.holds(condition, current)?),
            Condition::Compares(left, comparison, right) => {
                let (left, right) = (self.value(left, current)?, self.value(right, current)?);
                compare(left.as_deref(), *comparison, right.as_deref(), self.budget)
            }
            Condition::Exists(query) => Ok(!self.query(query, current)?.is_empty()),
            Condition::Fits(fit) => self.fits(fit, current),
        }
    }

    fn query(&mut self, query: &'t Query, current: &'t Tree) -> Result<Vec<&'t Tree>, Exhausted> {
        let before = self.places.len();
        let value = match query.from {
            From::Root => self.root,
            From::Current => current,
        };
        let mut nodes = vec![Node { value, place: 0 }];
        for segment in &query.segments {
            nodes = self.follow(&nodes, segment)?;
        }
        // Nobody asks for the places of what a filter looks at.
        self.places.truncate(before);
        Ok(nodes.into_iter().map(|node| node.value).collect())
    }

    /// The value of an operand; none is RFC 9535's `Nothing`.
    fn value(&mut self, operand: &'t Operand, current: &'t Tree) -> Result<Option<Cow<'t, Tree>>, Exhausted> {
        match operand {
            Operand::Literal(literal) => Ok(Some(Cow::Borrowed(literal))),
            Operand::Query(query) | Operand::Value(query) => {
                let nodes = self.query(query, current)?;
                Ok(if let [node] = nodes.as_slice() { Some(Cow::Borrowed(*node)) } else { None })
            }
            Operand::Count(query) => Ok(Some(number(self.query(query, current)?.len()))),
            Operand::Length(operand) => {
                let value = self.value(operand, current)?;
                let length = match value.as_deref() {
                    Some(Tree::String(text)) => {
                        self.budget.spend(text.len() as u64 / 16)?;
                        Some(text.chars().count())
                    }
                    Some(Tree::List(list)) => Some(list.len()),
                    Some(Tree::Map(map)) => Some(map.len()),
                    Some(Tree::Null | Tree::Bool(_) | Tree::Number(_)) | None => None,
                };
                Ok(length.map(number))
            }
        }
    }

    fn fits(&mut self, fit: &'t Fit, current: &'t Tree) -> Result<bool, Exhausted> {
        let (text, pattern) = (self.value(&fit.text, current)?, self.value(&fit.pattern, current)?);
        match (text.as_deref(), pattern.as_deref()) {
            (Some(Tree::String(text)), Some(Tree::String(pattern))) => {
                self.patterns.fits(fit.part, text, pattern, self.budget)
            }
            _ => Ok(false),
        }
    }
}

/// The members or the items of a container.
fn children(value: &Tree) -> impl Iterator<Item = (Step<'_>, &Tree)> {
    let members = value.as_map().into_iter().flatten().map(|(key, value)| (Step::Key(key), value));
    let items = value.as_list().unwrap_or_default().iter().enumerate();
    members.chain(items.map(|(index, value)| (Step::Index(index), value)))
}

/// `index` from the start of a list, also if it counts from the end.
fn from_start(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    usize::try_from(if index < 0 { length.checked_add(index)? } else { index }).ok()
}

/// The indices of a slice (RFC 9535, section 2.3.4.2.2).
fn slice(length: usize, start: Option<i64>, end: Option<i64>, step: i64) -> Vec<usize> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let normal = |index: i64| if index < 0 { length.saturating_add(index) } else { index };
    let mut indices = Vec::new();
    if step > 0 {
        let upper = normal(end.unwrap_or(length)).clamp(0, length);
        let mut at = normal(start.unwrap_or(0)).clamp(0, length);
        while at < upper {
            indices.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let lower = end.map_or(-1, normal).clamp(-1, length - 1);
        let mut at = start.map_or(length - 1, normal).clamp(-1, length - 1);
        while at > lower {
            indices.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    }
    indices
}

fn number(count: usize) -> Cow<'static, Tree> {
    let value = NumberValue::Integer(i128::try_from(count).unwrap_or(i128::MAX));
    Cow::Owned(Tree::from(Number { text: count.to_string(), value }))
}
