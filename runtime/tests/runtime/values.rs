//! Patches, numbers, base64 text and points in time.

use clientsmith_runtime::runtime::lines::JsonLines;
use clientsmith_runtime::runtime::{
    Base64, Base64Url, Date, Method, Moment, Number, Patch, Request, SortBy, SortSyntax, Timestamp,
};

use crate::server::{refused, sent};

fn check_number(number: impl Into<Number>, text: &str) {
    assert_eq!(number.into().to_string(), text);
}

fn check_base64(text: &str, bytes: &[u8]) {
    let json = format!("{text:?}");
    assert_eq!(serde_json::from_str::<Base64>(&json).unwrap().as_ref(), bytes, "{text}");
    assert_eq!(serde_json::from_str::<Base64Url>(&json).unwrap().as_ref(), bytes, "{text}");
}

fn check_timestamp(text: &str, written: &str) {
    let read: Timestamp = serde_json::from_str(&format!("{text:?}")).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), format!("{written:?}"));
    assert_eq!(read.to_string(), written);
}

#[test]
fn patches_come_from_values_options_and_text() {
    assert_eq!(Patch::from(1), Patch::Set(1));
    assert_eq!(Patch::<i32>::from(Some(1)), Patch::Set(1));
    assert_eq!(Patch::<i32>::from(None), Patch::Null);
    assert_eq!(Patch::<String>::from("a"), Patch::Set("a".to_owned()));
    assert!(Patch::<i32>::default().is_absent());
}

#[test]
fn setters_take_anything_that_becomes_a_patch() {
    fn set(value: impl Into<Patch<String>>) -> Patch<String> {
        value.into()
    }
    assert_eq!(set("a"), set("a".to_owned()));
    assert_eq!(set(None), set(Patch::Null));
    assert_eq!(set(Some("a".to_owned())), Patch::Set("a".to_owned()));
}

#[test]
fn patches_map_and_convert() {
    assert_eq!(Patch::Set(1).map(|n| n + 1).into_option(), Some(2));
    assert_eq!(Patch::<i32>::Null.map(|n| n + 1), Patch::Null);
    assert_eq!(Patch::<i32>::Absent.into_option(), None);
    assert_eq!(Patch::Set("a".to_owned()).as_ref(), Patch::Set(&"a".to_owned()));
}

#[test]
fn patches_read_null_and_values() {
    assert_eq!(serde_json::from_str::<Patch<i32>>("null").unwrap(), Patch::Null);
    assert_eq!(serde_json::from_str::<Patch<i32>>("3").unwrap(), Patch::Set(3));
    assert!(serde_json::from_str::<Patch<i32>>("\"3\"").is_err());
    assert_eq!(serde_json::to_string(&[Patch::Absent, Patch::Null, Patch::Set(3)]).unwrap(), "[null,null,3]");
}

#[test]
fn numbers_are_plain_decimals() {
    check_number(2, "2");
    check_number(2.0, "2");
    check_number(-0.0, "0");
    check_number(0.1, "0.1");
    check_number(0.1_f32, "0.1");
    check_number(1e-7, "0.0000001");
    check_number(1e21, "1000000000000000000000");
    check_number(u64::MAX, "18446744073709551615");
    check_number(i64::MIN, "-9223372036854775808");
    check_number(7_u8, "7");
}

#[test]
fn numbers_are_equal_by_value() {
    assert_eq!(Number::from(2.0), Number::from(2_u8));
    assert_ne!(Number::from(2.5), Number::from(2));
    assert!(Number::from(1).is_finite() && !Number::from(f64::NAN).is_finite());
    assert_eq!(format!("{:?}", Number::from(2.5_f32)), "2.5");
}

#[test]
fn base64_reads_both_alphabets_with_and_without_padding() {
    check_base64("+/+/", &[0xFB, 0xFF, 0xBF]);
    check_base64("-_-_", &[0xFB, 0xFF, 0xBF]);
    check_base64("YQ==", b"a");
    check_base64("YQ", b"a");
    check_base64("", b"");
    assert!(serde_json::from_str::<Base64>("\"Y\"").is_err());
    assert!(serde_json::from_str::<Base64>("\"é\"").is_err());
    assert!(serde_json::from_str::<Base64>("1").is_err());
}

#[test]
fn base64_writes_the_standard_alphabet_with_padding() {
    let bytes = Base64::from(vec![0xFB, 0xFF, 0xBF, b'a']);
    assert_eq!(serde_json::to_string(&bytes).unwrap(), "\"+/+/YQ==\"");
    assert_eq!(bytes.to_string(), "+/+/YQ==");
    assert_eq!((bytes.len(), bytes.into_vec()), (4, vec![0xFB, 0xFF, 0xBF, b'a']));
}

#[test]
fn base64url_writes_the_safe_alphabet_without_padding() {
    let bytes = Base64Url::from(vec![0xFB, 0xFF, 0xBF, b'a']);
    assert_eq!(serde_json::to_string(&bytes).unwrap(), "\"-_-_YQ\"");
}

#[test]
fn points_in_time_are_read_with_any_offset_and_written_in_utc() {
    check_timestamp("2022-08-26T18:38:00Z", "2022-08-26T18:38:00Z");
    check_timestamp("2022-08-26T20:38:00+02:00", "2022-08-26T18:38:00Z");
    check_timestamp("2022-08-26T18:38:00.250-00:00", "2022-08-26T18:38:00.25Z");
    check_timestamp("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
    assert!(serde_json::from_str::<Timestamp>("\"2022-08-26T18:38:00\"").is_err());
}

#[test]
fn dates_are_read_and_written_without_time() {
    let date: Date = serde_json::from_str("\"2024-02-29\"").unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), "\"2024-02-29\"");
    assert!(serde_json::from_str::<Date>("\"2023-02-29\"").is_err());
}

#[test]
fn moments_and_orders_come_from_text() {
    assert_eq!(Moment::from("2024-01".to_owned()), Moment::from("2024-01"));
    assert_eq!(SortBy::<String>::from("-name".to_owned()).text(&SortSyntax::MINUS), "-name");
}

#[tokio::test]
async fn a_number_is_the_one_that_json_would_show() {
    let body = std::collections::BTreeMap::from([("f", 0.1_f32)]);
    assert_eq!(sent(Method::POST, "/", |request| request.form(&body)).await.body, "f=0.1");
    let json = |request: &mut Request<'_>, body: &[Option<f64>]| request.json("application/json", body);
    assert_eq!(sent(Method::POST, "/", |request| json(request, &[Some(0.5), None])).await.body, "[0.5,null]");
    for error in [
        refused("/", |request| request.form(&f64::NAN)).await,
        refused("/", |request| json(request, &[Some(f64::INFINITY)])).await,
        refused("/", |request| request.lines("application/jsonl", JsonLines::from([f64::NAN]))).await,
    ] {
        assert!(error.contains("not finite"), "{error}");
    }
}
