//! Looks at the outline of a YAML text before anything is decoded from it.
//!
//! Refuses what a decoder would hang on, run out of memory with or silently get wrong: aliases that
//! multiply, values inside themselves, keys that come twice or are not scalars.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Pointer;
use super::outline::{Kind, MAX_NESTING, Node, Outline, Problem};
use crate::diag::{Code, Diagnostics};

/// What a node weighs beside its text, in bytes.
const NODE_WEIGHT: u64 = 64;
/// What aliases may add to a small document, in bytes; a large one may grow by [`GROWTH`] times its text.
const ALLOWANCE: u64 = 32 * 1024 * 1024;
const GROWTH: u64 = 8;
/// `serde_yaml` follows at most a hundred aliases for each node of the text.
const JUMPS_PER_NODE: u64 = 50;
/// After so many problems the rest of a document is not looked at.
const MAX_PROBLEMS: usize = 100;

/// Whether the document can be decoded. If not, `diags` has at least one error more.
pub(super) fn check(outline: &Outline<'_>, text: &str, diags: &mut Diagnostics) -> bool {
    let mut guard = Guard {
        outline,
        text,
        path: Vec::new(),
        anchored: BTreeMap::new(),
        weight_left: ALLOWANCE.saturating_add(GROWTH.saturating_mul(text.len() as u64)),
        jumps_left: JUMPS_PER_NODE.saturating_mul(outline.nodes.len() as u64),
        problems: 0,
        diags,
    };
    guard.walk(0).is_ok() && guard.problems == 0
}

/// What decoding a node costs.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    weight: u64,
    jumps: u64,
    height: usize,
}

impl Measure {
    fn add(&mut self, part: Measure) {
        self.weight = self.weight.saturating_add(part.weight);
        self.jumps = self.jumps.saturating_add(part.jumps);
        self.height = self.height.max(part.height + 1);
    }
}

enum Step {
    Key(usize),
    Index(usize),
}

/// The rest of the document is not worth looking at, or not safe.
struct Stop;

struct Guard<'o, 'a, 'd> {
    outline: &'o Outline<'a>,
    text: &'o str,
    /// The way from the root to the node being looked at.
    path: Vec<Step>,
    /// The anchored nodes that are complete.
    anchored: BTreeMap<usize, Measure>,
    weight_left: u64,
    jumps_left: u64,
    problems: usize,
    diags: &'d mut Diagnostics,
}

