//! Points in time as parameters take them.

use std::fmt;

use super::{Date, Timestamp};

/// A point in time, a day, or text as the API takes it.
///
/// ```text
/// list.filter_created_at_gteq(date(2024, 1, 1))
/// list.filter_created_at_gteq(Timestamp::now())
/// list.filter_created_at_start("2024-01")
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment(String);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Written as RFC 3339 has it, in UTC.
impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

/// Written as `2024-01-31`.
impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self(date.to_string())
    }
}

impl From<String> for Moment {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Moment {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
