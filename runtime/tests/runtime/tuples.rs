//! Lists whose items have types of their own.

use clientsmith_runtime::runtime::{Patch, tuples};
use serde::de::SeqAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// As it is emitted.
#[derive(Debug, PartialEq)]
struct Row {
    second: Option<i32>,
    third: Patch<String>,
    rest: Vec<bool>,
}

impl<'de> tuples::Tuple<'de> for Row {
    const NAME: &'static str = "Row";

    fn from_items<A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        tuples::constant(&mut items, "row")?;
        let second = tuples::item(&mut items, 1)?;
        let third = tuples::optional(&mut items)?;
        let rest = tuples::rest(&mut items)?;
        Ok(Self { second, third, rest })
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        tuples::tuple(source)
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        let mut items = tuples::TupleWriter::new(sink)?;
        items.item("row")?;
        items.item(&self.second)?;
        items.patch(&self.third)?;
        items.rest(&self.rest)?;
        items.end()
    }
}

fn check(json: &str, row: &Row) {
    assert_eq!(&serde_json::from_str::<Row>(json).unwrap(), row);
    assert_eq!(serde_json::to_string(row).unwrap(), json);
}

#[test]
fn items_are_read_and_written_by_their_position() {
    check(r#"["row",1]"#, &Row { second: Some(1), third: Patch::Absent, rest: vec![] });
    check(r#"["row",null,null]"#, &Row { second: None, third: Patch::Null, rest: vec![] });
    let row = Row { second: Some(2), third: Patch::Set("a".to_owned()), rest: vec![true, false] };
    check(r#"["row",2,"a",true,false]"#, &row);
}

#[test]
fn what_is_no_such_list_is_an_error() {
    for json in [
        r#"["row"]"#,
        "[]",
        r#"["column",1]"#,
        r#"["row","1"]"#,
        r#"["row",1,"a",3]"#,
        r#"{"0":"row"}"#,
        "null",
    ] {
        assert!(serde_json::from_str::<Row>(json).is_err(), "{json}");
    }
}

#[test]
fn an_item_behind_a_missing_one_is_not_written_in_its_place() {
    let row = Row { second: Some(1), third: Patch::Absent, rest: vec![true] };
    assert!(serde_json::to_string(&row).is_err());
}
