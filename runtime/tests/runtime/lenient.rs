//! Members that do not keep to the description.

use std::fmt::Debug;

use clientsmith_runtime::runtime::{
    Date, Json, Lenient, Map, Object, Timestamp, attribute, lenient, lenient_attribute, next_key, object,
    read_json,
};
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer};
use serde_json::json;

/// Reads as emitted code does.
#[derive(Debug, PartialEq)]
struct Attributes {
    name: Option<String>,
    tags: Option<Vec<String>>,
    position: Option<i32>,
    extra: Map<Json>,
}

impl<'de> Object<'de> for Attributes {
    const NAME: &'static str = "Attributes";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut name, mut tags, mut position, mut extra) = (None, None, None, Map::new());
        while let Some(key) = next_key(&mut members)? {
            match &*key {
                "name" => attribute(&mut members, key, &mut name, &mut extra)?,
                "tags" => attribute(&mut members, key, &mut tags, &mut extra)?,
                "position" => lenient_attribute(&mut members, key, &mut position, &mut extra)?,
                _ => _ = extra.insert(key.into_owned(), members.next_value()?),
            }
        }
        Ok(Self { name, tags, position, extra })
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        object(source)
    }
}

/// One member that is read leniently, as emitted code reads it outside of attributes.
#[derive(Debug)]
struct One<T>(Option<T>);

impl<'de, T: Lenient> Object<'de> for One<T> {
    const NAME: &'static str = "One";

    fn from_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let mut one = None;
        while next_key(&mut members)?.is_some() {
            lenient(&mut members, &mut one)?;
        }
        Ok(Self(one))
    }
}

impl<'de, T: Lenient> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        object(source)
    }
}

fn check<T: Lenient + Debug + PartialEq>(json: Json, expected: T) {
    let text = json!({ "one": json }).to_string();
    assert_eq!(serde_json::from_str::<One<T>>(&text).unwrap().0, Some(expected), "{text}");
    drop(json);
}

fn check_refused<T: Lenient + Debug>(values: &[Json]) {
    for json in values {
        let text = json!({ "one": json }).to_string();
        let error = serde_json::from_str::<One<T>>(&text).unwrap_err().to_string();
        assert!(error.contains(&format!("expected {}", T::EXPECTED)), "{text}: {error}");
    }
}

#[test]
fn attributes_that_do_not_fit_are_kept_raw() {
    let json = r#"{"name": {"first": "A"}, "tags": ["a", 1], "position": [1], "other": 1}"#;
    let read: Attributes = serde_json::from_str(json).unwrap();
    assert_eq!((&read.name, &read.tags, read.position), (&None, &None, None));
    assert_eq!(
        json!(read.extra),
        json!({"name": {"first": "A"}, "tags": ["a", 1], "position": [1], "other": 1})
    );
}

#[test]
fn attributes_that_fit_leave_nothing_behind() {
    let read: Attributes =
        serde_json::from_str(r#"{"name": "\u0041", "tags": ["a"], "position": "7"}"#).unwrap();
    let expected = Attributes {
        name: Some("A".into()),
        tags: Some(vec!["a".into()]),
        position: Some(7),
        extra: Map::new(),
    };
    assert_eq!(read, expected);
}

#[test]
fn answers_keep_attributes_that_do_not_fit() {
    let json = r#"{"name": 7, "tags": ["a", {}], "position": "first", "new": [null]}"#;
    let answered: Attributes = read_json(json.as_bytes()).unwrap();
    assert_eq!(answered, serde_json::from_str(json).unwrap());
    assert_eq!(answered.extra.len(), 4);
}

/// Takes what does not fit for something else, as unions do.
#[derive(Debug, PartialEq)]
enum Either {
    Attributes(Attributes),
    Other(Json),
}

impl<'de> Deserialize<'de> for Either {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(source)?;
        Ok(Attributes::deserialize(&json).map_or_else(|_| Self::Other(json), Self::Attributes))
    }
}

