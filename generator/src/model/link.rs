//! Links: an operation that can follow on the answer of another.

use super::{OperationId, Server, Status, Type};

/// That an operation can follow on an answer of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What the document calls it.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// The operation that is answered.
    pub from: OperationId,
    /// For which status.
    pub status: Status,
    /// What the answer is, where something is taken from it.
    pub answer: Option<Type>,
    /// The operation that follows.
    pub target: OperationId,
    /// What its parameters are given; the caller passes the others.
    pub given: Vec<Given>,
    /// The way to what is in the answer and is sent as the body; without, the caller passes it.
    pub body: Option<Vec<String>>,
    /// Where it is called, if not where the operation is.
    pub server: Option<Server>,
}

/// What a parameter of the operation that follows is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its position among the operation's parameters.
    pub parameter: usize,
    /// What it is given.
    pub value: GivenValue,
}

/// Where the value of a parameter comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenValue {
    /// From what is there in the answer by these members and positions.
    Answer(Vec<String>),
    /// From the answer's header of that name.
    Header(String),
    /// From the document: the text of a single value.
    Constant(String),
    /// From the call that was answered, so the caller has it.
    Caller,
}

impl Link {
    /// What the parameter at `position` is given.
    pub fn given(&self, position: usize) -> Option<&GivenValue> {
        self.given.iter().find(|given| given.parameter == position).map(|given| &given.value)
    }
}
