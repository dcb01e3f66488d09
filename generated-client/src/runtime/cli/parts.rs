//! The parts that the API's description gives a body: which there are, what each can be, and which of them was meant.

use std::fmt::Write as _;

use super::super::Kind;
use super::describe::{Needed, Repeats};
use super::multipart::Part;
use super::{Usage, text};

/// The parts of a body, or of a part that has parts of its own.
#[derive(Debug)]
pub struct Parts {
    /// Those that are described; those with a position come first.
    pub known: &'static [KnownPart],
    /// Whether there can be others.
    pub others: Others,
}

/// Whether there can be parts that are not described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// There can; where parts have no names, only behind all others.
    Any,
    /// There cannot.
    None,
}

/// A part of a body.
#[derive(Debug)]
pub struct KnownPart {
    /// Its name; the client's own where parts have positions.
    pub name: &'static str,
    /// How it is told from others.
    pub told: Told,
    /// Whether it has to be given.
    pub needed: Needed,
    /// Whether there can be more than one of them.
    pub repeats: Repeats,
    /// What is in it.
    pub holds: Holds,
    /// Its media type, if that goes without saying.
    pub media_type: Option<&'static str>,
    /// The only text that it can be, which is sent by itself.
    pub constant: Option<&'static str>,
    /// The headers that are described, and whether it has to have them.
    pub headers: &'static [(&'static str, Needed)],
    /// What it is.
    pub about: &'static str,
}

/// How a part is told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By its name.
    ByName,
    /// By its name, or by names that begin with it, if the JSON text for all of them is not given: `near[of]`.
    ByMembers,
    /// By its position.
    At(usize),
    /// It is any of those behind the ones with a position.
    Behind,
}

