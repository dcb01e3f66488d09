//! What is known of a keyword.

use super::Object;

/// A keyword of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// As it is written; one in braces stands for any name that the document chooses.
    pub keyword: &'static str,
    /// The versions that have it.
    pub versions: Versions,
    /// What becomes of it.
    pub fate: Fate,
    /// The same in a phrase.
    pub note: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The code of the client follows it.
    Used,
    /// It is in the client's documentation.
    Documented,
    /// A diagnostic says at its place what it does not do.
    Reported,
    /// It says nothing that a client is made of; one note says so for all its places.
    PassedOver,
}

impl Fate {
    /// As the guide calls it.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Used => "used",
            Fate::Documented => "documented only",
            Fate::Reported => "reported",
            Fate::PassedOver => "reported once",
        }
    }
}

/// What the value of a keyword is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Values, in which no keyword is.
    Data,
    /// An object.
    One(Object),
    /// A sequence of objects.
    List(Object),
    /// Objects by names that the document chooses.
    Map(Object),
}

/// Versions of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions(u8);

/// The versions that there are tables of.
pub const VERSIONS: [(&str, Versions); 4] =
    [("2.0", Versions::TWO), ("3.0", Versions(0b0010)), ("3.1", Versions(0b0100)), ("3.2", Versions::LATEST)];

impl Versions {
    /// All.
    pub const ALL: Self = Self(0b1111);
    /// Swagger 2.0.
    pub const TWO: Self = Self(0b0001);
    /// 3.0 and later.
    pub const THREE: Self = Self(0b1110);
    /// 3.0 alone.
    pub const THREE_0: Self = Self(0b0010);
    /// 3.1 and later.
    pub const LATER: Self = Self(0b1100);
    /// 3.2.
    pub const LATEST: Self = Self(0b1000);

    /// Whether one of them is among the others.
    pub const fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

pub(super) const fn row(keyword: &'static str, versions: Versions, fate: Fate, note: &'static str) -> Row {
    Row { keyword, versions, fate, note, holds: Holds::Data }
}

impl Row {
    pub(super) const fn one(self, object: Object) -> Self {
        Self { holds: Holds::One(object), ..self }
    }

    pub(super) const fn list(self, object: Object) -> Self {
        Self { holds: Holds::List(object), ..self }
    }

    pub(super) const fn map(self, object: Object) -> Self {
        Self { holds: Holds::Map(object), ..self }
    }

    /// Whether the document chooses the name.
    pub fn is_free(&self) -> bool {
        self.keyword.starts_with('{')
    }
}
