//! Values of parameters, read from whatever can be serialized: members keep their order, and numbers are text at once.

use std::fmt;

use serde::Serialize;
use serde::ser::Error;

use super::super::Json;
use super::super::number::Number;
use super::super::tree::Make;

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

/// What makes such a value.
pub(super) struct AsText;

type Made = Result<Value, Unwritable>;

impl Make for AsText {
    type Value = Value;
    type Error = Unwritable;

    fn null() -> Value {
        Value::Null
    }

    fn literal<T: Serialize + fmt::Display>(value: T) -> Made {
        Ok(Value::Literal(value.to_string()))
    }

    fn number(value: f64) -> Made {
        let number = Number::from(value);
        if number.is_finite() {
            return Ok(Value::Literal(number.to_string()));
        }
        Err(Unwritable("it is not a finite number"))
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn bytes(_: &[u8]) -> Made {
        Err(Unwritable("it is bytes, which have no text"))
    }

    fn list(items: Vec<Value>) -> Value {
        Value::List(items)
    }

    fn object(members: Vec<(String, Value)>) -> Value {
        Value::Object(members)
    }

    fn name(value: Value) -> Result<String, Unwritable> {
        match value {
            Value::Literal(text) | Value::Text(text) => Ok(text),
            Value::Null | Value::List(_) | Value::Object(_) => {
                Err(Unwritable("the name of a member is no text"))
            }
        }
    }

    fn raw(text: Value) -> Made {
        Self::name(text).map(Value::Literal)
    }
}
