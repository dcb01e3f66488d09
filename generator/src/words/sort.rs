//! `x-sort`, `x-sort-default`, `x-include`: by what a list can be sorted, and what can come along with an answer.

use std::collections::HashSet;

use super::Template;
use super::value::{Value, listed};
use crate::diag::{Code, Diagnostics};

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

/// Reads an operation's `x-sort` and `x-sort-default`.
pub(super) fn sort(word: Option<&Value>, default: Option<&Value>, diags: &mut Diagnostics) -> Option<Sort> {
    let Some(word) = word else {
        if let Some(default) = default {
            default.invalid(
                "there is no `x-sort` that this is the default of",
                "add it, with its values",
                diags,
            );
        }
        return None;
    };
    let mut sort =
        if word.is_sequence(diags)? { Sort::of(word.some_names(diags))? } else { sort_members(word, diags)? };
    sort.default = default.and_then(|default| sort_default(default, &sort, diags));
    Some(sort)
}

fn sort_members(word: &Value, diags: &mut Diagnostics) -> Option<Sort> {
    const MEMBERS: [&str; 5] = ["parameter", "values", "ascending", "descending", "separator"];
    let members = word.members(&MEMBERS, diags)?;
    let mut sort = Sort::of(members.wanted("values", diags)?.some_names(diags))?;
    let mut text = |key: &str| members.get(key).and_then(|value| value.name(diags)).map(str::to_owned);
    sort.parameter = text("parameter").unwrap_or(sort.parameter);
    sort.separator = text("separator").unwrap_or(sort.separator);
    let mut template = |key: &str| members.get(key).and_then(|value| value.template(&["field"], &[], diags));
    sort.ascending = template("ascending").unwrap_or(sort.ascending);
    sort.descending = template("descending").unwrap_or(sort.descending);
    if sort.ascending == sort.descending {
        word.invalid("ascending and descending are written alike", "set one of them", diags);
    }
    Some(sort)
}

impl Sort {
    /// The usual way to ask for these values: `sort=-created_at,name`, as JSON:API has it.
    fn of(values: Vec<String>) -> Option<Self> {
        let template = |text: &str| {
            Template::parse(text, &["field"], &[])
                .unwrap_or_else(|_| unreachable!("the template is well-formed and has its slot"))
        };
        (!values.is_empty()).then(|| Self {
            parameter: "sort".to_owned(),
            values,
            ascending: template("{field}"),
            descending: template("-{field}"),
            separator: ",".to_owned(),
            default: None,
        })
    }

    /// Every single thing that can be asked for: each of the values, up and down.
    fn terms(&self) -> HashSet<String> {
        let both = |value| [&self.ascending, &self.descending].map(|it| it.fill(&[("field", value)]));
        self.values.iter().flat_map(|value| both(value.as_str())).collect()
    }
}

fn sort_default(default: &Value, sort: &Sort, diags: &mut Diagnostics) -> Option<String> {
    let text = default.name(diags)?;
    let terms = sort.terms();
    let unknown = text.split(sort.separator.as_str()).find(|part| !terms.contains(*part));
    if let Some(unknown) = unknown {
        let help = format!("`x-sort` has {}", listed(sort.values.iter().map(String::as_str)));
        diags
            .error(Code::DanglingWord, &default.place)
            .message(format!("`{unknown}` asks for no value of `x-sort`"))
            .help(help);
    }
    unknown.is_none().then(|| text.to_owned())
}

/// Reads an operation's `x-include`.
pub(super) fn include(word: &Value, diags: &mut Diagnostics) -> Option<Include> {
    let (parameter, values) = if word.is_sequence(diags)? {
        (None, word.some_names(diags))
    } else {
        let members = word.members(&["parameter", "values"], diags)?;
        let parameter = members.get("parameter").and_then(|parameter| parameter.name(diags));
        (parameter, members.wanted("values", diags)?.some_names(diags))
    };
    let parameter = parameter.unwrap_or("include").to_owned();
    (!values.is_empty()).then_some(Include { parameter, values })
}

#[cfg(test)]
mod tests {
    use crate::words::testing::{operation, operation_complaints};

    #[test]
    fn values_alone_are_asked_for_as_json_api_has_it() {
        let words = operation("", "{x-sort: [name, age], x-sort-default: 'name,-age', x-include: [owner]}");
        let sort = words.sort.unwrap();
        assert_eq!((sort.parameter.as_str(), sort.separator.as_str()), ("sort", ","));
        assert_eq!(sort.values, ["name", "age"]);
        assert_eq!(sort.descending.fill(&[("field", "age")]), "-age");
        assert_eq!(sort.default.as_deref(), Some("name,-age"));
        let include = words.include.unwrap();
        assert_eq!((include.parameter.as_str(), include.values), ("include", vec!["owner".to_owned()]));
    }

    #[test]
    fn other_parameters_and_spellings_can_be_said() {
        let words = operation(
            "",
            "{x-sort: {parameter: order_by, values: [age], ascending: '{field} asc', descending: '{field} desc', \
             separator: ;}, x-sort-default: age asc, x-include: {parameter: expand, values: [owner]}}",
        );
        let sort = words.sort.unwrap();
        assert_eq!((sort.parameter.as_str(), sort.separator.as_str()), ("order_by", ";"));
        assert_eq!(sort.ascending.as_str(), "{field} asc");
        assert_eq!(words.include.unwrap().parameter, "expand");
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        let at = "#/paths/~1pets/get/";
        let said = |words: &str| operation_complaints("", words).join("\n").replace(at, "");
        assert_eq!(
            said("{x-sort: [name], x-sort-default: -nmae}"),
            "dangling-word x-sort-default: `-nmae` asks for no value of `x-sort`"
        );
        assert_eq!(
            said("{x-sort-default: name}"),
            "invalid-word x-sort-default: there is no `x-sort` that this is the default of"
        );
        assert_eq!(said("{x-sort: []}"), "invalid-word x-sort: the sequence is empty, and so says nothing");
        assert_eq!(said("{x-sort: [name, name]}"), "invalid-word x-sort/1: `name` stands twice");
        assert_eq!(
            said("{x-sort: {values: [name], descending: '{field}'}}"),
            "invalid-word x-sort: ascending and descending are written alike"
        );
        assert_eq!(
            said("{x-include: owner}"),
            "invalid-word x-include: a sequence of values or a mapping is wanted here, and this is a string"
        );
    }
}
