//! `x-filter`, `x-filter-grammars`, `x-sort`, `x-include`: what the query of a list takes.

use indexmap::IndexMap;

use super::{Pattern, Template};

/// `x-filter` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// `name`: the names of filter parameters, with one slot `{name}` for the inner name; `filter[{name}]` if not said.
    pub name: Template,
    /// `types`: the type of the filters whose inner name the pattern matches; the first that does counts.
    pub types: Vec<(Pattern, ValueType)>,
    /// `enums`: the values of a filter, by inner name.
    pub enums: IndexMap<String, Vec<String>>,
    /// `params`: filters that the document does not declare, by inner name.
    pub params: IndexMap<String, ValueType>,
    /// `grammar` with `operators` and `attributes`: filters that are made of an attribute and an operator.
    pub grammar: Option<Grammar>,
}

impl Filter {
    /// The type that `types` gives the filter with this inner name.
    pub fn value_type(&self, inner: &str) -> Option<&ValueType> {
        self.types.iter().find(|(pattern, _)| pattern.matches(inner)).map(|(_, ty)| ty)
    }
}

/// A grammar of filter names, as an operation uses it.
#[derive(Debug, Clone, PartialEq)]
pub struct Grammar {
    /// The grammar's name in `x-filter-grammars`.
    pub name: String,
    /// The names of the parameters, with the slots `{attribute}` and `{op}`.
    pub parameter: Template,
    /// The operators that the operation takes, in its order; all of the grammar's if it does not say.
    pub operators: IndexMap<String, OperatorKind>,
    /// `attributes`: what can be compared.
    pub attributes: IndexMap<String, ValueType>,
}

/// What an operator compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperatorKind {
    /// `one`: a value of the attribute's type.
    One,
    /// `text`: a part of a text, whatever the attribute's type.
    Text,
    /// `ord`: a value of the attribute's type, which has an order.
    Ord,
    /// `csv`: values of the attribute's type, separated by commas.
    Csv,
    /// `bool`: yes or no.
    Bool,
}

/// The type of a value in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// `string`.
    String,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `decimal`: a number whose digits all count.
    Decimal,
    /// `boolean`.
    Boolean,
    /// `days`: a number of days.
    Days,
    /// `date`.
    Date,
    /// `date-time`.
    DateTime,
    /// `id`, or `id:<resource type>`.
    Id(Option<String>),
    /// `csv-id`, or `csv-id:<resource type>`: ids separated by commas.
    CsvId(Option<String>),
    /// `csv`: texts separated by commas.
    Csv,
}

/// `x-sort` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    /// `parameter`: the query parameter; `sort` if not said.
    pub parameter: String,
    /// `values`: by what can be sorted; at least one.
    pub values: Vec<String>,
    /// `ascending`, with the slot `{field}`; `{field}` if not said.
    pub ascending: Template,
    /// `descending`, with the slot `{field}`; `-{field}` if not said.
    pub descending: Template,
    /// `separator`: what stands between several; a comma if not said.
    pub separator: String,
    /// `x-sort-default`: what holds if nothing is asked for, in the spelling of the parameter's value.
    pub default: Option<String>,
}

/// `x-include` of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// `parameter`: the query parameter; `include` if not said.
    pub parameter: String,
    /// `values`: what can be asked for along with the answer; at least one.
    pub values: Vec<String>,
}
