//! `x-filter`, `x-filter-grammars`: by what a list can be filtered.

use indexmap::IndexMap;

use super::Template;
use super::pattern::{Pattern, Patterns};
use super::scope::Scope;
use super::value::{Members, Value, either, listed};

use crate::diag::Diagnostics;
use crate::source::{Pointer, Tree};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// A grammar as the root names it; without the parts that are wrong.
pub(super) struct NamedGrammar {
    parameter: Option<Template>,
    operators: IndexMap<String, OperatorKind>,
}

/// The grammars of a document.
pub(super) type Grammars<'t> = IndexMap<&'t str, NamedGrammar>;

const KINDS: [(&str, OperatorKind); 5] = [
    ("one", OperatorKind::One),
    ("text", OperatorKind::Text),
    ("ord", OperatorKind::Ord),
    ("csv", OperatorKind::Csv),
    ("bool", OperatorKind::Bool),
];

/// Reads `x-filter-grammars`.
pub(super) fn grammars<'t>(tree: &'t Tree, diags: &mut Diagnostics) -> Grammars<'t> {
    let word = Value::member(tree, &Pointer::root(), "x-filter-grammars");
    let entries = word.map(|word| word.entries(diags)).unwrap_or_default();
    let grammar = |(name, value): (_, Value)| {
        let members = value.members(&["name", "operators"], diags)?;
        let parameter = members.wanted("name", diags);
        let parameter = parameter.and_then(|name| name.template(&["attribute", "op"], &[], diags));
        let operators = members.wanted("operators", diags).map(|operators| operators.entries(diags));
        let kind = |(name, kind): (&str, Value)| Some((name.to_owned(), kind.choice(&KINDS, diags)?));
        let operators = operators.into_iter().flatten().filter_map(kind).collect();
        Some((name, NamedGrammar { parameter, operators }))
    };
    entries.into_iter().filter_map(grammar).collect()
}

/// Reads an operation's `x-filter`.
pub(super) fn read(
    word: &Value,
    grammars: &Grammars,
    scope: &Scope,
    patterns: &mut Patterns,
    diags: &mut Diagnostics,
) -> Option<Filter> {
    const MEMBERS: [&str; 7] = ["name", "types", "enums", "params", "grammar", "operators", "attributes"];
    let members = word.members(&MEMBERS, diags)?;
    let name = members.get("name").map(|name| name.template(&["name"], &[], diags));
    let types = members.get("types").map(|types| types.entries(diags)).unwrap_or_default();
    let ty = |(pattern, value): (&str, Value)| {
        let compiled = patterns.compiled(pattern);
        let compiled = compiled.map_err(|reason| {
            let help = "mend the regular expression; nothing is generated";
            value.invalid(format!("`{pattern}` cannot be matched: {reason}"), help, diags);
        });
        let ty = value_type(&value, scope, diags)?;
        Some((compiled.ok()?, ty))
    };
    let types = types.into_iter().filter_map(ty).collect();
    let enums = members.get("enums").map(|enums| enums.entries(diags)).unwrap_or_default();
    let enums =
        enums.into_iter().map(|(name, values)| (name.to_owned(), values.some_scalars(diags))).collect();
    let params = value_types(members.get("params"), scope, diags);
    let grammar = grammar(&members, grammars, scope, diags);
    Some(Filter { name: name.unwrap_or_else(|| Some(default_name()))?, types, enums, params, grammar })
}

fn default_name() -> Template {
    Template::parse("filter[{name}]", &["name"], &[])
        .unwrap_or_else(|_| unreachable!("the template is well-formed and has its slot"))
}