#[test]
fn an_attribute_that_does_not_fit_does_not_make_another_thing_of_an_answer() {
    let answered: Vec<Either> = read_json(br#"[{"name": 7}, "other"]"#).unwrap();
    let extra = Map::from([("name".to_owned(), json!(7))]);
    let kept = Attributes { name: None, tags: None, position: None, extra };
    assert_eq!(answered, [Either::Attributes(kept), Either::Other("other".into())]);
}

#[test]
fn null_attributes_are_none() {
    let read: Attributes = serde_json::from_str(r#"{"name": null, "tags": null, "position": null}"#).unwrap();
    assert_eq!(read, Attributes { name: None, tags: None, position: None, extra: Map::new() });
}

#[test]
fn null_is_none() {
    assert!(serde_json::from_str::<One<String>>(r#"{"one": null}"#).unwrap().0.is_none());
    assert!(serde_json::from_str::<One<Timestamp>>(r#"{"one": null}"#).unwrap().0.is_none());
}

#[test]
fn text_comes_from_scalars() {
    check(json!("a"), "a".to_owned());
    check(json!(10_000), "10000".to_owned());
    check(json!(0.5), "0.5".to_owned());
    check(json!(true), "true".to_owned());
    check_refused::<String>(&[json!([]), json!({})]);
}

#[test]
fn booleans_come_from_text_and_numbers() {
    for yes in [json!(true), json!("true"), json!("1"), json!(1)] {
        check(yes, true);
    }
    for no in [json!(false), json!("false"), json!("0"), json!(0)] {
        check(no, false);
    }
    check_refused::<bool>(&[json!("yes"), json!(2), json!(-1), json!(0.5), json!([])]);
}

#[test]
fn integers_come_from_numeric_text() {
    check(json!("123"), 123_i64);
    check(json!(" -7 "), -7_i64);
    check(json!("2.0"), 2_i64);
    check(json!(2.0), 2_i64);
    check(json!(i64::MIN), i64::MIN);
    check(json!("5"), 5_i32);
    check_refused::<i64>(&[
        json!("2.5"),
        json!(2.5),
        json!(""),
        json!(true),
        json!(u64::MAX),
        json!("inf"),
        json!("1e300"),
    ]);
    check_refused::<i32>(&[json!(3_000_000_000_u32), json!("3000000000")]);
}

#[test]
fn numbers_come_from_numeric_text() {
    check(json!("0.0"), 0.0_f64);
    check(json!(10_000), 10_000.0_f64);
    check(json!("1.5"), 1.5_f32);
    check_refused::<f64>(&[json!("NaN"), json!("inf"), json!("1e999"), json!("x"), json!(false), json!({})]);
    check_refused::<f32>(&[json!(1e300)]);
}

#[test]
fn points_in_time_come_in_several_spellings() {
    let expected: Timestamp = "2022-08-26T18:38:00Z".parse().unwrap();
    for text in [
        "2022-08-26T18:38:00Z",
        "2022-08-26T20:38:00+02:00",
        "2022-08-26T18:38:00.000Z",
        "2022-08-26T18:38:00",
        "2022-08-26 18:38:00",
        "2022-08-26 18:38:00.000",
        "2022-08-26 18:38:00 UTC",
        "2022-08-26 18:38:00Z",
    ] {
        check(json!(text), expected);
    }
    check_refused::<Timestamp>(&[
        json!("2022-08-26"),
        json!("2022-08-26 "),
        json!("2022-08-26 UTC"),
        json!("2022-08-26T25:00:00"),
        json!("2022-08-26T18:38:00-99:99"),
        json!("yesterday"),
        json!("é2022-08-26"),
        json!(""),
        json!(1_661_539_080),
    ]);
}

#[test]
fn dates_come_with_or_without_a_time() {
    let expected: Date = "2024-02-29".parse().unwrap();
    for text in ["2024-02-29", "2024-02-29T23:00:00-05:00", "2024-02-29 10:00:00"] {
        check(json!(text), expected);
    }
    check_refused::<Date>(&[
        json!("2023-02-29"),
        json!("2024-02-29x"),
        json!("2024-02"),
        json!("2024-02-2é"),
        json!(1),
    ]);
}
