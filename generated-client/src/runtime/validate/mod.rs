//! Checks what a call is about to send against the rules that the API's description has for it.
//!
//! What is checked is what goes on the wire: parameters and bodies of JSON as their text says, if they are in memory, and what other
//! forms are written from.

mod text;
mod value;

use std::borrow::Cow;
use std::sync::OnceLock;

use regex_lite::Regex;

use super::{BuildError, Json, Kind, Place, Request, media};

/// The rules for what an operation sends; emitted code holds one of them for each operation that has any.
#[derive(Debug)]
pub struct CallRules {
    /// [`Operation::name`](super::Operation::name).
    pub operation: &'static str,
    /// Those of its parameters.
    pub parameters: &'static [ParameterRules],
    /// Those of its bodies, by media type.
    pub bodies: &'static [(&'static str, &'static [Rule])],
}

/// The rules for one parameter.
#[derive(Debug)]
pub struct ParameterRules {
    /// Where it is sent.
    pub place: Place,
    /// Its name on the wire.
    pub name: &'static str,
    /// How its text is read back.
    pub form: TextForm,
    /// Whether it is, or its values are, numbers.
    pub is_number: bool,
    /// All of them hold.
    pub rules: &'static [Rule],
}

/// How the text of a parameter is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// It is one value.
    Single,
    /// The name is there once for each value.
    Repeated,
    /// Values have this between them.
    Separated(&'static str),
    /// It is JSON.
    Json,
    /// It does not say enough: the value is the one that was passed.
    Passed,
}

/// The rules of a schema that others refer to; all of them hold.
#[derive(Debug)]
pub struct Rules(pub &'static [Rule]);

/// What holds for a value. A rule about values of one JSON type holds for all others.
#[derive(Debug)]
pub enum Rule {
    /// The value itself is held to something.
    Own(Restriction),
    /// A value is of one of these JSON types.
    Kind(&'static [Kind]),
    /// An object has these members.
    Has(&'static [&'static str]),
    /// All of these hold for the member of that name.
    Member(&'static str, &'static [Rule]),
    /// All of these hold for each member that has none of these names.
    Others(&'static [&'static str], &'static [Rule]),
    /// All of these hold for each member whose name matches.
    Matching(&'static Pattern, &'static [Rule]),
    /// All of these hold for each item.
    Each(&'static [Rule]),
    /// All of these hold for the item at that position.
    Item(usize, &'static [Rule]),
    /// All of these hold for each item from that position on.
    Rest(usize, &'static [Rule]),
    /// The rules of a schema hold.
    Like(&'static Rules),
    /// All rules of one of these hold.
    Any(&'static [&'static [Rule]]),
}

/// What a value itself is held to.
#[derive(Debug)]
pub enum Restriction {
    /// There are so many or more.
    Fewest(Measure, u64),
    /// There are so many or less.
    Most(Measure, u64),
    /// A number compares so.
    Compares(Comparison, Quantity),
    /// A number is so many times that.
    MultipleOf(Quantity),
    /// This is found in a text.
    Pattern(&'static Pattern),
    /// No two items are alike.
    Unique,
    /// A text, a whole number or a flag is one of these.
    OneOf(&'static [&'static str]),
}

/// What of a value is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The characters of a text.
    Characters,
    /// The items of a list.
    Items,
    /// The members of an object.
    Members,
}

/// How a number stands to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It is not less.
    AtLeast,
    /// It is more.
    MoreThan,
    /// It is not more.
    AtMost,
    /// It is less.
    LessThan,
}

/// A number of the API's description.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// Without a fraction.
    Whole(i128),
    /// Any other.
    Real(f64),
}

/// A regular expression, which is compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// What is not compiled yet. The generator writes none that cannot be.
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Whether it is found in `text`; an expression that cannot be compiled is found anywhere.
    fn is_found_in(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.text).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// Checks what `request` would send against the rules of its operation in `all`, which are sorted by its name.
///
/// # Errors
///
/// [`BuildError::Invalid`] with everything that breaks a rule, up to a bound.
pub fn check(request: &Request<'_>, all: &[&CallRules]) -> Result<(), BuildError> {
    let name = request.operation().name;
    let Ok(found) = all.binary_search_by(|rules| rules.operation.cmp(name)) else { return Ok(()) };
    let rules = all[found];
    let mut violations = Vec::new();
    for parameter in rules.parameters {
        if let Some(value) = text::value(request, parameter) {
            let place = text::described(parameter);
            value::check(&value, parameter.rules, &place, &mut violations);
        }
    }
    if let Some((body, rules)) = body(request, rules) {
        value::check(&body, rules, "body", &mut violations);
    }
    if violations.is_empty() { Ok(()) } else { Err(BuildError::Invalid(violations.into())) }
}

fn body<'r>(request: &'r Request<'_>, rules: &CallRules) -> Option<(Cow<'r, Json>, &'static [Rule])> {
    let media_type = media::said(request.headers())?;
    // What parts are told apart by is not in the API's description.
    let media_type = media_type.split("; boundary=").next().unwrap_or(media_type);
    let (_, rules) = rules.bodies.iter().find(|(known, _)| known.eq_ignore_ascii_case(media_type))?;
    if let Some(kept) = request.kept_body() {
        return Some((Cow::Borrowed(kept), rules));
    }
    let bytes = request.body_bytes()?;
    let body = if media::is_json(media_type) {
        serde_json::from_slice(&bytes).ok()?
    } else {
        Json::String(String::from_utf8(bytes.to_vec()).ok()?)
    };
    Some((Cow::Owned(body), rules))
}
