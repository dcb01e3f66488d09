//! What an expression is made of. The names are those of RFC 9535.

use crate::source::Tree;

/// A step from each of the nodes so far to others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub(super) reach: Reach,
    pub(super) selectors: Vec<Selector>,
    /// Where it ends in the expression, in bytes.
    pub(super) end: usize,
}

/// Which nodes the selectors of a segment look into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The node itself: `.a`, `[…]`.
    Child,
    /// The node and everything below it: `..a`, `..[…]`.
    Descendant,
}

/// Which children of a node are selected.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Selector {
    /// The member of this name.
    Name(String),
    /// All.
    Wildcard,
    /// The item at an index, from the end if it is negative.
    Index(i64),
    /// The items of a range.
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    /// Those for which this holds.
    Filter(Condition),
}

/// What is true or false of a node.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// One of these is true.
    Any(Vec<Condition>),
    /// All of these are true.
    All(Vec<Condition>),
    /// This is false.
    Not(Box<Condition>),
    /// A comparison of two values.
    Compares(Operand, Comparison, Operand),
    /// The query selects something.
    Exists(Query),
    /// A text fits a pattern.
    Fits(Fit),
}

/// `==` and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A value, or nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// Written in the expression.
    Literal(Tree),
    /// The only node of a query that selects at most one.
    Query(Query),
    /// `length(…)`: of a string its characters, of a container its children.
    Length(Box<Operand>),
    /// `count(…)`: how many nodes a query selects.
    Count(Query),
    /// `value(…)`: the node of a query if it selects exactly one.
    Value(Query),
}

/// An expression within a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    pub(super) from: From,
    pub(super) segments: Vec<Segment>,
}

/// Where a query begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// `$`: at the root.
    Root,
    /// `@`: at the node that is being tested.
    Current,
}

/// `match(…)` or `search(…)`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    pub(super) part: Part,
    pub(super) text: Operand,
    pub(super) pattern: Operand,
}

/// How much of a text has to fit a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// All of it: `match`.
    Whole,
    /// Any part of it: `search`.
    Some,
}

impl Query {
    /// Whether it selects at most one node, whatever the tree (RFC 9535, section 2.3.5.1, `singular-query`).
    pub(super) fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            segment.reach == Reach::Child
                && matches!(segment.selectors.as_slice(), [Selector::Name(_) | Selector::Index(_)])
        })
    }
}
