//! What the document holds values to, as people read it: `Allowed: 1 to 20 characters; matches …. Default: …`.

use super::doc;
use crate::model::{Comparison, Docs, Measure, Quantity, Restriction};

/// How much of a default is shown.
const MOST_CHARACTERS: usize = 80;

/// One line of Markdown; none if nothing is said.
pub(super) fn line(docs: &Docs) -> Option<String> {
    let default = docs.default.as_ref().map(|text| {
        let shown: String = text.chars().take(MOST_CHARACTERS).collect();
        let rest = if shown.len() < text.len() { " …" } else { "" };
        format!("Default: {}{rest}.", doc::code(&shown))
    });
    let lines: Vec<String> = values(&docs.restrictions).into_iter().chain(default).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

fn values(restrictions: &[Restriction]) -> Option<String> {
    let mut facts: Vec<String> = Vec::new();
    for (one, many, measure) in [
        ("character", "characters", Measure::Characters),
        ("item", "items", Measure::Items),
        ("member", "members", Measure::Members),
    ] {
        let (mut least, mut most) = (None, None);
        for restriction in restrictions {
            if let Restriction::Fewest(known, count) = restriction
                && *known == measure
            {
                least = Some(*count);
            } else if let Restriction::Most(known, count) = restriction
                && *known == measure
            {
                most = Some(*count);
            }
        }
        let noun = |count: u64| if count == 1 { one } else { many };
        facts.extend(match (least, most) {
            (Some(least), Some(most)) if least == most => Some(format!("{least} {}", noun(least))),
            (Some(least), Some(most)) => Some(format!("{least} to {most} {}", noun(most))),
            (Some(least), None) => Some(format!("at least {least} {}", noun(least))),
            (None, Some(most)) => Some(format!("at most {most} {}", noun(most))),
            (None, None) => None,
        });
    }
    facts.extend(restrictions.iter().filter_map(fact));
    (!facts.is_empty()).then(|| format!("Allowed: {}.", facts.join("; ")))
}

/// What is no count, in words.
fn fact(restriction: &Restriction) -> Option<String> {
    match restriction {
        Restriction::Compares(comparison, limit) => {
            let comparison = match comparison {
                Comparison::AtLeast => "at least",
                Comparison::MoreThan => "more than",
                Comparison::AtMost => "at most",
                Comparison::LessThan => "less than",
            };
            Some(format!("{comparison} {}", number(*limit)))
        }
        Restriction::MultipleOf(step) => Some(format!("multiples of {}", number(*step))),
        Restriction::Pattern(pattern) => Some(format!("what matches {}", doc::code(pattern))),
        Restriction::Unique => Some("no two items alike".to_owned()),
        Restriction::Fewest(..) | Restriction::Most(..) | Restriction::OneOf(_) => None,
    }
}

fn number(value: Quantity) -> String {
    match value {
        Quantity::Integer(whole) => whole.to_string(),
        Quantity::Float(real) => real.to_string(),
    }
}
