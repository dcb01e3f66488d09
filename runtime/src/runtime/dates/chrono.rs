//! Points in time and days (`format: date-time`, `format: date`): those of the `chrono` library.

use std::fmt;
use std::str::FromStr;

use ::chrono::{FixedOffset, NaiveDate, ParseError, SecondsFormat, TimeZone};

#[allow(clippy::wildcard_imports, reason = "what the macro is made of")]
use super::*;

dates!(::chrono::DateTime<FixedOffset>, NaiveDate);

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
