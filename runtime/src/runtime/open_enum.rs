//! Enums that keep values they do not know, for emitted `serde` implementations.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a string and turns it into `T`, whose conversion keeps unknown texts.
pub fn open_enum<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<T, D::Error> {
    String::deserialize(deserializer).map(T::from)
}

/// Reads an integer within the range of `i64`, also one written like `2.0`, and turns it into `T`, whose conversion keeps
/// unknown numbers.
pub fn open_int_enum<'de, D: Deserializer<'de>, T: From<i64>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_i64(Integer).map(T::from)
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        // 2^63: the casts to and from `f64` are exact below it for whole numbers.
        if value.fract() == 0.0 && value.abs() < 9_223_372_036_854_775_808.0 {
            #[allow(clippy::cast_possible_truncation, reason = "whole and in range")]
            return Ok(value as i64);
        }
        Err(E::invalid_value(Unexpected::Float(value), &self))
    }
}
