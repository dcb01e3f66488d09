//! What emitted code says about an API to its command line.

use std::fmt;

use super::super::{Client, ClientBuilder, Kind, Place};
use super::{Given, Parts, Prepared};

/// The command line of an API.
#[derive(Debug)]
pub struct Program {
    /// The program's name, such as `kajabi`.
    pub name: &'static str,
    /// The package's version.
    pub version: &'static str,
    /// What the API is.
    pub about: &'static str,
    /// What the names of environment variables begin with, such as `KAJABI`.
    pub environment: &'static str,
    /// The groups of operations.
    pub groups: &'static [&'static Group],
    /// The client to set up.
    pub client: fn() -> ClientBuilder,
    /// The security schemes whose tokens are had for a client's own credentials.
    pub tokens: &'static [Tokens],
}

/// A security scheme whose tokens are had for a client's own credentials.
#[derive(Debug)]
pub struct Tokens {
    /// The scheme's name.
    pub scheme: &'static str,
    /// Has tokens fetched with these.
    pub with: fn(ClientBuilder, Login) -> ClientBuilder,
}

/// A client's own credentials.
pub struct Login {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The scopes to ask for, separated by spaces.
    pub scope: Option<String>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

/// Operations that belong together.
#[derive(Debug)]
pub struct Group {
    /// The subcommand, such as `contacts`.
    pub name: &'static str,
    /// What the group is about.
    pub about: &'static str,
    /// Its operations.
    pub commands: &'static [&'static Command],
}

/// An operation.
pub struct Command {
    /// The subcommand of its group, such as `list`.
    pub name: &'static str,
    /// The subcommand of `call`: the operation's name in the API's description.
    pub operation: &'static str,
    /// The method and the path, such as `GET /v1/contacts`.
    pub route: &'static str,
    /// One line about it.
    pub summary: &'static str,
    /// More about it.
    pub description: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its body, if it takes one.
    pub body: Option<Body>,
    /// Where the items of a page are, as a JSON pointer, if it gives pages that can be followed.
    pub pages: Option<&'static str>,
    /// Makes the call of what was given.
    pub run: Run,
}

/// Makes the call of what was given.
pub type Run = for<'a> fn(&'a Client, &mut Given) -> Prepared<'a>;

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Command").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// A parameter, which is an option.
#[derive(Debug)]
pub struct Parameter {
    /// The option without its hyphens, such as `page-size`.
    pub name: &'static str,
    /// The parameter's own name, such as `page[size]`.
    pub wire: &'static str,
    /// Where it is sent.
    pub place: Place,
    /// Whether it has to be given.
    pub needed: Needed,
    /// Whether it can be given more than once.
    pub repeats: Repeats,
    /// What a value can be in JSON; nothing means anything.
    pub kinds: &'static [Kind],
    /// The values that the description lists.
    pub values: &'static [&'static str],
    /// What it is.
    pub about: &'static str,
}

/// Whether something has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// It has.
    Required,
    /// It may be left out.
    Optional,
}

/// Whether an option can be given more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// Once: a single value.
    Never,
    /// Once for each item of a list.
    Each,
}

/// The body of a request.
#[derive(Debug)]
pub struct Body {
    /// Whether it has to be given.
    pub needed: Needed,
    /// The media types it can have; ranges such as `image/*` too.
    pub media: &'static [&'static str],
    /// The position of the media type that is sent unless another is asked for.
    pub preferred: usize,
    /// Members that are only read, wherever they are: given nevertheless, they are not sent.
    pub read_only: &'static [&'static str],
    /// The parts of those that are of several, by the position of the media type.
    pub parts: &'static [(usize, Parts)],
    /// What it is.
    pub about: &'static str,
}
