//! Reading members that do not keep to the API's description, for emitted `serde` implementations.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, Unexpected};
use serde::{Deserialize as _, Deserializer};

use super::{Date, Json, Map, Timestamp};

/// Reads a member that must not cost the whole answer: `null` is `None`, and a value that does not fit `T` is kept in `extra`
/// under the member's name, with `None` in its place.
///
/// Errors only if the value is no JSON.
pub fn attribute<'de, T: DeserializeOwned, A: MapAccess<'de>>(
    members: &mut A,
    key: Cow<'_, str>,
    extra: &mut Map<Json>,
) -> Result<Option<T>, A::Error> {
    let value = members.next_value::<Json>()?;
    let read = T::deserialize(&value).ok();
    Ok(keep_unless(read, key, value, extra))
}

/// As [`attribute`], with everything that [`Lenient`] reads.
pub fn lenient_attribute<'de, T: Lenient, A: MapAccess<'de>>(
    members: &mut A,
    key: Cow<'_, str>,
    extra: &mut Map<Json>,
) -> Result<Option<T>, A::Error> {
    let value = members.next_value::<Json>()?;
    let read = T::from_json(&value);
    Ok(keep_unless(read, key, value, extra))
}

/// Reads a member with everything that [`Lenient`] reads; `null` is `None`, and any other value is an error.
pub fn lenient<'de, T: Lenient, A: MapAccess<'de>>(members: &mut A) -> Result<Option<T>, A::Error> {
    members.next_value_seed(Read(PhantomData))
}

fn keep_unless<T>(read: Option<T>, key: Cow<'_, str>, value: Json, extra: &mut Map<Json>) -> Option<T> {
    // Some types, such as `Json`, take `null` for a value.
    if value.is_null() {
        return None;
    }
    if read.is_none() {
        extra.insert(key.into_owned(), value);
    }
    read
}

/// A type that is also read from JSON types other than its own.
pub trait Lenient: Sized {
    /// What is read, for messages.
    const EXPECTED: &'static str;

    /// The value that `json` stands for, if any; never from `null`.
    fn from_json(json: &Json) -> Option<Self>;
}

/// A string, a number or a boolean.
impl Lenient for String {
    const EXPECTED: &'static str = "a string, a number or a boolean";

    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(flag) => Some(flag.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

/// A boolean, `"true"` and `"false"`, and 1 and 0 as numbers or text.
impl Lenient for bool {
    const EXPECTED: &'static str = "a boolean, as such, as text or as 1 or 0";

    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Bool(flag) => Some(*flag),
            Json::Number(number) => match number.as_u64()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
            Json::String(text) => match text.trim() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

/// A whole number, also one written like `2.0`, as such or as text.
impl Lenient for i64 {
    const EXPECTED: &'static str = "an integer, as such or as text";

    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Json::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| whole(text.parse().ok()?))
            }
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

/// As `i64`, within the range of `i32`.
impl Lenient for i32 {
    const EXPECTED: &'static str = "an integer of 32 bits, as such or as text";

    fn from_json(json: &Json) -> Option<Self> {
        i64::from_json(json)?.try_into().ok()
    }
}

/// As `i64`, within the range of `u32`.
impl Lenient for u32 {
    const EXPECTED: &'static str = "an integer of 32 bits that is not negative, as such or as text";

    fn from_json(json: &Json) -> Option<Self> {
        i64::from_json(json)?.try_into().ok()
    }
}

/// As `i64`, where that is not negative, and what is beyond it up to the range of `u64`.
impl Lenient for u64 {
    const EXPECTED: &'static str = "an integer that is not negative, as such or as text";

    fn from_json(json: &Json) -> Option<Self> {
        let text = || json.as_str()?.trim().parse().ok();
        json.as_u64().or_else(text).or_else(|| i64::from_json(json)?.try_into().ok())
    }
}

/// A finite number, as such or as text.
impl Lenient for f64 {
    const EXPECTED: &'static str = "a number, as such or as text";

    fn from_json(json: &Json) -> Option<Self> {
        let number = match json {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text.trim().parse().ok(),
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
        };
        number.filter(|number| number.is_finite())
    }
}

/// As `f64`, within the range of `f32`.
impl Lenient for f32 {
    const EXPECTED: &'static str = f64::EXPECTED;

    fn from_json(json: &Json) -> Option<Self> {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "rounded to the nearest; what is out of range is refused"
        )]
        let number = f64::from_json(json)? as f32;
        Some(number).filter(|number| number.is_finite())
    }
}

/// RFC 3339, also with a space instead of the `T`, and without an offset or with ` UTC` in its place, which both mean UTC.
impl Lenient for Timestamp {
    const EXPECTED: &'static str = "a date with a time (RFC 3339)";

    fn from_json(json: &Json) -> Option<Self> {
        let text = json.as_str()?.trim();
        if let Ok(timestamp) = text.parse() {
            return Some(timestamp);
        }
        let local = text.strip_suffix("UTC").unwrap_or(text).trim_end();
        let (_, time) = local.split_once(['T', 't', ' '])?;
        if !time.starts_with(|c: char| c.is_ascii_digit()) || time.contains(['+', '-', '[', 'Z', 'z']) {
            return None;
        }
        let local: DateTime = local.parse().ok()?;
        Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
    }
}

/// A date, and the date of what [`Timestamp`] is read from, as it is written there.
impl Lenient for Date {
    const EXPECTED: &'static str = "a date (RFC 3339)";

    fn from_json(json: &Json) -> Option<Self> {
        let text = json.as_str()?.trim();
        let date = text.get(..10)?.parse().ok()?;
        (text.len() == 10 || Timestamp::from_json(json).is_some()).then_some(date)
    }
}

/// 2^53: up to here `f64` holds every whole number exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn whole(float: f64) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
    let integer = (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64);
    integer
}

/// Reads one value, so that an error has the value's place.
struct Read<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Read<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<T>, D::Error> {
        let value = Json::deserialize(source)?;
        if value.is_null() {
            return Ok(None);
        }
        T::from_json(&value).map(Some).ok_or_else(|| mismatch(&value, T::EXPECTED))
    }
}

fn mismatch<E: Error>(value: &Json, expected: &'static str) -> E {
    match value {
        Json::Null => E::invalid_type(Unexpected::Unit, &expected),
        Json::Bool(flag) => E::invalid_type(Unexpected::Bool(*flag), &expected),
        Json::Number(number) => E::invalid_value(Unexpected::Other(&number.to_string()), &expected),
        Json::String(text) => E::invalid_value(Unexpected::Str(text), &expected),
        Json::Array(_) => E::invalid_type(Unexpected::Seq, &expected),
        Json::Object(_) => E::invalid_type(Unexpected::Map, &expected),
    }
}
