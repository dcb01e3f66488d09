//! Points in time and days (`format: date-time`, `format: date`) of other libraries than the client's own: what all of them do alike.

use std::borrow::Cow;
use std::ops::Deref;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Lenient, Moment, Scalar, Timestamp};

/// `DateTime` and `Date` around the types of a library, which are written and read as text. How they are is the library's.
macro_rules! dates {
    ($date_time:ty, $date:ty) => {
        /// A point in time with its offset (RFC 3339).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct DateTime(
            /// The point in time.
            pub $date_time,
        );

        /// A day (RFC 3339 `full-date`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct Date(
            /// The day.
            pub $date,
        );

        impl From<$date> for Date {
            fn from(date: $date) -> Self {
                Self(date)
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
            const EXPECTED: &'static str = super::super::Date::EXPECTED;

            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                super::super::Date::from_scalar(scalar)?.to_string().parse().ok()
            }
        }

        dates!(@alike DateTime, $date_time);
        dates!(@alike Date, $date);
    };
    (@alike $name:ident, $inner:ty) => {
        impl Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

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
    };
}

pub mod chrono; // only: chrono
pub mod time; // only: time
