//! Reading and writing lists whose items have types of their own, for emitted `serde` implementations.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Patch;

/// A type that is read from the items of a list.
pub trait Tuple<'de>: Sized {
    /// The type's name, for error messages.
    const NAME: &'static str;

    /// Reads every item up to the end of the list, with [`item`] and [`optional`], and then [`rest`] or [`skip`].
    fn from_items<A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error>;
}

/// Reads a list; anything else is an error.
pub fn tuple<'de, T: Tuple<'de>, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    source.deserialize_seq(TupleVisitor(std::marker::PhantomData))
}

/// Reads the item at `position`, which has to be there.
pub fn item<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    items: &mut A,
    position: usize,
) -> Result<T, A::Error> {
    let read = items.next_element()?;
    read.ok_or_else(|| {
        A::Error::custom(format_args!("the list has {position} items, and more were expected"))
    })
}

/// Reads an item that may be missing: as what it is without, if it is.
pub fn optional<'de, T: Deserialize<'de> + Default, A: SeqAccess<'de>>(items: &mut A) -> Result<T, A::Error> {
    Ok(items.next_element()?.unwrap_or_default())
}

/// Passes over an item that always has this value; another is an error.
pub fn constant<'de, A: SeqAccess<'de>>(items: &mut A, value: &'static str) -> Result<(), A::Error> {
    let given: Option<String> = items.next_element()?;
    if given.as_deref() == Some(value) {
        return Ok(());
    }
    Err(A::Error::custom(format_args!("expected {value:?}, which is the only value")))
}

/// Reads the items that follow.
pub fn rest<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(items: &mut A) -> Result<Vec<T>, A::Error> {
    let mut rest = Vec::new();
    while let Some(item) = items.next_element()? {
        rest.push(item);
    }
    Ok(rest)
}

/// Passes over the items that follow.
pub fn skip<'de, A: SeqAccess<'de>>(items: &mut A) -> Result<(), A::Error> {
    while items.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

struct TupleVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Tuple<'de>> Visitor<'de> for TupleVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list (`{}`)", T::NAME)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        T::from_items(items)
    }
}

/// Writes the items of a list one by one.
pub struct TupleWriter<S: Serializer> {
    items: S::SerializeSeq,
    has_gap: bool,
}

impl<S: Serializer> TupleWriter<S> {
    /// Starts the list.
    pub fn new(sink: S) -> Result<Self, S::Error> {
        Ok(Self { items: sink.serialize_seq(None)?, has_gap: false })
    }

    /// Writes an item; `None` is written as `null`. An error if one before it is missing, whose place it would take.
    pub fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        if self.has_gap {
            return Err(S::Error::custom("an item of a list is there, and one before it is not"));
        }
        self.items.serialize_element(value)
    }

    /// Writes an item unless it is `None`.
    pub fn optional<T: Serialize>(&mut self, value: &Option<T>) -> Result<(), S::Error> {
        self.has_gap |= value.is_none();
        value.as_ref().map_or(Ok(()), |value| self.item(value))
    }

    /// Writes an item unless it is [`Patch::Absent`].
    pub fn patch<T: Serialize>(&mut self, value: &Patch<T>) -> Result<(), S::Error> {
        match value {
            Patch::Absent => {
                self.has_gap = true;
                Ok(())
            }
            Patch::Null => self.item(&()),
            Patch::Set(value) => self.item(value),
        }
    }

    /// Writes the items that follow.
    pub fn rest<T: Serialize>(&mut self, items: &[T]) -> Result<(), S::Error> {
        items.iter().try_for_each(|item| self.item(item))
    }

    /// Ends the list.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.items.end()
    }
}