/// What is in a part.
#[derive(Debug)]
pub enum Holds {
    /// Bytes as they are.
    File,
    /// A text that stands for one of these; any text if there are none.
    Text(&'static [Kind]),
    /// A JSON text.
    Json,
    /// Parts of its own, which are given by the names of both.
    Parts(&'static Parts),
}

/// What a name on the command line means.
pub enum Found {
    /// This part.
    Part(&'static KnownPart),
    /// The part of that name in this one.
    Within(&'static KnownPart, String),
    /// One that is not described.
    Other,
}

/// How a part without a name is given: `=VALUE`.
const NO_NAME: &str = "";

impl Parts {
    /// Nothing is said of them.
    pub(super) const UNKNOWN: Self = Self { known: &[], others: Others::Any };

    /// What `name` means; `above` is what leads to these parts. An error if there is no such part.
    pub fn find(&'static self, name: &str, above: &str) -> Result<Found, Usage> {
        if let Some(known) = self.known.iter().find(|known| known.is_called(name)) {
            return Ok(Found::Part(known));
        }
        // The longest name counts.
        let within = self.known.iter().filter_map(|known| Some((known, known.own_name(name)?)));
        if let Some((known, own)) = within.min_by_key(|(_, own)| own.len()) {
            return Ok(Found::Within(known, own.to_owned()));
        }
        let is_member = |known: &KnownPart| {
            let rest = name.strip_prefix(known.name);
            known.told == Told::ByMembers && rest.is_some_and(|rest| rest.starts_with('['))
        };
        let is_possible = self.others == Others::Any && (!self.is_ordered() || name == NO_NAME);
        if is_possible || self.known.iter().any(is_member) {
            return Ok(Found::Other);
        }
        let known: Vec<String> = self.known.iter().map(|known| known.called(above)).collect();
        Err(Usage(format!("the body has no part '{above}{name}'; its parts are: {}", known.join(", "))))
    }

    /// The parts in the one of that name.
    pub fn within(&'static self, name: &str) -> Option<&'static Self> {
        match self.known.iter().find(|known| known.name == name)?.holds {
            Holds::Parts(inner) => Some(inner),
            Holds::File | Holds::Text(_) | Holds::Json => None,
        }
    }

    /// The parts that are sent by themselves when these are given. An error if one is missing that has to be there, or there are two of
    /// what can be one.
    pub fn complete(
        &'static self,
        given: &[Found],
        above: &str,
    ) -> Result<Vec<(&'static str, &'static str)>, Usage> {
        let times = |known: &KnownPart| {
            let is_it = |found: &&Found| match found {
                Found::Part(part) | Found::Within(part, _) => part.name == known.name,
                Found::Other => false,
            };
            given.iter().filter(is_it).count()
        };
        let mut by_themselves = Vec::new();
        let mut missing = Vec::new();
        for known in self.known {
            let is_single = matches!(
                (known.told, &known.holds),
                (Told::At(_), Holds::File | Holds::Text(_) | Holds::Json)
            );
            match (known.needed, known.constant, times(known)) {
                (_, _, 2..) if is_single => {
                    return Err(Usage(format!("the part {} can be given once only", known.called(above))));
                }
                (Needed::Required, Some(constant), 0) => by_themselves.push((known.name, constant)),
                (Needed::Required, None, 0) => missing.push(format!("'--part {}'", known.example(above))),
                (Needed::Required | Needed::Optional, _, _) => {}
            }
        }
        if missing.is_empty() {
            return Ok(by_themselves);
        }
        Err(Usage(format!("parts are required that are not given: {}", missing.join(", "))))
    }

    fn is_ordered(&self) -> bool {
        self.known.iter().any(|known| matches!(known.told, Told::At(_) | Told::Behind))
    }

    /// A line for each part.
    pub(super) fn help(&self) -> String {
        let mut lines = Vec::new();
        self.add_lines("", Needed::Required, &mut lines);
        let widest = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        let mut help = String::new();
        for (name, about) in lines {
            let _ = writeln!(help, "  {name:widest$}  {about}");
        }
        if self.is_ordered() {
            help.push_str("  They are told apart by their order: '1=VALUE' is the first");
            let has_rest = self.known.iter().any(|known| known.told == Told::Behind);
            if has_rest || self.others == Others::Any {
                help.push_str(", '=VALUE' one behind those with a number");
            }
            help.push_str(".\n");
        } else if self.others == Others::None {
            help.push_str("  There are no others.\n");
        }
        help
    }

    fn add_lines(&self, above: &str, needed: Needed, lines: &mut Vec<(String, String)>) {
        for known in self.known {
            if let Holds::Parts(inner) = known.holds {
                let needed = if needed == Needed::Required { known.needed } else { Needed::Optional };
                inner.add_lines(&format!("{above}{}.", known.name), needed, lines);
            } else {
                lines.push((known.called(above), known.says(needed)));
            }
        }
    }
}

impl KnownPart {
    /// An error if a header is missing that the part has to have; `above` is what leads to it.
    pub fn check_headers(&self, given: &Part, above: &str) -> Result<(), Usage> {
        let is_given = |name: &str| given.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        let missing = |(name, needed): &&(&str, Needed)| *needed == Needed::Required && !is_given(name);
        match self.headers.iter().find(missing) {
            None => Ok(()),
            Some((name, _)) => {
                let part = format!("{above}{}", given.name);
                Err(Usage(format!("the part '{part}' needs a header: '--part-header {part}:{name}=VALUE'")))
            }
        }
    }

    fn is_called(&self, name: &str) -> bool {
        let is_there = match self.told {
            Told::ByName | Told::ByMembers => false,
            Told::At(at) => name.parse() == Ok(at + 1),
            Told::Behind => name == NO_NAME,
        };
        is_there || name == self.name
    }

    /// The name of a part within this one.
    fn own_name<'n>(&self, name: &'n str) -> Option<&'n str> {
        let Holds::Parts(_) = self.holds else { return None };
        let number = match self.told {
            Told::At(at) => Some((at + 1).to_string()),
            Told::ByName | Told::ByMembers | Told::Behind => None,
        };
        let mut all = [Some(self.name), number.as_deref()].into_iter().flatten();
        all.find_map(|own| name.strip_prefix(own)?.strip_prefix('.'))
    }

    /// Its name, and its number if it has one.
    fn called(&self, above: &str) -> String {
        match self.told {
            Told::ByName | Told::ByMembers | Told::Behind => format!("{above}{}", self.name),
            Told::At(at) => format!("{above}{} or {above}{}", at + 1, self.name),
        }
    }

    /// How it can be given.
    fn example(&self, above: &str) -> String {
        let name = match self.told {
            Told::ByName | Told::ByMembers | Told::Behind => self.name.to_owned(),
            Told::At(at) => (at + 1).to_string(),
        };
        match &self.holds {
            Holds::File => format!("{above}{name}=@FILE"),
            Holds::Text(kinds) => format!("{above}{name}={}", text::placeholder(kinds)),
            Holds::Json => format!("{above}{name}=JSON"),
            Holds::Parts(inner) => {
                let first = inner.known.iter().find(|part| part.needed == Needed::Required);
                match first.or(inner.known.first()) {
                    Some(first) => first.example(&format!("{above}{name}.")),
                    None => format!("{above}{name}=@FILE"),
                }
            }
        }
    }

    /// What is in it, and whether it has to be there.
    fn says(&self, above: Needed) -> String {
        let held = match &self.holds {
            Holds::File => "a file".to_owned(),
            Holds::Json => "JSON".to_owned(),
            Holds::Text([]) | Holds::Parts(_) => "text".to_owned(),
            Holds::Text(kinds) => kinds.iter().map(|kind| text::name(*kind)).collect::<Vec<_>>().join(" or "),
        };
        let mut says = held;
        if let Some(media_type) = self.media_type {
            let _ = write!(says, " ({media_type})");
        }
        match (self.needed, self.constant, above) {
            (Needed::Required, Some(constant), _) => _ = write!(says, ", always '{constant}'"),
            (Needed::Required, None, Needed::Required) => says.push_str(", required"),
            (Needed::Required, None, Needed::Optional) => says.push_str(", required with the others"),
            (Needed::Optional, _, _) => {}
        }
        if self.repeats == Repeats::Each {
            says.push_str(", once for each item");
        }
        for (needed, may) in [(Needed::Required, "with"), (Needed::Optional, "may have")] {
            let headers = self.headers.iter().filter(|(_, known)| *known == needed);
            let names: Vec<&str> = headers.map(|(name, _)| *name).collect();
            if !names.is_empty() {
                let _ = write!(says, ", {may} the header {}", names.join(" and "));
            }
        }
        if !self.about.is_empty() {
            let _ = write!(says, ": {}", self.about);
        }
        says
    }
}

/// The parts that were given for a body, and those that it can have.
pub struct GivenParts<'g> {
    /// Those that it can have.
    pub known: &'static Parts,
    /// Those that were given, in their order.
    pub given: &'g [Part],
}
