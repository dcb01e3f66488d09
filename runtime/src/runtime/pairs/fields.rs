//! Fields by the API's description: what names and texts become of what schema, in forms and where parts are written alike.

use percent_encoding::percent_decode_str;
use serde::de::Error as _;

use super::super::json::text_or;
use super::super::{Json, JsonObject, Kind, whole};
use super::brackets;

/// How the fields of an object are read.
#[derive(Debug)]
pub struct Fields {
    /// Those of these names.
    pub known: &'static [(&'static str, Shape)],
    /// Any other; of an object that has no others, nothing.
    pub others: Option<Shape>,
}

/// What a field is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// Text as it stands, also where the media type says that it is JSON.
    Raw,
    /// Text in JSON, with quotes around it; if it is none, as it stands.
    Quoted,
    /// JSON if it is that, such as a number, else text.
    Value,
    /// JSON if it is that and of one of these kinds, else text.
    TextOr(&'static [Kind]),
    /// What this makes JSON of, such as XML.
    Other(fn(&[u8]) -> Result<Json, serde_json::Error>),
    /// A list, of which each field of the name is one item.
    List(&'static Shape),
    /// A list whose items are what stands at their position, whatever the names.
    Tuple(&'static Fields),
    /// An object, of which each member is a field by its own name (`form` with `explode`).
    Object(&'static Fields),
    /// A list or an object in one field: item, item, or key, value, key, value.
    Split(Separator, &'static Shape),
    /// A list or an object, of which each value is a field with its place in brackets: `name[key]` (`deepObject`).
    Deep(&'static Shape),
}

/// What is between the items of a list in one field.
#[derive(Clone, Copy, Debug)]
pub enum Separator {
    /// `,` as it stands (`form` without `explode`).
    Comma,
    /// A space, however it is escaped (`spaceDelimited`).
    Space,
    /// `|`, however it is escaped (`pipeDelimited`).
    Pipe,
}

/// Why a field belongs to a value, the best reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It is called as the value is.
    Name,
    /// It is one of the value's members.
    Member,
    /// The value may have members of any name.
    Other,
}

/// The text of a field as it came.
#[derive(Clone, Copy, Debug)]
pub enum Text<'t> {
    /// With escapes, as in a form.
    Escaped(&'t str),
    /// Without, as in a part.
    Plain(&'t str),
}

impl Fields {
    /// The members of an object, of the text of a form.
    ///
    /// Errors where the text is not UTF-8, or a value in it is not what its shape says.
    pub fn read(&self, text: &[u8]) -> Result<Json, serde_json::Error> {
        let text = std::str::from_utf8(text).map_err(unfit)?.trim();
        let mut members = JsonObject::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.put(&mut members, decoded(name)?, Text::Escaped(value))?;
        }
        for (name, shape) in self.known {
            shape.settle(&mut members, name)?;
        }
        Ok(Json::Object(members))
    }

    fn known(&self, name: &str) -> Option<&'static Shape> {
        self.known.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }

    /// Whether a field that is called as the object is one of its members, and not all of it.
    fn has_own(&self, field: &str, text: Text<'_>) -> bool {
        let is_whole = || text.whole().is_ok_and(|text| serde_json::from_str::<JsonObject>(&text).is_ok());
        self.known(field).is_some() || self.others.is_some() && !is_whole()
    }

    /// Puts a field among the members. What stands in brackets is gathered only.
    fn put(&self, members: &mut JsonObject, field: String, text: Text<'_>) -> Result<(), serde_json::Error> {
        let claims =
            self.known.iter().filter_map(|(name, shape)| Some((shape.claim(name, &field)?, name, shape)));
        match claims.min_by_key(|(claim, ..)| *claim) {
            Some((_, name, shape)) => shape.take(members, name, field, text),
            None => self.others.unwrap_or(Shape::Text).put(members, field, text),
        }
    }
}

impl Shape {
    /// What the fields of a value called `name` say, on each of which it has a [`claim`](Self::claim).
    pub fn read<'t>(
        &self,
        name: &str,
        fields: impl IntoIterator<Item = (String, Text<'t>)>,
    ) -> Result<Option<Json>, serde_json::Error> {
        let mut members = JsonObject::new();
        for (field, text) in fields {
            self.take(&mut members, name, field, text)?;
        }
        self.settle(&mut members, name)?;
        Ok(members.remove(name))
    }

    /// Whether a value may be several fields that make sense together only.
    pub fn is_in_pieces(&self) -> bool {
        matches!(self, Self::Tuple(_) | Self::Object(_) | Self::Split(..) | Self::Deep(_))
    }

    /// Why a field would be the value called `name` or a piece of it; none if it cannot be.
    pub fn claim(&self, name: &str, field: &str) -> Option<Claim> {
        let is_member = matches!(self, Self::Object(fields) if fields.known(field).is_some());
        let is_known = is_member || matches!(self, Self::Deep(_)) && brackets::path(name, field).is_some();
        let is_open = matches!(self, Self::Object(fields) if fields.others.is_some());
        let claims = [(field == name, Claim::Name), (is_known, Claim::Member), (is_open, Claim::Other)];
        claims.into_iter().find(|(holds, _)| *holds).map(|(_, claim)| claim)
    }

    /// Whether it is a list by itself.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::List(_) | Self::Tuple(_))
    }

    /// What an item is.
    pub(super) fn item(&self, at: usize) -> &Self {
        if let Self::List(item) = self {
            return item;
        }
        let Self::Tuple(fields) = self else { return &Self::Value };
        let own = fields.known.get(at).map(|(_, shape)| shape);
        own.or(fields.others.as_ref()).unwrap_or(&Self::Value)
    }

    /// What a member is, if that is known.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.known(name).or(fields.others.as_ref())
    }

    /// Puts a field that the value called `name` has a claim on among the members.
    fn take(
        &self,
        members: &mut JsonObject,
        name: &str,
        field: String,
        text: Text<'_>,
    ) -> Result<(), serde_json::Error> {
        if let Self::Object(fields) = self
            && (field != name || fields.has_own(&field, text))
        {
            let object = members.entry(name).or_insert_with(|| Json::Object(JsonObject::new()));
            return object.as_object_mut().map_or(Ok(()), |object| fields.put(object, field, text));
        }
        let Self::Deep(inner) = self else { return self.put(members, field, text) };
        let by_itself = if inner.is_list() { vec![""] } else { Vec::new() };
        let path = brackets::path(name, &field).unwrap_or(by_itself);
        brackets::put(members.entry(name).or_insert(Json::Null), &path, text.whole()?);
        Ok(())
    }

    /// Makes of what was gathered for the value called `name` what it is.
    fn settle(&self, members: &mut JsonObject, name: &str) -> Result<(), serde_json::Error> {
        if let (Self::Deep(inner), Some(gathered)) = (self, members.get_mut(name)) {
            *gathered = brackets::settled(gathered.take(), inner)?;
        }
        Ok(())
    }

    /// Puts a field of this shape among the members.
    fn put(&self, members: &mut JsonObject, name: String, text: Text<'_>) -> Result<(), serde_json::Error> {
        let gathers = self.is_list() || matches!(self, Self::Split(..));
        let there = members.get_mut(&name);
        let made = if let Self::Split(separator, inner) = self {
            inner.of_pieces(text.pieces(*separator)?)?
        } else if self.is_list() {
            let at = there.as_ref().and_then(|there| there.as_array()).map_or(0, Vec::len);
            Json::Array(vec![self.item(at).single(text.whole()?)?])
        } else {
            self.single(text.whole()?)?
        };
        match (there, made) {
            (Some(Json::Array(before)), Json::Array(more)) if gathers => before.extend(more),
            (_, made) => _ = members.insert(name, made),
        }
        Ok(())
    }

    /// A list or an object of the pieces of one field.
    fn of_pieces(&self, pieces: Vec<String>) -> Result<Json, serde_json::Error> {
        if !matches!(self, Self::Object(_)) {
            let pieces = pieces.into_iter().enumerate();
            return pieces.map(|(at, piece)| self.item(at).single(piece)).collect();
        }
        let mut members = JsonObject::new();
        let mut pieces = pieces.into_iter();
        while let Some(name) = pieces.next() {
            let text = pieces.next().unwrap_or_default();
            let value = self.member(&name).unwrap_or(&Self::Text).single(text)?;
            members.insert(name, value);
        }
        Ok(Json::Object(members))
    }

    /// A value of one text.
    pub fn single(&self, text: String) -> Result<Json, serde_json::Error> {
        if let Self::Other(read) = self {
            return read(text.as_bytes());
        }
        if let Self::TextOr(kinds) = self {
            return Ok(text_or(&text, kinds));
        }
        let is_json = !matches!(self, Self::Text | Self::Raw);
        let whole = Some(&text).filter(|_| matches!(self, Self::Value)).and_then(|text| whole::digits(text));
        let read: Option<Json> =
            serde_json::from_str(whole.as_ref().unwrap_or(&text)).ok().filter(|_| is_json);
        let fits = |read: &Json| match self {
            Self::Quoted => read.is_string() || read.is_null(),
            Self::Text
            | Self::TextOr(_)
            | Self::Raw
            | Self::Value
            | Self::Other(_)
            | Self::List(_)
            | Self::Tuple(_)
            | Self::Object(_)
            | Self::Split(..)
            | Self::Deep(_) => true,
        };
        Ok(read.filter(fits).unwrap_or(Json::String(text)))
    }
}

impl Text<'_> {
    fn whole(self) -> Result<String, serde_json::Error> {
        match self {
            Self::Escaped(text) => decoded(text),
            Self::Plain(text) => Ok(text.to_owned()),
        }
    }

    /// What stands between separators; of an empty text there is nothing.
    fn pieces(self, separator: Separator) -> Result<Vec<String>, serde_json::Error> {
        match self {
            Self::Escaped(text) => split(text, separator.escaped()).map(decoded).collect(),
            Self::Plain("") => Ok(Vec::new()),
            Self::Plain(text) => Ok(text.split(separator.plain()).map(str::to_owned).collect()),
        }
    }
}

impl Separator {
    fn plain(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => " ",
            Self::Pipe => "|",
        }
    }

    fn escaped(self) -> &'static [&'static str] {
        match self {
            Self::Comma => &[","],
            Self::Space => &["+", "%20", " "],
            Self::Pipe => &["|", "%7C", "%7c"],
        }
    }
}

/// The pieces between any of `separators`; of an empty text there are none.
fn split<'t>(text: &'t str, separators: &'static [&'static str]) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let length =
            |at: usize| separators.iter().find(|one| text[at..].starts_with(**one)).map(|one| one.len());
        let found = text.char_indices().find_map(|(at, _)| Some((at, length(at)?)));
        let (piece, next) = match found {
            Some((at, length)) => (&text[..at], Some(&text[at + length..])),
            None => (text, None),
        };
        rest = next;
        Some(piece)
    })
}

/// WHATWG URL, section 5.1, but that what is not UTF-8 is an error.
fn decoded(text: &str) -> Result<String, serde_json::Error> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(unfit)
}

fn unfit(_: std::str::Utf8Error) -> serde_json::Error {
    serde_json::Error::custom("the form is not UTF-8 text")
}
