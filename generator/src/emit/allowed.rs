//! What the document holds values to, as people read it: `Allowed: 1 to 20 characters; matches …. Default: …`.

use super::doc;
use crate::model::{Comparison, Docs, Measure, Quantity, Rule};

/// How much of a default is shown.
const MOST_CHARACTERS: usize = 80;

/// One line of Markdown; none if nothing is said.
pub(super) fn line(docs: &Docs) -> Option<String> {
    let default = docs.default.as_ref().map(|text| {
        let shown: String = text.chars().take(MOST_CHARACTERS).collect();
        let rest = if shown.len() < text.len() { " …" } else { "" };
        format!("Default: {}{rest}.", doc::code(&shown))
    });
    let lines: Vec<String> = values(&docs.rules).into_iter().chain(default).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

fn values(rules: &[Rule]) -> Option<String> {
    let mut facts: Vec<String> = Vec::new();
    for (one, many, measure) in [
        ("character", "characters", Measure::Characters),
        ("item", "items", Measure::Items),
        ("member", "members", Measure::Members),
    ] {
        let least = rules.iter().find_map(|rule| match rule {
            Rule::Fewest(known, least) if *known == measure => Some(*least),
            _ => None,
        });
        let most = rules.iter().find_map(|rule| match rule {
            Rule::Most(known, most) if *known == measure => Some(*most),
            _ => None,
        });
        let noun = |count: u64| if count == 1 { one } else { many };
        facts.extend(match (least, most) {
            (Some(least), Some(most)) if least == most => Some(format!("{least} {}", noun(least))),
            (Some(least), Some(most)) => Some(format!("{least} to {most} {}", noun(most))),
            (Some(least), None) => Some(format!("at least {least} {}", noun(least))),
            (None, Some(most)) => Some(format!("at most {most} {}", noun(most))),
            (None, None) => None,
        });
    }
    facts.extend(rules.iter().filter_map(fact));
    (!facts.is_empty()).then(|| format!("Allowed: {}.", facts.join("; ")))
}

/// What is no count, in words.
fn fact(rule: &Rule) -> Option<String> {
    match rule {
        Rule::Compares(comparison, limit) => {
            let comparison = match comparison {
                Comparison::AtLeast => "at least",
                Comparison::MoreThan => "more than",
                Comparison::AtMost => "at most",
                Comparison::LessThan => "less than",
            };
            Some(format!("{comparison} {}", number(*limit)))
        }
        Rule::MultipleOf(step) => Some(format!("multiples of {}", number(*step))),
        Rule::Pattern(pattern) => Some(format!("what matches {}", doc::code(pattern))),
        Rule::Unique => Some("no two items alike".to_owned()),
        Rule::Fewest(..)
        | Rule::Most(..)
        | Rule::OneOf(_)
        | Rule::Kind(_)
        | Rule::Has(_)
        | Rule::Member(..)
        | Rule::Others(..)
        | Rule::Each(_)
        | Rule::Like(_)
        | Rule::Any(_) => None,
    }
}

fn number(value: Quantity) -> String {
    match value {
        Quantity::Integer(whole) => whole.to_string(),
        Quantity::Float(real) => real.to_string(),
    }
}
