//! Objects and their members.

use super::{Docs, Type};

/// An object with known members.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// In document order.
    pub members: Vec<Member>,
    /// The values of members beyond those, where the schema describes them.
    pub additional: Option<Type>,
    /// A member that is the same in every such object: name and value. It is written by itself and not read.
    pub tag: Option<(String, String)>,
    /// What becomes of a member whose value is not what it should be.
    pub reading: Reading,
    /// Members whose names follow a pattern; they are kept with the additional ones.
    pub patterns: Vec<Pattern>,
    /// How members are told apart in JSON.
    pub by: MembersBy,
}

/// How the members of an object are told apart in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MembersBy {
    /// By name: it is an object.
    #[default]
    Name,
    /// By position: it is a list whose first items each have a type of their own. What is additional is the items behind those.
    Position,
}

/// What becomes of a value that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// The whole answer cannot be read.
    #[default]
    Strict,
    /// It is converted if it can be: `2` to `"2"`.
    Lenient,
    /// It is kept as it came, among the additional members.
    Keeping,
}

/// Members of an object whose names begin alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// How the names begin.
    pub prefix: String,
    /// What follows.
    pub keys: PatternKeys,
    /// What the values are.
    pub ty: Type,
}

/// What follows the prefix of a [`Pattern`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternKeys {
    /// A number in this range.
    Numbers {
        /// The least.
        least: u16,
        /// The greatest.
        greatest: u16,
    },
    /// Anything.
    Text,
}

/// A member of an [`Object`].
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The name in JSON.
    pub name: String,
    /// What its value is.
    pub ty: Type,
    /// Whether it has to be there.
    pub presence: Presence,
    /// Whether its value may be null.
    pub nullable: bool,
    /// Present only in what is read (`readOnly`), only in what is sent (`writeOnly`), or in both.
    pub direction: MemberDirection,
    /// The one value it can have, where the schema allows one only.
    pub constant: Option<String>,
    /// What becomes of a value that is not of its type.
    pub reading: Reading,
    /// The document's words.
    pub docs: Docs,
}

/// Whether a member occurs in what is sent and in what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberDirection {
    /// In both.
    Both,
    /// Never sent.
    ReadOnly,
    /// Never read.
    WriteOnly,
}

/// Whether something has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It has.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, which is then the same as being empty.
    Defaulted,
}

impl Member {
    /// A member of both what is sent and what is read, of which no more is said than this.
    pub fn of(name: &str, ty: Type, presence: Presence) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            presence,
            nullable: false,
            direction: MemberDirection::Both,
            constant: None,
            reading: Reading::Strict,
            docs: Docs::default(),
        }
    }
}

impl Object {
    /// An object of these members and no others.
    pub fn of(members: Vec<Member>) -> Self {
        Self {
            members,
            additional: None,
            tag: None,
            reading: Reading::Strict,
            patterns: Vec::new(),
            by: MembersBy::Name,
        }
    }
}
