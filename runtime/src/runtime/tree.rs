//! What can be serialized, read as a value: JSON, which other formats are written from, or what parameters are written from.
//!
//! JSON is as `serde_json` has it, but that NaN and infinities are errors instead of null, which says something else, and that in a
//! value a number of 32 bits is the one that the text would show.

use std::fmt::Display;
use std::marker::PhantomData;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::{Error, Value as Json};

/// `value` as JSON.
pub(super) fn tree<T: Serialize + ?Sized>(value: &T) -> Result<Json, Error> {
    read::<AsJson, T>(value)
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

/// `value` as what `M` makes of it.
pub(super) fn read<M: Make, T: Serialize + ?Sized>(value: &T) -> Made<M> {
    value.serialize(Reader(PhantomData::<M>))
}

/// What is made of a value that is read, piece by piece.
pub(super) trait Make {
    /// What there is in the end.
    type Value;
    /// Why there is nothing.
    type Error: serde::ser::Error;

    /// Null.
    fn null() -> Self::Value;
    /// A truth value or a whole number.
    fn literal<T: Serialize + Display>(value: T) -> Made<Self>;
    /// Any other number.
    fn number(value: f64) -> Made<Self>;
    /// A text.
    fn text(text: &str) -> Self::Value;
    /// Bytes.
    fn bytes(bytes: &[u8]) -> Made<Self>;
    /// A list.
    fn list(items: Vec<Self::Value>) -> Self::Value;
    /// An object.
    fn object(members: Vec<(String, Self::Value)>) -> Self::Value;
    /// What a member is called whose name is this.
    fn name(value: Self::Value) -> Result<String, Self::Error>;
    /// What a text is that is JSON already.
    fn raw(text: Self::Value) -> Made<Self>;
}

type Made<M> = Result<<M as Make>::Value, <M as Make>::Error>;

struct AsJson;

impl Make for AsJson {
    type Value = Json;
    type Error = Error;

    fn null() -> Json {
        Json::Null
    }

    fn literal<T: Serialize + Display>(value: T) -> Result<Json, Error> {
        serde_json::to_value(value)
    }

    fn number(value: f64) -> Result<Json, Error> {
        if value.is_finite() { Ok(Json::from(value)) } else { Err(Error::custom("a number is not finite")) }
    }

    fn text(text: &str) -> Json {
        Json::from(text)
    }

    fn bytes(bytes: &[u8]) -> Result<Json, Error> {
        serde_json::to_value(bytes)
    }

    fn list(items: Vec<Json>) -> Json {
        Json::Array(items)
    }

    fn object(members: Vec<(String, Json)>) -> Json {
        Json::Object(members.into_iter().collect())
    }

    fn name(value: Json) -> Result<String, Error> {
        match value {
            Json::String(text) => Ok(text),
            other @ (Json::Bool(_) | Json::Number(_)) => Ok(other.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => {
                Err(Error::custom("the name of a member is no text"))
            }
        }
    }

    fn raw(text: Json) -> Result<Json, Error> {
        serde_json::from_str(text.as_str().unwrap_or_default())
    }
}

/// What `serde_json` makes of a number or of raw JSON where another crate has switched `arbitrary_precision` or `raw_value` on.
const RAW: [&str; 2] = ["$serde_json::private::Number", "$serde_json::private::RawValue"];

struct Reader<M>(PhantomData<M>);

macro_rules! literals {
    ($($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> Made<M> {
            M::literal(value)
        })*
    };
}

impl<M: Make> Serializer for Reader<M> {
    type Ok = M::Value;
    type Error = M::Error;
    type SerializeSeq = Items<M>;
    type SerializeTuple = Items<M>;
    type SerializeTupleStruct = Items<M>;
    type SerializeTupleVariant = Items<M>;
    type SerializeMap = Members<M>;
    type SerializeStruct = Members<M>;
    type SerializeStructVariant = Members<M>;

    literals! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128
    }

    fn serialize_f32(self, value: f32) -> Made<M> {
        M::number(value.to_string().parse().unwrap_or(f64::from(value)))
    }

    fn serialize_f64(self, value: f64) -> Made<M> {
        M::number(value)
    }

    fn serialize_char(self, value: char) -> Made<M> {
        Ok(M::text(value.encode_utf8(&mut [0; 4])))
    }

    fn serialize_str(self, value: &str) -> Made<M> {
        Ok(M::text(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Made<M> {
        M::bytes(value)
    }

    fn serialize_none(self) -> Made<M> {
        Ok(M::null())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<M> {
        read::<M, T>(value)
    }

    fn serialize_unit(self) -> Made<M> {
        Ok(M::null())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made<M> {
        Ok(M::null())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made<M> {
        Ok(M::text(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made<M> {
        read::<M, T>(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made<M> {
        Ok(within::<M>(Some(variant), read::<M, T>(value)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<M>, M::Error> {
        Ok(Items { variant: None, made: Vec::new() })
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<M>, M::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<M>, M::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<M>, M::Error> {
        Ok(Items { variant: Some(variant), made: Vec::new() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<M>, M::Error> {
        Ok(Members::of(None))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<M>, M::Error> {
        Ok(Members { is_raw: RAW.contains(&name), ..Members::of(None) })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<M>, M::Error> {
        Ok(Members::of(Some(variant)))
    }
}

/// What is in a variant, as `serde` has it unless it is told otherwise.
fn within<M: Make>(variant: Option<&'static str>, made: M::Value) -> M::Value {
    match variant {
        Some(variant) => M::object(vec![(variant.to_owned(), made)]),
        None => made,
    }
}

/// A list in the making.
struct Items<M: Make> {
    variant: Option<&'static str>,
    made: Vec<M::Value>,
}

macro_rules! items {
    ($($of:ident: $method:ident),*) => {
        $(impl<M: Make> $of for Items<M> {
            type Ok = M::Value;
            type Error = M::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
                self.made.push(read::<M, T>(value)?);
                Ok(())
            }

            fn end(self) -> Made<M> {
                Ok(within::<M>(self.variant, M::list(self.made)))
            }
        })*
    };
}

items! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
}

/// An object in the making.
struct Members<M: Make> {
    variant: Option<&'static str>,
    is_raw: bool,
    key: String,
    made: Vec<(String, M::Value)>,
}

impl<M: Make> Members<M> {
    fn of(variant: Option<&'static str>) -> Self {
        Self { variant, is_raw: false, key: String::new(), made: Vec::new() }
    }

    fn finish(mut self) -> Made<M> {
        if self.is_raw
            && let Some((_, text)) = self.made.pop()
        {
            return M::raw(text);
        }
        Ok(within::<M>(self.variant, M::object(self.made)))
    }
}

impl<M: Make> SerializeMap for Members<M> {
    type Ok = M::Value;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.key = M::name(read::<M, T>(key)?)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.made.push((std::mem::take(&mut self.key), read::<M, T>(value)?));
        Ok(())
    }

    fn end(self) -> Made<M> {
        self.finish()
    }
}

macro_rules! members {
    ($($of:ident),*) => {
        $(impl<M: Make> $of for Members<M> {
            type Ok = M::Value;
            type Error = M::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), M::Error> {
                self.made.push((key.to_owned(), read::<M, T>(value)?));
                Ok(())
            }

            fn end(self) -> Made<M> {
                self.finish()
            }
        })*
    };
}

members! { SerializeStruct, SerializeStructVariant }
