//! Numbers for parameters.

use std::fmt;

use serde::{Serialize, Serializer};

/// A JSON number as it is written into a path, a query or a header.
///
/// Written in plain decimal notation: never an exponent, and a whole number without a fraction (`2`, not `2.0`).
#[derive(Clone, Copy, PartialEq)]
pub struct Number(Value);

#[derive(Clone, Copy, PartialEq)]
enum Value {
    Integer(i128),
    /// Not whole, or beyond the range of `f64` in which every whole number is exact.
    Float(f64),
}

/// 2^53: up to here `f64` holds every whole number exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// Whether this is a number at all: not NaN and not infinite, which JSON cannot express.
    pub fn is_finite(self) -> bool {
        match self.0 {
            Value::Integer(_) => true,
            Value::Float(float) => float.is_finite(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Integer(integer) => fmt::Display::fmt(&integer, f),
            Value::Float(float) => fmt::Display::fmt(&float, f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Integer(integer) => serializer.serialize_i128(integer),
            Value::Float(float) => serializer.serialize_f64(float),
        }
    }
}

impl From<f64> for Number {
    fn from(float: f64) -> Self {
        if float.fract() == 0.0 && float.abs() <= EXACT {
            #[allow(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            return Self(Value::Integer(float as i128));
        }
        Self(Value::Float(float))
    }
}

impl From<f32> for Number {
    /// Takes the shortest decimal text of `float`: `0.1_f32` is `0.1`, not `0.10000000149011612`.
    fn from(float: f32) -> Self {
        let shortest = float.to_string().parse::<f64>();
        Self::from(shortest.unwrap_or(f64::from(float)))
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self(Value::Integer(i128::from(integer)))
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);
