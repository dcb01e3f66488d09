//! Types of other libraries for values of formats.

use std::fmt::{Debug, Display};

use clientsmith_runtime::runtime::dates::chrono::{Date as ChronoDate, DateTime as ChronoDateTime};
use clientsmith_runtime::runtime::dates::time::{Date as TimeDate, DateTime as TimeDateTime};
use clientsmith_runtime::runtime::decimals::{Decimal, DecimalNumber};
use clientsmith_runtime::runtime::durations::Duration;
use clientsmith_runtime::runtime::{Lenient, Moment, Scalar};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads JSON and writes it again, as such and as the text of a parameter.
fn check<T: DeserializeOwned + Serialize + Display + Debug>(json: &str, written: &str) {
    let value: T = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), written);
    assert_eq!(value.to_string(), written.trim_matches('"'));
}

fn check_refused<T: DeserializeOwned + Debug>(json: &str) {
    let read = serde_json::from_str::<T>(json);
    assert!(read.is_err(), "{read:?}");
}

/// What both libraries have in common, but for the `digits` of a quarter of a second.
fn check_instants<T: DeserializeOwned + Serialize + Display + Debug + Lenient + Into<Moment>>(digits: &str) {
    check::<T>(r#""2024-01-31T12:00:00Z""#, r#""2024-01-31T12:00:00Z""#);
    check::<T>(r#""2024-01-31T12:00:00.250-02:30""#, &format!(r#""2024-01-31T12:00:00.{digits}-02:30""#));
    check::<T>(r#""2024-01-31t12:00:00+00:00""#, r#""2024-01-31T12:00:00Z""#);
    for refused in [r#""2024-01-31""#, r#""2024-02-30T00:00:00Z""#, r#""x""#, "1", "null"] {
        check_refused::<T>(refused);
    }
    let lenient = |text| T::from_scalar(Scalar::Text(text)).map(|value| value.to_string());
    assert_eq!(lenient("2024-01-31 12:00:00").as_deref(), Some("2024-01-31T12:00:00Z"));
    assert_eq!(lenient("2024-01-31T12:00:00+01:00").as_deref(), Some("2024-01-31T12:00:00+01:00"));
    assert_eq!(lenient("yesterday"), None);
    let value: T = serde_json::from_str(r#""2024-01-31T12:00:00Z""#).unwrap();
    assert_eq!(value.into().to_string(), "2024-01-31T12:00:00Z");
}

fn check_days<T: DeserializeOwned + Serialize + Display + Debug + Lenient>() {
    check::<T>(r#""2024-02-29""#, r#""2024-02-29""#);
    for refused in [r#""2023-02-29""#, r#""""#, "20240229"] {
        check_refused::<T>(refused);
    }
    let lenient = T::from_scalar(Scalar::Text("2024-02-29 10:00:00"));
    assert_eq!(lenient.map(|value| value.to_string()).as_deref(), Some("2024-02-29"));
}

#[test]
fn points_in_time_and_days_are_those_of_chrono() {
    // chrono writes fractions by threes.
    check_instants::<ChronoDateTime>("250");
    check_days::<ChronoDate>();
}

#[test]
fn points_in_time_and_days_are_those_of_the_time_library() {
    check_instants::<TimeDateTime>("25");
    check_days::<TimeDate>();
}

#[test]
fn what_rfc_3339_cannot_write_is_no_reason_to_panic() {
    let first: TimeDateTime = "0000-01-01T00:00:00+00:00".parse().unwrap();
    let before = TimeDateTime(first.0 - std::time::Duration::from_secs(1));
    assert_eq!(before.to_string(), "-0001-12-31T23:59:59Z");
}

#[test]
fn lengths_of_time_are_read_by_their_units() {
    check::<Duration>(r#""P1Y2M3DT4H5M6.5S""#, r#""P1Y2M3DT4H5M6.5S""#);
    check::<Duration>(r#""-PT36H""#, r#""-PT36H""#);
    check_refused::<Duration>(r#""3 weeks and a bit""#);
    assert_ne!("PT60M".parse::<Duration>().unwrap(), "PT1H".parse().unwrap());
}

#[test]
fn decimals_keep_their_digits() {
    check::<Decimal>(r#""12.50""#, r#""12.50""#);
    check::<Decimal>(r#""-0.0000000000000000000000000001""#, r#""-0.0000000000000000000000000001""#);
    check_refused::<Decimal>(r#""12.345678901234567890123456789012345""#);
    check::<Decimal>(r#""1.25e3""#, r#""1250""#);
    check_refused::<Decimal>(r#""1.23456789012345678901234567890123e5""#);
    check_refused::<Decimal>(r#""1e5e5""#);
    check_refused::<Decimal>(r#""twelve""#);
    check_refused::<Decimal>("12.5");
}

#[test]
fn decimal_numbers_are_numbers_in_json() {
    check::<DecimalNumber>("19.99", "19.99");
    check::<DecimalNumber>("-3", "-3");
    let small: DecimalNumber = serde_json::from_str("1e-7").unwrap();
    assert_eq!(small.to_string(), "0.0000001");
    check_refused::<DecimalNumber>("1e300");
    check_refused::<DecimalNumber>(r#""1""#);
    let whole: DecimalNumber = "20.00".parse().unwrap();
    assert_eq!(serde_json::to_string(&whole).unwrap(), "20.0");
    let long: DecimalNumber = "0.12345678901234567890".parse().unwrap();
    assert!(serde_json::to_string(&long).is_err());
}
