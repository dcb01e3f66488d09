//! Points in time and days (`format: date-time`, `format: date`): those of the `chrono` library.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use ::chrono::{FixedOffset, NaiveDate, ParseError, SecondsFormat, TimeZone};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Lenient, Moment, Scalar, Timestamp};

/// A point in time with its offset (RFC 3339).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(
    /// The point in time.
    pub ::chrono::DateTime<FixedOffset>,
);

/// A day (RFC 3339 `full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(
    /// The day.
    pub NaiveDate,
);

/// As it is sent: `2024-01-31T12:00:00Z`.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// As it is sent: `2024-01-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        ::chrono::DateTime::parse_from_rfc3339(text).map(Self)
    }
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        text.parse().map(Self)
    }
}

impl<Z: TimeZone> From<::chrono::DateTime<Z>> for DateTime {
    fn from(time: ::chrono::DateTime<Z>) -> Self {
        Self(time.fixed_offset())
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl Deref for DateTime {
    type Target = ::chrono::DateTime<FixedOffset>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Deref for Date {
    type Target = NaiveDate;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Text as the runtime reads it for its own [`Timestamp`], if need be.
impl Lenient for DateTime {
    const EXPECTED: &'static str = Timestamp::EXPECTED;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        if let Scalar::Text(text) = scalar
            && let Ok(time) = text.parse()
        {
            return Some(time);
        }
        Timestamp::from_scalar(scalar)?.to_string().parse().ok()
    }
}

impl Lenient for Date {
    const EXPECTED: &'static str = super::Date::EXPECTED;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        super::Date::from_scalar(scalar)?.to_string().parse().ok()
    }
}

macro_rules! as_text {
    ($($name:ident),+) => {$(
        /// Written as it is sent.
        impl From<$name> for Moment {
            fn from(value: $name) -> Self {
                value.to_string().into()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                sink.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                <Cow<'de, str>>::deserialize(source)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

as_text!(DateTime, Date);