impl<'o, 'a> Guard<'o, 'a, '_> {
    /// Recursion is bounded: an outline is at most [`MAX_NESTING`] deep.
    fn walk(&mut self, at: usize) -> Result<Measure, Stop> {
        let Some(node) = self.outline.nodes.get(at) else { return Ok(Measure::default()) };
        if let Some(tag) = &node.tag {
            self.warn_tag(node, tag);
        }
        let measure = match &node.kind {
            Kind::Scalar { text, .. } => scalar_measure(text),
            Kind::Alias(target) => self.alias(node, *target)?,
            Kind::List => self.list(at)?,
            Kind::Map => self.map(at)?,
        };
        if node.anchored {
            self.anchored.insert(at, measure);
        }
        Ok(measure)
    }

    fn alias(&mut self, node: &Node<'_>, target: usize) -> Result<Measure, Stop> {
        let Some(mut measure) = self.anchored.get(&target).copied() else {
            self.report(Problem {
                code: Code::SelfAlias,
                message: "this alias stands inside the value it refers to".to_owned(),
                span: node.span.clone(),
                help: Some(
                    "nothing is read, for the value would have no end; refer to a component with `$ref`",
                ),
            })?;
            return Err(Stop);
        };
        if self.path.len() + measure.height > MAX_NESTING {
            self.report(Problem::too_deep(node.span.clone()))?;
            return Err(Stop);
        }
        measure.jumps = measure.jumps.saturating_add(1);
        let affordable =
            (self.weight_left.checked_sub(measure.weight)).zip(self.jumps_left.checked_sub(measure.jumps));
        let Some((weight_left, jumps_left)) = affordable else {
            self.report(Problem {
                code: Code::AliasExpansion,
                message: "aliases make this document many times larger than its text".to_owned(),
                span: node.span.clone(),
                help: Some("nothing is read; use `$ref` to components in place of YAML aliases"),
            })?;
            return Err(Stop);
        };
        (self.weight_left, self.jumps_left) = (weight_left, jumps_left);
        Ok(measure)
    }

    fn list(&mut self, list: usize) -> Result<Measure, Stop> {
        let mut measure = Measure { weight: NODE_WEIGHT, height: 1, jumps: 0 };
        for (index, item) in self.outline.children(list).enumerate() {
            self.path.push(Step::Index(index));
            measure.add(self.walk(item)?);
            self.path.pop();
        }
        Ok(measure)
    }

    fn map(&mut self, map: usize) -> Result<Measure, Stop> {
        let mut measure = Measure { weight: NODE_WEIGHT, height: 1, jumps: 0 };
        let mut seen = HashMap::new();
        let mut parts = self.outline.children(map);
        while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
            let Some(text) = self.outline.key_text(key) else {
                self.report(Problem {
                    code: Code::ComplexKey,
                    message: "the key of a mapping is itself a sequence or a mapping".to_owned(),
                    span: self.span(key),
                    help: Some("nothing is read; OpenAPI knows only strings as keys"),
                })?;
                continue;
            };
            self.path.push(Step::Key(key));
            measure.add(self.walk(key)?);
            if let Some(first) = seen.insert(text, key) {
                self.duplicate(key, text, first)?;
            }
            if self.outline.is_merge(key) {
                self.merge(value)?;
            }
            measure.add(self.walk(value)?);
            self.path.pop();
        }
        Ok(measure)
    }

    fn duplicate(&mut self, key: usize, text: &str, first: usize) -> Result<(), Stop> {
        let (pointer, span) = (self.pointer(), self.span(key));
        let before = self.text.get(..self.span(first).start).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        self.diags
            .error(Code::DuplicateKey, &pointer)
            .at(span)
            .message(format!("the key `{text}` stands on line {line} already, in the same mapping"))
            .help("nothing is read, for either could be meant; remove or rename one of them");
        self.count()
    }

    fn merge(&mut self, value: usize) -> Result<(), Stop> {
        let is_map = |at: usize| matches!(self.kind(at), Some(Kind::Map));
        let mergeable = match self.kind(value) {
            Some(Kind::Map) => true,
            Some(Kind::List) => self.outline.children(self.outline.target(value)).all(is_map),
            Some(Kind::Scalar { .. } | Kind::Alias(_)) | None => false,
        };
        if mergeable {
            return Ok(());
        }
        self.report(Problem {
            code: Code::MergeKey,
            message: "`<<` merges a mapping or a sequence of mappings, and this is neither".to_owned(),
            span: self.span(value),
            help: Some("nothing is read; write `\"<<\"` if a member of that name is meant"),
        })
    }

    fn warn_tag(&mut self, node: &Node<'_>, tag: &str) {
        let pointer = self.pointer();
        self.diags
            .warn(Code::YamlTag, &pointer)
            .at(node.span.clone())
            .message(format!("the YAML tag `{tag}` means nothing in an OpenAPI document"))
            .help("the value is read as if it had no tag; remove the tag");
    }

    fn report(&mut self, problem: Problem) -> Result<(), Stop> {
        let pointer = self.pointer();
        problem.report(&pointer, self.diags);
        self.count()
    }

    fn count(&mut self) -> Result<(), Stop> {
        self.problems += 1;
        if self.problems < MAX_PROBLEMS { Ok(()) } else { Err(Stop) }
    }

    /// What the node `at` is, behind an alias.
    fn kind(&self, at: usize) -> Option<&'o Kind<'a>> {
        self.outline.nodes.get(self.outline.target(at)).map(|node| &node.kind)
    }

    fn span(&self, at: usize) -> Range<usize> {
        self.outline.nodes.get(at).map_or(0..0, |node| node.span.clone())
    }

    fn pointer(&self) -> Pointer {
        self.path.iter().fold(Pointer::root(), |pointer, step| match step {
            Step::Key(key) => pointer.child(self.outline.key_text(*key).unwrap_or_default()),
            Step::Index(index) => pointer.index(*index),
        })
    }
}

fn scalar_measure(text: &str) -> Measure {
    Measure { weight: NODE_WEIGHT + text.len() as u64, ..Measure::default() }
}
