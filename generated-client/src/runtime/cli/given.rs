//! What was given for one operation, as emitted code takes it.

use std::cell::Cell;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::charset;
use super::super::media::is_json;
use super::super::{Bytes, Kind, Request, read_json};
use super::describe::{Command, Needed, Parameter, Repeats};
use super::input::{self, Input};
use super::{GivenParts, Parts, Pieces, Usage, digits, kept, same, spelling, syntax, text};

/// The parameters and the body that were given for one operation, and what the call is to be beyond them.
pub struct Given {
    pub(super) command: &'static Command,
    /// Options with the values they were given, in the order in which they were given.
    pub(super) values: Vec<(&'static str, Vec<String>)>,
    pub(super) input: Input,
    /// Headers beyond those that the API's description names.
    pub(super) headers: Vec<(String, String)>,
    /// Whether all pages are wanted.
    pub(super) all: bool,
    /// Whether the body has been read as JSON.
    pub(super) is_read: Cell<bool>,
}

impl Given {
    /// The value of a parameter that has to be given.
    pub fn required<T: DeserializeOwned + Serialize>(&self, option: &str) -> Result<T, Usage> {
        let missing = || Usage(format!("the option '--{option}' is required"));
        read(option, &self.json(option)?.ok_or_else(missing)?)
    }

    /// The value of a parameter that may be left out.
    pub fn optional<T: DeserializeOwned + Serialize>(&self, option: &str) -> Result<Option<T>, Usage> {
        self.json(option)?.map(|json| read(option, &json)).transpose()
    }

    /// The text of a parameter; empty if it was not given.
    pub fn text(&self, option: &str) -> String {
        self.texts(option).and_then(<[String]>::last).cloned().unwrap_or_default()
    }

    /// Checks a parameter that can have one value only, and that the client sends by itself.
    pub fn constant(&self, option: &str, value: &str) -> Result<(), Usage> {
        match self.texts(option) {
            Some([given]) if given == value => Ok(()),
            Some(_) => Err(Usage(format!("the only value of '--{option}' is '{value}'"))),
            None => Ok(()),
        }
    }

    /// Whether all pages are wanted.
    pub fn all_pages(&self) -> bool {
        self.all
    }

    /// A JSON body that has to be given.
    pub fn json_body<T: DeserializeOwned + Serialize>(&self) -> Result<T, Usage> {
        self.optional_json_body()?.ok_or_else(no_body)
    }

    /// A JSON body that may be left out.
    pub fn optional_json_body<T: DeserializeOwned + Serialize>(&self) -> Result<Option<T>, Usage> {
        let Some(bytes) = self.input.bytes() else { return Ok(None) };
        self.check_body(bytes)?;
        let value = read_json(bytes).map_err(|error| Usage(format!("the body does not fit: {error}")))?;
        let written = serde_json::to_vec(&value).unwrap_or_default();
        same::check(bytes, &written, self.read_only(), "")?;
        self.is_read.set(true);
        Ok(Some(value))
    }

    /// Whether there is a body.
    pub fn has_body(&self) -> bool {
        self.input.body.is_some() || !self.input.parts.is_empty()
    }

    /// The position of the media type that the body is sent in; parts are for one that has parts.
    pub fn media(&self) -> Result<usize, Usage> {
        if !self.has_body() {
            return Err(no_body());
        }
        let Some(body) = &self.command.body else { return Err(self.no_media()) };
        let multipart = || body.media.iter().position(|known| known.starts_with("multipart/"));
        match &self.input.content_type {
            Some(wanted) => body
                .media
                .iter()
                .position(|known| input::covers(known, wanted))
                .ok_or_else(|| self.no_media()),
            None if self.input.parts.is_empty() => Ok(body.preferred),
            None => multipart().ok_or_else(|| self.no_media()),
        }
    }

    /// The same as the API's description writes it.
    fn declared_media(&self) -> Option<&'static str> {
        self.command.body.as_ref()?.media.get(self.media().ok()?).copied()
    }

    /// The media type for a range that the API's description gives.
    pub fn media_type(&self) -> Result<String, Usage> {
        let missing =
            || Usage("the option '--content-type' is required: the operation takes several types".to_owned());
        self.input.content_type.clone().ok_or_else(missing)
    }

