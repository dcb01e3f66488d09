//! Reading and writing JSON objects, for emitted `serde` implementations.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Map, Patch};

/// A type that is read from the members of a JSON object.
pub trait Object<'de>: Sized {
    /// The type's name, for error messages.
    const NAME: &'static str;

    /// Reads every member up to the end of the object, with [`next_key`] and [`member`] or [`skip`].
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

/// Reads a member.
#[inline]
pub fn member<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: &mut A,
    place: &mut T,
) -> Result<(), A::Error> {
    *place = members.next_value()?;
    Ok(())
}

/// Reads a member for which `null` is a value: `T` is an `Option`, or any JSON.
#[inline]
pub fn member_or_null<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: &mut A,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    *place = Some(members.next_value()?);
    Ok(())
}

/// Reads a member for which `null` is what is there by default.
#[inline]
pub fn member_or_default<'de, T: Deserialize<'de> + Default, A: MapAccess<'de>>(
    members: &mut A,
    place: &mut T,
) -> Result<(), A::Error> {
    *place = members.next_value::<Option<T>>()?.unwrap_or_default();
    Ok(())
}

/// Keeps a member that the type does not know.
pub fn keep<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: &mut A,
    key: Cow<'_, str>,
    extra: &mut Map<T>,
) -> Result<(), A::Error> {
    extra.insert(key.into_owned(), members.next_value()?);
    Ok(())
}

/// Gives a member that has to be there.
#[inline]
pub fn required<T, E: serde::de::Error>(member: Option<T>, name: &'static str) -> Result<T, E> {
    member.ok_or_else(|| missing(name))
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

/// Writes the members of an object one by one; the first error comes back at the [`end`](Self::end).
pub struct ObjectWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> ObjectWriter<S> {
    /// Starts the object.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a member that is always there; `None` is written as `null`.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a member unless it is `None`.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes a member unless it is [`Patch::Absent`].
    pub fn patch<T: Serialize>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => {}
            Patch::Null => self.required(name, &()),
            Patch::Set(value) => self.required(name, value),
        }
    }

    /// Writes a member whose value the API's description fixes.
    pub fn constant(&mut self, name: &str, value: &str) {
        self.required(name, value);
    }

    /// Writes members that the API's description does not name.
    pub fn extra<'m, T, I>(&mut self, members: I)
    where
        T: Serialize + 'm,
        I: IntoIterator<Item = (&'m String, &'m T)>,
    {
        for (name, value) in members {
            self.required(name, value);
        }
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
