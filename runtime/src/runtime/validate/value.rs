//! A JSON value against rules.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;

use serde_json::Number;

use super::super::build_error::Violation;
use super::super::{Json, Kind, json_kind};
use super::{Comparison, Measure, Quantity, Rule, Rules};

/// How many violations are told.
const MOST_TOLD: usize = 32;

/// How many rules are looked at for one value with all that is in it; what is beyond is not checked.
const MOST_LOOKED_AT: u32 = 1_000_000;

/// Adds what in `value` breaks `rules` to `violations`; `place` is what `value` is called.
pub(super) fn check(value: &Json, rules: &'static [Rule], place: &str, violations: &mut Vec<Violation>) {
    let mut checker = Checker { violations, left: MOST_LOOKED_AT };
    checker.all(value, rules, &At { within: None, step: Step::Whole(place) }, &mut Vec::new());
}

struct Checker<'v> {
    violations: &'v mut Vec<Violation>,
    left: u32,
}

/// Where a value is.
struct At<'a> {
    within: Option<&'a At<'a>>,
    step: Step<'a>,
}

enum Step<'a> {
    Whole(&'a str),
    Member(&'a str),
    Item(usize),
}

impl<'a> At<'a> {
    fn into(&'a self, step: Step<'a>) -> At<'a> {
        At { within: Some(self), step }
    }
}

impl Checker<'_> {
    /// `inside` are the shared rules that are being looked at for this very value, which end there if they lead round in a circle.
    fn all(&mut self, value: &Json, rules: &'static [Rule], at: &At<'_>, inside: &mut Vec<*const Rules>) {
        for rule in rules {
            self.left = self.left.saturating_sub(1);
            if self.left > 0 && self.violations.len() < MOST_TOLD {
                self.one(value, rule, at, inside);
            }
        }
    }

    fn one(&mut self, value: &Json, rule: &'static Rule, at: &At<'_>, inside: &mut Vec<*const Rules>) {
        match (rule, value) {
            (Rule::Member(name, rules), Json::Object(members)) => {
                if let Some(member) = members.get(*name) {
                    self.all(member, rules, &at.into(Step::Member(name)), &mut Vec::new());
                }
            }
            (Rule::Others(known, rules), Json::Object(members)) => {
                for (name, member) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
                    self.all(member, rules, &at.into(Step::Member(name)), &mut Vec::new());
                }
            }
            (Rule::Each(rules), Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.all(item, rules, &at.into(Step::Item(index)), &mut Vec::new());
                }
            }
            (Rule::Like(shared), _) => {
                if !inside.iter().any(|known| std::ptr::eq(*known, *shared)) {
                    inside.push(*shared);
                    self.all(value, shared.0, at, inside);
                    inside.pop();
                }
            }
            (Rule::Any(alternatives), _) => {
                if !alternatives.iter().any(|rules| self.fits(value, rules, at, inside)) {
                    self.tell(at, "it fits none of the alternatives".to_owned());
                }
            }
            _ => {
                if let Some(reason) = broken(rule, value) {
                    self.tell(at, reason);
                }
            }
        }
    }

    /// Whether all of `rules` hold.
    fn fits(
        &mut self,
        value: &Json,
        rules: &'static [Rule],
        at: &At<'_>,
        inside: &mut Vec<*const Rules>,
    ) -> bool {
        let mut violations = Vec::new();
        let mut checker = Checker { violations: &mut violations, left: self.left };
        checker.all(value, rules, at, inside);
        self.left = checker.left;
        violations.is_empty()
    }

    fn tell(&mut self, at: &At<'_>, reason: String) {
        self.violations.push(Violation { place: at.to_string(), reason });
    }
}

