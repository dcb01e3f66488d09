//! Values of parameters, read from whatever can be serialized: members keep their order, and numbers are text at once.

use std::fmt;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

use super::super::Json;
use super::super::number::Number;

/// A value that is to be written outside of JSON.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Null,
    /// A number or a truth value, as JSON writes it.
    Literal(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The same as JSON.
    pub(super) fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Literal(text) => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone())),
            Self::Text(text) => Json::String(text.clone()),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(members) => {
                members.iter().map(|(name, member)| (name.clone(), member.to_json())).collect()
            }
        }
    }
}

/// Why a value cannot be written; never the value.
#[derive(Debug)]
pub(super) struct Unwritable(pub(super) &'static str);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unwritable {}

impl Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("it cannot be written")
    }
}

/// Reads a value.
pub(super) struct Reader;

type Read = Result<Value, Unwritable>;

macro_rules! literals {
    ($($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> Read {
            Ok(Value::Literal(value.to_string()))
        })*
    };
}

impl Serializer for Reader {
    type Ok = Value;
    type Error = Unwritable;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Impossible<Value, Unwritable>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Value, Unwritable>;

    literals! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128
    }

    fn serialize_f32(self, value: f32) -> Read {
        number(Number::from(value))
    }

    fn serialize_f64(self, value: f64) -> Read {
        number(Number::from(value))
    }

    fn serialize_char(self, value: char) -> Read {
        Ok(Value::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Read {
        Ok(Value::Text(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Read {
        Err(Unwritable("it is bytes, which have no text"))
    }

    fn serialize_none(self) -> Read {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Read {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Read {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Read {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Read {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Read {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Read {
        Ok(Value::Object(vec![(variant.to_owned(), value.serialize(self)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Unwritable> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Unwritable> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Unwritable> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<Value, Unwritable>, Unwritable> {
        Err(Unwritable::custom(""))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Unwritable> {
        Ok(Members { is_number: false, read: Vec::new(), key: None })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, Unwritable> {
        // What `serde_json` makes of a number where another crate has switched its `arbitrary_precision` on.
        let is_number = name == "$serde_json::private::Number";
        Ok(Members { is_number, read: Vec::new(), key: None })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<Value, Unwritable>, Unwritable> {
        Err(Unwritable::custom(""))
    }
}

fn number(number: Number) -> Read {
    if number.is_finite() {
        return Ok(Value::Literal(number.to_string()));
    }
    Err(Unwritable("it is not a finite number"))
}

/// A list in the making.
pub(super) struct Items(Vec<Value>);

impl SerializeSeq for Items {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.0.push(value.serialize(Reader)?);
        Ok(())
    }

    fn end(self) -> Read {
        Ok(Value::List(self.0))
    }
}

impl SerializeTuple for Items {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Read {
        SerializeSeq::end(self)
    }
}

impl SerializeTupleStruct for Items {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Read {
        SerializeSeq::end(self)
    }
}

/// An object in the making.
pub(super) struct Members {
    is_number: bool,
    read: Vec<(String, Value)>,
    key: Option<String>,
}

impl SerializeMap for Members {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.key = match key.serialize(Reader)? {
            Value::Literal(text) | Value::Text(text) => Some(text),
            Value::Null | Value::List(_) | Value::Object(_) => {
                return Err(Unwritable("the name of a member is no text"));
            }
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        let key = self.key.take().unwrap_or_default();
        self.read.push((key, value.serialize(Reader)?));
        Ok(())
    }

    fn end(self) -> Read {
        match self.read.as_slice() {
            [(_, Value::Text(number))] if self.is_number => Ok(Value::Literal(number.clone())),
            _ => Ok(Value::Object(self.read)),
        }
    }
}

impl SerializeStruct for Members {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.read.push((key.to_owned(), value.serialize(Reader)?));
        Ok(())
    }

    fn end(self) -> Read {
        SerializeMap::end(self)
    }
}
