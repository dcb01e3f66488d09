//! A JSON value against rules.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde_json::Number;

use super::super::build_error::Violation;
use super::super::{Json, JsonObject, Kind, json_kind};
use super::{Comparison, Measure, Quantity, Restriction, Rule, Rules};

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
        match rule {
            Rule::Member(name, rules) => {
                if let Some(member) = value.as_object().and_then(|members| members.get(*name)) {
                    self.member(name, member, rules, at);
                }
            }
            Rule::Others(known, rules) => {
                let members = value.as_object().into_iter().flatten();
                for (name, member) in members.filter(|(name, _)| !known.contains(&name.as_str())) {
                    self.member(name, member, rules, at);
                }
            }
            Rule::Matching(pattern, rules) => {
                let members = value.as_object().into_iter().flatten();
                for (name, member) in members.filter(|(name, _)| pattern.is_found_in(name)) {
                    self.member(name, member, rules, at);
                }
            }
            Rule::Each(rules) => self.items(value, 0..usize::MAX, rules, at),
            Rule::Item(position, rules) => self.items(value, *position..position + 1, rules, at),
            Rule::Rest(first, rules) => self.items(value, *first..usize::MAX, rules, at),
            Rule::Like(shared) => {
                if !inside.iter().any(|known| std::ptr::eq(*known, *shared)) {
                    inside.push(*shared);
                    self.all(value, shared.0, at, inside);
                    inside.pop();
                }
            }
            Rule::Any(alternatives) => {
                if !alternatives.iter().any(|rules| self.fits(value, rules, at, inside)) {
                    self.tell(at, "it fits none of the alternatives".to_owned());
                }
            }
            Rule::Own(restriction) => {
                if let Some(reason) = broken(restriction, value) {
                    self.tell(at, reason);
                }
            }
            Rule::Kind(kinds) => {
                if !is_of(json_kind(value), kinds) {
                    self.tell(at, "it is of another type".to_owned());
                }
            }
            Rule::Has(names) => {
                let missing = |members: &JsonObject| names.iter().find(|name| !members.contains_key(**name));
                if let Some(name) = value.as_object().and_then(missing) {
                    self.tell(at, format!("it has no {name}"));
                }
            }
        }
    }

    /// What is null is not sent, or takes a member away: the types of the client know where that is allowed.
    fn member(&mut self, name: &str, member: &Json, rules: &'static [Rule], at: &At<'_>) {
        if !member.is_null() {
            self.all(member, rules, &at.into(Step::Member(name)), &mut Vec::new());
        }
    }

    fn items(&mut self, value: &Json, which: Range<usize>, rules: &'static [Rule], at: &At<'_>) {
        let items = value.as_array().into_iter().flatten().enumerate();
        for (index, item) in items.skip(which.start).take(which.len()) {
            self.all(item, rules, &at.into(Step::Item(index)), &mut Vec::new());
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

/// Why a restriction does not hold, if it does not.
fn broken(restriction: &Restriction, value: &Json) -> Option<String> {
    match restriction {
        Restriction::Fewest(measure, least) => {
            (count(*measure, value)? < *least).then(|| format!("it has fewer than {least} {measure}"))
        }
        Restriction::Most(measure, most) => {
            (count(*measure, value)? > *most).then(|| format!("it has more than {most} {measure}"))
        }
        Restriction::Compares(comparison, limit) => {
            let holds = holds(value.as_number()?, *comparison, *limit);
            (!holds).then(|| format!("it is not {comparison} {limit}"))
        }
        Restriction::MultipleOf(step) => {
            (!is_multiple(value.as_number()?, *step)).then(|| format!("it is not a multiple of {step}"))
        }
        Restriction::Pattern(pattern) => {
            let is_found = pattern.is_found_in(value.as_str()?);
            (!is_found).then(|| format!("it does not match the pattern {}", pattern.text))
        }
        Restriction::Unique => {
            let mut seen = HashSet::new();
            let is_new = |item| seen.insert(alike(item));
            (!value.as_array()?.iter().all(is_new)).then(|| "two of its items are the same".to_owned())
        }
        Restriction::OneOf(known) => {
            let is_known = match json_kind(value) {
                Kind::String => known.contains(&value.as_str()?),
                Kind::Boolean | Kind::Integer => known.contains(&value.to_string().as_str()),
                Kind::Null | Kind::Number | Kind::Array | Kind::Object => true,
            };
            (!is_known).then(|| format!("it is none of {}", known.join(", ")))
        }
    }
}

/// A value that equals those of all that count as the same: a number without a fraction is whole, however it is written (JSON Schema
/// Core, section 4.2.2).
fn alike(value: &Json) -> Json {
    match value {
        Json::Number(number) => {
            let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0);
            let whole = float.and_then(|float| format!("{float:.0}").parse::<i64>().ok());
            whole.map_or_else(|| value.clone(), Json::from)
        }
        Json::Array(items) => items.iter().map(alike).collect(),
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), alike(value))).collect(),
        Json::Null | Json::Bool(_) | Json::String(_) => value.clone(),
    }
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
            !times.is_finite() || (times - times.round()).abs() <= 1e-12 * times.abs()
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
