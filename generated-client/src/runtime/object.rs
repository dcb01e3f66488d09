//! Reading and writing JSON objects, for emitted `serde` implementations.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serialize, Serializer};

use super::Patch;

/// A type that is read from the members of a JSON object.
pub trait Object<'de>: Sized {
    /// The type's name, for error messages.
    const NAME: &'static str;

    /// Reads every member up to the end of the object, with [`next_key`] and [`MapAccess::next_value`] or [`skip`].
    fn from_members<A: MapAccess<'de>>(members: A) -> Result<Self, A::Error>;
}

/// Reads an object; anything else, a list included, is an error.
pub fn object<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut read = None;
    deserializer.deserialize_map(ObjectVisitor(&mut read))?;
    read.ok_or_else(|| missing(T::NAME))
}

/// The next member's name; `None` at the end of the object.
pub fn next_key<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    members.next_key_seed(Key)
}

/// Passes over the value of a member that the type does not know.
pub fn skip<'de, A: MapAccess<'de>>(members: &mut A) -> Result<(), A::Error> {
    members.next_value::<IgnoredAny>().map(|_| ())
}

/// Passes over a member that always has this value; another is an error.
pub fn constant<'de, A: MapAccess<'de>>(members: &mut A, value: &'static str) -> Result<(), A::Error> {
    let given: String = members.next_value()?;
    if given == value {
        return Ok(());
    }
    Err(serde::de::Error::custom(format_args!("expected {value:?}, which is the only value")))
}

/// The error for a required member that is not there.
pub fn missing<E: serde::de::Error>(name: &'static str) -> E {
    E::missing_field(name)
}

/// Puts what it reads where it stays: objects are large, and passing one on from function to function copies it each time.
struct ObjectVisitor<'r, T>(&'r mut Option<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object (`{}`)", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        *self.0 = Some(T::from_members(members)?);
        Ok(())
    }
}

/// Reads a member's name without copying it where the format allows.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// Writes the members of an object one by one.
pub struct ObjectWriter<S: Serializer>(S::SerializeMap);

impl<S: Serializer> ObjectWriter<S> {
    /// Starts the object.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a member that is always there; `None` is written as `null`.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), S::Error> {
        self.0.serialize_entry(name, value)
    }

    /// Writes a member unless it is `None`.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.0.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes a member unless it is [`Patch::Absent`].
    pub fn patch<T: Serialize>(&mut self, name: &str, value: &Patch<T>) -> Result<(), S::Error> {
        match value {
            Patch::Absent => Ok(()),
            Patch::Null => self.0.serialize_entry(name, &()),
            Patch::Set(value) => self.0.serialize_entry(name, value),
        }
    }

    /// Writes a member whose value the API's description fixes.
    pub fn constant(&mut self, name: &str, value: &str) -> Result<(), S::Error> {
        self.0.serialize_entry(name, value)
    }

    /// Writes members that the API's description does not name.
    pub fn extra<'m, T, I>(&mut self, members: I) -> Result<(), S::Error>
    where
        T: Serialize + 'm,
        I: IntoIterator<Item = (&'m String, &'m T)>,
    {
        members.into_iter().try_for_each(|(name, value)| self.0.serialize_entry(name, value))
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
