//! Parts as a command line is given them.
#![cfg(feature = "cli")]

use super::super::form::FormStyle;
use super::super::{Json, cli};
use super::{Multipart, Part, PartKind};

/// What a command line has to know of the parts of a body, or of those in a part.
#[derive(Debug)]
pub struct Given {
    /// How they are written.
    pub kinds: &'static [PartKind],
    /// The names of those that are JSON if nothing says otherwise.
    pub json: &'static [&'static str],
    /// The names of those that are several parts each, by the API's description, where one JSON text is given for all of them.
    pub apart: &'static [&'static str],
    /// Those that have parts of their own, with a dot between the names of both: `message.text`.
    pub inner: &'static [(&'static str, Given)],
    /// The names of others that have a dot in them.
    pub dotted: &'static [&'static str],
}

impl Given {
    /// The body that these parts are. A part as a whole, and parts that would be in it, are an error.
    pub fn body(&self, given: &[cli::Part]) -> Result<Multipart, cli::Usage> {
        let mut body = Multipart::new(self.kinds);
        let mut within: Vec<Vec<cli::Part>> = self.inner.iter().map(|_| Vec::new()).collect();
        for part in given {
            match self.outer(part) {
                Some((at, name)) => within[at].push(cli::Part { name, ..part.clone() }),
                None => self.add(&mut body, part)?,
            }
        }
        for ((name, inner), within) in self.inner.iter().zip(within).filter(|(_, within)| !within.is_empty())
        {
            if given.iter().any(|part| part.name == *name) {
                let message = format!("'{name}' and '{name}.{}' cannot both be given", within[0].name);
                return Err(message.into());
            }
            body.nested(name, inner.body(&within)?);
        }
        Ok(body)
    }

    /// Which part this one is in, and what it is called there. The longest name counts.
    fn outer(&self, part: &cli::Part) -> Option<(usize, String)> {
        let is_own = self.dotted.contains(&part.name.as_str());
        let all = self.inner.iter().enumerate().filter(|(_, (name, _))| !is_own && *name != part.name);
        let found = all.filter_map(|(at, (name, _))| Some((at, own_name(part, name)?)));
        found.min_by_key(|(_, own)| own.len())
    }

    /// Adds the part, or those that a value in JSON is.
    fn add(&self, body: &mut Multipart, given: &cli::Part) -> Result<(), cli::Usage> {
        if given.file.is_none() && self.apart.contains(&given.name.as_str()) {
            let value = serde_json::from_slice(&given.bytes).ok();
            if let Some(value @ (Json::Object(_) | Json::Array(_))) = value {
                cli::check_digits(&given.name, &given.bytes)?;
                body.add(&given.name, &value);
                return Ok(());
            }
        }
        body.push(self.part(given)?);
        Ok(())
    }

    fn part(&self, given: &cli::Part) -> Result<Part, cli::Usage> {
        let kind = self.kinds.iter().find(|kind| kind.name == given.name);
        let usual = match &given.file {
            Some(_) => "application/octet-stream",
            None if self.json.contains(&given.name.as_str()) => "application/json",
            None => "text/plain",
        };
        let asked = given.file.as_ref().and_then(|file| file.media_type.as_deref());
        let media_type = asked.or(kind.and_then(|kind| kind.media_type)).unwrap_or(usual);
        let body = if given.file.is_some() { given.bytes.clone() } else { written(kind, given)? };
        let part = Part::new(&given.name, body).media_type(media_type);
        Ok(match &given.file {
            Some(file) => part.file_name(&file.name),
            None => part,
        })
    }
}

/// The name of a part within the one called `outer`, if it is in that.
fn own_name(part: &cli::Part, outer: &str) -> Option<String> {
    part.name.strip_prefix(outer)?.strip_prefix('.').map(str::to_owned)
}

/// What is given as JSON, as it is sent where the API's description wants something else, and text as JSON where it wants that; anything
/// else as it is.
fn written(kind: Option<&PartKind>, given: &cli::Part) -> Result<Vec<u8>, cli::Usage> {
    let value = serde_json::from_slice::<Json>(&given.bytes);
    match (kind.and_then(|kind| kind.style), value, std::str::from_utf8(&given.bytes)) {
        (Some(FormStyle::Json), Err(_), Ok(text)) => Ok(Json::from(text).to_string().into_bytes()),
        (Some(FormStyle::Written(write)), Ok(value), _) => match write(&value) {
            Ok(written) => cli::check_digits(&given.name, &given.bytes).map(|()| written.into_bytes()),
            Err(_) => Ok(given.bytes.clone()),
        },
        _ => Ok(given.bytes.clone()),
    }
}
