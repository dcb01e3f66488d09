//! Decimal numbers (`format: decimal`): those of the `rust_decimal` library.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use ::rust_decimal::Decimal as Digits;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! decimal {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(
            /// The number.
            pub Digits,
        );

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        /// With all of its digits.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        /// Refuses what has more digits than the library keeps.
        impl FromStr for $name {
            type Err = ::rust_decimal::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
                let read = Digits::from_str_exact(mantissa)?;
                if mantissa.len() == text.len() { Ok(Self(read)) } else { Digits::from_scientific(text).map(Self) }
            }
        }

        impl From<Digits> for $name {
            fn from(digits: Digits) -> Self {
                Self(digits)
            }
        }

        impl Deref for $name {
            type Target = Digits;

            fn deref(&self) -> &Digits {
                &self.0
            }
        }
    };
}

decimal!(
    /// A decimal number that is text in JSON: `"12.50"`.
    Decimal
);

decimal!(
    /// A decimal number that is a number in JSON: `12.5`.
    ///
    /// What has more digits than such a number keeps on its way through programs, some 15, is refused when it is sent.
    DecimalNumber
);

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        sink.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        <Cow<'de, str>>::deserialize(source)?.parse().map_err(D::Error::custom)
    }
}

impl Serialize for DecimalNumber {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let number = self.to_string().parse::<serde_json::Number>().map_err(S::Error::custom)?;
        if number.to_string().parse() != Ok(*self) {
            return Err(S::Error::custom("a decimal number has more digits than a JSON number keeps"));
        }
        number.serialize(sink)
    }
}

impl<'de> Deserialize<'de> for DecimalNumber {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        serde_json::Number::deserialize(source)?.to_string().parse().map_err(D::Error::custom)
    }
}
