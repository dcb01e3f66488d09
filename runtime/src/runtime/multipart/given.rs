//! Parts as a command line is given them.
#![cfg(feature = "cli")]

use super::super::cli::{self, Found, Holds, KnownPart, Parts, Told};
use super::super::form::FormStyle;
use super::super::{Json, charset};
use super::{Multipart, Part, PartKind};

/// What a command line has to know of the parts of a body, or of those in a part, to write them.
#[derive(Debug)]
pub struct Given {
    /// How they are written.
    pub kinds: &'static [PartKind],
    /// Those that have parts of their own.
    pub inner: &'static [(&'static str, Given)],
}

impl Given {
    /// The body that these parts are. It is an error if there is one that cannot be, or one is not there that has to be.
    pub fn body(&self, parts: &cli::GivenParts<'_>) -> Result<Multipart, cli::Usage> {
        self.composed(parts.known, parts.given, "")
    }

    /// The same of parts that the names in `above` lead to. A part as a whole, and parts that would be in it, are an error.
    fn composed(
        &self,
        known: &'static Parts,
        given: &[cli::Part],
        above: &str,
    ) -> Result<Multipart, cli::Usage> {
        let mut body = Multipart::new(self.kinds);
        let found: Vec<Found> =
            given.iter().map(|part| known.find(&part.name, above)).collect::<Result<_, _>>()?;
        for (found, part) in found.iter().zip(given) {
            match found {
                Found::Part(known) => {
                    known.check_headers(part, above)?;
                    self.add(&mut body, Some(known), part)?;
                }
                Found::Other => self.add(&mut body, None, part)?,
                Found::Within(..) => {}
            }
        }
        for (name, inner) in self.inner {
            let within = found.iter().zip(given).filter_map(|(found, part)| match found {
                Found::Within(known, own) if known.name == *name => {
                    Some(cli::Part { name: own.clone(), ..part.clone() })
                }
                Found::Within(..) | Found::Part(_) | Found::Other => None,
            });
            let within: Vec<cli::Part> = within.collect();
            let (Some(first), Some(parts)) = (within.first(), known.within(name)) else { continue };
            if found.iter().any(|found| matches!(found, Found::Part(known) if known.name == *name)) {
                let message = format!("'{name}' and '{name}.{}' cannot both be given", first.name);
                return Err(message.into());
            }
            body.nested(name, inner.composed(parts, &within, &format!("{above}{name}."))?);
        }
        for (name, constant) in known.complete(&found, above)? {
            body.value(name, constant);
        }
        Ok(body)
    }

    /// Adds the part, or those that a value in JSON is.
    fn add(
        &self,
        body: &mut Multipart,
        known: Option<&'static KnownPart>,
        given: &cli::Part,
    ) -> Result<(), cli::Usage> {
        if given.file.is_none() && known.is_some_and(|known| known.told == Told::ByMembers) {
            let value = serde_json::from_slice(&given.bytes).ok();
            if let Some(value @ (Json::Object(_) | Json::Array(_))) = value {
                cli::check_json(&given.name, &given.bytes)?;
                let before = body.parts.len();
                body.add(&given.name, &value);
                body.parts[before..].iter_mut().for_each(|part| part.headers.extend(given.headers.clone()));
                return Ok(());
            }
        }
        body.push(self.part(known, given)?);
        Ok(())
    }

    fn part(&self, known: Option<&'static KnownPart>, given: &cli::Part) -> Result<Part, cli::Usage> {
        let name = known.map_or(given.name.as_str(), |known| known.name);
        let kind = self.kinds.iter().find(|kind| kind.name == name);
        let usual = match &given.file {
            Some(_) => "application/octet-stream",
            None if known.is_some_and(|known| matches!(known.holds, Holds::Json)) => "application/json",
            None => "text/plain",
        };
        let asked = given.file.as_ref().and_then(|file| file.media_type.as_deref());
        let media_type = asked.or(kind.and_then(|kind| kind.media_type)).unwrap_or(usual);
        let body = match given.file {
            Some(_) => given.bytes.clone(),
            None => encoded(media_type, written(kind, given)?, &given.name)?,
        };
        let part = Part::new(name, body).media_type(media_type);
        let part = given.headers.iter().fold(part, |part, (name, value)| part.header(name, value));
        Ok(match &given.file {
            Some(file) => part.file_name(&file.name),
            None => part,
        })
    }
}

/// The text of a part in the encoding that its media type names; what is no text as it is.
fn encoded(media_type: &str, bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, cli::Usage> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Ok(error.into_bytes()),
    };
    let wrong = || format!("the part '{name}' cannot be written as `{media_type}`").into();
    charset::encoded(media_type, text).ok_or_else(wrong)
}

/// What is given as JSON, as it is sent where the API's description wants something else, and text as JSON where it wants that; anything
/// else as it is.
fn written(kind: Option<&PartKind>, given: &cli::Part) -> Result<Vec<u8>, cli::Usage> {
    let (style, value) = (kind.and_then(|kind| kind.style), serde_json::from_slice::<Json>(&given.bytes));
    if let (Some(FormStyle::Json), Err(_), Ok(text)) = (style, &value, std::str::from_utf8(&given.bytes)) {
        return Ok(Json::from(text).to_string().into_bytes());
    }
    if let (Some(FormStyle::Written(write)), Ok(value)) = (style, value) {
        match write(&value) {
            Ok(written) => return cli::check_json(&given.name, &given.bytes).map(|()| written.into_bytes()),
            Err(error) if matches!(value, Json::Object(_) | Json::Array(_)) => {
                return Err(format!("the part '{}' does not fit: {error}", given.name).into());
            }
            Err(_) => {}
        }
    }
    Ok(given.bytes.clone())
}
