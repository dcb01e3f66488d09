//! What is sent, as JSON: a text, or the value that another format is written from.
//!
//! As `serde_json` has it, but that NaN and infinities are errors instead of null, which says something else, and that in a value
//! a number of 32 bits is the one that the text would show.

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::value::Serializer as Plain;
use serde_json::{Error, Map, Value};

type Made = Result<Value, Error>;

/// `value` as JSON.
pub(super) fn tree<T: Serialize + ?Sized>(value: &T) -> Made {
    value.serialize(Maker)
}

/// `value` as the text of JSON.
pub(super) fn text<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let text = serde_json::to_vec(value)?;
    check(value, &text).map(|()| text)
}

/// Errors if there is NaN or an infinity in `value`, for which there is a null in its `text`.
pub(super) fn check<T: Serialize + ?Sized>(value: &T, text: &[u8]) -> Result<(), Error> {
    if has_null(text) { tree(value).map(drop) } else { Ok(()) }
}

fn has_null(text: &[u8]) -> bool {
    text.iter().enumerate().any(|(at, byte)| *byte == b'n' && text[at..].starts_with(b"null"))
}

/// What `serde_json` calls what is JSON already.
const PRIVATE: [&str; 2] = ["$serde_json::private::Number", "$serde_json::private::RawValue"];

struct Maker;

macro_rules! plain {
    ($($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> Made {
            Plain.$method(value)
        })*
    };
}

impl Serializer for Maker {
    type Ok = Value;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str
    }

    fn serialize_f32(self, value: f32) -> Made {
        self.serialize_f64(value.to_string().parse().unwrap_or(f64::from(value)))
    }

    fn serialize_f64(self, value: f64) -> Made {
        if value.is_finite() { Ok(Value::from(value)) } else { Err(Error::custom("a number is not finite")) }
    }

    fn serialize_none(self) -> Made {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made {
        tree(value)
    }

    fn serialize_unit(self) -> Made {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made {
        tree(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made {
        Ok(within(Some(variant), tree(value)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Error> {
        Ok(Items { variant: None, made: Vec::new() })
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items, Error> {
        Ok(Items { variant: Some(variant), made: Vec::new() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Error> {
        Ok(Members::of(None))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, Error> {
        // What `serde_json` makes of a number or of raw JSON where another crate has switched `arbitrary_precision` or `raw_value` on.
        Ok(Members { is_json: PRIVATE.contains(&name), ..Members::of(None) })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Error> {
        Ok(Members::of(Some(variant)))
    }
}

/// What is in a variant, as `serde` has it unless it is told otherwise.
fn within(variant: Option<&'static str>, made: Value) -> Value {
    match variant {
        Some(variant) => Value::from(Map::from_iter([(variant.to_owned(), made)])),
        None => made,
    }
}

/// A list in the making.
struct Items {
    variant: Option<&'static str>,
    made: Vec<Value>,
}

macro_rules! items {
    ($($of:ident: $method:ident),*) => {
        $(impl $of for Items {
            type Ok = Value;
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.made.push(tree(value)?);
                Ok(())
            }

            fn end(self) -> Made {
                Ok(within(self.variant, Value::Array(self.made)))
            }
        })*
    };
}

items! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
}

/// An object in the making.
struct Members {
    variant: Option<&'static str>,
    is_json: bool,
    key: String,
    made: Map<String, Value>,
}

impl Members {
    fn of(variant: Option<&'static str>) -> Self {
        Self { variant, is_json: false, key: String::new(), made: Map::new() }
    }

    fn finish(mut self) -> Made {
        match self.made.values_mut().next() {
            Some(Value::String(text)) if self.is_json => serde_json::from_str(text),
            _ => Ok(within(self.variant, Value::Object(self.made))),
        }
    }
}

impl SerializeMap for Members {
    type Ok = Value;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = match tree(key)? {
            Value::String(text) => text,
            other @ (Value::Bool(_) | Value::Number(_)) => other.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                return Err(Error::custom("the name of a member is no text"));
            }
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.made.insert(std::mem::take(&mut self.key), tree(value)?);
        Ok(())
    }

    fn end(self) -> Made {
        self.finish()
    }
}

macro_rules! members {
    ($($of:ident),*) => {
        $(impl $of for Members {
            type Ok = Value;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.made.insert(key.to_owned(), tree(value)?);
                Ok(())
            }

            fn end(self) -> Made {
                self.finish()
            }
        })*
    };
}

members! { SerializeStruct, SerializeStructVariant }
