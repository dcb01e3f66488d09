//! Rules: what the document holds the values of a type to, by which a client can check what it sends.

use std::slice;

use super::{JsonKind, Location, OperationId};
pub use crate::source::NumberValue as Quantity;

/// All rules for what calls send.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// Those of schemas that others refer to. [`RulesId`] is the position.
    pub shared: Vec<SharedRules>,
    /// Those of operations, in document order; operations without are not there.
    pub calls: Vec<CallRules>,
}

impl Rules {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }
}

/// The rules of a schema, by their position in [`Rules::shared`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RulesId(u32);

impl RulesId {
    /// The id of what is at `position`. There are never as many as an id can count: the reader bounds a document's size.
    pub(crate) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The rules of a schema that others refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedRules {
    /// What the document calls it.
    pub hint: String,
    /// All of them hold.
    pub rules: Vec<Rule>,
}

/// The rules for what a call of an operation sends.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRules {
    /// The operation.
    pub operation: OperationId,
    /// Those of its parameters.
    pub parameters: Vec<ParameterRules>,
    /// Those of its bodies, by their media types.
    pub bodies: Vec<(String, Vec<Rule>)>,
}

/// The rules for one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterRules {
    /// Where it is sent.
    pub location: Location,
    /// Its name on the wire.
    pub name: String,
    /// How its value is written.
    pub written: TextForm,
    /// Whether it is, or its values are, numbers.
    pub is_number: bool,
    /// All of them hold.
    pub rules: Vec<Rule>,
}

/// How the text of a parameter is read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// It is one value.
    Single,
    /// The name is there once for each value.
    Repeated,
    /// Values have this between them.
    Separated(&'static str),
    /// It is JSON.
    Json,
    /// It does not say enough: the client keeps the value itself.
    Passed,
}

/// What holds for a value. A rule that is about values of one JSON type holds for all others.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The value itself is held to something.
    Own(Restriction),
    /// A value is of one of these JSON types; tells alternatives apart.
    Kind(Vec<JsonKind>),
    /// An object has these members; tells alternatives apart.
    Has(Vec<String>),
    /// All of these hold for the member of that name.
    Member(String, Vec<Rule>),
    /// All of these hold for each member that has none of these names.
    Others(Vec<String>, Vec<Rule>),
    /// All of these hold for each member whose name the regular expression is found in.
    Matching(String, Vec<Rule>),
    /// All of these hold for each item.
    Each(Vec<Rule>),
    /// All of these hold for the item at that position.
    Item(usize, Vec<Rule>),
    /// All of these hold for each item from that position on.
    Rest(usize, Vec<Rule>),
    /// The rules of a schema hold.
    Like(RulesId),
    /// All rules of one of these hold.
    Any(Vec<Vec<Rule>>),
}

impl Rule {
    /// The lists of rules in it.
    pub fn inner(&self) -> &[Vec<Rule>] {
        match self {
            Rule::Own(_) | Rule::Kind(_) | Rule::Has(_) | Rule::Like(_) => &[],
            Rule::Member(_, rules)
            | Rule::Others(_, rules)
            | Rule::Matching(_, rules)
            | Rule::Each(rules)
            | Rule::Item(_, rules)
            | Rule::Rest(_, rules) => slice::from_ref(rules),
            Rule::Any(all) => all,
        }
    }
}

/// What a value itself is held to.
#[derive(Debug, Clone, PartialEq)]
pub enum Restriction {
    /// There are so many or more.
    Fewest(Measure, u64),
    /// There are so many or less.
    Most(Measure, u64),
    /// A number compares so.
    Compares(Comparison, Quantity),
    /// A number is so many times that.
    MultipleOf(Quantity),
    /// This is found in a text, a regular expression in the syntax that clients know.
    Pattern(String),
    /// No two items are alike.
    Unique,
    /// A text, a whole number or a flag is one of these.
    OneOf(Vec<String>),
}

/// What of a value is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The characters of a text.
    Characters,
    /// The items of a list.
    Items,
    /// The members of an object.
    Members,
}

/// How a number stands to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// It is not less.
    AtLeast,
    /// It is more.
    MoreThan,
    /// It is not more.
    AtMost,
    /// It is less.
    LessThan,
}
