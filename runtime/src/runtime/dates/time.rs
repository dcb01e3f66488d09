//! Points in time and days (`format: date-time`, `format: date`): those of the `time` library.

use std::fmt;
use std::str::FromStr;

use ::time::format_description::well_known::Rfc3339;
use ::time::{Month, OffsetDateTime, UtcOffset};

#[allow(clippy::wildcard_imports, reason = "what the macro is made of")]
use super::*;

dates!(OffsetDateTime, ::time::Date);

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
        let date: super::super::Date = text.parse().map_err(|error: jiff::Error| error.to_string())?;
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