/// Why a rule about the value itself does not hold, if it does not.
fn broken(rule: &Rule, value: &Json) -> Option<String> {
    match (rule, value) {
        (Rule::Fewest(measure, least), _) if count(*measure, value)? < *least => {
            Some(format!("it has fewer than {least} {measure}"))
        }
        (Rule::Most(measure, most), _) if count(*measure, value)? > *most => {
            Some(format!("it has more than {most} {measure}"))
        }
        (Rule::Compares(comparison, limit), Json::Number(number)) if !holds(number, *comparison, *limit) => {
            Some(format!("it is not {comparison} {limit}"))
        }
        (Rule::MultipleOf(step), Json::Number(number)) if !is_multiple(number, *step) => {
            Some(format!("it is not a multiple of {step}"))
        }
        (Rule::Pattern(pattern), Json::String(text)) if !pattern.is_found_in(text) => {
            Some(format!("it does not match the pattern {}", pattern.text))
        }
        (Rule::Unique, Json::Array(items)) => {
            let mut seen = HashSet::new();
            let is_new = |item| seen.insert(item);
            (!items.iter().all(is_new)).then(|| "two of its items are the same".to_owned())
        }
        (Rule::OneOf(known), Json::String(text)) if !known.contains(&text.as_str()) => Some(none_of(known)),
        (Rule::OneOf(known), Json::Bool(_) | Json::Number(_)) if json_kind(value) != Kind::Number => {
            let text = value.to_string();
            (!known.contains(&text.as_str())).then(|| none_of(known))
        }
        (Rule::Kind(kinds), _) if !is_of(json_kind(value), kinds) => Some("it is of another type".to_owned()),
        (Rule::Has(names), Json::Object(members)) => {
            let missing = names.iter().find(|name| !members.contains_key(**name));
            missing.map(|name| format!("it has no {name}"))
        }
        _ => None,
    }
}

fn none_of(known: &[&str]) -> String {
    format!("it is none of {}", known.join(", "))
}

fn is_of(kind: Kind, kinds: &[Kind]) -> bool {
    kinds.contains(&kind) || kind == Kind::Integer && kinds.contains(&Kind::Number)
}

/// How much there is of it, if it is of the type that is counted.
fn count(measure: Measure, value: &Json) -> Option<u64> {
    let count = match (measure, value) {
        (Measure::Characters, Json::String(text)) => text.chars().count(),
        (Measure::Items, Json::Array(items)) => items.len(),
        (Measure::Members, Json::Object(members)) => members.len(),
        (Measure::Characters | Measure::Items | Measure::Members, _) => return None,
    };
    Some(count as u64)
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// The nearest number in floating point.
#[allow(
    clippy::cast_precision_loss,
    reason = "a whole number that large is compared with one that has a fraction"
)]
fn real(value: Quantity) -> f64 {
    match value {
        Quantity::Whole(whole) => whole as f64,
        Quantity::Real(real) => real,
    }
}

fn holds(number: &Number, comparison: Comparison, limit: Quantity) -> bool {
    let ordering = match (whole(number), limit) {
        (Some(value), Quantity::Whole(limit)) => Some(value.cmp(&limit)),
        (Some(_), Quantity::Real(_)) | (None, _) => {
            number.as_f64().and_then(|value| value.partial_cmp(&real(limit)))
        }
    };
    ordering.is_none_or(|ordering| match comparison {
        Comparison::AtLeast => ordering != Ordering::Less,
        Comparison::MoreThan => ordering == Ordering::Greater,
        Comparison::AtMost => ordering != Ordering::Greater,
        Comparison::LessThan => ordering == Ordering::Less,
    })
}

/// Fractions are taken for multiples if they are but for the error of floating point.
fn is_multiple(number: &Number, step: Quantity) -> bool {
    match (whole(number), step) {
        (Some(value), Quantity::Whole(step)) => step == 0 || value % step == 0,
        (Some(_), Quantity::Real(_)) | (None, _) => {
            let times = number.as_f64().map_or(0.0, |value| value / real(step));
            !times.is_finite() || (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
        }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = self.within {
            within.fmt(f)?;
        }
        match self.step {
            Step::Whole(name) => f.write_str(name),
            Step::Member(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Item(index) => write!(f, "/{index}"),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Characters => "characters",
            Self::Items => "items",
            Self::Members => "members",
        })
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtLeast => "at least",
            Self::MoreThan => "more than",
            Self::AtMost => "at most",
            Self::LessThan => "less than",
        })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole) => whole.fmt(f),
            Self::Real(real) => real.fmt(f),
        }
    }
}
