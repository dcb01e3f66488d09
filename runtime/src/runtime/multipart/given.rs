//! Parts as a command line is given them.
#![cfg(feature = "cli")]

use super::super::cli;
use super::super::form::FormStyle;
use super::{Multipart, Part, PartKind};

/// What a command line has to know of the parts of a body, or of those in a part.
#[derive(Debug)]
pub struct Given {
    /// How they are written.
    pub kinds: &'static [PartKind],
    /// The names of those that are JSON if nothing says otherwise.
    pub json: &'static [&'static str],
    /// Those that have parts of their own, with a dot between the names of both: `message.text`.
    pub inner: &'static [(&'static str, Given)],
}

impl Given {
    /// The body that these parts are.
    pub fn body(&self, given: &[cli::Part]) -> Multipart {
        let mut body = Multipart::new(self.kinds);
        let is_within = |part: &cli::Part| self.inner.iter().any(|(name, _)| own_name(part, name).is_some());
        for part in given.iter().filter(|part| !is_within(part)) {
            body.push(self.part(part));
        }
        for (name, inner) in self.inner {
            let own = |part: &cli::Part| Some(cli::Part { name: own_name(part, name)?, ..part.clone() });
            let within: Vec<cli::Part> = given.iter().filter_map(own).collect();
            if !within.is_empty() {
                body.nested(name, inner.body(&within));
            }
        }
        body
    }

    fn part(&self, given: &cli::Part) -> Part {
        let kind = self.kinds.iter().find(|kind| kind.name == given.name);
        let usual = match &given.file {
            Some(_) => "application/octet-stream",
            None if self.json.contains(&given.name.as_str()) => "application/json",
            None => "text/plain",
        };
        let asked = given.file.as_ref().and_then(|file| file.media_type.as_deref());
        let media_type = asked.or(kind.and_then(|kind| kind.media_type)).unwrap_or(usual);
        let body = if given.file.is_some() { given.bytes.clone() } else { written(kind, &given.bytes) };
        let part = Part::new(&given.name, body).media_type(media_type);
        match &given.file {
            Some(file) => part.file_name(&file.name),
            None => part,
        }
    }
}

/// The name of a part within the one called `outer`, if it is in that.
fn own_name(part: &cli::Part, outer: &str) -> Option<String> {
    part.name.strip_prefix(outer)?.strip_prefix('.').map(str::to_owned)
}

/// What is given as JSON, as it is sent where the API's description wants something else; anything else as it is.
fn written(kind: Option<&PartKind>, given: &[u8]) -> Vec<u8> {
    let Some(FormStyle::Written(write)) = kind.and_then(|kind| kind.style) else { return given.to_vec() };
    let written = serde_json::from_slice(given).and_then(|value| write(&value));
    written.map_or_else(|_| given.to_vec(), String::into_bytes)
}
