//! `enum` and `const`.

use indexmap::IndexSet;

use super::{Here, Lowered, Lowering, rule};
use crate::diag::Code;
use crate::model::{EnumValues, Enumeration, Scalar, Shape, Type};
use crate::schema::{JsonType, Schema, TypeSet};
use crate::source::{NumberValue, Tree};

/// The one string a schema allows.
pub(in crate::lower) fn constant(schema: &Schema) -> Option<String> {
    match schema.enumeration.as_slice() {
        [Tree::String(text)] if schema.words.extensible.is_empty() => Some(text.to_string()),
        _ => None,
    }
}

impl<'d> Lowering<'d> {
    /// Several strings or several integers become an enumeration; one string stays a string, whose value
    /// [`constant`] tells. Values that were written twice count once.
    pub(super) fn enumeration(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        let more = &schema.words.extensible;
        let is_integer = schema.types.single() == Some(JsonType::Integer);
        let texts = more.iter().map(|value| (!is_integer).then(|| value.clone()));
        let numbers = more.iter().map(|value| value.parse().ok().filter(|_| is_integer));
        let strings = schema.enumeration.iter().map(|value| string(value, schema)).chain(texts);
        let strings: Option<IndexSet<String>> = strings.collect();
        let integers: Option<IndexSet<i64>> = schema.enumeration.iter().map(integer).chain(numbers).collect();
        let booleans = schema.enumeration.iter().all(|value| value.as_bool().is_some());
        match (strings, integers) {
            (Some(values), _) if values.len() == 1 && more.is_empty() => {
                Lowered::Use(Type::Scalar(Scalar::String))
            }
            (Some(values), _) => {
                let values = EnumValues::Strings(values.into_iter().collect());
                Lowered::Definition(Shape::Enumeration(Enumeration { values }))
            }
            (None, Some(values)) => {
                let values = EnumValues::Integers(values.into_iter().collect());
                Lowered::Definition(Shape::Enumeration(Enumeration { values }))
            }
            (None, None) if booleans => Lowered::Use(Type::Scalar(Scalar::Boolean)),
            (None, None) => self.unlisted(schema, here),
        }
    }

    /// Objects, lists, fractions and values of several types: the type without the list of its values.
    fn unlisted(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        let note = self.diags.note(Code::KeywordNotEnforced, &schema.pointer.child("enum"));
        match rule::one_of(schema) {
            Some(_) => note.message("the type in the client has no list of these values").help(
                "others are read as they are, and sent unless the client checks what it sends (`validate`)",
            ),
            None => note
                .message("`enum` is not checked by the client")
                .help("the value is sent and read as it is, and the server decides"),
        }
        let said = schema.types.without_null();
        let types = if said.is_empty() { types_of(&schema.enumeration) } else { said };
        match types.single() {
            Some(ty) => self.of_type(ty, schema, here),
            None => self.several_types(types, schema, here),
        }
    }
}

/// The text of a value. YAML takes `1` for a number; the schema knows that a string is meant.
fn string(value: &Tree, schema: &Schema) -> Option<String> {
    if schema.types.single() == Some(JsonType::String) {
        value.scalar_text()
    } else {
        value.as_str().map(str::to_owned)
    }
}

/// The JSON types of the values, where nothing else says what they are.
fn types_of(values: &[Tree]) -> TypeSet {
    let mut types = TypeSet::default();
    let is_number = |value: &&Tree| matches!(value, Tree::Number(_));
    let are_whole = values.iter().filter(is_number).all(|value| integer(value).is_some());
    for value in values {
        types.insert(match value {
            Tree::Null => JsonType::Null,
            Tree::Bool(_) => JsonType::Boolean,
            Tree::Number(_) if are_whole => JsonType::Integer,
            Tree::Number(_) => JsonType::Number,
            Tree::String(_) => JsonType::String,
            Tree::List(_) => JsonType::Array,
            Tree::Map(_) => JsonType::Object,
        });
    }
    types
}

fn integer(value: &Tree) -> Option<i64> {
    match value {
        Tree::Number(number) => match number.value {
            NumberValue::Integer(integer) => i64::try_from(integer).ok(),
            NumberValue::Float(_) => None,
        },
        Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::List(_) | Tree::Map(_) => None,
    }
}
