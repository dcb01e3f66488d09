//! Lengths of time (`format: duration`): those of `jiff`.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use jiff::Span;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length of time as ISO 8601 and RFC 3339, appendix A, have it: `P3Y6M`, `PT36H`.
///
/// Two are equal if they are made of the same units: `PT60M` is not `PT1H`.
#[derive(Clone, Copy, Default)]
pub struct Duration(
    /// The span of years, months, days, hours and so on.
    pub Span,
);

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0.fieldwise()
    }
}

impl Eq for Duration {}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Duration({self})")
    }
}

/// As it is sent.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Duration {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Self(span)
    }
}

impl Deref for Duration {
    type Target = Span;

    fn deref(&self) -> &Span {
        &self.0
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        sink.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        <Cow<'de, str>>::deserialize(source)?.parse().map_err(D::Error::custom)
    }
}
