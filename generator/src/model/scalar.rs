//! Single values, and the libraries whose types stand for some of them.

use super::JsonKind;

/// A single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scalar {
    /// Text.
    String,
    /// Text that must not be shown (`format: password`).
    Password,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(Integer),
    /// A floating-point number of single precision.
    Float32,
    /// A number.
    Float64,
    /// A point in time (RFC 3339).
    DateTime,
    /// A day (RFC 3339 `full-date`).
    Date,
    /// A point in time or a day, in a parameter.
    Moment,
    /// Bytes as base64 text.
    Base64,
    /// Bytes as base64 text in the alphabet that is safe in addresses.
    Base64Url,
    /// Bytes as they are; text where there can be no such thing, as in JSON.
    Binary,
    /// What a library or the language has a type of its own for.
    Special(Special),
}

/// The range of a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Integer {
    /// Of 8 bits.
    Int8,
    /// Of 16 bits.
    Int16,
    /// Of 32 bits.
    Int32,
    /// Of 64 bits.
    Int64,
    /// Of 8 bits, not negative.
    Uint8,
    /// Of 16 bits, not negative.
    Uint16,
    /// Of 32 bits, not negative.
    Uint32,
    /// Of 64 bits, not negative.
    Uint64,
}

/// Values with a type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Special {
    /// A UUID (RFC 9562).
    Uuid,
    /// An address of IPv4.
    Ipv4,
    /// An address of IPv6.
    Ipv6,
    /// A length of time (ISO 8601, RFC 3339 appendix A).
    Duration,
    /// A decimal number as text.
    DecimalText,
    /// A decimal number as a number.
    DecimalNumber,
}

/// The libraries whose types stand for single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Libraries {
    /// For points in time and days.
    pub date_time: DateTimeLibrary,
    /// For lengths of time.
    pub duration: DurationLibrary,
    /// For decimal numbers.
    pub decimal: DecimalLibrary,
    /// For UUIDs.
    pub uuid: UuidLibrary,
    /// For addresses of IP.
    pub ip: IpLibrary,
}

/// Whose points in time and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateTimeLibrary {
    /// Those of `jiff`, which the runtime itself counts time with.
    #[default]
    Jiff,
    /// Those of `chrono`.
    Chrono,
    /// Those of `time`.
    Time,
    /// Nobody's: they stay text.
    Text,
}

/// Whose lengths of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DurationLibrary {
    /// Nobody's: they stay text.
    #[default]
    Text,
    /// Those of `jiff`.
    Jiff,
}

/// Whose decimal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalLibrary {
    /// Nobody's: those that are text stay text, and those that are numbers are numbers.
    #[default]
    Text,
    /// Those of `rust_decimal`.
    RustDecimal,
}

/// Whose UUIDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UuidLibrary {
    /// Those of `uuid`.
    #[default]
    Uuid,
    /// Nobody's: they stay text.
    Text,
}

/// Whose addresses of IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IpLibrary {
    /// Those of the standard library.
    #[default]
    Std,
    /// Nobody's: they stay text.
    Text,
}

impl Scalar {
    /// The JSON type of its values.
    pub fn kind(self) -> JsonKind {
        match self {
            Scalar::Boolean => JsonKind::Boolean,
            Scalar::Integer(_) => JsonKind::Integer,
            Scalar::Float32 | Scalar::Float64 | Scalar::Special(Special::DecimalNumber) => JsonKind::Number,
            Scalar::String
            | Scalar::Password
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Moment
            | Scalar::Base64
            | Scalar::Base64Url
            | Scalar::Binary
            | Scalar::Special(
                Special::Uuid | Special::Ipv4 | Special::Ipv6 | Special::Duration | Special::DecimalText,
            ) => JsonKind::String,
        }
    }
}

impl Integer {
    /// Whether `number` is in its range.
    pub fn contains(self, number: i128) -> bool {
        let (bits, may_be_negative) = self.range();
        let (least, greatest) = if may_be_negative {
            (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1)
        } else {
            (0, (1_i128 << bits) - 1)
        };
        (least..=greatest).contains(&number)
    }

    /// How many bits it has, and whether it may be negative.
    pub fn range(self) -> (u8, bool) {
        match self {
            Integer::Int8 => (8, true),
            Integer::Int16 => (16, true),
            Integer::Int32 => (32, true),
            Integer::Int64 => (64, true),
            Integer::Uint8 => (8, false),
            Integer::Uint16 => (16, false),
            Integer::Uint32 => (32, false),
            Integer::Uint64 => (64, false),
        }
    }

    /// Whether all of its values are also values of `wide`.
    pub fn is_within(self, wide: Integer) -> bool {
        let ((bits, signed), (more, may_be_negative)) = (self.range(), wide.range());
        (bits <= more && signed == may_be_negative) || (bits < more && may_be_negative)
    }
}