fn grammar(filter: &Members, grammars: &Grammars, scope: &Scope, diags: &mut Diagnostics) -> Option<Grammar> {
    let Some(used) = filter.get("grammar") else {
        for value in ["operators", "attributes"].iter().filter_map(|key| filter.get(key)) {
            value.invalid(
                "there is no grammar to use this with",
                "add `grammar`; nothing is generated",
                diags,
            );
        }
        return None;
    };
    let attributes = filter.wanted("attributes", diags);
    let attributes = value_types(attributes, scope, diags);
    let name = used.name(diags)?;
    let Some(grammar) = grammars.get(name) else {
        let help = format!("`x-filter-grammars` has {}", listed(grammars.keys().copied()));
        used.dangling("filter grammar", name, help, diags);
        return None;
    };
    let operators = match filter.get("operators") {
        None => grammar.operators.clone(),
        Some(given) => operators(&given, grammar, diags),
    };
    let parameter = grammar.parameter.clone()?;
    Some(Grammar { name: name.to_owned(), parameter, operators, attributes })
}

fn operators(
    given: &Value,
    grammar: &NamedGrammar,
    diags: &mut Diagnostics,
) -> IndexMap<String, OperatorKind> {
    given.nonempty(diags);
    let operator = |item: &Value, diags: &mut Diagnostics| {
        let name = item.name(diags)?;
        let kind = grammar.operators.get_key_value(name);
        if kind.is_none() {
            let known = listed(grammar.operators.keys().map(String::as_str));
            item.dangling("operator", name, format!("the grammar has {known}"), diags);
        }
        kind.map(|(name, kind)| (name.clone(), *kind))
    };
    given.distinct(diags, operator).into_iter().collect()
}

fn value_types(value: Option<Value>, scope: &Scope, diags: &mut Diagnostics) -> IndexMap<String, ValueType> {
    let entries = value.map(|value| value.entries(diags)).unwrap_or_default();
    let entry = |(name, value): (&str, Value)| Some((name.to_owned(), value_type(&value, scope, diags)?));
    entries.into_iter().filter_map(entry).collect()
}

fn value_type(value: &Value, scope: &Scope, diags: &mut Diagnostics) -> Option<ValueType> {
    const PLAIN: [&str; 11] = [
        "string",
        "integer",
        "number",
        "decimal",
        "boolean",
        "days",
        "date",
        "date-time",
        "id",
        "csv-id",
        "csv",
    ];
    let text = value.name(diags)?;
    let ty = ValueType::parse(text);
    match &ty {
        Some(ValueType::Id(Some(resource)) | ValueType::CsvId(Some(resource))) => {
            scope.check_resource_type(value, resource, diags);
        }
        Some(_) => {}
        None => {
            let help =
                format!("write {}; `id:` and `csv-id:` may have a resource type behind", either(PLAIN));
            value.invalid(format!("`{text}` is no type of a value"), help, diags);
        }
    }
    ty
}

