//! Reading members that do not keep to the API's description, for emitted `serde` implementations.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize as _, Deserializer};

use super::{Date, Json, Map, Timestamp, haste};

/// Reads a member that must not cost the whole answer: `null` is `None`, and a value that does not fit `T` is kept in `extra`
/// under the member's name, with `None` in its place.
///
/// Errors only if the value is no JSON, or if an answer is read in haste, which is then read again with care.
#[inline]
pub fn attribute<'de, T: DeserializeOwned, A: MapAccess<'de>>(
    members: &mut A,
    key: Cow<'_, str>,
    place: &mut Option<T>,
    extra: &mut Map<Json>,
) -> Result<(), A::Error> {
    if haste::is_on() {
        return haste::noted(members.next_value().map(|value| *place = value));
    }
    kept(members, key, place, extra)
}

fn kept<'de, T: DeserializeOwned, A: MapAccess<'de>>(
    members: &mut A,
    key: Cow<'_, str>,
    place: &mut Option<T>,
    extra: &mut Map<Json>,
) -> Result<(), A::Error> {
    let value = members.next_value::<Json>()?;
    *place = None;
    // Some types, such as `Json`, take `null` for a value.
    if !value.is_null() {
        *place = T::deserialize(&value).ok();
        if place.is_none() {
            extra.insert(key.into_owned(), value);
        }
    }
    Ok(())
}

/// As [`attribute`], with everything that [`Lenient`] reads.
pub fn lenient_attribute<'de, T: Lenient, A: MapAccess<'de>>(
    members: &mut A,
    key: Cow<'_, str>,
    place: &mut Option<T>,
    extra: &mut Map<Json>,
) -> Result<(), A::Error> {
    *place = match members.next_value_seed(Read(PhantomData))? {
        Given::Null => None,
        Given::Fitting(value) => Some(value),
        Given::Other(value) => {
            extra.insert(key.into_owned(), value);
            None
        }
    };
    Ok(())
}

/// Reads a member with everything that [`Lenient`] reads; `null` is `None`, and any other value is an error.
pub fn lenient<'de, T: Lenient, A: MapAccess<'de>>(
    members: &mut A,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    *place = members.next_value_seed(ReadStrictly(PhantomData))?;
    Ok(())
}

/// A type that is also read from JSON types other than its own.
pub trait Lenient: Sized {
    /// What is read, for messages.
    const EXPECTED: &'static str;

    /// The value that `scalar` stands for, if any.
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self>;
}

/// A JSON value that is not `null` and has no others in it.
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'v> {
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(&'v serde_json::Number),
    /// A string.
    Text(&'v str),
}

impl Scalar<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()),
            Self::Bool(_) | Self::Number(_) => None,
        }
    }
}

/// A string, a number or a boolean.
impl Lenient for String {
    const EXPECTED: &'static str = "a string, a number or a boolean";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(text.to_owned()),
            Scalar::Number(number) => Some(number.to_string()),
            Scalar::Bool(flag) => Some(flag.to_string()),
        }
    }
}

/// A boolean, `"true"` and `"false"`, and 1 and 0 as numbers or text.
impl Lenient for bool {
    const EXPECTED: &'static str = "a boolean, as such, as text or as 1 or 0";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Bool(flag) => Some(flag),
            Scalar::Number(number) => match number.as_u64()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
            Scalar::Text(text) => match text.trim() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
        }
    }
}

/// A whole number, also one written like `2.0`, as such or as text.
impl Lenient for i64 {
    const EXPECTED: &'static str = "an integer, as such or as text";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Scalar::Text(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| whole(text.parse().ok()?))
            }
            Scalar::Bool(_) => None,
        }
    }
}

macro_rules! narrower {
    ($($integer:ident: $expected:literal,)+) => {$(
        /// As `i64`, within its own range.
        impl Lenient for $integer {
            const EXPECTED: &'static str = concat!("an integer of ", $expected, ", as such or as text");

            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                i64::from_scalar(scalar)?.try_into().ok()
            }
        }
    )+};
}

narrower! {
    i8: "8 bits",
    i16: "16 bits",
    i32: "32 bits",
    u8: "8 bits that is not negative",
    u16: "16 bits that is not negative",
    u32: "32 bits that is not negative",
}