    /// The operation does not take what was given.
    pub fn no_media(&self) -> Usage {
        let known = self.command.body.as_ref().map(|body| body.media.join(", ")).unwrap_or_default();
        Usage(format!("the operation takes a body of: {known}"))
    }

    /// The parts of a body that has the media type at this position and is in parts, in the order in which they were given.
    pub fn parts(&self, media: usize) -> Result<GivenParts<'_>, Usage> {
        if self.input.bytes().is_some() {
            let message = "the option '--body' cannot be used: the body has parts, each of which is a '--part NAME=VALUE'";
            return Err(Usage(message.to_owned()));
        }
        let known = self.command.body.iter().flat_map(|body| body.parts).find(|(at, _)| *at == media);
        let known = known.map_or(&Parts::UNKNOWN, |(_, known)| known);
        let is_asked_for = known.known.iter().any(|part| part.needed == Needed::Required);
        let is_needed = self.command.body.as_ref().is_some_and(|body| body.needed == Needed::Required);
        if is_needed && !is_asked_for && self.input.parts.is_empty() {
            return Err(Usage(
                "the option '--part' is required: the operation has a body of parts".to_owned(),
            ));
        }
        Ok(GivenParts { known, given: &self.input.parts })
    }

    /// A JSON body to be taken apart.
    pub fn pieces(&self) -> Result<Pieces, Usage> {
        self.input.bytes().map_or(Ok(()), |bytes| self.check_body(bytes))?;
        self.is_read.set(true);
        Pieces::of(self.input.bytes(), self.read_only())
    }

    /// Refuses a body that is no JSON or would not be sent as it is. Forms and XML are given as JSON too.
    fn check_body(&self, bytes: &[u8]) -> Result<(), Usage> {
        let Some(wrong) = syntax::wrong(bytes) else { return check_json("the body", bytes) };
        let media = self.declared_media().filter(|known| !is_json(known));
        let more = media.map_or_else(String::new, |known| format!("; a body in {known} is given as JSON"));
        Err(Usage(format!("the body {wrong}{more}")))
    }

    /// A body of text that has to be given.
    pub fn text_body(&self) -> Result<String, Usage> {
        self.optional_text_body()?.ok_or_else(no_body)
    }

    /// A body of text that may be left out, in the charset that its media type names. Of one that is not known [`Given::prepare`]
    /// puts back the bytes.
    pub fn optional_text_body(&self) -> Result<Option<String>, Usage> {
        let Some(bytes) = self.input.bytes() else { return Ok(None) };
        let wanted = self.input.wanted_media(self.command.body.as_ref())?;
        let media_type = wanted.or_else(|| self.declared_media());
        match charset::decoded(media_type, bytes) {
            Err(_) => Ok(Some(String::from_utf8_lossy(bytes).into_owned())),
            Ok(text) => match String::from_utf8(text.into_owned()) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(Usage("the body is not UTF-8 text".to_owned())),
            },
        }
    }

    /// A body of bytes that has to be given.
    pub fn bytes_body(&self) -> Result<Bytes, Usage> {
        self.optional_bytes_body()?.ok_or_else(no_body)
    }

    /// A body of bytes that may be left out.
    pub fn optional_bytes_body(&self) -> Result<Option<Bytes>, Usage> {
        Ok(self.input.bytes().map(Bytes::copy_from_slice))
    }

    /// Adds to the request what is no parameter: headers, the media types that are asked for.
    pub fn prepare(&self, request: &mut Request<'_>) -> Result<(), Usage> {
        if let Some(accept) = &self.input.accept {
            request.header("accept", accept);
        }
        if let Some(media_type) = self.input.wanted_media(self.command.body.as_ref())? {
            // A body that is put together from pieces may need none that are given.
            if !self.has_body() && !self.is_read.get() {
                let message = "the option '--content-type' cannot be used without a body: there is none to have that type";
                return Err(Usage(message.to_owned()));
            }
            request.media_type(media_type);
        }
        self.spell(request)?;
        self.put_back_bytes(request);
        for (at, (name, value)) in self.headers.iter().enumerate() {
            let is_again = self.headers[..at].iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
            if is_again { request.header_append(name, value) } else { request.header(name, value) }
        }
        Ok(())
    }

    /// Has a text sent in the bytes that were given for it.
    fn put_back_bytes(&self, request: &mut Request<'_>) {
        if let Some(bytes) = self.input.bytes()
            && let Ok(Some(text)) = self.optional_text_body()
            && text.as_bytes() != bytes
            && request.body_bytes().is_some_and(|sent| sent == text.as_bytes())
        {
            request.replace_body(Bytes::copy_from_slice(bytes));
        }
    }

    /// Has the values in the request spelled as they were given.
    fn spell(&self, request: &mut Request<'_>) -> Result<(), Usage> {
        let body = self.input.bytes().filter(|_| self.is_read.get());
        if let (Some(given), Some(known)) = (body, &self.command.body)
            && let Some(known) = known.media.get(self.media()?)
            && let Ok(given) = serde_json::from_slice(given)
        {
            if is_json(known) {
                request.json_change(|sent| kept::spell(&given, sent));
            } else {
                spelling::put_in_body(request, &given);
            }
        }
        for (option, texts) in &self.values {
            let Some(known) = self.command.parameters.iter().find(|known| known.name == *option) else {
                continue;
            };
            for text in texts {
                // The longest spelling that is there is the one: others may be the beginnings of it.
                let mut all: Vec<String> =
                    std::iter::once(text.clone()).chain(kept::rewritten(text)).collect();
                all.sort_by_key(|written| std::cmp::Reverse(written.len()));
                _ = all.iter().any(|written| spelling::put(request, known, written, text));
                spelling::put_number(request, known, text);
            }
        }
        Ok(())
    }

    fn read_only(&self) -> &'static [&'static str] {
        self.command.body.as_ref().map_or(&[], |body| body.read_only)
    }

    fn texts(&self, option: &str) -> Option<&[String]> {
        self.values.iter().find(|(name, _)| *name == option).map(|(_, texts)| texts.as_slice())
    }

    /// The value of an option as JSON.
    fn json(&self, option: &str) -> Result<Option<String>, Usage> {
        let Some(texts) = self.texts(option) else { return Ok(None) };
        let parameter = self.command.parameters.iter().find(|parameter| parameter.name == option);
        let (kinds, repeats) =
            parameter.map_or((&[] as &[Kind], Repeats::Never), |known| (known.kinds, known.repeats));
        let values = texts.iter().map(|given| {
            let json = text::json(given, kinds)
                .map_err(|wanted| Usage(format!("invalid value '{given}' for '--{option}': {wanted}")))?;
            match syntax::repeated(json.as_bytes()) {
                None => Ok(json),
                Some(place) => {
                    Err(Usage(format!("invalid value for '--{option}': it has the member `{place}` twice")))
                }
            }
        });
        let values: Vec<String> = values.collect::<Result<_, Usage>>()?;
        Ok(match (repeats, values.as_slice()) {
            (Repeats::Never, [value, ..]) => Some(value.clone()),
            (Repeats::Never, []) => None,
            (Repeats::Each, values) => Some(format!("[{}]", values.join(","))),
        })
    }
}

fn read<T: DeserializeOwned + Serialize>(option: &str, json: &str) -> Result<T, Usage> {
    let value = read_json(json.as_bytes())
        .map_err(|error| Usage(format!("invalid value for '--{option}': {error}")))?;
    // Only these have members that may be lost.
    if json.trim_start().starts_with(['{', '[']) {
        same::check_option(option, json.as_bytes(), &serde_json::to_vec(&value).unwrap_or_default())?;
    }
    Ok(value)
}

/// Refuses JSON with a number that would be sent as another one, or with two members of which one would not be sent.
pub fn check_json(place: &str, given: &[u8]) -> Result<(), Usage> {
    if let Some(member) = syntax::repeated(given) {
        return Err(Usage(format!("{place} has the member `{member}` twice")));
    }
    match digits::lost(given) {
        None => Ok(()),
        Some((number, sent)) => {
            Err(Usage(format!("{place} has a number with too many digits: {number} would be sent as {sent}")))
        }
    }
}

pub(super) fn no_body() -> Usage {
    Usage("the option '--body' is required: the operation has a body".to_owned())
}

impl Parameter {
    /// Whether the option has to be given.
    pub(super) fn is_required(&self) -> bool {
        self.needed == Needed::Required
    }
}
