//! What the document holds values to, as people read it: `Allowed: 1 to 20 characters; matches …. Default: …`.

use super::doc;
use crate::model::{Comparison, Docs, Measure, Quantity, Restriction, Values};

/// How much of a default is shown.
const MOST_CHARACTERS: usize = 80;

/// One line of Markdown; none if nothing is said.
pub(super) fn line(docs: &Docs) -> Option<String> {
    let Values { restrictions, of_items, default } = docs.values.as_deref()?;
    let default = default.as_ref().map(|text| {
        let shown: String = text.chars().take(MOST_CHARACTERS).collect();
        let rest = if shown.len() < text.len() { " …" } else { "" };
        format!("Default: {}{rest}.", doc::code(&shown))
    });
    let of_items = Some(facts(of_items)).filter(|of| !of.is_empty());
    let mut values = facts(restrictions);
    values.extend(of_items.map(|of| format!("each item {}", of.join(", "))));
    let allowed = (!values.is_empty()).then(|| format!("Allowed: {}.", values.join("; ")));
    let lines: Vec<String> = allowed.into_iter().chain(default).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// The two ends of how many there can be of something, or how large a number can be.
struct Ends {
    least: Option<String>,
    most: Option<String>,
}

fn facts(restrictions: &[Restriction]) -> Vec<String> {
    let mut counts = [const { Ends { least: None, most: None } }; 3];
    let mut number = Ends { least: None, most: None };
    let mut rest = Vec::new();
    for restriction in restrictions {
        match restriction {
            Restriction::Fewest(measure, least) => counts[place(*measure)].least = Some(least.to_string()),
            Restriction::Most(measure, most) => counts[place(*measure)].most = Some(most.to_string()),
            Restriction::Compares(Comparison::AtLeast, limit) => number.least = Some(text(*limit)),
            Restriction::Compares(Comparison::AtMost, limit) => number.most = Some(text(*limit)),
            Restriction::Compares(Comparison::MoreThan, limit) => {
                rest.push(format!("more than {}", text(*limit)));
            }
            Restriction::Compares(Comparison::LessThan, limit) => {
                rest.push(format!("less than {}", text(*limit)));
            }
            Restriction::MultipleOf(step) => rest.push(format!("multiples of {}", text(*step))),
            Restriction::Pattern(pattern) => rest.push(format!("what matches {}", doc::code(pattern))),
            Restriction::Unique => rest.push("no two items alike".to_owned()),
            Restriction::OneOf(_) => {}
        }
    }
    let counts = counts.into_iter().zip(["character", "item", "member"]);
    let ranges = counts.chain([(number, "")]).filter_map(|(ends, noun)| range(ends, noun));
    ranges.chain(rest).collect()
}

fn place(measure: Measure) -> usize {
    match measure {
        Measure::Characters => 0,
        Measure::Items => 1,
        Measure::Members => 2,
    }
}

/// `1 to 20 characters`, `at most 1 item`; a number has no `noun`.
fn range(ends: Ends, noun: &str) -> Option<String> {
    let (text, last) = match (ends.least, ends.most) {
        (Some(least), Some(most)) if least == most => (least.clone(), least),
        (Some(least), Some(most)) => (format!("{least} to {most}"), most),
        (Some(least), None) => (format!("at least {least}"), least),
        (None, Some(most)) => (format!("at most {most}"), most),
        (None, None) => return None,
    };
    let ending = if last == "1" { "" } else { "s" };
    Some(if noun.is_empty() { text } else { format!("{text} {noun}{ending}") })
}

fn text(value: Quantity) -> String {
    match value {
        Quantity::Integer(whole) => whole.to_string(),
        Quantity::Float(real) => real.to_string(),
    }
}