/// As `i64`, where that is not negative, and what is beyond it up to the range of `u64`.
impl Lenient for u64 {
    const EXPECTED: &'static str = "an integer that is not negative, as such or as text";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        let exact = match scalar {
            Scalar::Number(number) => number.as_u64(),
            Scalar::Text(text) => text.trim().parse().ok(),
            Scalar::Bool(_) => None,
        };
        exact.or_else(|| i64::from_scalar(scalar)?.try_into().ok())
    }
}

/// A finite number, as such or as text.
impl Lenient for f64 {
    const EXPECTED: &'static str = "a number, as such or as text";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        let number = match scalar {
            Scalar::Number(number) => number.as_f64(),
            Scalar::Text(text) => text.trim().parse().ok(),
            Scalar::Bool(_) => None,
        };
        number.filter(|number| number.is_finite())
    }
}

/// As `f64`, within the range of `f32`.
impl Lenient for f32 {
    const EXPECTED: &'static str = f64::EXPECTED;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "rounded to the nearest; what is out of range is refused"
        )]
        let number = f64::from_scalar(scalar)? as f32;
        Some(number).filter(|number| number.is_finite())
    }
}

/// RFC 3339, also with a space instead of the `T`, and without an offset or with ` UTC` in its place, which both mean UTC.
impl Lenient for Timestamp {
    const EXPECTED: &'static str = "a date with a time (RFC 3339)";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        if let Scalar::Text(text) = scalar
            && let Ok(timestamp) = text.parse()
        {
            return Some(timestamp);
        }
        let text = scalar.text()?;
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

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        let text = scalar.text()?;
        let date = text.get(..10)?.parse().ok()?;
        (text.len() == 10 || Timestamp::from_scalar(scalar).is_some()).then_some(date)
    }
}

/// 2^53: up to here `f64` holds every whole number exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn whole(float: f64) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
    let integer = (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64);
    integer
}

/// What was read for a `T`.
enum Given<T> {
    Null,
    Fitting(T),
    Other(Json),
}

impl<T: Lenient> Given<T> {
    fn of(value: Json) -> Self {
        let scalar = match &value {
            Json::Null => return Self::Null,
            Json::Bool(flag) => Some(Scalar::Bool(*flag)),
            Json::Number(number) => Some(Scalar::Number(number)),
            Json::String(text) => Some(Scalar::Text(text)),
            Json::Array(_) | Json::Object(_) => None,
        };
        match scalar.and_then(T::from_scalar) {
            Some(fitting) => Self::Fitting(fitting),
            None => Self::Other(value),
        }
    }
}

/// Reads one value, text without copying it.
struct Read<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Read<T> {
    type Value = Given<T>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Given<T>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de, T: Lenient> Visitor<'de> for Read<T> {
    type Value = Given<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E>(self) -> Result<Given<T>, E> {
        Ok(Given::Null)
    }

    fn visit_none<E>(self) -> Result<Given<T>, E> {
        Ok(Given::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Given<T>, D::Error> {
        source.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Given<T>, E> {
        Ok(Given::of(flag.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Given<T>, E> {
        Ok(Given::of(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Given<T>, E> {
        Ok(Given::of(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Given<T>, E> {
        Ok(Given::of(number.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Given<T>, E> {
        Ok(T::from_scalar(Scalar::Text(text)).map_or_else(|| Given::Other(text.into()), Given::Fitting))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Given<T>, A::Error> {
        Json::deserialize(SeqAccessDeserializer::new(items)).map(Given::Other)
    }

    /// `serde_json` may give numbers as objects, for their precision.
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Given<T>, A::Error> {
        Json::deserialize(MapAccessDeserializer::new(members)).map(Given::of)
    }
}

/// The same with an error that has the value's place.
struct ReadStrictly<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for ReadStrictly<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<T>, D::Error> {
        match Read(PhantomData).deserialize(source)? {
            Given::Null => Ok(None),
            Given::Fitting(value) => Ok(Some(value)),
            Given::Other(value) => Err(mismatch(&value, T::EXPECTED)),
        }
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
