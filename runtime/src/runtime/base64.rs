//! Bytes that travel as base64 text (`format: byte`, `format: base64url`).

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use ::base64::Engine as _;
use ::base64::alphabet;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The standard alphabet with padding.
const STANDARD: GeneralPurpose = engine(&alphabet::STANDARD, true);

/// The alphabet that is safe in addresses, without padding.
const URL_SAFE: GeneralPurpose = engine(&alphabet::URL_SAFE, false);

/// Reads with and without padding.
const fn engine(alphabet: &alphabet::Alphabet, pads: bool) -> GeneralPurpose {
    let padding = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(alphabet, padding.with_encode_padding(pads))
}

macro_rules! encoded {
    ($(#[doc = $doc:literal])+ $name:ident, $engine:ident) => {
        $(#[doc = $doc])+
        ///
        /// Reading takes either alphabet, with and without padding.
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(
            /// The decoded bytes.
            pub Vec<u8>,
        );

        impl $name {
            /// The decoded bytes.
            pub fn into_vec(self) -> Vec<u8> {
                self.0
            }
        }

        /// The encoded text.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&$engine.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Deref for $name {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Self(bytes)
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                Self(bytes.to_vec())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <Cow<'de, str>>::deserialize(deserializer)?;
                decode(&text).map(Self).map_err(D::Error::custom)
            }
        }
    };
}

encoded!(
    /// Bytes that are base64 text in JSON and in parameters (RFC 4648, section 4), with padding.
    Base64,
    STANDARD
);

encoded!(
    /// Bytes that are text in the alphabet that is safe in addresses (RFC 4648, section 5), without padding.
    Base64Url,
    URL_SAFE
);

fn decode(text: &str) -> Result<Vec<u8>, String> {
    let standard = text.replace('-', "+").replace('_', "/");
    STANDARD.decode(standard).map_err(|error| format!("not base64 text: {error}"))
}
