//! Comparisons of values (RFC 9535, section 2.3.5.2.2).

use super::select::{Budget, Exhausted};
use super::syntax::Comparison;
use crate::source::{Number, NumberValue, Tree};

/// Whether a comparison holds; what has no value is RFC 9535's `Nothing`.
pub(super) fn compare(
    left: Option<&Tree>,
    comparison: Comparison,
    right: Option<&Tree>,
    budget: &mut Budget,
) -> Result<bool, Exhausted> {
    match comparison {
        Comparison::Equal => equal(left, right, budget),
        Comparison::NotEqual => Ok(!equal(left, right, budget)?),
        Comparison::Less => less(left, right, budget),
        Comparison::LessOrEqual => Ok(less(left, right, budget)? || equal(left, right, budget)?),
        Comparison::Greater => less(right, left, budget),
        Comparison::GreaterOrEqual => Ok(less(right, left, budget)? || equal(left, right, budget)?),
    }
}

fn less(left: Option<&Tree>, right: Option<&Tree>, budget: &mut Budget) -> Result<bool, Exhausted> {
    match (left, right) {
        (Some(Tree::Number(left)), Some(Tree::Number(right))) => Ok(match (left.value, right.value) {
            (NumberValue::Integer(left), NumberValue::Integer(right)) => left < right,
            (left, right) => float(left) < float(right),
        }),
        (Some(Tree::String(left)), Some(Tree::String(right))) => {
            budget.spend(left.len().min(right.len()) as u64 / 16)?;
            Ok(left < right)
        }
        _ => Ok(false),
    }
}

fn equal(left: Option<&Tree>, right: Option<&Tree>, budget: &mut Budget) -> Result<bool, Exhausted> {
    budget.spend(1)?;
    match (left, right) {
        (None, None) | (Some(Tree::Null), Some(Tree::Null)) => Ok(true),
        (Some(Tree::Bool(left)), Some(Tree::Bool(right))) => Ok(left == right),
        (Some(Tree::Number(left)), Some(Tree::Number(right))) => Ok(same_number(left, right)),
        (Some(Tree::String(left)), Some(Tree::String(right))) => {
            budget.spend(left.len().min(right.len()) as u64 / 16)?;
            Ok(left == right)
        }
        (Some(Tree::List(left)), Some(Tree::List(right))) if left.len() == right.len() => {
            for (left, right) in left.iter().zip(right) {
                if !equal(Some(left), Some(right), budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Some(Tree::Map(left)), Some(Tree::Map(right))) if left.len() == right.len() => {
            for (key, value) in left.iter() {
                let other = right.get(key);
                if other.is_none() || !equal(Some(value), other, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => Ok(false),
    }
}

fn same_number(left: &Number, right: &Number) -> bool {
    match (left.value, right.value) {
        (NumberValue::Integer(left), NumberValue::Integer(right)) => left == right,
        #[allow(clippy::float_cmp)] // RFC 9535 compares numbers by their value.
        (left, right) => float(left) == float(right),
    }
}

fn float(number: NumberValue) -> f64 {
    match number {
        #[allow(clippy::cast_precision_loss)] // The other number is a float already.
        NumberValue::Integer(integer) => integer as f64,
        NumberValue::Float(float) => float,
    }
}
