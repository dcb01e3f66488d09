//! Points in time and days (`format: date-time`, `format: date`): those of the `time` library.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use ::time::format_description::well_known::Rfc3339;
use ::time::{Month, OffsetDateTime, UtcOffset};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Lenient, Moment, Scalar, Timestamp};

/// A point in time with its offset (RFC 3339).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(
    /// The point in time.
    pub OffsetDateTime,
);

/// A day (RFC 3339 `full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(
    /// The day.
    pub ::time::Date,
);

/// As it is sent: `2024-01-31T12:00:00Z`.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // RFC 3339 has no seconds in an offset.
        let is_of_minutes = self.0.offset().seconds_past_minute() == 0;
        let time = if is_of_minutes { self.0 } else { self.0.to_offset(UtcOffset::UTC) };
        let (hour, minute, second, fraction) = time.to_hms_nano();
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}", Date(time.date()))?;
        if fraction != 0 {
            write!(f, ".{}", format!("{fraction:09}").trim_end_matches('0'))?;
        }
        let (hours, minutes, _) = time.offset().as_hms();
        if time.offset().is_utc() {
            return f.write_str("Z");
        }
        let sign = if time.offset().is_negative() { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
    }
}

/// As it is sent: `2024-01-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        let sign = if year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{day:02}", year.unsigned_abs(), u8::from(month))
    }
}

impl FromStr for DateTime {
    type Err = ::time::error::Parse;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        OffsetDateTime::parse(text, &Rfc3339).map(Self)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date: super::Date = text.parse().map_err(|error: jiff::Error| error.to_string())?;
        let month = Month::try_from(date.month().unsigned_abs());
        let date = month.and_then(|month| {
            ::time::Date::from_calendar_date(date.year().into(), month, date.day().unsigned_abs())
        });
        date.map(Self).map_err(|error| error.to_string())
    }
}

impl From<OffsetDateTime> for DateTime {
    fn from(time: OffsetDateTime) -> Self {
        Self(time)
    }
}

impl From<::time::Date> for Date {
    fn from(date: ::time::Date) -> Self {
        Self(date)
    }
}

impl Deref for DateTime {
    type Target = OffsetDateTime;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Deref for Date {
    type Target = ::time::Date;

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