impl ValueType {
    fn parse(text: &str) -> Option<Self> {
        if let Some((kind, resource)) = text.split_once(':') {
            let resource = Some(resource.to_owned()).filter(|resource| !resource.is_empty())?;
            return match kind {
                "id" => Some(ValueType::Id(Some(resource))),
                "csv-id" => Some(ValueType::CsvId(Some(resource))),
                _ => None,
            };
        }
        Some(match text {
            "string" => ValueType::String,
            "integer" => ValueType::Integer,
            "number" => ValueType::Number,
            "decimal" => ValueType::Decimal,
            "boolean" => ValueType::Boolean,
            "days" => ValueType::Days,
            "date" => ValueType::Date,
            "date-time" => ValueType::DateTime,
            "id" => ValueType::Id(None),
            "csv-id" => ValueType::CsvId(None),
            "csv" => ValueType::Csv,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{OperatorKind, ValueType};
    use crate::words::testing::{operation, operation_complaints};

    const GRAMMARS: &str = "x-filter-grammars:\n  \
        ranges: {name: '{attribute}[{op}]', operators: {gte: ord, lte: ord, any: csv, like: text, is: one, 'null': bool}}\n";

    #[test]
    fn the_first_pattern_that_matches_gives_the_type() {
        let words =
            operation("", "{x-filter: {types: {'_ids$': csv-id, '_ids?$': 'id:pets', '^age$': integer}}}");
        let filter = words.filter.unwrap();
        assert_eq!(filter.name.inner("filter[age]"), Some("age"));
        assert_eq!(filter.value_type("owner_ids"), Some(&ValueType::CsvId(None)));
        assert_eq!(filter.value_type("owner_id"), Some(&ValueType::Id(Some("pets".to_owned()))));
        assert_eq!(filter.value_type("age"), Some(&ValueType::Integer));
        assert_eq!(filter.value_type("name"), None);
    }

    #[test]
    fn filters_may_have_other_names_values_and_companions() {
        let words = operation(
            "",
            "{x-filter: {name: 'q_{name}', enums: {level: [1, high, true]}, params: {since: date-time}}}",
        );
        let filter = words.filter.unwrap();
        assert_eq!(filter.name.fill(&[("name", "since")]), "q_since");
        assert_eq!(filter.enums["level"], ["1", "high", "true"]);
        assert_eq!(filter.params["since"], ValueType::DateTime);
    }

    #[test]
    fn a_grammar_may_be_used_in_part() {
        let attributes = "attributes: {age: integer, born: date}";
        let part = format!("{{x-filter: {{grammar: ranges, operators: ['null', any], {attributes}}}}}");
        let grammar = operation(GRAMMARS, &part).filter.unwrap().grammar.unwrap();
        assert_eq!(grammar.parameter.fill(&[("attribute", "age"), ("op", "any")]), "age[any]");
        let operators: Vec<_> = grammar.operators.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        assert_eq!(operators, [("null", OperatorKind::Bool), ("any", OperatorKind::Csv)]);
        assert_eq!(grammar.attributes["born"], ValueType::Date);
        let whole = format!("{{x-filter: {{grammar: ranges, {attributes}}}}}");
        assert_eq!(operation(GRAMMARS, &whole).filter.unwrap().grammar.unwrap().operators.len(), 6);
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        let at = "#/paths/~1pets/get/x-filter";
        let said = |word: &str| {
            let said = operation_complaints(GRAMMARS, &format!("{{x-filter: {word}}}"));
            said.join("\n").replace(at, "")
        };
        assert_eq!(
            said("{types: {'(': string, a: strnig}}"),
            "invalid-word /types/(: `(` cannot be matched: unclosed group\n\
             invalid-word /types/a: `strnig` is no type of a value"
        );
        assert_eq!(said("{name: filter}"), "invalid-word /name: the slot `{name}` is missing");
        assert_eq!(
            said("{grammar: ransack, attributes: {}}"),
            "dangling-word /grammar: there is no filter grammar `ransack`"
        );
        assert_eq!(
            said("{grammar: ranges, operators: [gt], attributes: {}}"),
            "dangling-word /operators/0: there is no operator `gt`"
        );
        assert_eq!(
            said("{operators: [gte]}"),
            "invalid-word /operators: there is no grammar to use this with"
        );
        assert_eq!(
            said("{enums: {level: [1, 1, {}], kind: []}}"),
            "invalid-word /enums/level/1: `1` stands twice\n\
             invalid-word /enums/level/2: a string, a number or a boolean is wanted here, and this is a mapping\n\
             invalid-word /enums/kind: the sequence is empty, and so says nothing"
        );
    }

    #[test]
    fn a_grammar_has_a_name_with_both_slots() {
        let root = "x-filter-grammars: {a: {name: '{attribute}', operators: {eq: eqal}}, b: {}}";
        assert_eq!(
            operation_complaints(root, "{}"),
            [
                "invalid-word #/x-filter-grammars/a/name: the slot `{op}` is missing",
                "invalid-word #/x-filter-grammars/a/operators/eq: `eqal` is not understood here",
                "invalid-word #/x-filter-grammars/b: `b` lacks the member `name`",
                "invalid-word #/x-filter-grammars/b: `b` lacks the member `operators`",
            ]
        );
    }
}
